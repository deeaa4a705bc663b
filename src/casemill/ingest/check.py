"""How the first rows of a file or a pipe would be read: fields, roles, what is missing; nothing is written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from casemill.domain.arrival import Payload, Reading
from casemill.domain.progress import SILENT
from casemill.domain.word import Word
from casemill.errors import FileError
from casemill.ingest.forms import find_inputs
from casemill.ingest.hearing import Hearing, Pipe, Stand
from casemill.ingest.pull import read, source_of_files
from casemill.ingest.rejects import Reject, Rejects
from casemill.ingest.source import Pull
from casemill.settings import Ingest

FIRST = 10
MOST_NAMED = 10
TOLD = (
    *("subject", "created_at", "updated_at", "channel", "status", "tags", "csat", "csat_comment", "ai_related"),
    *("expected", "resolution", "macro", "trace", "model", "link", "mode", "severity", "root_cause", "plan"),
)
# Without these a ticket says less than it could; what they are for stands in docs/howto/check-a-file.md.
WISHED = ("created_at", "expected", "resolution", "trace")
NEEDED_ROLES = ("customer", "assistant")


class CheckedTicket(Word, omit_defaults=True):
    """One ticket as it would be read: turns by role, the fields that say something, how many people are named.

    `missing` are the roles and fields that say nothing. `wrong` is why it could not be read at all.
    """

    id: str
    turns: dict[str, int] = {}
    fields: tuple[str, ...] = ()
    people: int = 0
    missing: tuple[str, ...] = ()
    wrong: str | None = None


class Checked(Word):
    """`columns` is field to column of a table; `put_aside` the first of what would be, of `aside` that were met on the
    way; `passed_over` the records of streams that the map does not name. Nothing in it is anybody's words."""

    form: str
    tickets: tuple[CheckedTicket, ...]
    columns: dict[str, str] | None = None
    put_aside: tuple[Reject, ...] = ()
    aside: int = 0
    passed_over: dict[str, int] = {}


class Look(NamedTuple):
    """The report, and the first words of each ticket's customer: for the terminal of who has the file, nowhere else."""

    checked: Checked
    words: tuple[str, ...]


class _Noted(Rejects):
    """What would be put aside, in memory alone."""

    def __init__(self) -> None:
        super().__init__(Path(), "")
        self.first: list[Reject] = []

    def put_aside(self, file: Path | str, why: str, *, line: int | None = None) -> None:
        self.count += 1
        if len(self.first) < MOST_NAMED:
            self.first.append(Reject(file=str(file), line=line, why=why))


def check_file(path: Path, form: str | None, *, settings: Ingest, now: datetime) -> Look:
    """The first tickets at a path. UsageError as `ingest_file` has it."""
    inputs = find_inputs(path, form)
    noted = _Noted()
    mapping: list[dict[str, str]] = []

    def payloads() -> Iterator[Payload]:
        for kind, paths in inputs:
            source = source_of_files(kind)
            pull = Pull(paths, source.default_name, settings, now, noted, SILENT)
            for page in source.pages(pull):
                mapping.extend([page.columns] if page.columns else [])
                yield from page.payloads

    told = _told(payloads(), settings)
    found = Checked(
        form=", ".join(some.form for some in inputs) or "none",
        tickets=tuple(ticket for ticket, _ in told),
        columns=mapping[0] if mapping else None,
        put_aside=tuple(noted.first),
        aside=noted.count,
    )
    return Look(found, tuple(words for _, words in told))


def check_pipe(pipe: Pipe, *, settings: Ingest, now: datetime) -> Look:
    """The first tickets of a pipe, which is read no further than one page."""
    noted = _Noted()
    hearing = Hearing(pipe, Stand(now, noted, SILENT))
    told = _told(chain.from_iterable(held.payloads for held in hearing.held()), settings)
    found = Checked(
        form=pipe.dialect,
        tickets=tuple(ticket for ticket, _ in told),
        put_aside=tuple(noted.first),
        aside=noted.count,
        passed_over=dict(hearing.passed_over),
    )
    return Look(found, tuple(words for _, words in told))


def _told(payloads: Iterable[Payload], settings: Ingest) -> list[tuple[CheckedTicket, str]]:
    return [_ticket(payload, settings) for payload in islice(payloads, FIRST)]


def _ticket(payload: Payload, settings: Ingest) -> tuple[CheckedTicket, str]:
    try:
        reading = read(payload, settings)
    except FileError as error:
        return CheckedTicket(id=payload.external_id, wrong=error.reason), ""
    return _checked(reading), next((turn.text for _, turn in reading.ticket.said_by("customer")), "")


def _checked(reading: Reading) -> CheckedTicket:
    ticket = reading.ticket
    roles: Counter[str] = Counter(turn.role for turn in ticket.turns)
    filled = tuple(name for name in TOLD if getattr(ticket, name) not in (None, "", ()))
    missing = (
        *(role for role in NEEDED_ROLES if not roles[role]),
        *(name for name in WISHED if name not in filled),
        *(() if reading.requester or reading.people else ("requester",)),
    )
    return CheckedTicket(
        id=ticket.external_id, turns=dict(roles), fields=filled, people=len(reading.people), missing=missing
    )
