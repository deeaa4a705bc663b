"""Two real-shaped Zendesk exports come in whole; nothing of their content is shown, only counts."""

import gzip
import json
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import make
from casemill.domain.arrival import Reading
from casemill.domain.ticket import Turn
from casemill.ingest import ingest_file, read
from casemill.ingest.pull import Ingested, Intake
from casemill.settings import Ingest, Store
from casemill.store import open_desk, open_vault

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real-shaped exports are not beside this checkout"),
]


class Taken(NamedTuple):
    first: Ingested
    again: Ingested
    readings: dict[str, Reading]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path) as file:
        for line in file:
            yield json.loads(line)


def take(name: str, *, root: Path, blank: Path) -> Taken:
    shutil.copytree(blank, root)
    intake = Intake(path=DATA / name, rejects=root / "rejects")
    settings = Ingest()
    with open_vault(Store(), root=root) as vault, open_desk(Store(), root=root) as desk:
        first, again = (ingest_file((vault, desk), intake, settings=settings, now=make.NOW) for _ in range(2))
        readings = [read(arrival.payload, settings) for arrival in vault.waiting(limit=5000)]
    return Taken(first, again, {reading.ticket.external_id: reading for reading in readings})


@pytest.fixture(scope="module")
def resolved(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    return take("zendesk_resolved", root=tmp_path_factory.mktemp("resolved") / "root", blank=blank)


@pytest.fixture(scope="module")
def chats(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    return take("zendesk", root=tmp_path_factory.mktemp("chats") / "root", blank=blank)


@pytest.fixture(scope="module")
def gold() -> dict[str, dict[str, Any]]:
    return {str(row["ticket_id"]): row for row in rows(DATA / "gold" / "zendesk_resolved_labels.jsonl.gz")}


@pytest.fixture(scope="module")
def traces() -> dict[str, list[dict[str, Any]]]:
    return {row["trace_id"]: row["messages"] for row in rows(DATA / "zendesk_resolved" / "ai_traces.jsonl.gz")}


def test_every_ticket_comes_in_once_and_says_something(resolved: Taken, chats: Taken) -> None:
    for taken, count in ((resolved, 670), (chats, 2000)):
        assert (taken.first.new, taken.first.rejected, taken.again.same) == (count, 0, count)
        assert len(taken.readings) == count
        assert sum(not reading.ticket.turns for reading in taken.readings.values()) == 0
        assert sum(reading.requester is None or not reading.people for reading in taken.readings.values()) == 0


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("###STOP###", "")).strip()


def spoken(messages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What the trace says was said, by role."""
    roles = {"user": "customer", "assistant": "assistant"}
    told = ((roles[row["role"]], squeezed(row["content"] or "")) for row in messages if row["role"] in roles)
    return [said for said in told if said[1]]


def as_spoken(turn: Turn, wanted: list[tuple[str, str]]) -> tuple[str, str]:
    """A turn as the trace has it: a call that the model wrote as code is the message that holds it."""
    if turn.call is None:
        return turn.role, squeezed(turn.text)
    parts = (turn.call.name, squeezed(turn.call.result or ""))
    return "assistant", next((text for _, text in wanted if all(part in text for part in parts)), "?")


def split_right(reading: Reading, row: dict[str, Any], *, traces: dict[str, list[dict[str, Any]]]) -> bool:
    """Whether the turns before the complaint are exactly what was said, or for a part of a chat that part."""
    wanted = spoken(traces[row["trace_id"]])
    turns = reading.ticket.turns
    last = max((at for at, turn in enumerate(turns) if turn.role in ("assistant", "tool")), default=-1)
    found = [[as_spoken(turn, wanted) for turn in turns[:end]] for end in (last + 1, last + 2)]
    if row["transcript"] != "partial":
        return wanted in found
    return any(got and wanted[at : at + len(got)] == got for got in found for at in range(len(wanted)))


def test_pasted_and_attached_chats_become_exactly_the_turns_that_were_spoken(
    resolved: Taken, gold: dict[str, dict[str, Any]], traces: dict[str, list[dict[str, Any]]]
) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    for id, row in gold.items():
        if row["transcript"] in ("whole", "attached", "partial"):
            right[row["transcript"]].append(split_right(resolved.readings[id], row, traces=traces))
    shares = {kind: sum(found) / len(found) for kind, found in right.items()}
    assert len(shares) == 3
    assert min(shares.values()) >= 0.99, shares


def test_no_assistant_speaks_where_no_chat_was_given(resolved: Taken, gold: dict[str, dict[str, Any]]) -> None:
    speaking = Counter(
        row["transcript"] for id, row in gold.items() if resolved.readings[id].ticket.said_by("assistant")
    )
    assert set(speaking) == {"whole", "attached", "partial"}


def test_the_macro_of_every_ticket_is_found_with_its_text(resolved: Taken, gold: dict[str, dict[str, Any]]) -> None:
    told = {id: reading.ticket.macro for id, reading in resolved.readings.items()}
    wrong = sum(
        (str(row["macro_id"]) if row["macro_id"] else None) != (m.id if (m := told[id]) else None)
        for id, row in gold.items()
    )
    assert wrong == 0
    assert sum(macro is not None and not macro.text for macro in told.values()) == 0


def test_traces_expectations_and_notes_are_where_support_put_them(
    resolved: Taken, gold: dict[str, dict[str, Any]], traces: dict[str, list[dict[str, Any]]]
) -> None:
    tickets = {id: reading.ticket for id, reading in resolved.readings.items()}
    assert (
        sum(ticket.trace is not None and ticket.trace != gold[id].get("trace_id") for id, ticket in tickets.items())
        == 0
    )
    structured = [id for id, row in gold.items() if row["resolution_style"] == "structured"]
    assert sum(tickets[id].expected is None for id in structured) == 0
    usable = [id for id, row in gold.items() if row["note_usable"]]
    assert sum(tickets[id].resolution is None for id in usable) <= 0.02 * len(usable)


def test_in_live_chats_the_machine_speaks_and_its_tools_answer(chats: Taken) -> None:
    roles = Counter(turn.role for reading in chats.readings.values() for turn in reading.ticket.turns)
    assert roles["assistant"] > 10_000
    assert roles["note"] == 0
    tools = [turn for reading in chats.readings.values() for turn in reading.ticket.turns if turn.role == "tool"]
    assert sum(turn.call is not None for turn in tools) > 0.99 * len(tools)
    assert sum(turn.call is not None and turn.call.result is not None for turn in tools) > 0.95 * len(tools)
