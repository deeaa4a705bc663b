"""Zendesk by its API: the incremental cursor export, and for each ticket its comments, audits, log and people."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple, cast

import msgspec

from casemill.domain.arrival import Payload
from casemill.domain.article import Article
from casemill.domain.ticket import Macro
from casemill.errors import UsageError
from casemill.ingest.attached import Attached
from casemill.ingest.desks.zendesk_door import Options
from casemill.ingest.http import Refused
from casemill.ingest.macros import article_of, knowledge_of, macro_of
from casemill.ingest.readers.zendesk_words import Audits, Comments, ZendeskTicket
from casemill.ingest.source import PAGE_BYTES, FieldOffer, Page, Walk, setting_of
from casemill.ingest.values import from_the_future, plain
from casemill.ingest.zendesk_parts import (
    Around,
    Row,
    container,
    cut_user,
    people_of,
    still_audit,
    still_said,
    still_ticket,
)

EXPORT = "/api/v2/incremental/tickets/cursor"
LISTED = 100
MARGIN = timedelta(seconds=61)
_UNREAD = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class _Export(msgspec.Struct):
    tickets: list[msgspec.Raw]
    end_of_stream: bool
    after_cursor: str | None = None
    users: list[dict[str, Any]] | None = None


class _One(msgspec.Struct):
    ticket: msgspec.Raw
    users: list[dict[str, Any]] | None = None


class _Users(msgspec.Struct):
    users: list[dict[str, Any]]


class _Meta(msgspec.Struct):
    has_more: bool = False
    after_cursor: str | None = None


class _List(msgspec.Struct):
    """A page of any list. `next_page` tells of more where a list is paged by number and not by cursor."""

    users: list[dict[str, Any]] | None = None
    meta: _Meta | None = None
    next_page: str | None = None


@cache
def _page_of(name: str) -> type[_List]:
    """The page whose rows stand under a name."""
    rows = ("rows", list[Row], msgspec.field(name=name))
    made: Any = msgspec.defstruct("Page", [rows], bases=(_List,), kw_only=True)
    return cast("type[_List]", made)


class _Gathered(NamedTuple):
    """A ticket and its parts, before the accounts of its people are known."""

    ticket: ZendeskTicket
    data: bytes
    comments: list[Row]
    audits: list[Row]
    log: list[Row]
    files: list[bytes]
    people: list[str]

    @property
    def size(self) -> int:
        rows = (*self.comments, *self.audits, *self.log)
        told = sum(len(bytes(value)) for row in rows for value in row.values())
        return len(self.data) + told + sum(map(len, self.files))

    @property
    def talk(self) -> list[bytes]:
        return [msgspec.json.encode({"comments": self.comments})] if self.comments else []


class Walker:
    """One walk: macros, fields and people are learned as it goes."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.door = walk.door
        self.options: Options = walk.options
        self.attached = Attached(walk)
        self.users: dict[str, bytes] = {}
        self.gone = 0
        self._titles: dict[str, str] | None = None
        self._macros: list[Macro] | None = None

    def pages(self) -> Iterator[Page]:
        """The stream to its end. Each next address is made from the cursor alone, never from the server's."""
        yield Page([], articles=tuple(self.macros()))
        self.fields()
        cursor = self.walk.cursor
        met = {cursor}
        while True:
            page = self._export(cursor)
            if not page.end_of_stream and (page.after_cursor is None or page.after_cursor in met):
                raise _stuck(cursor, page.after_cursor)
            yield from self._stored(page)
            if page.end_of_stream:
                return
            cursor = page.after_cursor
            met.add(cursor)

    def one(self, id: str) -> Payload | None:
        if not id.isdecimal():
            raise UsageError(f"{id[:20]!r} is no Zendesk ticket's number")
        self.macros()
        self.fields()
        try:
            found = self.door.load(f"/api/v2/tickets/{id}", {"include": "users"}, kind=_One)
        except Refused as error:
            if error.status == 404:
                return None
            raise
        self._meet(found.users)
        gathered = self._gather(bytes(found.ticket))
        return next(iter(self._payloads([gathered])), None) if gathered else None

    def fields(self) -> tuple[FieldOffer, ...]:
        rows = [msgspec.json.decode(msgspec.json.encode(row)) for row in self._listed("/api/v2/ticket_fields")]
        self._titles = {str(row.get("id")): str(row.get("title") or "") for row in rows}
        return tuple(_offer(row, self.walk) for row in rows if row.get("active", True))

    def macros(self) -> list[Article]:
        rows = [msgspec.json.decode(msgspec.json.encode(row)) for row in self._listed("/api/v2/macros")]
        found = [article_of(row) for row in rows if row.get("id")]
        self._macros = [macro_of(article) for article in found]
        return found

    def knowledge(self) -> Iterator[Article]:
        """The help centre's articles that are published; an account without one, or without the right, has none."""
        if not self.options.knowledge_base:
            return
        try:
            for row in self._rows("/api/v2/help_center/articles"):
                told = msgspec.json.decode(msgspec.json.encode(row))
                if told.get("id") and not told.get("draft"):
                    yield knowledge_of(told)
        except Refused as error:
            if error.status not in (403, 404):
                raise

    def _export(self, cursor: str | None) -> _Export:
        params: dict[str, str | int] = {"per_page": self.options.per_page, "include": "users"}
        if self.options.support_type_scope:
            params["support_type_scope"] = self.options.support_type_scope
        if cursor is not None:
            params["cursor"] = cursor
        else:
            clocks = (self.walk.now, self.door.date or self.walk.now)
            params["start_time"] = max(0, int(min(self.walk.since, *(clock - MARGIN for clock in clocks)).timestamp()))
        try:
            return self.door.load(EXPORT, params, kind=_Export)
        except Refused as error:
            if cursor is None or error.status not in (400, 404, 410, 422):
                raise
            raise Refused(f"{error}", status=error.status, hint=_anew(self.walk)) from None

    def _stored(self, export: _Export) -> Iterator[Page]:
        """The page's tickets, each once, in parts that can be held; the cursor comes with the last."""
        self._meet(export.users)
        waiting: list[_Gathered] = []
        size = 0
        for data in _last_of_each(export.tickets):
            self.walk.progress.step()
            if (gathered := self._gather(data)) is None:
                continue
            waiting.append(gathered)
            size += gathered.size
            if size >= PAGE_BYTES:
                yield Page(self._payloads(waiting))
                waiting, size = [], 0
        gone, self.gone = self.gone, 0
        yield Page(self._payloads(waiting), cursor=export.after_cursor, gone=gone)

    def _gather(self, data: bytes) -> _Gathered | None:
        """A ticket's parts; None when it was deleted or is put aside."""
        if (ticket := self._ticket(data)) is None:
            return None
        named = f"{self.walk.source}:{ticket.id}"
        try:
            gathered = self._parts(ticket, data)
        except _UNREAD as error:
            self._aside(named, f"cannot be read: {str(error).lower()}")
            return None
        except Refused as error:
            if error.status != 404:
                raise
            self.gone += 1
            return None
        if not any((ticket.subject, ticket.description, gathered.comments, gathered.log)):
            self._aside(named, "says nothing: no subject, no description, no comments")
            return None
        return gathered

    def _ticket(self, data: bytes) -> ZendeskTicket | None:
        """A ticket of a page; None when it was deleted or is put aside."""
        try:
            ticket = msgspec.json.decode(data, type=ZendeskTicket)
        except _UNREAD as error:
            self._aside(f"{self.walk.source}:?", f"a ticket cannot be read: {str(error).lower()}")
            return None
        if ticket.id is None or not str(ticket.id).isdecimal():
            self._aside(f"{self.walk.source}:?", "a ticket has no id")
            return None
        if ticket.status == "deleted":
            self.gone += 1
            return None
        if late := from_the_future(ticket.created_at, ticket.updated_at, now=max(self.walk.now, self._clock)):
            self._aside(f"{self.walk.source}:{ticket.id}", f"is dated {late:%Y-%m-%d}, which is not yet")
            return None
        return ticket

    @property
    def _clock(self) -> Any:
        return self.door.date or self.walk.now

    def _parts(self, ticket: ZendeskTicket, data: bytes) -> _Gathered:
        base = f"/api/v2/tickets/{ticket.id}"
        comments = self._listed(f"{base}/comments", sort="created_at", include="users", include_inline_images="false")
        audits = [cut for row in self._listed(f"{base}/audits") if (cut := still_audit(row))]
        log = self._log(f"{base}/conversation_log") if self._has_log(ticket) else []
        named = f"{self.walk.source}:{ticket.id}"
        files = self.attached.of(named, [*comments, *log])
        said = [still_said(row) for row in comments]
        people = _people(ticket, said, audits=audits)
        return _Gathered(ticket, still_ticket(data), said, audits, [still_said(row) for row in log], files, people)

    def _has_log(self, ticket: ZendeskTicket) -> bool:
        if self.options.conversation_log != "messaging":
            return self.options.conversation_log == "always"
        return bool(ticket.from_messaging_channel) or "messaging" in str((ticket.via or {}).get("channel"))

    def _log(self, path: str) -> list[Row]:
        """The log of a messaging conversation; an account without it has none."""
        try:
            return self._listed(path, name="events", sort="created_at")
        except Refused as error:
            if error.status in (403, 404):
                return []
            raise

    def _listed(self, path: str, *, name: str | None = None, **params: str) -> list[Row]:
        return list(self._rows(path, name=name, **params))

    def _rows(self, path: str, *, name: str | None = None, **params: str) -> Iterator[Row]:
        """All of a list, page by page; an endpoint that does not page gives all at once."""
        kind = _page_of(name or path.rpartition("/")[2])
        place: dict[str, str | int] = {"page[size]": LISTED}
        while True:
            page: Any = self.door.load(path, {**params, **place}, kind=kind)
            self._meet(page.users)
            yield from page.rows
            onward = _onward(page, place)
            if onward == place:
                raise Refused(f"the cursor of {path} does not move, and there is more")
            if onward is None:
                return
            place = onward

    def _meet(self, users: list[dict[str, Any]] | None) -> None:
        self.users |= {str(user["id"]): cut_user(user) for user in users or () if user.get("id") is not None}

    def _payloads(self, gathered: list[_Gathered]) -> list[Payload]:
        wanted = {id for one in gathered for id in one.people if id.isdecimal()}
        missing = sorted(wanted - self.users.keys())
        for start in range(0, len(missing), LISTED):
            ids = ",".join(missing[start : start + LISTED])
            self._meet(self.door.load("/api/v2/users/show_many", {"ids": ids}, kind=_Users).users)
        return [self._payload(one) for one in gathered]

    def _payload(self, one: _Gathered) -> Payload:
        audits = [msgspec.json.encode({"audits": one.audits})] if one.audits else []
        log = [msgspec.json.encode(event) for event in one.log]
        around = Around(one.talk, audits, one.files, self.users, self._titles or {}, self._macros or [], log)
        content = container(one.ticket, one.data, around=around)
        return Payload(source=self.walk.source, external_id=str(one.ticket.id), content=content)

    def _aside(self, named: str, why: str) -> None:
        self.walk.rejects.put_aside(named, why)


def _people(ticket: ZendeskTicket, comments: list[Row], *, audits: list[Row]) -> list[str]:
    """The ids of everybody in a ticket; a msgspec error when a part is not what the API says."""
    said = msgspec.json.decode(msgspec.json.encode({"comments": comments}), type=Comments)
    told = msgspec.json.decode(msgspec.json.encode({"audits": audits}), type=Audits)
    return people_of(ticket, [said], audits=[told])


def _onward(page: _List, place: dict[str, str | int]) -> dict[str, str | int] | None:
    """Where a list goes on: by cursor, or by number where it knows no cursor; None at its end."""
    if page.meta is not None:
        after = page.meta.after_cursor
        more: dict[str, str | int] = {"page[size]": LISTED, "page[after]": after} if after is not None else place
        return more if page.meta.has_more else None
    return {"per_page": LISTED, "page": int(place.get("page", 1)) + 1} if page.next_page else None


def _last_of_each(tickets: list[msgspec.Raw]) -> Iterator[bytes]:
    """A ticket that a page has twice is taken as it comes last."""
    last: dict[Any, bytes] = {}
    for place, data in enumerate(tickets):
        id = _id(data)
        key = id if id is not None else ("none", place)
        last.pop(key, None)
        last[key] = bytes(data)
    return iter(last.values())


class _Numbered(msgspec.Struct):
    id: int | str | None = None


def _id(data: msgspec.Raw) -> int | str | None:
    try:
        return msgspec.json.decode(data, type=_Numbered).id
    except _UNREAD:
        return None


def _stuck(cursor: str | None, after: str | None) -> Refused:
    told = f"{after} again" if after else "none"
    return Refused(
        f"its cursor does not move: behind {cursor or 'the start'} comes {told}, and end_of_stream is false",
        hint="Zendesk's export stands still; try again in an hour, then ask Zendesk's support with this cursor",
    )


def _anew(walk: Walk) -> str:
    return f"the cursor is no longer taken: casemill ingest {walk.source} --restart --since {walk.since:%Y-%m-%d}"


def _offer(row: dict[str, Any], walk: Walk) -> FieldOffer:
    id, title = str(row.get("id")), plain(row.get("title") or row.get("raw_title"))
    return FieldOffer(id=id, title=title, type=str(row.get("type") or ""), setting=setting_of(walk.settings, id, title))
