"""The mapping file of a Singer or Airbyte pipe: which stream tells what of a ticket."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from casemill.errors import FileError
from casemill.ingest.columns import FIELDS, OF_A_DRAFT

OF_A_MESSAGE = ("id", "role", "text", "name", "created_at", "public")
_KNOWN = ("source", "streams")


class StreamMap(NamedTuple):
    """Field to column by stream; the source's name where the file gives one.

    A stream that maps `role` holds messages; every other holds what is told once of a ticket. All that have one id
    are one ticket, whatever stream they came in.
    """

    streams: dict[str, dict[str, str]]
    source: str | None = None

    @property
    def joins(self) -> bool:
        """Whether a ticket may come in parts."""
        return len(self.streams) > 1 or any(holds_messages(columns) for columns in self.streams.values())


def holds_messages(columns: Mapping[str, str]) -> bool:
    return "role" in columns


def read_map(path: Path) -> StreamMap:
    """The map of a TOML file; a FileError names the file and what is wrong with which stream."""
    from casemill.suite.toml_file import read_toml

    raw, _ = read_toml(path)
    if unknown := next((key for key in raw if key not in _KNOWN), None):
        raise FileError(path, f"has no place for {unknown!r}", hint="it holds source = … and tables [streams.NAME]")
    source, streams = raw.get("source"), raw.get("streams")
    if not isinstance(streams, dict) or not streams:
        raise FileError(path, "names no stream", hint='[streams.tickets]\nid = "id"\ntext = "description"')
    if source is not None and not isinstance(source, str):
        raise FileError(path, "source is no text")
    return StreamMap({name: _columns(name, table, path=path) for name, table in streams.items()}, source)


def _columns(name: str, table: Any, *, path: Path) -> dict[str, str]:
    where = f"[streams.{name}]"
    if not isinstance(table, dict) or not all(isinstance(column, str) and column for column in table.values()):
        raise FileError(path, f'{where} is no table of field = "column"')
    allowed = OF_A_MESSAGE if holds_messages(table) else FIELDS
    for field in table:
        if field not in allowed:
            close = get_close_matches(field, allowed, n=1)
            what = "message" if holds_messages(table) else "ticket"
            hint = f"did you mean {close[0]!r}?" if close else f"fields: {', '.join(allowed)}"
            raise FileError(path, f"{where}: a {what} has no field {field!r}", hint=hint)
    if "id" not in table:
        raise FileError(path, f"{where} does not say which column is the ticket's id", hint='id = "ticket_id"')
    if holds_messages(table) and "text" not in table:
        raise FileError(path, f"{where} does not say which column holds a message's words", hint='text = "body"')
    if "draft" not in table and (odd := next((field for field in OF_A_DRAFT if field in table), None)):
        raise FileError(path, f"{where}: {odd!r} means nothing without a draft", hint='draft = "ai_draft"')
    return table
