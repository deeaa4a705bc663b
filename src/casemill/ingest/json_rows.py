"""Rows kept as JSON objects in a payload, whatever kind of file they stood in, and read from there."""

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.ingest.readers.rows import Table, read_rows
from casemill.ingest.records import Ticketed
from casemill.settings import Ingest


class Container(msgspec.Struct):
    """The rows as they stood, and what their columns were taken for when they came."""

    form: str
    columns: dict[str, str]
    rows: list[msgspec.Raw]


def kept(form: str, ticket: Ticketed, *, columns: dict[str, str]) -> bytes:
    """A ticket's rows in their container."""
    rows = [msgspec.Raw(record.data) for record in ticket.rows]
    return msgspec.json.encode(Container(form, columns, rows))


def read_kept(payload: Payload, settings: Ingest) -> Reading:
    """The ticket of such a container."""
    container = msgspec.json.decode(payload.content, type=Container)
    rows = [msgspec.json.decode(row) for row in container.rows]
    return read_rows(payload, Table(rows, container.columns, settings=settings))
