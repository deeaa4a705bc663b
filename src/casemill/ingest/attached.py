"""Files that came with a ticket: named always, fetched only when `[ingest] attachments` asks for it."""

from base64 import b64encode
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from casemill.domain.word import digest_of
from casemill.ingest.encoding import decode
from casemill.ingest.http import Refused
from casemill.ingest.source import Walk

_TEXT = ("text/", "application/json", "application/xml")


class FileAt(msgspec.Struct):
    """A file as a helpdesk names it, and where its content lies."""

    id: int | str | None = None
    file_name: str | None = None
    content_type: str | None = None
    size: int | None = None
    content_url: str | None = None
    deleted: bool | None = None


class _Bearing(msgspec.Struct):
    attachments: list[FileAt] | None = None


class Attached:
    """Fetches attachments of one walk; one that is refused is named among the rejects; its ticket comes."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk

    def of(self, named: str, rows: Iterable[Any]) -> list[bytes]:
        """The files of a ticket's comments, in order, each once: `{id, file_name, content_type, size, digest}` and,
        with `keep`, `content` (text) or `data` (base64). Nothing when they are only to be named."""
        if self.walk.settings.attachments == "list":
            return []
        found: dict[Any, FileAt] = {}
        for row in rows:
            bearing = msgspec.json.decode(msgspec.json.encode(row), type=_Bearing)
            found |= {id(file) if file.id is None else file.id: file for file in bearing.attachments or ()}
        taken = [self.take(file, named=named) for file in found.values() if file.content_url and not file.deleted]
        return [file for file in taken if file]

    def take(self, file: FileAt, *, named: str, by: Callable[[FileAt], bytes] | None = None) -> bytes | None:
        """One file with its digest, and its content where that is kept; None when it cannot be had.

        `by` fetches a content that has no address of its own; it raises Refused.
        """
        try:
            content = by(file) if by else self.walk.door.fetch(file.content_url or "").body
        except Refused as error:
            self.walk.rejects.put_aside(named, f"attachment {file.id} is left out: {error}")
            return None
        told: dict[str, Any] = {"id": file.id, "file_name": file.file_name, "content_type": file.content_type}
        told |= {"size": len(content), "digest": digest_of(content)}
        if self.walk.settings.attachments == "keep":
            told |= _kept(content, file.content_type or "")
        return msgspec.json.encode(told)


def _kept(content: bytes, type: str) -> dict[str, str]:
    if type.startswith(_TEXT):
        return {"content": decode(content)}
    return {"data": b64encode(content).decode()}
