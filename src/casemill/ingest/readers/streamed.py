"""The records of several streams that have one id become a ticket: what is told once, and messages by their time."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.domain.word import changed
from casemill.ingest.columns import as_list, value
from casemill.ingest.dialect import Container
from casemill.ingest.readers.rows import Table, read_rows
from casemill.ingest.stream_map import holds_messages
from casemill.ingest.values import moment
from casemill.settings import Ingest

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_NAMED = {"text": "content"}


def read_streamed(payload: Payload, settings: Ingest) -> Reading:
    """The ticket, by the map that its records came with; `[ingest] columns` is of files and says nothing here."""
    container = msgspec.json.decode(payload.content, type=Container)
    row: dict[str, Any] = {}
    messages: list[dict[str, Any]] = []
    for columns, told in _rows(container):
        if holds_messages(columns):
            messages.append({_NAMED.get(field, field): found for field, found in told.items() if field != "id"})
        else:
            row |= told
    messages.sort(key=lambda message: moment(message.get("created_at")) or _EARLIEST)
    spoken = [_with_role(message, row, settings=settings) for message in messages]
    if spoken:
        row["messages"] = [*(as_list(row.get("messages")) or ()), *spoken]
    table = Table([row], {field: field for field in row}, settings=changed(settings, columns={}))
    return read_rows(payload, table)


def _rows(container: Container) -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    """Each record's columns, and its values by field; what is empty says nothing."""
    for part in container.parts:
        columns = container.streams[part.stream]
        values = msgspec.json.decode(part.data)
        found = {field: value(values, column) for field, column in columns.items()}
        yield columns, {field: item for field, item in found.items() if item is not None}


def _with_role(message: dict[str, Any], row: Mapping[str, Any], *, settings: Ingest) -> dict[str, Any]:
    """A role told by an account's id: the requester's is the customer, one that the settings name is the AI."""
    requester = row.get("requester")
    customer = requester.get("id") if isinstance(requester, Mapping) else requester
    author = str(message.get("role", ""))
    if customer is not None and author == str(customer):
        return {**message, "role": "customer"}
    return {**message, "role": "assistant"} if author in settings.bots else message
