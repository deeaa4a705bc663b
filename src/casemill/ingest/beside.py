"""Files that lie beside a ticket export: lines that belong to tickets, and documents of users, fields, macros."""

import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from casemill.ingest.encoding import CutShort, Lines
from casemill.ingest.json_file import objects, whole_file
from casemill.ingest.source import Pull


class _Owned(msgspec.Struct):
    ticket_id: int | str


class Beside:
    """One line a ticket (or several): each ticket's lines by its id, held compressed in memory."""

    def __init__(self, paths: Sequence[Path], pull: Pull, *, kind: Any = Any) -> None:
        self._lines: dict[str, list[bytes]] = defaultdict(list)
        for path in paths:
            for ticket, data in _owned(path, pull, kind=kind):
                self._lines[ticket].append(zlib.compress(data, 1))

    def of(self, ticket: int | str | None) -> list[bytes]:
        """The lines of a ticket, byte for byte, in the order of the file."""
        return [zlib.decompress(line) for line in self._lines.get(str(ticket), ())]


def _owned(path: Path, pull: Pull, *, kind: Any) -> Iterator[tuple[str, bytes]]:
    """Lines with the ticket they belong to; a line that cannot be read is put aside."""
    try:
        for line, data in Lines(path, seen=pull.progress.step):
            if not (bare := data.strip()):
                continue
            try:
                ticket = msgspec.json.decode(bare, type=_Owned).ticket_id
                msgspec.json.decode(bare, type=kind)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                pull.rejects.put_aside(path, f"cannot be read: {str(error).lower()}", line=line)
            else:
                yield str(ticket), bare
    except CutShort as error:
        pull.rejects.put_aside(path, error.reason, line=error.line)


def documents(paths: Sequence[Path], key: str, *, pull: Pull) -> Iterator[dict[str, Any]]:
    """The objects under `key` in JSON documents, as `{"users": [...]}`."""
    for path in paths:
        for found in objects(whole_file(path, pull), key):
            if found.broken:
                pull.rejects.put_aside(path, found.broken, line=found.line)
            elif isinstance(item := msgspec.json.decode(found.data), dict):
                yield item
