"""The parts of one Help Scout conversation in one container, without what moves by itself."""

from typing import Any

import msgspec

from casemill.domain.ticket import Macro
from casemill.ingest.readers.helpscout_words import File, Person

Row = dict[str, msgspec.Raw]

# They move without anything of the conversation having changed, or are told again elsewhere.
_MOVING = frozenset({"_links", "_embedded", "customerWaitingSince", "folderId", "preview"})
_THREADS_MOVING = frozenset({"_links", "openedAt"})
_PEOPLE = frozenset({"assignee", "createdBy", "closedByUser", "primaryCustomer", "customer", "assignedTo"})
_PERSON = frozenset(Person.__struct_fields__)
_FILE = frozenset({"id", "filename", "mimeType", "size"})


def container(conversation: bytes, threads: list[bytes], *, macros: list[Macro], files: list[bytes]) -> bytes:
    """The parts as they stood; `threads` in the order they were written."""
    parts: dict[str, Any] = {
        "form": "helpscout",
        "conversation": msgspec.Raw(still_conversation(conversation)),
        "threads": [msgspec.Raw(still_thread(thread)) for thread in threads],
        "macros": macros,
        "attachments": [msgspec.Raw(file) for file in files],
    }
    return msgspec.json.encode({name: part for name, part in parts.items() if part})


def still_conversation(row: bytes) -> bytes:
    """A conversation without what moves by itself; what is no object stays as it is."""
    told = _object(row)
    return msgspec.json.encode(_still(told, _MOVING)) if told is not None else row


def still_thread(row: bytes) -> bytes:
    """A thread without the customer's looking at it, and of its files only what they are."""
    told = _object(row)
    if told is None:
        return row
    kept = _still(told, _THREADS_MOVING)
    inside = _object(bytes(kept.get("_embedded") or b"null"))
    if inside is not None:
        files = msgspec.json.decode(inside.get("attachments") or b"[]", type=list[Row] | None) or []
        cut = [{name: file[name] for name in file if name in _FILE} for file in files]
        kept["_embedded"] = msgspec.Raw(msgspec.json.encode({"attachments": cut}))
    return msgspec.json.encode(kept)


def _still(told: Row, moving: frozenset[str]) -> Row:
    kept = {name: value for name, value in told.items() if name not in moving}
    for name in _PEOPLE & kept.keys():
        who = _object(bytes(kept[name]))
        if who is not None:
            cut = {part: value for part, value in who.items() if part in _PERSON}
            kept[name] = msgspec.Raw(msgspec.json.encode(cut))
    return kept


def _object(data: bytes) -> Row | None:
    try:
        return msgspec.json.decode(data, type=Row | None)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def is_sound(file: File) -> bool:
    """Whether a file may be fetched: Help Scout marks those that hold a virus."""
    return file.id is not None and file.state in (None, "valid")
