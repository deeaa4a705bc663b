"""Intercom by its API: a search by the time of change, and for each conversation its parts, pauses and people."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import msgspec

from casemill.domain.arrival import Payload
from casemill.domain.article import Article
from casemill.errors import UsageError
from casemill.ingest.attached import Attached, FileAt
from casemill.ingest.desks.intercom_door import Options
from casemill.ingest.desks.intercom_parts import (
    Around,
    Macros,
    Row,
    container,
    cut_person,
    knowledge_article,
    macro_article,
    still,
)
from casemill.ingest.http import Refused
from casemill.ingest.macros import macro_of
from casemill.ingest.readers.intercom_words import Account, Conversation
from casemill.ingest.source import PAGE_BYTES, FieldOffer, Page, Walk, setting_of
from casemill.ingest.values import from_the_future, moment

SEARCH = "/conversations/search"
LISTED = 100
STORED = 25
MARGIN = timedelta(seconds=61)
OVERLAP = timedelta(seconds=60)
# Where a search knows days alone, `>` begins with the day after; the longest day has 25 hours.
DAY = timedelta(hours=25)
MOST_PARTS = 500
_CLOSED = (400, 403, 404)  # the version, the plan or the token has it not


class _Pages(msgspec.Struct):
    """`next` is a cursor, a page's number or an address of the server's own."""

    next: dict[str, Any] | str | None = None


class _Found(msgspec.Struct):
    conversations: list[msgspec.Raw]
    pages: _Pages | None = None


class _Listed(msgspec.Struct):
    data: list[dict[str, Any]]
    pages: _Pages | None = None


class _People(msgspec.Struct):
    """Contacts stand under `data`, teammates under `admins`."""

    data: list[Account | None] = []
    admins: list[Account | None] = []


class _Handled(msgspec.Struct):
    handling_events: list[msgspec.Raw] | None = None


class _Hit(msgspec.Struct):
    """What a search tells of a conversation; the rest is asked for."""

    id: int | str | None = None
    created_at: int | float | str | None = None
    updated_at: int | float | str | None = None


class _Gathered(NamedTuple):
    """A conversation and its parts, before its people are known."""

    id: str
    told: Conversation
    data: Row
    handling: list[bytes]
    files: list[bytes]

    @property
    def size(self) -> int:
        return sum(len(bytes(value)) for value in self.data.values()) + sum(map(len, self.files))


class Walker:
    """One walk: macros, attributes and people are learned as it goes."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.door = walk.door
        self.options: Options = walk.options
        self.attached = Attached(walk)
        self.people: dict[str, bytes] = {}
        self.gone = 0
        self._macros = Macros([])
        self._fields: dict[str, Any] = {}

    def pages(self) -> Iterator[Page]:
        """All that changed since the cursor, by the time of change; Intercom's own cursor lasts for one walk."""
        yield Page([], articles=tuple(self._learn()))
        begin = self._begin()
        onward: str | None = None
        met = {onward}
        while True:
            found = self._search(begin, onward)
            after = _onward(found.pages).get("starting_after")
            if after is None and found.pages is not None and found.pages.next:
                raise Refused(f"its search says there is more behind {onward or 'its start'}, and not where")
            if after is not None and after in met:
                raise _stuck(onward, after)
            yield from self._stored(found, begin=begin)
            if after is None:
                return
            onward = after
            met.add(onward)

    def one(self, id: str) -> Payload | None:
        if not (id.isdecimal() and id.isascii()):
            raise UsageError(f"{id[:20]!r} is no Intercom conversation's number")
        self._learn()
        gathered = self._gather(_Hit(id))
        return next(iter(self._payloads([gathered])), None) if gathered else None

    def fields(self) -> tuple[FieldOffer, ...]:
        """Attributes of conversations; a workspace whose API is older lists them with all other data."""
        try:
            rows = list(self._rows("/conversations/attributes"))
        except Refused as error:
            if error.status not in _CLOSED:
                raise
            rows = list(self._rows("/data_attributes", model="conversation"))
        told = [row for row in rows if row.get("name") and not row.get("archived")]
        self._fields = {str(row["name"]): row.get("id") for row in told if row.get("id") is not None}
        return tuple(self._offer(row) for row in told)

    def macros(self) -> list[Article]:
        """The workspace's macros; where its API is older than 2.16, or the token may not, there are none."""
        found = [macro_article(row) for row in self._allowed("/macros") if row.get("id")]
        self._macros = Macros([macro_of(article) for article in found])
        return found

    def knowledge(self) -> Iterator[Article]:
        """The articles that are published; a workspace without a help centre, or without the right, has none."""
        for row in self._allowed("/articles") if self.options.knowledge_base else ():
            if row.get("id") and row.get("state") != "draft":
                yield knowledge_article(row)

    def _learn(self) -> list[Article]:
        """The macros; and of attributes and people what this token may read: a conversation names them too."""
        found = self.macros()
        try:
            self.fields()
        except Refused as error:
            if error.status not in _CLOSED:
                raise
        self._meet(self._told("/admins", _People))
        return found

    def _begin(self) -> datetime:
        """From when on; a clock that is ahead of theirs must not skip what is only now written."""
        if self.walk.cursor and (stood := moment(self.walk.cursor)):
            return stood - OVERLAP
        return min(self.walk.since, *(clock - MARGIN for clock in (self.walk.now, self._clock)))

    @property
    def _clock(self) -> datetime:
        return self.door.date or self.walk.now

    def _search(self, begin: datetime, onward: str | None) -> _Found:
        since = max(0, int((begin - DAY).timestamp()))
        paging: dict[str, Any] = {"per_page": self.options.per_page}
        if onward is not None:
            paging["starting_after"] = onward
        changed = {"field": "updated_at", "operator": ">", "value": since}
        asked = {"query": {"operator": "AND", "value": [changed]}, "pagination": paging}
        return self.door.load(SEARCH, kind=_Found, json=asked | {"sort": {"field": "updated_at", "order": "ascending"}})

    def _stored(self, found: _Found, *, begin: datetime) -> Iterator[Page]:
        """The page's conversations, each once, in parts that cost little to fetch again, each with its cursor."""
        hits = [(moment(hit.updated_at) or begin, hit) for hit in self._last_of_each(found.conversations)]
        hits.sort(key=lambda one: one[0])
        waiting: list[_Gathered] = []
        last = None
        for at, hit in hits:
            if at < begin:
                continue
            self.walk.progress.step()
            if (gathered := self._gather(hit)) is not None:
                waiting.append(gathered)
            if at <= self._clock + MARGIN:
                last = at
            if len(waiting) >= STORED or sum(one.size for one in waiting) >= PAGE_BYTES:
                yield self._page(waiting, last)
                waiting = []
        yield self._page(waiting, last)

    def _page(self, gathered: list[_Gathered], last: datetime | None) -> Page:
        gone, self.gone = self.gone, 0
        cursor = last.astimezone(UTC).isoformat() if last else None
        return Page(self._payloads(gathered), cursor=cursor, gone=gone)

    def _last_of_each(self, rows: list[msgspec.Raw]) -> Iterator[_Hit]:
        """A conversation that a page has twice is taken as it comes last."""
        last: dict[str, _Hit] = {}
        for row in rows:
            try:
                hit = msgspec.json.decode(row, type=_Hit)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                self._aside("?", f"a conversation cannot be read: {str(error).lower()}")
                continue
            id = str(hit.id or "")
            if not (id.isdecimal() and id.isascii()):
                self._aside("?", "a conversation has no id")
                continue
            last.pop(id, None)
            last[id] = hit
        return iter(last.values())

    def _gather(self, hit: _Hit) -> _Gathered | None:
        """A conversation with its parts; None when it is gone or put aside."""
        id, now = str(hit.id), max(self.walk.now, self._clock)
        if late := from_the_future(hit.created_at, hit.updated_at, now=now):
            self._aside(id, f"is dated {late:%Y-%m-%d}, which is not yet")
            return None
        path = f"/conversations/{id}"
        try:
            data = self.door.load(path, kind=msgspec.Raw)
        except Refused as error:
            if error.status != 404:
                raise
            self.gone += 1
            return None
        try:
            told = msgspec.json.decode(data, type=Conversation)
            row = still(bytes(data))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._aside(id, f"cannot be read: {str(error).lower()}")
            return None
        if not (told.title or any(part.text for part in told.said)):
            self._aside(id, "says nothing: no title, no message")
            return None
        self._count(id, told)
        return _Gathered(id, told, row, self._handling(path), self._files(id, told))

    def _count(self, id: str, told: Conversation) -> None:
        listed = told.conversation_parts
        if listed is not None and (listed.total_count or 0) > MOST_PARTS >= len(told.parts):
            self._aside(id, f"has {listed.total_count} parts; Intercom gives the last {MOST_PARTS} alone")

    def _handling(self, path: str) -> list[bytes]:
        if not self.options.handling_events:
            return []
        return [bytes(row) for row in self._told(f"{path}/handling_events", _Handled).handling_events or ()]

    def _files(self, id: str, told: Conversation) -> list[bytes]:
        if self.walk.settings.attachments == "list":
            return []
        found = (place for part in told.said for place in part.files())
        at = (FileAt(place, file.name, file.content_type, file.filesize, file.url) for place, file in found if file.url)
        return [file for one in at if (file := self.attached.take(one, named=f"{self.walk.source}:{id}"))]

    def _payloads(self, gathered: list[_Gathered]) -> list[Payload]:
        """Contacts are asked for once a walk; one that was deleted or may not be read has no name."""
        wanted = {str(contact.id) for one in gathered for contact in one.told.known_contacts}
        missing = sorted(wanted - self.people.keys())
        for start in range(0, len(missing), LISTED):
            ids = missing[start : start + LISTED]
            asked = {"query": {"field": "id", "operator": "IN", "value": ids}, "pagination": {"per_page": LISTED}}
            self._meet(self._told("/contacts/search", _People, json=asked))
        return [self._payload(one) for one in gathered]

    def _payload(self, one: _Gathered) -> Payload:
        around = Around(one.handling, one.files, self.people, self._fields, self._macros, self.options.link(one.id))
        content = container(one.told, one.data, around=around)
        return Payload(source=self.walk.source, external_id=one.id, content=content)

    def _meet(self, found: _People) -> None:
        people = [one for one in (*found.data, *found.admins) if one is not None and one.id is not None]
        self.people |= {str(one.id): cut_person(one) for one in people}

    def _told(self, path: str, kind: Any, *, json: Any = None) -> Any:
        """What belongs to a conversation and may be missing, or closed to this token."""
        try:
            return self.door.load(path, kind=kind, json=json)
        except Refused as error:
            if error.status not in _CLOSED:
                raise
            return kind()

    def _allowed(self, path: str) -> Iterator[dict[str, Any]]:
        try:
            yield from self._rows(path, per_page=str(LISTED))
        except Refused as error:
            if error.status not in _CLOSED:
                raise

    def _rows(self, path: str, **params: str) -> Iterator[dict[str, Any]]:
        """All of a list, page by page, whatever its next page is called."""
        place: dict[str, str | int] = {}
        while True:
            page = self.door.load(path, {**params, **place}, kind=_Listed)
            yield from page.data
            onward = _onward(page.pages)
            if onward and onward == place:
                raise Refused(f"the cursor of {path} does not move, and there is more")
            if not onward:
                return
            place = onward

    def _offer(self, row: dict[str, Any]) -> FieldOffer:
        id, title = str(row.get("id") or row["name"]), str(row["name"])
        setting = setting_of(self.walk.settings, id, title)
        return FieldOffer(id=id, title=title, type=str(row.get("data_type") or ""), setting=setting)

    def _aside(self, id: str, why: str) -> None:
        self.walk.rejects.put_aside(f"{self.walk.source}:{id}", why)


def _onward(pages: _Pages | None) -> dict[str, Any]:
    """Where a list goes on, by cursor or number; of an address the parameters alone. Empty at its end."""
    told = pages.next if pages else None
    if isinstance(told, str):
        told = dict(parse_qsl(urlsplit(told).query))
    place = {name: told[name] for name in ("starting_after", "page") if told and told.get(name)}
    return {"starting_after": place["starting_after"]} if "starting_after" in place else place


def _stuck(cursor: str | None, after: str) -> Refused:
    return Refused(
        f"its cursor does not move: behind {cursor or 'the start'} comes {after} again, and there is more",
        hint="Intercom's search stands still; try again in an hour, then ask Intercom's support with this cursor",
    )
