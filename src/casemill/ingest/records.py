"""Rows of a table on their way to tickets: which belong together, their id, and what makes one unfit."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

import msgspec

from casemill.domain.arrival import Payload
from casemill.errors import UsageError
from casemill.ingest.columns import OF_A_DRAFT, TELLING, guess, value
from casemill.ingest.readers.near_miss import wrong as no_near_miss
from casemill.ingest.readers.people import is_personal
from casemill.ingest.readers.rows import PERSONAL_ID
from casemill.ingest.source import Pull
from casemill.ingest.values import from_the_future, moment

LOOKED_AT = 200
# What an e-mail address or a phone number holds.
FEWEST_DIGITS = 7
_PROMISING = re.compile(r"@|[0-9](?:[^0-9]{0,3}[0-9]){6}")


class Record(NamedTuple):
    """One row: the line it begins on, its own bytes, its values by column."""

    line: int
    data: bytes
    values: dict[str, Any]


class Ticketed(NamedTuple):
    """The rows of one ticket and its id."""

    id: str
    rows: list[Record]


def columns_of(first: list[Record], pull: Pull, *, file: Any) -> dict[str, str] | None:
    """The mapping of a file by its first rows; None when there are none or they tell nothing."""
    try:
        return guess([record.values for record in first], pull.settings.columns) if first else None
    except UsageError as error:
        refuse(error, pull, file=file)
        return None


def refuse(error: UsageError, pull: Pull, *, file: Any) -> None:
    """A file that cannot be read as it stands: put aside among others, an error when it is the only one."""
    if len(pull.paths) == 1:
        raise error
    pull.rejects.put_aside(file, f"{error}".removeprefix(f"{file}:1: "))


def ticketed(records: Iterable[Record], columns: Mapping[str, str], *, pull: Pull, file: Any) -> Iterator[Ticketed]:
    """Tickets with their ids; rows that can be none are put aside."""
    ids = _Ids(columns, now=pull.now)
    for rows in _together(records, columns):
        id, wrong = ids.check(rows)
        if wrong:
            pull.rejects.put_aside(file, wrong, line=rows[0].line)
        else:
            yield Ticketed(id, rows)


def id_of(row: Mapping[str, Any], column: str) -> tuple[str, str | None]:
    """A row's id, or why it has none that may be kept."""
    given = value(row, column)
    if given is None or isinstance(given, dict | list | bool) or not str(given).strip():
        return "", f"has no id: {column!r} is empty or missing"
    id = str(given).strip()
    return ("", PERSONAL_ID) if _may_be_personal(id) and is_personal(id) else (id, None)


def _may_be_personal(id: str) -> bool:
    return ("@" in id or len(id) >= FEWEST_DIGITS) and bool(_PROMISING.search(id))


def says(row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
    """Whether a row holds words of anybody."""
    return any(field in columns and _says(value(row, columns[field])) for field in TELLING)


def dated_late(row: Mapping[str, Any], columns: Mapping[str, str], *, now: datetime) -> str | None:
    """Why a row's dates cannot be right."""
    late = from_the_future(value(row, columns.get("created_at")), value(row, columns.get("updated_at")), now=now)
    return f"is dated {late:%Y-%m-%d}, which is not yet" if late else None


def draft_wrong(row: Mapping[str, Any], columns: Mapping[str, str]) -> str | None:
    """Why a row that speaks of a draft is no near-miss."""
    if "draft" not in columns:
        return None
    return no_near_miss({field: value(row, columns.get(field)) for field in ("draft", *OF_A_DRAFT)})


def payload(pull: Pull, ticket: Ticketed, *, content: bytes) -> Payload:
    return Payload(source=pull.source, external_id=ticket.id, content=content)


def _together(records: Iterable[Record], columns: Mapping[str, str]) -> Iterator[list[Record]]:
    """Each row a ticket; where a column says who speaks, the rows of one id that stand together are one ticket."""
    if "role" not in columns:
        yield from ([record] for record in records)
        return
    for _, group in groupby(records, key=lambda record: value(record.values, columns["id"])):
        yield list(group)


class _Met(msgspec.Struct, frozen=True, gc=False):
    """Where and in which state an id was met: one for each ticket of a file, of no concern to the garbage collector."""

    line: int
    content: int
    updated: float


class _Ids:
    """Checks the tickets of one file in order; remembers of each id only where and in which state it was met."""

    def __init__(self, columns: Mapping[str, str], *, now: datetime) -> None:
        self.columns = columns
        self.now = now
        self.met: dict[str, _Met] = {}

    def check(self, rows: list[Record]) -> tuple[str, str | None]:
        """The id, or why the rows are put aside.

        A table without an id column gives each row its digest as id, so that it is the same ticket next time.
        """
        row = rows[0].values
        if not (says(row, self.columns) or any(says(record.values, self.columns) for record in rows[1:])):
            return "", f"says nothing: {self._telling()} empty or missing"
        if wrong := draft_wrong(row, self.columns) or dated_late(row, self.columns, now=self.now):
            return "", wrong
        updated = value(row, self.columns.get("updated_at"))
        content = rows[0].data if len(rows) == 1 else b"\n".join(record.data for record in rows)
        if "id" not in self.columns:
            # A plain digest: the vault keys it before it becomes an id that anybody sees.
            return f"row-{hashlib.sha256(content).hexdigest()}", None
        id, wrong = id_of(row, self.columns["id"])
        return (id, wrong) if wrong else self._unique(id, _Met(rows[0].line, hash(content), _seconds(updated)))

    def _unique(self, id: str, met: _Met) -> tuple[str, str | None]:
        """The same id again is an update when the row says so by its time, a replay when it is the same row."""
        before = self.met.get(id)
        if before is not None and before.content != met.content and not met.updated > before.updated:
            return "", f"has the id of line {before.line}, with other content and no later update time"
        self.met[id] = met
        return id, None

    def _telling(self) -> str:
        names = [repr(self.columns[field]) for field in TELLING if field in self.columns]
        return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'}"


def _seconds(updated: Any) -> float:
    found = moment(updated)
    return found.timestamp() if found else 0.0


def _says(found: Any) -> bool:
    return found.strip() not in ("", "[]") if isinstance(found, str) else bool(found)
