"""Freshdesk by its API: tickets in the order of their changes, and of each its conversations, ratings and people."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from casemill.domain.arrival import Payload
from casemill.domain.article import Article
from casemill.errors import UsageError
from casemill.ingest.attached import Attached, FileAt
from casemill.ingest.desks.freshdesk_activities import Activities
from casemill.ingest.desks.freshdesk_door import Options
from casemill.ingest.desks.freshdesk_parts import Around, Macros, Row, canned, container, cut_user, solution
from casemill.ingest.http import Refused
from casemill.ingest.readers.freshdesk_words import Case, FreshdeskTicket
from casemill.ingest.source import PAGE_BYTES, FieldOffer, Page, Walk, setting_of
from casemill.ingest.values import from_the_future, moment, plain

API = "/api/v2"
TICKETS = f"{API}/tickets"
LISTED = 100
INCLUDED = 10  # a ticket's view brings its first ten conversations
MOST_PAGES = 300
OVERLAP = timedelta(seconds=60)
TICK = timedelta(seconds=1)
_BARRED = (403, 404)


class _Listed(msgspec.Struct):
    """A row of the list: of the ticket itself the view tells more."""

    id: int
    updated_at: str


class _Window(NamedTuple):
    """A page of the list: from which moment on, and the how manieth."""

    start: datetime
    page: int = 1


class _Bearing(msgspec.Struct):
    attachments: list[dict[str, Any]] | None = None


class Walker:
    """One walk: macros, fields and people are learned as it goes."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.door = walk.door
        self.options: Options = walk.options
        self.attached = Attached(walk)
        self.activities = Activities(walk)
        self.gone = 0
        self.rated = self.options.ratings
        self._users: dict[str, bytes | None] = {}
        self._agents: dict[str, bytes] | None = None
        self._titles: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._macros = Macros(())

    def pages(self) -> Iterator[Page]:
        """The list to its end. Freshdesk gives at most 300 pages of one list, and a ticket that changes while we turn
        pages would push another over the edge; so each page begins anew at the last moment of the page before it."""
        yield Page([], articles=self._learn())
        window, cursor = _Window(self._begin()), self.walk.cursor
        seen: dict[int, str] = {}
        before: list[_Listed] = []
        while True:
            rows, more = self._page(window)
            if more and rows and rows == before:
                raise _stuck(window)
            fresh = [row for row in rows if seen.get(row.id) != row.updated_at]
            seen |= {row.id: row.updated_at for row in fresh}
            cursor = _later(rows[-1].updated_at, cursor) if rows else cursor
            yield from self._stored(fresh, cursor)
            if not more and window.page == 1:
                return
            onward = _onward(window, rows) if more else _Window(window.start + TICK)
            before, window = (rows if onward.start == window.start else []), onward

    def one(self, id: str) -> Payload | None:
        if not (id.isdecimal() and id.isascii()):
            raise UsageError(f"{id[:20]!r} is no Freshdesk ticket's number")
        self._learn()
        return self._payload(id)

    def fields(self) -> tuple[FieldOffer, ...]:
        return tuple(
            _offer(row, self.walk) for row in self.door.load(f"{API}/ticket_fields", kind=list[dict[str, Any]])
        )

    def knowledge(self) -> Iterator[Article]:
        """What is published of the solutions; an account without them, or a key without the right, has none."""
        if not self.options.knowledge_base:
            return
        try:
            for category in self._all(f"{API}/solutions/categories"):
                for folder in self._all(f"{API}/solutions/categories/{category['id']}/folders"):
                    yield from self._folder(folder)
        except Refused as error:
            if error.status not in _BARRED:
                raise

    def _learn(self) -> tuple[Article, ...]:
        """The canned responses, and what fields and statuses are called; both are of the account, not of a ticket."""
        self._macros = Macros(self._canned())
        try:
            rows = self.door.load(f"{API}/ticket_fields", kind=list[dict[str, Any]])
        except Refused as error:
            if error.status not in _BARRED:
                raise
            rows = []
        self._titles = {str(row.get("name")): plain(row.get("label")) for row in rows}
        self._labels = {key: text for row in rows if row.get("name") == "status" for key, text in _labels(row)}
        return self._macros.articles

    def _canned(self) -> Iterator[Article]:
        """Every canned response; a key without the right to them has none."""
        try:
            for folder in self._all(f"{API}/canned_response_folders"):
                for row in self._all(f"{API}/canned_response_folders/{folder['id']}/responses"):
                    whole = "content" in row or "content_html" in row
                    yield canned(
                        row if whole else row | self.door.load(f"{API}/canned_responses/{row['id']}", kind=dict)
                    )
        except Refused as error:
            if error.status not in _BARRED:
                raise

    def _folder(self, folder: Mapping[str, Any]) -> Iterator[Article]:
        """The articles of a folder and of those in it; 2 is published, 1 a draft."""
        for row in self._all(f"{API}/solutions/folders/{folder['id']}/articles"):
            if row.get("status") == 2:
                yield solution(row)
        if folder.get("sub_folders_count"):
            for inner in self._all(f"{API}/solutions/folders/{folder['id']}/subfolders"):
                yield from self._folder(inner)

    def _begin(self) -> datetime:
        """A minute before the last row of the last walk; by the server's clock, should it be behind ours."""
        if at := moment(self.walk.cursor):
            return at - OVERLAP
        behind = (self.door.date or self.walk.now) - self.walk.now
        return self.walk.since + min(behind, timedelta(0))

    def _page(self, window: _Window) -> tuple[list[_Listed], bool]:
        """Rows in the order of their changes, and whether there are more."""
        params: dict[str, str | int] = {"updated_since": _text(window.start), "order_by": "updated_at"}
        params |= {"order_type": "asc", "per_page": self.options.per_page, "page": window.page}
        rows, headers = self.door.told(TICKETS, params, kind=list[_Listed])
        return rows, _has_more(headers, len(rows), size=self.options.per_page)

    def _stored(self, rows: list[_Listed], cursor: str | None) -> Iterator[Page]:
        """The tickets in parts that can be held; the cursor comes with the last."""
        waiting: list[Payload] = []
        size = 0
        for row in rows:
            self.walk.progress.step()
            if (payload := self._payload(str(row.id))) is None:
                continue
            waiting.append(payload)
            size += len(payload.content)
            if size >= PAGE_BYTES:
                yield Page(waiting)
                waiting, size = [], 0
        gone, self.gone = self.gone, 0
        yield Page(waiting, cursor=cursor, gone=gone)

    def _payload(self, id: str) -> Payload | None:
        """A ticket with its parts; None when it was deleted or is put aside."""
        try:
            path, row = self._look(id)
            ticket = msgspec.json.decode(msgspec.json.encode(row), type=FreshdeskTicket)
            if ticket.deleted:
                self.gone += 1
                return None
            content = self._container(id, row, path=path)
            case = msgspec.json.decode(content, type=Case)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._aside(id, f"cannot be read: {str(error).lower()}")
            return None
        except Refused as error:
            if error.status != 404:
                raise
            self.gone += 1
            return None
        wrong = self._wrong(case)
        if wrong:
            self._aside(id, wrong)
        return None if wrong else Payload(source=self.walk.source, external_id=id, content=content)

    def _wrong(self, case: Case) -> str | None:
        now = max(self.walk.now, self.door.date or self.walk.now)
        if late := from_the_future(case.ticket.created_at, now=now):
            return f"is dated {late:%Y-%m-%d}, which is not yet"
        if not any((case.ticket.subject, case.ticket.text, case.conversations)):
            return "says nothing: no subject, no description, no conversations"
        return None

    def _container(self, id: str, row: Row, *, path: str) -> bytes:
        told = self._conversations(path, row)
        moved = [msgspec.json.decode(row.get(name) or b"null") for name in ("created_at", "updated_at")]
        activities = self.activities.of(id, between=moved) if self.options.activities else []
        around = Around(
            conversations=told,
            ratings=self._ratings(id),
            users=(),
            attachments=self._files(id, [row, *told]),
            activities=activities,
            titles=self._titles,
            labels=self._labels,
            link=f"{self.door.base}/a/tickets/{id}",
        )
        bare = {"ticket": row, "conversations": told, "activities": activities}
        people = msgspec.json.decode(msgspec.json.encode(bare), type=Case).people
        ids = sorted({str(one) for one in people if one not in (None, "", -1)})
        users = [user for one in ids if (user := self._user(one, requester=_number(row, "requester_id")))]
        return container(row, around._replace(users=users), macros=self._macros, settings=self.walk.settings)

    def _look(self, id: str) -> tuple[str, Row]:
        """A ticket's path and view; one that is not found may have been archived, as closed ones are after a while."""
        params = {"include": "conversations,requester,stats"}
        try:
            return f"{TICKETS}/{id}", self.door.load(f"{TICKETS}/{id}", params, kind=Row)
        except Refused as error:
            if error.status != 404:
                raise
            gone = error
        try:
            return f"{TICKETS}/archived/{id}", self.door.load(f"{TICKETS}/archived/{id}", params, kind=Row)
        except Refused as error:
            raise (gone if error.status in (400, *_BARRED) else error) from None

    def _conversations(self, path: str, row: Row) -> list[Row]:
        """Those that came with the view; all of them, page by page, where it may have cut them off."""
        included = msgspec.json.decode(row.get("conversations") or b"null", type=list[Row] | None)
        if included is not None and len(included) < INCLUDED:
            return included
        return list(self._rows(f"{path}/conversations"))

    def _ratings(self, id: str) -> list[Row]:
        """What the customer said to the survey; an account without surveys is asked once."""
        if not self.rated:
            return []
        try:
            return self.door.load(f"{TICKETS}/{id}/satisfaction_ratings", kind=list[Row])
        except Refused as error:
            if error.status not in _BARRED:
                raise
            self.rated = error.status != 403
            return []

    def _files(self, id: str, rows: list[Row]) -> list[bytes]:
        """The files of a ticket, fetched where the settings want it."""
        if self.walk.settings.attachments == "list":
            return []
        found = [msgspec.json.decode(msgspec.json.encode(row), type=_Bearing).attachments or [] for row in rows]
        files = {file.get("id"): _file(file) for some in found for file in some if file.get("attachment_url")}
        taken = (self.attached.take(file, named=f"{self.walk.source}:{id}") for file in files.values())
        return [file for file in taken if file]

    def _user(self, id: str, *, requester: str) -> bytes | None:
        """Whoever is no agent is looked up as a contact, once; the requester came with the ticket."""
        if self._agents is None:
            self._agents = self._all_agents()
        if id in self._agents or id == requester:
            return self._agents.get(id)
        if id not in self._users:
            try:
                self._users[id] = cut_user(self.door.load(f"{API}/contacts/{id}", kind=dict), "contact")
            except Refused as error:
                if error.status not in _BARRED:
                    raise
                self._users[id] = None
        return self._users[id]

    def _all_agents(self) -> dict[str, bytes]:
        """A key that may not list agents leaves them without names."""
        try:
            return {str(row.get("id")): cut_user(row, "agent") for row in self._all(f"{API}/agents")}
        except Refused as error:
            if error.status not in _BARRED:
                raise
            return {}

    def _all(self, path: str) -> list[dict[str, Any]]:
        """All of a list as plain values; a row without an id is none."""
        rows = (msgspec.json.decode(msgspec.json.encode(row)) for row in self._rows(path))
        return [row for row in rows if row.get("id") is not None]

    def _rows(self, path: str) -> Iterator[Row]:
        """All of a list, page by page; one that is not paged gives the same page again, and ends there."""
        before: list[Row] = []
        for page in range(1, MOST_PAGES + 1):
            rows, headers = self.door.told(path, {"per_page": LISTED, "page": page}, kind=list[Row])
            if rows and rows == before:
                return
            yield from rows
            if not _has_more(headers, len(rows), size=LISTED):
                return
            before = rows

    def _aside(self, id: str, why: str) -> None:
        self.walk.rejects.put_aside(f"{self.walk.source}:{id}", why)


def _has_more(headers: Mapping[str, str], count: int, *, size: int) -> bool:
    """The link to a next page is only believed, never followed; a full page without one may have lost it."""
    return 'rel="next"' in headers.get("link", "") or count >= size


def _onward(window: _Window, rows: list[_Listed]) -> _Window:
    """Anew from a second before the last row, should others have changed in the same second; the next page of the same
    list where that is no way on. A list of several pages is looked through again: its rows may have moved meanwhile."""
    last = moment(rows[-1].updated_at) if rows else None
    if last is not None and last - TICK > window.start:
        return _Window(last - TICK if window.page == 1 else min(last - TICK, window.start + TICK))
    if window.page >= MOST_PAGES:
        raise Refused(
            f"page {MOST_PAGES} is the last that Freshdesk gives, and all on it changed behind {_text(window.start)}",
            hint="more tickets changed in one second than Freshdesk can list; begin behind it with --restart --since",
        )
    return _Window(window.start, window.page + 1)


def _stuck(window: _Window) -> Refused:
    return Refused(
        f"its cursor does not move: page {window.page} from {_text(window.start)} is the page before it again",
        hint="Freshdesk's list stands still; try again in an hour, then ask Freshdesk's support",
    )


def _later(told: str, cursor: str | None) -> str | None:
    """The later moment of the two; what is no moment moves nothing."""
    at, before = moment(told), moment(cursor)
    return cursor if at is None or (before is not None and before >= at) else _text(at)


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _number(row: Row, name: str) -> str:
    return str(msgspec.json.decode(row.get(name) or b"null"))


def _file(told: Mapping[str, Any]) -> FileAt:
    named = {name: told.get(name) for name in ("id", "content_type", "size")}
    return msgspec.convert(named | {"file_name": told.get("name"), "content_url": told.get("attachment_url")}, FileAt)


def _labels(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The account's statuses: `{"6": ["Waiting on bot", "Being worked on"]}`, the agents' word first."""
    choices = row.get("choices")
    for key, told in choices.items() if isinstance(choices, Mapping) else ():
        yield str(key), plain(told[0] if isinstance(told, list) and told else told)


def _offer(row: Mapping[str, Any], walk: Walk) -> FieldOffer:
    name, title = str(row.get("name")), plain(row.get("label"))
    return FieldOffer(
        id=name, title=title, type=str(row.get("type") or ""), setting=setting_of(walk.settings, name, title)
    )
