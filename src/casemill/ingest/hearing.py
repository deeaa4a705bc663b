"""Lines of a pipe are heard one by one and gathered into pages of tickets, with the states behind them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple

import msgspec

from casemill.domain.arrival import Payload
from casemill.domain.progress import Progress
from casemill.domain.word import digest_of
from casemill.errors import UsageError
from casemill.ingest.columns import value
from casemill.ingest.dialect import Container, Dialect, Heard, Part
from casemill.ingest.pull import NAME
from casemill.ingest.records import dated_late, draft_wrong, id_of, says
from casemill.ingest.rejects import Rejects
from casemill.ingest.source import PAGE_BYTES, PAGE_ROWS
from casemill.ingest.sources import SOURCES
from casemill.ingest.stream_map import StreamMap, holds_messages

WHERE = "standard input"
LONGEST_LINE = 64_000_000


class Pipe(NamedTuple):
    """What is read: a dialect's lines, by which map, under which name (None: the map's, else the dialect's)."""

    dialect: str
    lines: BinaryIO
    map: StreamMap
    source: str | None = None

    @property
    def name(self) -> str:
        """The source's name in every ticket's key; a UsageError when it can be none."""
        name = self.source or self.map.source or self.dialect
        if not NAME.fullmatch(name):
            raise UsageError(f"{name!r} is no name for a source", hint="letters, digits, dots, - and _")
        return name

    @property
    def stream(self) -> str:
        """Under which name its state is kept; a helpdesk's own cursor has another."""
        return f"{self.dialect} {self.name}"


class Held(NamedTuple):
    """What is stored in one transaction: tickets, and the states that were heard up to its end."""

    payloads: list[Payload]
    states: list[Heard]


class Stand(NamedTuple):
    """What a pipe is read beside: the clock, who names what is put aside, who counts, and the parts of tickets (by id)
    that are there already."""

    now: datetime
    rejects: Rejects
    progress: Progress
    before: Callable[[Sequence[str]], dict[str, Container]] | None = None


class Hearing:
    """One reading of a pipe to its end. `passed_over` counts the records of streams that the map does not name."""

    def __init__(self, pipe: Pipe, stand: Stand) -> None:
        self.pipe = pipe
        self.stand = stand
        self.dialect: Dialect = SOURCES.get(pipe.dialect)()
        self.passed_over: Counter[str] = Counter()
        self._keys: dict[str, tuple[str, ...]] = {}
        self._parts: dict[str, list[Part]] = {}
        self._states: list[Heard] = []
        self._rows = self._bytes = 0

    def held(self) -> Iterator[Held]:
        """Pages of bounded rows and bytes, to the end of the pipe."""
        for number, line in self._lines():
            try:
                said = self.dialect.hear(line)
                wrong = said.why or self._take(said)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                wrong = _why(error)
            if wrong:
                self._put_aside(wrong, number)
            if self._rows >= PAGE_ROWS or self._bytes >= PAGE_BYTES:
                yield self._page()
        if self._rows or self._states:
            yield self._page()

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        """Numbered lines that are not empty; one that is too long is passed over without being held."""
        lines, number = self.pipe.lines, 0
        while line := lines.readline(LONGEST_LINE):
            number += 1
            whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
            while not whole:
                rest = lines.readline(LONGEST_LINE)
                whole = rest.endswith(b"\n") or not rest
                line = b""
            if not line:
                self._put_aside(f"is longer than {LONGEST_LINE // 1_000_000} MB", number)
            elif bare := line.strip():
                yield number, bare

    def _put_aside(self, why: str, number: int) -> None:
        self.stand.rejects.put_aside(WHERE, why, line=number)

    def _take(self, said: Heard) -> str | None:
        """Keeps what a line says; or why it is put aside."""
        if said.kind == "schema":
            self._keys[said.stream] = said.keys
        elif said.kind == "state":
            self._states.append(said)
            self._bytes += len(said.data) + len(said.shown)
        elif said.kind == "record":
            return self._take_record(said)
        return None

    def _take_record(self, said: Heard) -> str | None:
        columns = self.pipe.map.streams.get(said.stream)
        if columns is None:
            self.passed_over[said.stream] += 1
            return None
        row = msgspec.json.decode(said.data)
        if not isinstance(row, dict):
            return "is a record that is no JSON object"
        id, wrong = id_of(row, columns["id"])
        wrong = wrong or dated_late(row, columns, now=self.stand.now) or draft_wrong(row, columns)
        if wrong is None and not (says(row, columns) or self._is_told_elsewhere(columns)):
            wrong = "says nothing: no column that the map names for words holds any"
        if wrong:
            return f"{said.stream}: {wrong}"
        part = Part(said.stream, self._key(said, row, columns=columns), msgspec.Raw(said.data))
        self._parts.setdefault(id, []).append(part)
        self._rows += 1
        self._bytes += len(said.data)
        self.stand.progress.step()
        return None

    def _is_told_elsewhere(self, columns: dict[str, str]) -> bool:
        return not holds_messages(columns) and self.pipe.map.joins

    def _key(self, said: Heard, row: dict[str, Any], *, columns: dict[str, str]) -> str:
        """What is told once of a ticket has no key; a message the one of its schema, else its `id`, else its digest."""
        if not holds_messages(columns):
            return ""
        keys = self._keys.get(said.stream) or (("id",) if columns["id"] != "id" else ())
        found = [value(row, key) for key in keys]
        if not found or any(item is None for item in found):
            return digest_of(said.data)
        return msgspec.json.encode(found).decode()

    def _page(self) -> Held:
        ask = self.stand.before if self.pipe.map.joins else None
        before = ask(list(self._parts)) if ask else {}
        payloads = [self._payload(id, parts, before.get(id)) for id, parts in self._parts.items()]
        page = Held(payloads, self._states)
        self._parts, self._states = {}, []
        self._rows = self._bytes = 0
        return page

    def _payload(self, id: str, parts: list[Part], before: Container | None) -> Payload:  # noqa: PLR0917 - one ticket
        merged = {(part.stream, part.key): part for part in (*(before.parts if before else ()), *parts)}
        known = {**(before.streams if before else {}), **self.pipe.map.streams}
        streams = {part.stream: known[part.stream] for part in merged.values()}
        content = msgspec.json.encode(Container(self.pipe.dialect, streams, list(merged.values())))
        return Payload(source=self.pipe.name, external_id=id, content=content)


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "is nested too deep to be read"
    if isinstance(error, UnicodeDecodeError):
        return "is not UTF-8 text"
    if isinstance(error, msgspec.ValidationError):
        return "is JSON, but no message of that form"
    return f"is not JSON: {str(error).lower()}"
