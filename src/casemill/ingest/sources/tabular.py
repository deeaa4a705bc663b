"""A table as text: CSV with commas, semicolons, tabs or bars; one row a ticket, or one row a message."""

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.errors import UsageError
from casemill.ingest.columns import looks_like_data
from casemill.ingest.encoding import CutShort, Lines
from casemill.ingest.readers.rows import Table, read_rows
from casemill.ingest.records import LOOKED_AT, Record, columns_of, payload, refuse, ticketed
from casemill.ingest.source import Page, Pull, paged
from casemill.settings import Ingest

LONGEST_FIELD = 64_000_000
DELIMITERS = ",;\t|"
MOST_RECOVERIES = 20


class Container(msgspec.Struct, omit_defaults=True):
    """The rows' own text as it stood, the header's, and how they were read; `encoding` when it was not UTF-8."""

    form: str
    delimiter: str
    columns: dict[str, str]
    header: str
    rows: list[str]
    encoding: str = "utf-8"


class Tabular:
    """CSV of any dialect; which column is which is told by `[ingest] columns` or guessed, and shown."""

    default_name = "file"

    def pages(self, pull: Pull) -> Iterator[Page]:
        for path in pull.paths:
            table = _File(path, pull)
            records = table.records()
            try:
                first = list(islice(records, LOOKED_AT))
            except UsageError as error:
                refuse(error, pull, file=path)
                continue
            if columns := columns_of(first, pull, file=path):
                yield from paged(_payloads(chain(first, records), columns, table=table), columns)

    def read(self, payload: Payload, settings: Ingest) -> Reading:
        container = msgspec.json.decode(payload.content, type=Container)
        header, *rows = (_row_of(text, container.delimiter) for text in (container.header, *container.rows))
        names = column_names(header)
        named = [dict(zip(names, row, strict=False)) for row in rows]
        return read_rows(payload, Table(named, container.columns, settings=settings))


def _payloads(records: Iterator[Record], columns: dict[str, str], *, table: "_File") -> Iterator[Payload]:
    for ticket in ticketed(records, columns, pull=table.pull, file=table.path):
        container = Container(
            form="csv",
            delimiter=table.delimiter,
            columns=columns,
            header=table.header,
            rows=[record.data.decode() for record in ticket.rows],
            encoding=table.lines.encoding,
        )
        yield payload(table.pull, ticket, content=msgspec.json.encode(container))


class _File:
    """One file: its dialect is known once the first rows are read."""

    def __init__(self, path: Path, pull: Pull) -> None:
        self.path = path
        self.pull = pull
        self.lines = Lines(path, seen=pull.progress.step)
        self.header = ""
        self.delimiter = ","
        self._ahead: deque[str] = deque()
        self._taken: list[str] = []
        self._ended = False

    def records(self) -> Iterator[Record]:
        """Rows as wide as the header; others are put aside, and a file without rows is told of."""
        text = self._text()
        head = list(islice(text, 50))
        self.delimiter = sniff(head)
        rows = self._rows(chain(head, text))
        _, self.header, first = next(rows, (0, "", []))
        names = column_names(first)
        if odd := next((number for number, name in enumerate(names, 1) if looks_like_data(name)), None):
            raise UsageError(
                f"{self.path}:1: the first row is no header: its column {odd} holds a value, not a name",
                hint="write the columns' names into the first row",
            )
        empty = True
        for line, own, values in rows:
            empty = False
            if len(values) == len(names):
                yield Record(line, own.encode(), dict(zip(names, values, strict=True)))
            else:
                why = f"has {len(values)} fields where the header has {len(names)}"
                self.pull.rejects.put_aside(self.path, why, line=line)
        if empty:
            self.pull.rejects.put_aside(self.path, "there are no rows" if self.header else "the file is empty")

    def _text(self) -> Iterator[str]:
        """The lines as text with their ends; one that is not text is put aside and left blank."""
        try:
            for line, data in self.lines:
                try:
                    yield data.replace(b"\0", b"").decode() + "\n"
                except UnicodeDecodeError:
                    self.pull.rejects.put_aside(self.path, "is not UTF-8 text", line=line)
                    yield "\n"
        except CutShort as error:
            self.pull.rejects.put_aside(self.path, error.reason, line=error.line)

    def _rows(self, lines: Iterator[str]) -> Iterator[tuple[int, str, list[str]]]:
        """First line, own text and values of each row that is not blank; a row may go over several lines."""
        csv.field_size_limit(LONGEST_FIELD)
        line, recoveries, width = 1, 0, 0
        reader = csv.reader(self._noted(lines), delimiter=self.delimiter)
        while True:
            try:
                values, wrong = next(reader), None
            except StopIteration:
                return
            except csv.Error as error:
                values, wrong = [], f"is not CSV: {error}"
            taken = self._taken
            self._taken = []
            swallowed = self._ended and len(taken) > 1 and 0 < width != len(values)
            if swallowed and recoveries < MOST_RECOVERIES:
                # A quotation mark that is never closed swallows the rest: only its own line is bad.
                self._ahead.extend(taken[1:])
                taken, recoveries, wrong = taken[:1], recoveries + 1, "opens a quotation mark that is never closed"
                self._ended = False
                reader = csv.reader(self._noted(lines), delimiter=self.delimiter)
            if wrong:
                self.pull.rejects.put_aside(self.path, wrong, line=line)
            elif any(value.strip() for value in values):
                width = width or len(values)
                yield line, "".join(taken), _trimmed(values, width)
            line += len(taken)

    def _noted(self, lines: Iterator[str]) -> Iterator[str]:
        """Lines to the reader, remembered until their row is whole; those given back come first."""
        while self._ahead or not self._ended:
            line = self._ahead.popleft() if self._ahead else next(lines, None)
            if line is None:
                self._ended = True
                return
            self._taken.append(line)
            yield line


def _trimmed(values: list[str], width: int) -> list[str]:
    """Without the empty fields that some programs write after the last column."""
    extra = values[width:]
    return values[:width] if extra and not any(value.strip() for value in extra) else values


def _row_of(text: str, delimiter: str) -> list[str]:
    csv.field_size_limit(LONGEST_FIELD)
    return next(csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter), [])


def column_names(header: list[str]) -> list[str]:
    """Names without spaces around them; an empty one is `column 3`, a name met again `Text 2`."""
    names: list[str] = []
    for number, cell in enumerate(header, 1):
        name = cell.strip() or f"column {number}"
        times = sum(known == name or known.startswith(f"{name} ") for known in names) + 1
        names.append(name if name not in names else f"{name} {times}")
    return names


def sniff(head: Iterable[str]) -> str:
    """The delimiter that cuts the header into most columns and the rows after it into as many."""
    best, most = ",", 0
    for delimiter in DELIMITERS:
        widths = _widths(list(head), delimiter)
        fitting = widths.count(widths[0]) * widths[0] if widths and widths[0] > 1 else 0
        if fitting > most:
            best, most = delimiter, fitting
    return best


def _widths(head: list[str], delimiter: str) -> list[int]:
    rows: Iterator[Any] = csv.reader(head, delimiter=delimiter)
    try:
        return [len(row) for row in rows if row]
    except csv.Error:
        return []
