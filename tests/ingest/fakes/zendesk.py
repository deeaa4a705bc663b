"""A Zendesk that answers as its API is documented: token, incremental cursor export, comments, audits, log, macros."""

import base64
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ingest.fakes.server import Asked, FakeServer, Fault, Reply, faults_of, serving
from ingest.helpdesk import AGENT, FIELDS, MACRO, REQUESTER, TALK, USERS, comment, ticket

CLIENT, SECRET = "casemill", "zd-client-secret-41f0c9"
EMAIL, API_TOKEN = "admin@shop.test", "zd-api-token-77aa31"
CHILD = 100
ENVIRON = {"ZENDESK_CLIENT_SECRET": SECRET}
SECRETS = (SECRET, API_TOKEN, "zd-access-token-")
STREAM = "/incremental/tickets/cursor"
ONE = "/comments"
RENEWS = True
HAS_KNOWLEDGE = True
SMALL = {"per_page": 5}
FAULTY = {"empty_page_at": 8, "twice": 25, "lives": 1000}
ELEVEN = (
    *faults_of(STREAM),
    Fault("busy", at=500, path=ONE),
    Fault("expired", at=900, path=ONE),
    Fault("limited", at=1200, path=ONE),
    Fault("cut", at=700, path="/audits"),
    Fault("truncated", at=1500, path="/audits"),
)


KNOWLEDGE = {
    "id": 1042,
    "title": "Return shipping",
    "body": "<p>Return shipping is <b>free</b> for 30 days.</p>",
    "draft": False,
    "edited_at": "2026-02-01T09:00:00Z",
    "updated_at": "2026-04-01T09:00:00Z",
    "vote_sum": 3,
}


@dataclass
class ZendeskFake:
    """The shop's tickets in the order of the stream, and what is switched on.

    `empty_page_at`: this page of the stream is `[]` without being its end. `twice`: each n-th ticket comes again on the
    page after. `stuck_at`: from this page on the cursor does not move. `lives`: calls until a token runs out.
    """

    tickets: list[dict[str, Any]] = field(default_factory=list)
    comments: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    audits: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    log: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    users: list[dict[str, Any]] = field(default_factory=lambda: [dict(user) for user in USERS])
    fields: list[dict[str, Any]] = field(default_factory=lambda: [*FIELDS])
    macros: list[dict[str, Any]] = field(default_factory=lambda: [MACRO])
    knowledge: list[dict[str, Any]] | None = field(default_factory=lambda: [dict(KNOWLEDGE)])
    files: dict[str, bytes] = field(default_factory=dict)
    empty_page_at: int | None = None
    twice: int | None = None
    stuck_at: int | None = None
    lives: int | None = None
    clock: datetime | None = None
    token: int = 0
    left: int = 0
    pages: int = 0

    def __call__(self, asked: Asked) -> Reply:
        if asked.path == "/oauth/tokens":
            return self._new_token(asked)
        if asked.path.startswith("/files/"):
            content = self.files.get(asked.path)
            return Reply(content) if content is not None else Reply({"error": "RecordNotFound"}, 404)
        if not self._known(asked):
            return Reply({"error": "invalid_token", "error_description": "The access token is expired"}, 401)
        parts = asked.path.removeprefix("/api/v2/").removesuffix(".json").split("/")
        if parts[:2] == ["incremental", "tickets"]:
            return self._stream(asked)
        if parts[0] == "tickets" and len(parts) == 3:
            return self._child(parts[1], parts[2], asked=asked)
        if parts[0] == "tickets":
            return self._one(parts[1])
        return self._beside(parts, asked)

    def _new_token(self, asked: Asked) -> Reply:
        told = asked.json
        if (told.get("client_id"), told.get("client_secret")) != (CLIENT, SECRET):
            return Reply({"error": "invalid_client", "error_description": f"bad secret {told['client_secret']}"}, 401)
        assert told["grant_type"] == "client_credentials"
        self.token += 1
        self.left = self.lives or 0
        token = {"access_token": f"zd-access-token-{self.token:04}", "token_type": "bearer", "scope": told["scope"]}
        return Reply(token | {"expires_in": 86_400})

    def _known(self, asked: Asked) -> bool:
        given = asked.headers.get("authorization", "")
        coded = base64.b64encode(f"{EMAIL}/token:{API_TOKEN}".encode()).decode()
        if given == f"Basic {coded}":
            return True
        if given != f"Bearer zd-access-token-{self.token:04}" or not self.token:
            return False
        if self.lives is not None:
            self.left -= 1
        return self.lives is None or self.left >= 0

    def _stream(self, asked: Asked) -> Reply:
        cursor, start = asked.params.get("cursor"), asked.params.get("start_time")
        if cursor is None and start is None:
            return Reply({"error": "InvalidParameters", "description": "start_time is missing"}, 400)
        if cursor is not None and not cursor.startswith("at:"):
            return Reply({"error": "InvalidCursor", "description": "Cursor is invalid"}, 422)
        now = self.clock or datetime.now(UTC)
        if start is not None and cursor is None and int(start) > now.timestamp() - 60:
            return Reply({"error": "StartTimeTooRecent", "description": "Too recent start_time"}, 422)
        self.pages += 1
        size = int(asked.params.get("per_page", 1000))
        at = int((cursor or "at:0").partition(":")[2])
        if self.stuck_at is not None and self.pages >= self.stuck_at:
            return self._page([], at, end=False)
        if self.pages == self.empty_page_at:
            return self._page([], at, end=False, mark=self.pages)
        some = self.tickets[at : at + size]
        again = [one for place, one in enumerate(self.tickets[max(0, at - size) : at]) if self._again(place)]
        return self._page([*again, *some], at + len(some), end=at + size >= len(self.tickets))

    def _again(self, place: int) -> bool:
        return self.twice is not None and place % self.twice == 0

    def _page(self, tickets: list[dict[str, Any]], at: int, *, end: bool, mark: int | None = None) -> Reply:
        cursor = f"at:{at}" if mark is None else f"at:{at:010}"
        told = [one | {"generated_timestamp": 1_700_000_000 + self.pages} for one in tickets]
        page = {"tickets": told, "after_cursor": cursor, "before_cursor": None, "end_of_stream": end}
        page["after_url"] = f"https://elsewhere.test/?cursor={cursor}"
        return Reply(page | {"users": [user | {"last_login_at": str(self.pages)} for user in self.users]})

    def _child(self, id: str, kind: str, *, asked: Asked) -> Reply:
        found = next((one for one in reversed(self.tickets) if str(one["id"]) == id), None)
        if found is None or found["status"] == "deleted":
            return Reply({"error": "RecordNotFound", "description": "Not found"}, 404)
        name = {"conversation_log": "events"}.get(kind, kind)
        told = {"comments": self.comments, "audits": self.audits, "conversation_log": self.log}[kind]
        rows = told.get(id, TALK if kind == "comments" else [])
        size = min(int(asked.params.get("page[size]", CHILD)), CHILD)
        at = int(asked.params.get("page[after]", "0"))
        meta = {"has_more": at + size < len(rows), "after_cursor": str(at + size), "before_cursor": None}
        page: dict[str, Any] = {name: rows[at : at + size], "meta": meta}
        page["links"] = {"next": "https://elsewhere.test/next"}
        if asked.params.get("include") == "users":
            page["users"] = [user | {"last_login_at": str(self.pages)} for user in self.users]
        return Reply(page)

    def _one(self, id: str) -> Reply:
        found = next((one for one in self.tickets if str(one["id"]) == id), None)
        return Reply({"ticket": found}) if found else Reply({"error": "RecordNotFound"}, 404)

    def _beside(self, parts: list[str], asked: Asked) -> Reply:
        if parts == ["users", "show_many"]:
            ids = set(asked.params["ids"].split(","))
            return Reply({"users": [user for user in self.users if str(user["id"]) in ids]})
        listed = {"macros": self.macros, "ticket_fields": self.fields, "help_center": self.knowledge}.get(parts[0])
        if listed is None:
            return Reply({"error": "InvalidEndpoint"}, 404)
        return Reply({parts[-1]: listed, "meta": {"has_more": False, "after_cursor": "x"}})


def shop(count: int, **switches: Any) -> ZendeskFake:
    """A shop with so many tickets, each told a little differently."""
    tickets = [ticket(id, subject=f"refund {id}", assignee_id=AGENT) for id in range(1, count + 1)]
    return ZendeskFake(tickets=tickets, **switches)


def settings(fake: FakeServer, **options: Any) -> dict[str, dict[str, Any]]:
    """`[ingest.sources]` for a fake, without the pace that a real Zendesk wants."""
    table = {"url": fake.url, "client_id": CLIENT, "export_calls_a_minute": 100_000, "log_calls_a_minute": 100_000}
    return {"zendesk": table | options}


@contextmanager
def running(vendor: ZendeskFake) -> Iterator[FakeServer]:
    with serving(vendor) as fake:
        fake.now = vendor.clock
        yield fake


def change(vendor: ZendeskFake, id: int) -> None:
    """A customer writes again."""
    place = next(place for place, one in enumerate(vendor.tickets) if one["id"] == id)
    told = vendor.tickets[place]
    vendor.tickets.append(told | {"updated_at": "2026-05-03T10:00:00Z", "status": "open"})
    vendor.comments[str(id)] = [*TALK, comment(REQUESTER, "hello? anybody?", minute=9)]


def touch(vendor: ZendeskFake, id: int) -> None:
    """The system touches a ticket: it comes again, and nothing of it changed."""
    vendor.tickets.append(next(one for one in vendor.tickets if one["id"] == id))


def delete(vendor: ZendeskFake, id: int) -> None:
    place = next(place for place, one in enumerate(vendor.tickets) if one["id"] == id)
    vendor.tickets[place] = vendor.tickets[place] | {"status": "deleted"}


def speak_long(vendor: ZendeskFake, id: int, text: str) -> None:
    vendor.comments[str(id)] = [comment(REQUESTER, text)]


def fill(vendor: ZendeskFake, id: int, expected: str) -> None:
    """An agent ticks the AI-related box and writes what should have been said."""
    place = next(place for place, one in enumerate(vendor.tickets) if one["id"] == id)
    fields = [{"id": 1, "value": "trc_1"}, {"id": 2, "value": True}, {"id": 3, "value": expected}]
    vendor.tickets[place] = vendor.tickets[place] | {"custom_fields": fields}


def apply_macro(vendor: ZendeskFake, id: int) -> None:
    """An agent applies the shop's macro."""
    event = {"type": "AgentMacroReference", "macro_id": MACRO["id"], "macro_title": MACRO["title"]}
    told = {"id": 5, "created_at": "2026-05-01T11:00:00Z", "author_id": AGENT, "events": [event]}
    vendor.audits[str(id)] = [told]


def note(vendor: ZendeskFake, id: int, text: str) -> None:
    """An agent adds an internal note."""
    vendor.comments[str(id)] = [*TALK, comment(AGENT, text, public=False, minute=8)]


def hook(ticket: str | None, *, secret: str, now: datetime) -> tuple[dict[str, str], bytes]:
    """A webhook as Zendesk sends it: headers (lower-case names) and body; about no ticket for None."""
    body = json.dumps({"subject": f"zen:ticket:{ticket}" if ticket else "zen:user:1", "detail": {}}).encode()
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    code = base64.b64encode(hmac.digest(secret.encode(), stamp.encode() + body, "sha256")).decode()
    headers = {"x-zendesk-webhook-signature": code, "x-zendesk-webhook-signature-timestamp": stamp}
    return headers | {"x-zendesk-webhook-invocation-id": "01H"}, body
