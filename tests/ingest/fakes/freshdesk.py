"""A Freshdesk that answers as its API is documented: basic auth, lists by page number with a link, a last page."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from ingest.fakes.server import Asked, FakeServer, Fault, Reply, faults_of

KEY = "fd-api-key-90b2e4"
ENVIRON = {"FRESHDESK_API_KEY": KEY}
SECRETS = (KEY, base64.b64encode(f"{KEY}:X".encode()).decode())
STREAM = "/api/v2/tickets?"
ONE = "/api/v2/tickets/"
RENEWS = False
HAS_KNOWLEDGE = True
SMALL = {"per_page": 5}
FAULTY = {"empty_page_at": 8, "twice": 25}
ELEVEN = (
    *faults_of(STREAM),
    Fault("busy", at=500, path=ONE),
    Fault("malformed", at=900, path=ONE),
    Fault("limited", at=1200, path=ONE),
    Fault("cut", at=700, path="/satisfaction_ratings"),
    Fault("truncated", at=1500, path="/satisfaction_ratings"),
)

REQUESTER, BOT, AGENT, COLLEAGUE = 129, 21, 42, 77
BEGAN = datetime(2026, 5, 1, 10, tzinfo=UTC)
INCLUDED = 10
FIELDS = [
    {"id": 1, "name": "status", "label": "Status", "type": "default_status", "default": True}
    | {"choices": {"2": ["Open", "Being processed"], "6": ["Waiting on supplier", "Being processed"]}},
    {"id": 2, "name": "cf_ai_related", "label": "AI-related", "type": "custom_checkbox", "default": False},
    {"id": 3, "name": "cf_expected_behaviour", "label": "Expected behaviour", "type": "custom_text"},
    {"id": 4, "name": "cf_shop", "label": "Shop", "type": "custom_dropdown", "choices": ["Almaty", "Astana"]},
]
_WORDS = "no refund was started yet. We open a request for you today."
CANNED = {
    "id": 900,
    "title": "47: No refund was started",
    "content": f"Dear {{{{ticket.requester.name}}}}, {_WORDS}",
    "content_html": f"<p>Dear {{{{ticket.requester.name}}}},</p><p>{_WORDS}</p>",
    "folder_id": 9,
    "created_at": "2026-02-01T09:00:00Z",
    "updated_at": "2026-03-01T09:00:00Z",
}
ARTICLE = {
    "id": 1042,
    "title": "Return shipping",
    "description": "<p>Return shipping is <b>free</b> for 30 days.</p>",
    "description_text": "Return shipping is free for 30 days.",
    "status": 2,
    "hits": 7,
    "updated_at": "2026-02-01T09:00:00Z",
}


def agent(id: int, name: str, email: str) -> dict[str, Any]:
    return {"id": id, "type": "support_agent", "contact": {"name": name, "email": email, "mobile": None}}


AGENTS = [agent(BOT, "Freddy AI Agent", "freddy@shop.test"), agent(AGENT, "Dan Osei", "dan@shop.test")]


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def part(by: int, html: str, *, minute: int = 0, **fields: Any) -> dict[str, Any]:
    """A conversation as it stands in a ticket's list."""
    at = _text(BEGAN + timedelta(minutes=minute))
    told = {"id": 5000 + minute, "body": html, "body_text": html, "incoming": by == REQUESTER, "private": False}
    told |= {"user_id": by, "source": 0, "category": 3, "from_email": None, "to_emails": [], "cc_emails": []}
    return told | {"created_at": at, "updated_at": at, "attachments": []} | fields


TALK = [
    part(BOT, "<div>Your refund is on its way.</div>", minute=2),
    part(REQUESTER, "<div>no it is not</div>", minute=3),
    part(AGENT, "<div>Sorry Anna, I have looked.<br>More tomorrow.</div>", minute=4),
    part(AGENT, "<div>Bot promised a refund.</div>", minute=5, private=True, source=2),
]


def ticket(id: int = 1, **fields: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": id,
        "subject": f"refund {id}",
        "description": "<div>where is my refund</div>",
        "description_text": "where is my refund",
        "status": 2,
        "source": 2,
        "type": "Problem",
        "tags": ["ai-related"],
        "requester_id": REQUESTER,
        "responder_id": AGENT,
        "cc_emails": [],
        "custom_fields": {"cf_ai_related": None, "cf_expected_behaviour": None, "cf_shop": "Almaty"},
        "created_at": _text(BEGAN),
        "updated_at": _text(BEGAN + timedelta(minutes=10 + id)),
        "due_by": "2026-05-04T10:00:00Z",
        "is_escalated": False,
        "requester": {"id": REQUESTER, "name": "Anna Petrova", "email": "anna@shop.test", "mobile": None},
        "stats": {"resolved_at": None, "closed_at": None, "reopened_at": None, "pending_since": None},
        "attachments": [],
    }
    return told | fields


@dataclass
class FreshdeskFake:
    """The shop's tickets, and what is switched on.

    `empty_page_at`: this page of the list is `[]` with a link to more. `twice`: each n-th ticket comes again on the
    page after. `stuck_at`: from this call on the list's first page comes again. `cap`: the last page of a list.
    `exclusive`: `updated_since` leaves out its own second. `linked`: whether lists have links. `barred`: parts of paths
    that the key may not see. `archived` tickets are not listed and stand elsewhere. `between` is called when a page of
    the list is made.
    """

    tickets: dict[str, dict[str, Any]] = field(default_factory=dict)
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    ratings: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    agents: list[dict[str, Any]] = field(default_factory=lambda: [*AGENTS])
    contacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    fields: list[dict[str, Any]] = field(default_factory=lambda: [*FIELDS])
    canned: list[dict[str, Any]] = field(default_factory=lambda: [dict(CANNED)])
    articles: list[dict[str, Any]] = field(default_factory=lambda: [dict(ARTICLE)])
    activities: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    archived: set[str] = field(default_factory=set)
    barred: tuple[str, ...] = ()
    empty_page_at: int | None = None
    twice: int | None = None
    stuck_at: int | None = None
    cap: int = 300
    exclusive: bool = False
    linked: bool = True
    between: Callable[[], None] = lambda: None
    clock: datetime | None = None
    url: str = ""
    pages: int = 0
    looks: int = 0
    emptied: str | None = None

    def __call__(self, asked: Asked) -> Reply:
        if asked.path.startswith("/files/"):
            content = self.files.get(asked.path)
            return Reply(content) if content is not None else Reply(b"", 404)
        given = base64.b64decode(asked.headers.get("authorization", "").removeprefix("Basic ")).decode()
        if given != f"{KEY}:X":
            told = {"code": "invalid_credentials", "message": f"{given} is not known: {asked.headers['authorization']}"}
            return Reply(told, 401)
        parts = asked.path.removeprefix("/api/v2/").split("/")
        if any(one in asked.path for one in self.barred):
            return Reply({"code": "access_denied", "message": "You are not authorized to perform this action."}, 403)
        if parts == ["tickets"]:
            return self._list(asked)
        if parts[:2] == ["tickets", "archived"]:
            return self._of_ticket(parts[2], parts[3:], asked=asked) if parts[2] in self.archived else Reply(b"", 404)
        if parts[0] == "tickets":
            return Reply(b"", 404) if parts[1] in self.archived else self._of_ticket(parts[1], parts[2:], asked=asked)
        return self._beside(parts, asked)

    def _list(self, asked: Asked) -> Reply:
        """In the order asked for; without `updated_since` Freshdesk would hold back what is older than 30 days."""
        params = asked.params
        assert (params["order_by"], params["order_type"]) == ("updated_at", "asc")
        since, page, size = params["updated_since"], int(params["page"]), int(params["per_page"])
        if page > self.cap:
            return Reply({"description": "Validation failed", "errors": [{"message": "page is over the limit"}]}, 400)
        self.pages += 1
        rows = sorted((self._moved(one), one["id"]) for id, one in self.tickets.items() if self._is_listed(id))
        found = [{"id": id, "updated_at": at} for at, id in rows if (at > since if self.exclusive else at >= since)]
        if self.pages == self.empty_page_at:
            self.emptied = since
            return self._page([], more=True)
        if self.stuck_at is not None and self.pages >= self.stuck_at:
            return self._page([{"id": id, "updated_at": at} for at, id in rows[:size]], more=True)
        at = (page - 1 - (since == self.emptied)) * size
        again = [one for one in found[max(0, at - size) : at] if self.twice and one["id"] % self.twice == 0]
        told = self._page([*again, *found[at : at + size]], more=at + size < len(found))
        self.between()
        return told

    def _is_listed(self, id: str) -> bool:
        return not self.tickets[id].get("deleted") and id not in self.archived

    def _page(self, rows: list[Any], *, more: bool) -> Reply:
        link = {"Link": '<https://elsewhere.test/api/v2/next>; rel="next"'} if more and self.linked else {}
        return Reply(rows, 200, link)

    def _moved(self, told: dict[str, Any]) -> str:
        """By a clock that is off everything happened in its last minute."""
        if self.clock is None:
            return str(told["updated_at"])
        return _text(self.clock - timedelta(seconds=30 - told["id"] % 30))

    def _of_ticket(self, id: str, rest: list[str], *, asked: Asked) -> Reply:
        told = self.tickets.get(id)
        if told is None or (rest and told.get("deleted")):
            return Reply(b"", 404)
        parts = self.parts.get(id, TALK)
        if rest == ["conversations"]:
            return self._paged([self._signed(one) for one in parts], asked)
        if rest == ["satisfaction_ratings"]:
            return Reply(self.ratings.get(id, []))
        assert set(asked.params["include"].split(",")) == {"conversations", "requester", "stats"}
        self.looks += 1
        included = [self._signed(one) for one in parts[:INCLUDED]]
        return Reply(self._signed(told) | {"updated_at": self._moved(told), "conversations": included})

    def _signed(self, told: dict[str, Any]) -> dict[str, Any]:
        """Files lie at addresses that are signed anew each time."""
        files = [
            {**file, "attachment_url": f"{self.url}/files/{file['id']}?look={self.looks}", "thumb_url": str(self.looks)}
            for file in told["attachments"]
        ]
        return {**told, "attachments": files}

    def _paged(self, rows: list[Any], asked: Asked) -> Reply:
        page, size = int(asked.params.get("page", 1)), int(asked.params.get("per_page", 30))
        return self._page(rows[(page - 1) * size : page * size], more=page * size < len(rows))

    def _beside(self, parts: list[str], asked: Asked) -> Reply:
        if parts[0] == "contacts":
            found = self.contacts.get(parts[1])
            return Reply(found) if found else Reply(b"", 404)
        if parts == ["export", "ticket_activities"]:
            day = asked.params["created_at"]
            known = Reply({"export": [{"url": f"{self.url}/files/{day}"}]})
            return known if day in self.activities else Reply(b"", 404)
        if parts[0] == "canned_responses":
            return Reply(next(one for one in self.canned if str(one["id"]) == parts[1]))
        listed: dict[str, Callable[[], list[Any]]] = {
            "agents": lambda: self.agents,
            "ticket_fields": lambda: self.fields,
            "canned_response_folders": lambda: [{"id": 9, "name": "AI", "responses_count": len(self.canned)}],
            "canned_response_folders/9/responses": lambda: self.canned,
            "solutions/categories": lambda: [{"id": 3, "name": "Help"}],
            "solutions/categories/3/folders": lambda: [{"id": 4, "name": "Returns", "sub_folders_count": 1}],
            "solutions/folders/4/articles": lambda: self.articles[:1],
            "solutions/folders/4/subfolders": lambda: [{"id": 6, "name": "More", "sub_folders_count": 0}],
            "solutions/folders/6/articles": lambda: self.articles[1:],
        }
        path = "/".join(parts)
        return self._paged(listed[path](), asked) if path in listed else Reply(b"", 404)


class FreshdeskServer(FakeServer):
    """Faults find the list by its path and a `?`: it is the beginning of every ticket's path."""

    def calls(self, path: str = "") -> int:
        return sum(path in f"{asked.path}?" for asked in self.asked)

    def _strikes(self, asked: Asked) -> Fault | None:
        return super()._strikes(asked._replace(path=f"{asked.path}?"))


def shop(count: int, **switches: Any) -> FreshdeskFake:
    """A shop with so many tickets, a minute apart."""
    return FreshdeskFake(tickets={str(id): ticket(id) for id in range(1, count + 1)}, **switches)


def settings(fake: FakeServer, **options: Any) -> dict[str, dict[str, Any]]:
    """`[ingest.sources]` for a fake, without the pace that a real Freshdesk wants."""
    return {"freshdesk": {"url": fake.url, "calls_a_minute": 0} | options}


@contextmanager
def running(vendor: FreshdeskFake) -> Iterator[FakeServer]:
    with FreshdeskServer(vendor) as fake:
        fake.now = vendor.clock
        vendor.url = fake.url
        yield fake


def later(vendor: FreshdeskFake, id: int, **fields: Any) -> None:
    """Something happens to a ticket: it is now the last of the list."""
    last = max(datetime.fromisoformat(one["updated_at"]) for one in vendor.tickets.values())
    vendor.tickets[str(id)] |= {"updated_at": _text(last + timedelta(minutes=5))} | fields


def add(vendor: FreshdeskFake, id: int, *parts: dict[str, Any]) -> None:
    vendor.parts[str(id)] = [*vendor.parts.get(str(id), TALK), *parts]


def change(vendor: FreshdeskFake, id: int) -> None:
    """A customer writes again."""
    add(vendor, id, part(REQUESTER, "<div>hello? anybody?</div>", minute=30))
    later(vendor, id)


def touch(vendor: FreshdeskFake, id: int) -> None:
    """A timer runs out: the ticket comes again, and nothing of it changed."""
    later(vendor, id, is_escalated=True, due_by="2026-05-09T10:00:00Z")


def delete(vendor: FreshdeskFake, id: int) -> None:
    vendor.tickets[str(id)] |= {"deleted": True}


def speak_long(vendor: FreshdeskFake, id: int, text: str) -> None:
    vendor.parts[str(id)] = [part(REQUESTER, f"<div>{text}</div>", minute=2, body_text="")]


def fill(vendor: FreshdeskFake, id: int, expected: str) -> None:
    """An agent ticks the AI-related box and writes what should have been said."""
    vendor.tickets[str(id)]["custom_fields"] |= {"cf_ai_related": True, "cf_expected_behaviour": expected}


def apply_macro(vendor: FreshdeskFake, id: int) -> None:
    """An agent writes with the canned response, and a word of their own."""
    add(vendor, id, part(AGENT, f"<p>Dear Anna,</p><p>{_WORDS}</p><p>Best, Dan</p>", minute=8))


def note(vendor: FreshdeskFake, id: int, text: str) -> None:
    """An agent adds a private note."""
    add(vendor, id, part(AGENT, f"<div>{text}</div>", minute=9, private=True, source=2))


def hook(ticket: str | None, *, secret: str, now: datetime) -> tuple[dict[str, str], bytes]:
    """What an automation rule sends: headers (lower-case names) and body; about no ticket for None."""
    told = {"ticket_id": int(ticket), "ticket_subject": "refund"} if ticket else {"agent": "Dan"}
    return {"x-casemill-secret": secret}, json.dumps({"freshdesk_webhook": told}).encode()
