"""Tickets from a source to the desk in one call, as `ingest` and `anonymize` do it."""

import json
from pathlib import Path
from typing import Any

import make
from casemill.anonymize import mask_waiting
from casemill.domain.ticket import Ticket
from casemill.ingest.pull import Intake, ingest_file
from casemill.settings import Settings
from casemill.store import Desk, Vault, tickets

ROW: dict[str, Any] = {
    "id": "T-1",
    "subject": "order 548921",
    "requester": {"id": "u77", "name": "Anna Karimova", "email": "anna.k@example.com", "phone": "+7 701 123 45 67"},
    "messages": [
        {
            "role": "customer",
            "content": "Hi, Anna here. Order 548921 from 03.11 for 12,990 tenge is lost, call 87011234567",
            "name": "Anna Karimova",
        },
        {"role": "assistant", "content": "Dear Ms. Karimova, your refund is processed.", "name": "AI Assistant"},
        {"role": "agent", "content": "Sorry, Anna K.! Dan", "name": "Dan Brown"},
    ],
    "resolution": "Karimova was promised a refund for 548921; anna.k@example.com told.",
}


def take_in(stores: tuple[Vault, Desk], folder: Path, *rows: dict[str, Any], settings: Settings | None = None) -> None:
    """Lay rows in the vault and mask them."""
    settings = settings or Settings()
    path = folder / "tickets.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    intake = Intake(path=path, rejects=folder / "rejects", form="jsonl")
    ingest_file(stores, intake, settings=settings.ingest, now=make.NOW)
    mask_waiting(*stores, settings=settings, now=make.NOW)
    path.unlink()


def on_desk(desk: Desk, key: str = "file:T-1", version: int | None = None) -> Ticket:
    with desk.read() as db:
        found = tickets.get(db, key, version)
    assert found is not None
    return found
