"""Help Scout's lists: pages of rows under a name; the end is where no next page is linked, and nowhere else."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import msgspec

from casemill.ingest.http import Door, Refused

MOST_EMPTY = 3
_CONVERSATION = re.compile(r"/conversations/(\d+)\b")


class Listed(NamedTuple):
    """A page: its rows as they stand, whether more follow, and the address the server gives it."""

    rows: tuple[bytes, ...]
    more: bool
    home: str = ""


class Numbered(msgspec.Struct):
    """Any object by its id."""

    id: int | str | None = None


@cache
def _shape(name: str) -> type[Any]:
    """`{"_embedded": {name: [...]}, "_links": {"next": {...}}}`; `_embedded` is left out when nothing is there."""
    rows: Any = msgspec.field(name=name, default=None)
    inside = msgspec.defstruct("Inside", [("rows", list[msgspec.Raw] | None, rows)])
    embedded = ("embedded", inside | None, msgspec.field(name="_embedded", default=None))
    links = ("links", dict[str, Any] | None, msgspec.field(name="_links", default=None))
    return msgspec.defstruct("Page", [embedded, links])


def listed(door: Door, path: str, *, name: str, params: dict[str, str | int]) -> Listed:
    """One page of a list."""
    page: Any = door.load(path, params, kind=_shape(name))
    rows = page.embedded.rows if page.embedded is not None else None
    links = page.links or {}
    home = links.get("self")
    address = str(home.get("href") or "") if isinstance(home, dict) else ""
    return Listed(tuple(bytes(row) for row in rows or ()), bool(links.get("next")), address)


def every(door: Door, path: str, *, name: str) -> Iterator[bytes]:
    """All rows of a list. Refused with status 404 when another conversation's come: this one was merged into it."""
    number, empty = 1, 0
    before: list[str | None] = []
    while True:
        page = listed(door, path, name=name, params={"page": number})
        if _is_others(page, path):
            raise Refused("the conversation was merged into another", status=404)
        ids = [id_of(row) for row in page.rows]
        if ids and ids == before:
            raise Refused(f"the pages of {path} do not move: page {number} is the one before it, and there is more")
        empty = 0 if page.rows else empty + 1
        if page.more and empty > MOST_EMPTY:
            raise Refused(f"the pages of {path} do not move: {empty} are empty, and there is more")
        yield from page.rows
        if not page.more:
            return
        number, before = number + 1, ids


def id_of(row: bytes) -> str | None:
    """The id of a row; None where it has none."""
    try:
        id = msgspec.json.decode(row, type=Numbered).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return None if id is None else str(id)


def _is_others(page: Listed, path: str) -> bool:
    asked, told = _CONVERSATION.search(path), _CONVERSATION.search(page.home)
    return asked is not None and told is not None and asked[1] != told[1]
