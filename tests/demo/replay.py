"""The packaged tickets as ingest reads them, and what version 1 of the bot says at each of its turns."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import make
from casemill.demo.bot import version_one
from casemill.domain.ticket import Ticket, Turn
from casemill.ingest import ingest_file, read
from casemill.ingest.pull import Intake
from casemill.settings import Settings
from casemill.store import create_keys, open_desk, open_vault

SHOP = Path(str(files("casemill.demo") / "shop"))


class Answered(NamedTuple):
    """One turn of the bot in a ticket, the calls recorded before it, and what version 1 says there now."""

    ticket: str
    text: str
    calls: list[dict[str, Any]]
    now: dict[str, Any]


@cache
def rows() -> tuple[dict[str, Any], ...]:
    """The lines of tickets.jsonl as they stand."""
    return tuple(map(json.loads, (SHOP / "tickets.jsonl").read_text(encoding="utf-8").splitlines()))


@cache
def tickets() -> tuple[Ticket, ...]:
    """Every ticket before masking, pasted chats taken apart."""
    settings = Settings()
    with TemporaryDirectory() as folder:
        root = Path(folder)
        create_keys(root)
        with open_vault(settings.store, root=root) as vault, open_desk(settings.store, root=root) as desk:
            intake = Intake(SHOP / "tickets.jsonl", rejects=root / "rejects", form="jsonl", source="borsuq")
            ingest_file((vault, desk), intake, settings=settings.ingest, now=make.NOW)
            return tuple(read(one.payload, settings.ingest).ticket for one in vault.waiting(limit=1000))


def answers() -> Iterator[Answered]:
    """Each turn of the bot in each ticket, with version 1's answer to what stands before it."""
    for ticket in tickets():
        context = {"plan": ticket.plan} if ticket.plan else {}
        for index, turn in ticket.said_by("assistant"):
            said = [
                {"role": before.role, "text": before.text} for before in ticket.turns[:index] if before.role != "tool"
            ]
            yield Answered(ticket.key, turn.text, _calls(ticket.turns[:index]), version_one(said, context))


def _calls(turns: tuple[Turn, ...]) -> list[dict[str, Any]]:
    """The tool turns at the end of what stands before a reply."""
    found: list[dict[str, Any]] = []
    for turn in reversed(turns):
        if turn.call is None:
            break
        found.insert(0, {"name": turn.call.name, "arguments": turn.call.arguments, "result": turn.call.result})
    return found
