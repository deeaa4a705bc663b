"""Masking on gold data: what must go goes, what must stay stays. Only shares are shown, never a value."""

import gzip
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

import make
from casemill.anonymize import mask_waiting
from casemill.domain.ticket import Ticket
from casemill.domain.word import changed
from casemill.ingest import ingest_file
from casemill.ingest.pull import Intake
from casemill.personal import mask_together, scan
from casemill.settings import Settings
from casemill.store import open_desk, open_vault, tickets

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the gold data is not beside this checkout"),
]
STRUCTURED = {"PHONE_NUMBER", "CREDIT_CARD", "EMAIL_ADDRESS", "IP_ADDRESS", "IBAN_CODE", "DOMAIN_NAME"}


def rows(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(DATA / name) as file:
        for line in file:
            yield json.loads(line)


def test_structured_values_are_masked_and_dates_are_not() -> None:
    """Characters masked, by type; a plain public page stays by design, so URLs count only in the whole.

    A date that the text calls a birth date goes, every other stays.
    """
    there: Counter[str] = Counter()
    masked: Counter[str] = Counter()
    touched = 0
    for row in rows("pii_presidio_v2.jsonl.gz"):
        covered = bytearray(len(row["text"]))
        spans = scan(row["text"])
        for span in spans:
            covered[span.start : span.end] = b"\1" * (span.end - span.start)
        births = {span.start for span in spans if span.label == "DOB"}
        for gold in row["spans"]:
            characters = sum(covered[gold["start"] : gold["end"]])
            stays = gold["type"] in ("DATE_TIME", "AGE", "TITLE") and gold["start"] not in births
            touched += characters > 0 and stays
            if gold["type"] in STRUCTURED:
                there[gold["type"]] += gold["end"] - gold["start"]
                masked[gold["type"]] += characters
    assert masked.total() / there.total() >= 0.94
    assert all(masked[kind] / there[kind] >= 0.98 for kind in there if kind != "DOMAIN_NAME"), masked
    assert touched == 0


def test_facts_of_chats_stay() -> None:
    facts = touched = accounts = found = 0
    for row in rows("star.jsonl.gz"):
        texts = [message["content"] or "" for message in row["messages"]]
        together = mask_together(texts)
        for gold in row["label"].get("spans", ()):
            spans = together.texts[gold["message"]].spans
            hit = any(span.start < gold["end"] and gold["start"] < span.end for span in spans)
            facts += not gold["pii"]
            touched += hit and not gold["pii"]
            accounts += gold["type"] == "ACCOUNT"
            found += hit and gold["type"] == "ACCOUNT"
    assert touched / facts < 0.002
    assert found / accounts > 0.8


class Leaks(NamedTuple):
    """Tickets on the desk with what their labels say: values by type, those still there, and facts that are gone."""

    values: Counter[str]
    left: Counter[str]
    facts: int
    gone: int


def _anonymized(name: str, root: Path) -> Iterator[tuple[Ticket, str]]:
    settings = Settings()
    with open_vault(settings.store, root=root) as vault, open_desk(settings.store, root=root) as desk:
        intake = Intake(path=DATA / name, rejects=root / "rejects")
        ingest_file((vault, desk), intake, settings=settings.ingest, now=make.NOW)
        done = mask_waiting(vault, desk, settings=settings, now=make.NOW)
        assert (done.stuck, done.same) == (0, 0)
        assert mask_waiting(vault, desk, settings=settings, now=make.NOW).masked == 0
        with desk.read() as db:
            for row in tickets.everything(db):
                arrival = vault.arrival(row.ticket.source, row.ticket.external_id)
                assert arrival is not None
                yield row.ticket, arrival.payload.content.decode()


def _leaks(name: str, root: Path) -> Leaks:
    labels = {str(row["ticket_id"]): row for row in rows(f"gold/{name}_labels.jsonl.gz")}
    leaks = Leaks(Counter(), Counter(), 0, 0)
    for ticket, raw in _anonymized(name, root):
        label = labels.get(ticket.external_id)
        if label is None:
            continue
        body = msgspec.json.encode(changed(ticket, external_id="", link=None, digest="")).decode()
        for kind, value in {tuple(pair) for pair in label["pii_values"]}:
            leaks.values[kind] += 1
            leaks.left[kind] += bool(re.search(rf"(?<![^\W_]){re.escape(value)}(?![^\W_])", body))
        kept = [value for _, value in {tuple(pair) for pair in label["keep_values"]} if value in raw]
        leaks = leaks._replace(facts=leaks.facts + len(kept), gone=leaks.gone + sum(v not in body for v in kept))
    return leaks


def test_identifiers_of_resolved_tickets_do_not_reach_the_desk(blank: Path, tmp_path: Path) -> None:
    shutil.copytree(blank, tmp_path / "home")
    leaks = _leaks("zendesk_resolved", tmp_path / "home")
    clean = ("EMAIL", "PHONE", "ORDER_ID", "USER_ID", "PAYMENT_ID", "CARD_LAST4", "AGENT_NAME")
    assert {kind: leaks.left[kind] for kind in clean} == dict.fromkeys(clean, 0)
    assert leaks.left["RESERVATION_ID"] / leaks.values["RESERVATION_ID"] < 0.03
    assert leaks.gone / leaks.facts < 0.002
