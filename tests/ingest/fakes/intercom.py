"""An Intercom that answers as its API is documented: search, conversations with parts, pauses, people, macros."""

import base64
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ingest.fakes.server import Asked, FakeServer, Fault, Reply, faults_of, serving

TOKEN = "ic-access-token-5b1e07"
ENVIRON = {"INTERCOM_TOKEN": TOKEN}
SECRETS = (TOKEN,)
STREAM = "/conversations/search"
ONE = "/conversations/1"
RENEWS = False
HAS_KNOWLEDGE = True
SMALL = {"per_page": 5}
FAULTY = {"empty_page_at": 8, "twice": 5}
ELEVEN = (
    *faults_of(STREAM),
    Fault("busy", at=500, path=ONE),
    Fault("limited", at=1200, path=ONE),
    Fault("cut", at=700, path=ONE),
    Fault("truncated", at=1500, path=ONE),
    Fault("malformed", path="/contacts/search"),
)
BEGAN = 1_777_629_600  # 2026-05-01T10:00:00Z
DAY = 86_400
MOST_PARTS = 500

CUSTOMER: dict[str, Any] = {
    "type": "user",
    "id": "6762f1261bb69f9f2193bba7",
    "name": "Anna Petrova",
    "email": "anna@shop.test",
}
FIN: dict[str, Any] = {
    "type": "bot",
    "id": "278",
    "name": "Fin",
    "email": "operator+abc@intercom.test",
    "from_ai_agent": True,
}
AGENT: dict[str, Any] = {"type": "admin", "id": "274", "name": "Dan Osei", "email": "dan@shop.test"}
MATE: dict[str, Any] = {"type": "admin", "id": "275", "name": "Mira Sol", "email": "mira@shop.test"}
ADMINS: list[dict[str, Any]] = [AGENT | {"away_mode_enabled": False}, MATE]
ATTRIBUTES: list[dict[str, Any]] = [
    {"type": "conversation_attribute", "id": 2, "name": "AI-related", "data_type": "boolean", "archived": False},
    {"type": "conversation_attribute", "id": 3, "name": "Expected behaviour", "data_type": "string"},
    {"type": "conversation_attribute", "id": 4, "name": "Old one", "data_type": "string", "archived": True},
]
MACRO = {
    "type": "macro",
    "id": "900",
    "name": "47: AI: returns",
    "body": '<p>Hi <attribute key="user.first_name" default="there"/>, no refund was started for your order yet.</p>',
    "body_text": 'Hi {{user.first_name|fallback:"there"}}, no refund was started for your order yet.',
    "created_at": "2026-01-01T09:00:00.000Z",
    "updated_at": "2026-03-01T09:00:00.000Z",
}
KNOWLEDGE = {
    "type": "article",
    "id": "1042",
    "title": "Return shipping",
    "body": "<p>Return shipping is <b>free</b> for 30 days.</p>",
    "state": "published",
    "updated_at": 1_770_000_000,
}


def part(author: dict[str, Any], body: str | None, *, minute: int = 0, type: str = "comment", **more: Any) -> Any:
    """A part of a conversation, so many minutes after it began; its id is the minute."""
    told = {"type": "conversation_part", "id": minute, "part_type": type, "body": body, "attachments": []}
    at = BEGAN + 60 * minute
    return told | {"created_at": at, "updated_at": at + 37, "notified_at": at + 37, "author": author} | more


TALK = [
    part(FIN, "<p>Your refund is on its way.</p>", minute=2),
    part(AGENT, "<p>Sorry Anna, nothing was sent back so far.</p>", minute=5),
    part(AGENT, "<p>Fin promised a refund. It should say that none was started.</p>", minute=6, type="note"),
]


def conversation(id: int, **fields: Any) -> dict[str, Any]:
    """A conversation without its parts and times."""
    source = {"type": "conversation", "id": f"4039{id}", "delivered_as": "customer_initiated", "subject": ""}
    told: dict[str, Any] = {
        "type": "conversation",
        "id": str(id),
        "title": f"refund {id}",
        "created_at": BEGAN,
        "state": "closed",
        "source": source | {"body": "<p>where is my refund</p>", "author": CUSTOMER, "attachments": []},
        "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": CUSTOMER["id"]}]},
        "admin_assignee_id": 274,
        "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "1", "name": "ai_related"}]},
        "conversation_rating": {"rating": 1, "remark": "never again", "created_at": BEGAN + 900},
        "custom_attributes": {},
        "ai_agent_participated": True,
        "ai_agent": None,
    }
    return told | fields


@dataclass
class IntercomFake:
    """The workspace's conversations by id, when each changed (seconds after the base of all), and what is switched on.

    `empty_page_at`: this page of the search is empty without being its end. `twice`: each n-th page begins with the
    last row of the page before. `stuck_at`: from this page on the cursor does not move. `by_day`: the search knows
    days alone. Times of change are told by the clock, where that is set.
    """

    conversations: dict[str, dict[str, Any]] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    handling: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    contacts: list[dict[str, Any]] = field(default_factory=lambda: [{**CUSTOMER, "type": "contact", "phone": "+7701"}])
    admins: list[dict[str, Any]] = field(default_factory=lambda: [*ADMINS])
    attributes: list[dict[str, Any]] | None = field(default_factory=lambda: [*ATTRIBUTES])
    macros: list[dict[str, Any]] | None = field(default_factory=lambda: [dict(MACRO)])
    knowledge: list[dict[str, Any]] | None = field(default_factory=lambda: [dict(KNOWLEDGE)])
    files: dict[str, bytes] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    empty_page_at: int | None = None
    twice: int | None = None
    stuck_at: int | None = None
    by_day: bool = False
    clock: datetime | None = None
    pages: int = 0
    asks: int = 0

    def __call__(self, asked: Asked) -> Reply:
        self.asks += 1
        if asked.path.startswith("/files/"):
            return Reply(self.files[asked.path])
        given = asked.headers.get("authorization", "")
        if given != f"Bearer {TOKEN}":
            return _error(401, "unauthorized", f"Access Token Invalid: {given}")
        if asked.headers.get("intercom-version") != "2.16":
            return _error(400, "intercom_version_invalid", "Requested resource is not available in current API version")
        parts = asked.path.strip("/").split("/")
        if asked.path == STREAM:
            return self._search(asked.json)
        if asked.path == "/contacts/search":
            ids = asked.json["query"]["value"]
            return Reply({"type": "list", "data": [one for one in self.contacts if one["id"] in ids]})
        if parts[0] == "conversations" and parts[1] != "attributes":
            return self._one(parts[1], parts[2:])
        return self._beside(asked.path, asked.params)

    def at(self, id: str) -> int:
        """When a conversation changed."""
        base = int(self.clock.timestamp()) if self.clock else BEGAN + DAY
        return base + self.changed[id]

    def _search(self, told: dict[str, Any]) -> Reply:
        (only,) = told["query"]["value"]
        assert (only["field"], only["operator"]) == ("updated_at", ">")
        assert told["sort"] == {"field": "updated_at", "order": "ascending"}
        since = only["value"] // DAY * DAY + DAY if self.by_day else only["value"]
        self.pages += 1
        size, after = told["pagination"]["per_page"], told["pagination"].get("starting_after")
        place = json.loads(base64.b64decode(after)) if after else [0, 0]
        keys = sorted([self.at(id), int(id)] for id in self.conversations if self.at(id) >= since)
        if self.stuck_at is not None and self.pages >= self.stuck_at:
            return self._page([], after)
        if self.pages == self.empty_page_at:
            return self._page([], _cursor([*place, "again"]))
        rest = [key for key in keys if key > place[:2]]
        again = [key for key in keys if key <= place[:2]][-1:] if self.twice and self.pages % self.twice == 0 else []
        return self._page([*again, *rest[:size]], _cursor(rest[size - 1]) if len(rest) > size else None)

    def _page(self, keys: list[list[int]], after: str | None) -> Reply:
        rows = [self._told(str(id)) for _, id in keys]
        pages: dict[str, Any] = {"type": "pages", "page": self.pages, "per_page": len(rows), "total_pages": 9}
        pages |= {"next": {"per_page": len(rows), "starting_after": after}} if after else {}
        return Reply({"type": "conversation.list", "conversations": rows, "total_count": 1, "pages": pages})

    def _told(self, id: str) -> dict[str, Any]:
        """With what moves by itself: it moves at each call."""
        moving = {"updated_at": self.at(id), "waiting_since": self.asks, "read": bool(self.asks % 2)}
        return self.conversations[id] | moving | {"statistics": {"count_reopens": self.asks}}

    def _one(self, id: str, rest: list[str]) -> Reply:
        if id not in self.conversations or id in self.gone:
            return _error(404, "not_found", "Resource Not Found")
        if rest == ["handling_events"]:
            return Reply({"handling_events": self.handling.get(id, [])})
        rows = self.parts.get(id, TALK)
        listed = {"type": "conversation_part.list", "total_count": len(rows)}
        listed["conversation_parts"] = [one | {"notified_at": self.asks} for one in rows[-MOST_PARTS:]]
        return Reply(self._told(id) | {"conversation_parts": listed})

    def _beside(self, path: str, params: dict[str, str]) -> Reply:
        if path == "/admins":
            return Reply({"type": "admin.list", "admins": self.admins})
        old = path == "/data_attributes" and params.get("model") == "conversation"
        lists = {"/macros": self.macros, "/articles": self.knowledge, "/conversations/attributes": self.attributes}
        listed = ATTRIBUTES if old else lists.get(path)
        if listed is None:
            return _error(404, "not_found", "Resource Not Found")
        return Reply({"type": "list", "data": listed, "pages": {"type": "pages", "next": None}})


def _error(status: int, code: str, message: str) -> Reply:
    errors = [{"code": code, "message": message}]
    return Reply({"type": "error.list", "request_id": "test", "errors": errors}, status)


def _cursor(place: list[Any]) -> str:
    return base64.b64encode(json.dumps(place).encode()).decode()


def shop(count: int, **switches: Any) -> IntercomFake:
    """A workspace with so many conversations, each changed five seconds after the one before."""
    told = {str(id): conversation(id) for id in range(1, count + 1)}
    return IntercomFake(conversations=told, changed={id: 5 * (int(id) - count) for id in told}, **switches)


def settings(fake: FakeServer, **options: Any) -> dict[str, dict[str, Any]]:
    return {"intercom": {"url": fake.url} | options}


@contextmanager
def running(vendor: IntercomFake) -> Iterator[FakeServer]:
    """It names no seconds to wait, but the moment from which on it answers again."""

    def until(wait: str) -> str:
        return str(int((vendor.clock or datetime.now(UTC)).timestamp() + float(wait)))

    with serving(vendor, wait_header="X-RateLimit-Reset", wait_as=until) as fake:
        fake.now = vendor.clock
        yield fake


def change(vendor: IntercomFake, id: int) -> None:
    """A customer writes again."""
    vendor.parts[str(id)] = [*vendor.parts.get(str(id), TALK), part(CUSTOMER, "<p>hello? anybody?</p>", minute=9)]
    touch(vendor, id)


def touch(vendor: IntercomFake, id: int) -> None:
    """It comes again, and nothing of it changed but what moves by itself."""
    vendor.changed[str(id)] = max(vendor.changed.values()) + 60


def delete(vendor: IntercomFake, id: int) -> None:
    vendor.gone.add(str(id))


def speak_long(vendor: IntercomFake, id: int, text: str) -> None:
    vendor.parts[str(id)] = [part(CUSTOMER, text, minute=1)]


def fill(vendor: IntercomFake, id: int, expected: str) -> None:
    """An agent ticks the AI-related box and writes what should have been said."""
    told = {"AI-related": True, "Expected behaviour": expected, "CX Score rating": 4}
    vendor.conversations[str(id)]["custom_attributes"] = told


def apply_macro(vendor: IntercomFake, id: int) -> None:
    """An agent answers with the shop's macro, and a word of their own."""
    said = "<p>Hi Anna, no refund was started for your order yet.</p><p>Best, Dan</p>"
    vendor.parts[str(id)] = [*TALK, part(AGENT, said, minute=8)]


def note(vendor: IntercomFake, id: int, text: str) -> None:
    """An agent adds an internal note."""
    vendor.parts[str(id)] = [*TALK, part(AGENT, f"<p>{text}</p>", minute=8, type="note")]


def hook(ticket: str | None, *, secret: str, now: datetime) -> tuple[dict[str, str], bytes]:
    """A webhook as Intercom sends it: headers (lower-case names) and body; a ping for None."""
    item = {"type": "conversation", "id": ticket} if ticket else {"type": "ping", "message": "hello"}
    told: dict[str, Any] = {
        "type": "notification_event",
        "id": "notif_1",
        "topic": "conversation.admin.closed" if ticket else "ping",
    }
    at = int(now.timestamp())
    told |= {"data": {"type": "notification_event_data", "item": item}, "created_at": at, "first_sent_at": at}
    body = json.dumps(told | {"delivered_at": 0}).encode()
    return {"x-hub-signature": f"sha1={hmac.digest(secret.encode(), body, 'sha1').hex()}"}, body
