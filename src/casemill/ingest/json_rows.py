"""Rows kept as JSON objects in a payload, whatever kind of file they stood in, and read from there."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import ClassVar

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.ingest.readers.rows import Table, read_rows
from casemill.ingest.records import LOOKED_AT, Record, Ticketed, columns_of, payload, ticketed
from casemill.ingest.source import Page, Pull, paged
from casemill.settings import Ingest


class Container(msgspec.Struct):
    """The rows as they stood, and what their columns were taken for when they came."""

    form: str
    columns: dict[str, str]
    rows: list[msgspec.Raw]


class JsonRows(ABC):
    """A source of files whose rows are kept as JSON objects; `form` is what its containers begin with."""

    default_name = "file"
    form: ClassVar[str]

    @abstractmethod
    def records(self, path: Path, pull: Pull) -> Iterator[Record]:
        """The rows of a file; what is none is put aside."""

    def pages(self, pull: Pull) -> Iterator[Page]:
        for path in pull.paths:
            records = self.records(path, pull)
            first = list(islice(records, LOOKED_AT))
            if columns := columns_of(first, pull, file=path):
                tickets = ticketed(chain(first, records), columns, pull=pull, file=path)
                kept = _keeper(self.form, columns)
                yield from paged((payload(pull, ticket, content=kept(ticket)) for ticket in tickets), columns)

    def read(self, payload: Payload, settings: Ingest) -> Reading:
        container = msgspec.json.decode(payload.content, type=Container)
        rows = [msgspec.json.decode(row) for row in container.rows]
        return read_rows(payload, Table(rows, container.columns, settings=settings))


def _keeper(form: str, columns: dict[str, str]) -> Callable[[Ticketed], bytes]:
    """What puts each ticket's rows in their container; the containers of a file differ in their rows alone."""
    head = msgspec.json.encode(Container(form, columns, [])).removesuffix(b"]}")
    return lambda ticket: b"%b%b]}" % (head, b",".join([record.data for record in ticket.rows]))
