"""Help Scout's conversations in the order they were last changed, page by page, without a gap.

The list is paged by number, and a conversation that is changed meanwhile goes to its end: all behind it slide one
place to the left, and the first of the next page is on none that is still to be read. So a new window is opened (from
the last change seen, as page 1) wherever that is possible; and where many were changed at once, the page before is read
again after the next one, and only when it is the same does the next one count.

A conversation does not tell when it was last changed, only when a user last changed it, which is never later. So that
is how far a window surely reached.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from casemill.ingest.desks.helpscout_hal import MOST_EMPTY, Listed, id_of, listed
from casemill.ingest.desks.helpscout_parts import still_conversation
from casemill.ingest.http import Refused
from casemill.ingest.source import Walk
from casemill.ingest.values import moment

LIST = "/v2/conversations"
OVERLAP = timedelta(seconds=60)
MOST_SLIDES = 20
MOST_WAIT = 32


class Some(NamedTuple):
    """Conversations that were not met before in this walk, as they stand in the list, and where the next walk would go
    on behind them (None: nowhere yet)."""

    rows: list[bytes]
    cursor: str | None


class _Dated(msgspec.Struct, rename="camel"):
    user_updated_at: str | None = None
    created_at: str | None = None


class Stream:
    """One walk through the list."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.reached = moment(walk.cursor) if walk.cursor else None
        self.start = self.reached - OVERLAP if self.reached else walk.since
        self.began: datetime | None = None
        self._met: dict[str, bytes] = {}
        self._before: dict[str, bytes] = {}
        self._slides = 0
        self._empty = 0
        self._tries = 0
        self._wait = 0

    def pages(self) -> Iterator[Some]:
        """To the end of the list. Each next address is made from a moment or a number, never from the server's own."""
        number, page = 1, self._first()
        while True:
            yield Some(self._new(page), _told(self.reached))
            if not page.more:
                yield Some([], _told(self.began or self.reached))
                return
            number, page = self._anew(page) or self._beyond(number, page)

    def _first(self) -> Listed:
        """The server's own clock says when this walk began; where it is behind ours, the first window opens earlier."""
        page = self._list(1)
        self.began = self.walk.door.date
        if self.began is not None and self.began - OVERLAP < self.start:
            self.start = self.began - OVERLAP
            page = self._list(1)
        return page

    def _list(self, number: int) -> Listed:
        params: dict[str, str | int] = {"status": "all", "modifiedSince": f"{self.start:%Y-%m-%dT%H:%M:%SZ}"}
        params |= {"sortField": "modifiedAt", "sortOrder": "asc", "page": number}
        if self.walk.options.mailboxes:
            params["mailbox"] = ",".join(map(str, self.walk.options.mailboxes))
        return listed(self.walk.door, LIST, name="conversations", params=params)

    def _new(self, page: Listed) -> list[bytes]:
        found: dict[str, bytes] = {}
        for place, row in enumerate(page.rows):
            id = id_of(row) or f"none {place}"
            if self._is_new(row):
                found[id] = row
            self._met[id] = _mark(row)
            self._reach(row)
        return list(found.values())

    def _is_new(self, row: bytes) -> bool:
        """Whether a conversation was not met yet as it stands now, in this window or the one before."""
        id = id_of(row)
        return id is None or _mark(row) not in (self._met.get(id), self._before.get(id))

    def _reach(self, row: bytes) -> None:
        at = _changed(row)
        if at is not None and at <= (self.began or self.walk.now):
            self.reached = max(self.reached or at, at)

    def _anew(self, page: Listed) -> tuple[int, Listed] | None:
        """The first page of a new window. None where it would overlap with more than the page just read, or brings
        nothing new since more were changed at once; then it is tried less and less often."""
        lowest = _changed(page.rows[0]) if page.rows else None
        if lowest is None or self.reached is None or not max(lowest, self.start) < self.reached - OVERLAP:
            return None
        self._wait -= 1
        if self._wait >= 0:
            return None
        before, self.start = self.start, self.reached - OVERLAP
        first = self._list(1)
        if first.more and not any(self._is_new(row) for row in first.rows):
            self.start, self._tries = before, self._tries + 1
            self._wait = min(2**self._tries, MOST_WAIT)
            return None
        self._before, self._met = self._met, {}
        self._slides = self._empty = self._tries = self._wait = 0
        return 1, first

    def _beyond(self, number: int, page: Listed) -> tuple[int, Listed]:
        """The next page by its number; where rows slid meanwhile, the page to which they slid."""
        after = self._list(number + 1)
        again = self._list(number)
        if _ids(again) == _ids(page):
            self._check(number + 1, after, before=page)
            self._slides = 0
            return number + 1, after
        self._slides += 1
        if self._slides > MOST_SLIDES:
            raise Refused(
                f"its cursor does not move: page {number} from {_told(self.start)} is another one at each reading",
                hint="Help Scout's list does not stand still; try again when less is changed at once",
            )
        if number == 1 or any(id in self._met for id in _ids(again)):
            return number, again
        return number - 1, self._list(number - 1)

    def _check(self, number: int, page: Listed, *, before: Listed) -> None:
        self._empty = 0 if page.rows else self._empty + 1
        same = bool(page.rows) and _ids(page) == _ids(before)
        if page.more and (same or self._empty > MOST_EMPTY):
            what = "the one before it" if same else f"empty as {MOST_EMPTY} before it"
            raise Refused(
                f"its cursor does not move: page {number} from {_told(self.start)} is {what}, and there is more",
                hint="Help Scout's list stands still; try again in an hour, then ask Help Scout with this moment",
            )


def _ids(page: Listed) -> set[str | None]:
    return {id_of(row) for row in page.rows}


def _mark(row: bytes) -> bytes:
    return blake2b(still_conversation(row), digest_size=12).digest()


def _changed(row: bytes) -> datetime | None:
    try:
        told = msgspec.json.decode(row, type=_Dated)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return moment(told.user_updated_at) or moment(told.created_at)


def _told(at: datetime | None) -> str | None:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at is not None else None
