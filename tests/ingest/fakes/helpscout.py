"""A Help Scout that answers as its API is documented: token, conversations by their last change, threads in both
versions, saved replies, fields, files, and Docs with revisions."""

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

from ingest.fakes.server import Asked, FakeServer, Fault, Reply, faults_of, serving

CLIENT, SECRET, DOCS_KEY = "hs-app-id", "hs-app-secret-52d1e7", "hs-docs-key-90ab12"
ENVIRON = {"HELPSCOUT_CLIENT_SECRET": SECRET, "HELPSCOUT_DOCS_KEY": DOCS_KEY}
SECRETS = (SECRET, DOCS_KEY, "hs-access-token-")
STREAM = "/v2/conversations"
ONE = "/threads"
RENEWS = True
HAS_KNOWLEDGE = True
SMALL = {"page_size": 5}
FAULTY = {"empty_page_at": 8, "twice": 25, "lives": 1000}
ELEVEN = (
    *faults_of(STREAM),
    Fault("busy", at=500, path=ONE),
    Fault("expired", at=900, path=ONE),
    Fault("limited", at=1200, path=ONE),
    Fault("cut", at=700, path=ONE),
    Fault("truncated", at=1500, path=ONE),
)
ANNA = {"id": 11, "type": "customer", "first": "Anna", "last": "Petrova", "email": "anna@shop.test"}
ANSWERS = {"id": 21, "type": "system_user", "first": "AI", "last": "Answers"}
DAN = {"id": 31, "type": "user", "first": "Dan", "last": "Osei", "email": "dan@shop.test"}
INBOX = 85
FIELDS = [
    {"id": 1, "name": "AI trace id", "type": "singleline"},
    {"id": 2, "name": "AI-related", "type": "dropdown", "options": [{"id": 501, "label": "Yes"}]},
    {"id": 3, "name": "Expected behaviour (one sentence)", "type": "multiline"},
]
REPLY = {"id": 900, "name": "47: AI: returns", "text": "Hello,<br /><br />Says <b>no</b>.", "chatText": "Says no."}
ARTICLE = {
    "id": "a1",
    "name": "Return shipping",
    "status": "published",
    "text": "<p>Return shipping is <b>free</b> for 30 days.</p>",
    "updatedAt": "2026-04-01T09:00:00Z",
    "lastPublishedAt": "2026-02-01T09:00:00Z",
    "viewCount": 7,
}


def conversation(id: int, **fields: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": id,
        "number": 1000 + id,
        "threads": 5,
        "type": "email",
        "folderId": 493,
        "status": "closed",
        "state": "published",
        "subject": f"refund {id}",
        "preview": "Sorry Anna",
        "mailboxId": INBOX,
        "assignee": DAN | {"photoUrl": "https://photos.test/1.jpg"},
        "createdBy": ANNA,
        "createdAt": "2026-05-01T10:00:00Z",
        "closedBy": 31,
        "userUpdatedAt": "2026-05-01T10:06:00Z",
        "source": {"type": "beacon-v2", "via": "customer"},
        "tags": [{"id": 9150, "color": "#929499", "tag": "ai_related"}],
        "cc": ["cc@shop.test"],
        "bcc": [],
        "primaryCustomer": ANNA,
        "customFields": [{"id": 1, "name": "AI trace id", "value": "trc_1"}],
        "_links": {"self": {"href": f"https://elsewhere.test/v2/conversations/{id}"}},
    }
    return told | fields


def thread(who: dict[str, Any], body: str, *, type: str, minute: int = 0, **fields: Any) -> dict[str, Any]:
    told = {"id": 100 + minute, "type": type, "state": "published", "status": "nochange", "body": body}
    told |= {"createdBy": who, "customer": ANNA, "savedReplyId": 0, "createdAt": f"2026-05-01T10:{minute:02}:00Z"}
    return told | fields


TALK = [
    thread(ANNA, "where is my refund", type="customer", minute=1, status="active"),
    thread(ANSWERS, '[tool call] get_order({"id": "#W1"})', type="note", minute=2),
    thread(ANSWERS, "Your refund is <b>on its way</b>.", type="message", minute=4),
    thread(DAN, "Sorry Anna,<br>no refund was started.", type="message", minute=5, assignedTo=DAN),
    thread(DAN, "Bot promised a refund. It should say that none was started.", type="note", minute=6),
    thread(DAN, "", type="lineitem", minute=7, status="closed", assignedTo=DAN),
]


@dataclass
class HelpScoutFake:
    """The shop's conversations, and when each was last changed, which the API does not tell.

    `size` of a page. `empty_page_at`: this call for the list gives nothing without being its end. `twice`: each n-th
    conversation comes again on the page after. `stuck_at`: from this call on every page is the first, and there is
    more. `before`: what happens before the n-th call for the list. `lives`: calls until a token runs out.
    `old`: the account knows version 2 alone.
    """

    conversations: dict[int, dict[str, Any]] = field(default_factory=dict)
    changed: dict[int, datetime] = field(default_factory=dict)
    threads: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    replies: dict[int, list[dict[str, Any]]] = field(default_factory=lambda: {INBOX: [dict(REPLY)], 86: []})
    articles: list[dict[str, Any]] = field(default_factory=lambda: [dict(ARTICLE)])
    revisions: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    before: dict[int, Callable[[], None]] = field(default_factory=dict)
    size: int = 25
    empty_page_at: int | None = None
    twice: int | None = None
    stuck_at: int | None = None
    lives: int | None = None
    old: bool = False
    clock: datetime | None = None
    token: int = 0
    left: int = 0
    calls: int = 0
    last: tuple[int, ...] = ()

    @property
    def now(self) -> datetime:
        return self.clock or datetime.now(UTC)

    def __call__(self, asked: Asked) -> Reply:
        if asked.path == "/v2/oauth2/token":
            return self._new_token(asked)
        if asked.path.startswith("/v1/"):
            return self._docs(asked)
        if not self._known(asked):
            return Reply({"error": "invalid_token", "error_description": "Token was not recognised"}, 401)
        version, kind, *rest = asked.path.strip("/").split("/")
        if kind == "mailboxes":
            return self._mailbox(rest, asked=asked)
        if kind != "conversations" or (version == "v3" and (self.old or rest[1:] != ["threads"])):
            return Reply({"message": "Not Found"}, 404)
        return self._conversation(rest, asked=asked, version=version) if rest else self._list(asked)

    def _new_token(self, asked: Asked) -> Reply:
        assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
        told = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        if (told["client_id"], told["client_secret"]) != (CLIENT, SECRET):
            said = f"bad client credentials {told['client_secret']}"
            return Reply({"error": "invalid_client", "error_description": said}, 401)
        assert told["grant_type"] == "client_credentials"
        self.token += 1
        self.left = self.lives or 0
        token = {"access_token": f"hs-access-token-{self.token:04}", "token_type": "bearer", "expires_in": 172_800}
        return Reply(token)

    def _known(self, asked: Asked) -> bool:
        if asked.headers.get("authorization") != f"Bearer hs-access-token-{self.token:04}" or not self.token:
            return False
        if self.lives is not None:
            self.left -= 1
        return self.lives is None or self.left >= 0

    def _list(self, asked: Asked) -> Reply:
        self.calls += 1
        self.before.pop(self.calls, lambda: None)()
        since = datetime.fromisoformat(asked.params["modifiedSince"])
        if (asked.params.get("sortField"), asked.params.get("sortOrder")) != ("modifiedAt", "asc"):
            return Reply({"message": "newest first, which nobody asked for"}, 400)
        every = asked.params.get("status") == "all"
        boxes = asked.params.get("mailbox", "").split(",")
        known = [
            id
            for id, told in self.conversations.items()
            if self._changed(id) >= since
            and (every or told["status"] == "active")
            and (boxes == [""] or str(told["mailboxId"]) in boxes)
        ]
        known.sort(key=lambda id: (self._changed(id), id))
        number = int(asked.params["page"])
        stuck = self.stuck_at is not None and self.calls >= self.stuck_at
        at = 0 if stuck else (number - 1) * self.size
        some = [] if self.calls == self.empty_page_at else known[at : at + self.size]
        again = [id for id in self.last if self.twice is not None and id % self.twice == 0 and id not in some]
        self.last = tuple(some)
        more = stuck or at + self.size < len(known) or self.calls == self.empty_page_at
        rows = [self._told(id) for id in (*again, *some)]
        return self._hal("conversations", rows, number=number, total=len(known), more=more, asked=asked)

    def _changed(self, id: int) -> datetime:
        """Once the clock is set, everything was changed half a minute ago by it."""
        return self.now - timedelta(seconds=30) if self.clock else self.changed[id]

    def _told(self, id: int) -> dict[str, Any]:
        waiting = {"time": "2026-05-01T10:01:00Z", "friendly": f"{self.calls} hours ago", "latestReplyFrom": "customer"}
        return self.conversations[id] | {"customerWaitingSince": waiting, "folderId": self.calls}

    def _hal(
        self, name: str, rows: list[dict[str, Any]], *, number: int, total: int, more: bool, asked: Asked
    ) -> Reply:
        links: dict[str, Any] = {"self": {"href": f"https://elsewhere.test{asked.path}"}}
        if more:
            links["next"] = {"href": f"https://elsewhere.test{asked.path}?page={number + 1}"}
        told = {"size": self.size, "totalElements": total, "totalPages": -(-total // self.size), "number": number}
        page: dict[str, Any] = {"page": told, "_links": links}
        return Reply(page | {"_embedded": {name: rows}} if rows else page)

    def _conversation(self, rest: list[str], *, asked: Asked, version: str) -> Reply:
        id = int(rest[0])
        if into := self.merged.get(id):
            return Reply(b"", 301, {"Location": "/".join(["", version, "conversations", str(into), *rest[1:]])})
        if id not in self.conversations or (rest[1:] and id not in self.threads):
            return Reply({"message": "Resource not found", "logRef": "1"}, 404)
        if not rest[1:]:
            return Reply(self._told(id))
        if rest[1] == "attachments":
            content = self.files.get(rest[2])
            return Reply({"data": base64.b64encode(content).decode()} if content is not None else {}, 200)
        told = [self._by(one, version) for one in reversed(self.threads[id])]
        number, size = int(asked.params.get("page", 1)), 50
        some = told[(number - 1) * size : number * size]
        more = number * size < len(told)
        return self._hal("threads", some, number=number, total=len(told), more=more, asked=asked)

    def _by(self, thread: dict[str, Any], version: str) -> dict[str, Any]:
        """Version 2 calls a system user a user; a customer's looking at a mail moves."""
        who = thread["createdBy"]
        if version == "v2" and who["type"] == "system_user":
            who = who | {"type": "user"}
        return thread | {"createdBy": who, "openedAt": self.now.isoformat()}

    def _mailbox(self, rest: list[str], *, asked: Asked) -> Reply:
        if not rest:
            rows: list[dict[str, Any]] = [{"id": id, "name": f"Inbox {id}"} for id in self.replies]
            return self._hal("mailboxes", rows, number=1, total=len(rows), more=False, asked=asked)
        if rest[1] == "fields":
            rows = FIELDS if rest[0] == str(INBOX) else []
            return self._hal("fields", rows, number=1, total=len(rows), more=False, asked=asked)
        replies = self.replies.get(int(rest[0]), [])
        if len(rest) == 2:
            return Reply([{"id": one["id"], "name": one["name"], "preview": one["text"][:20]} for one in replies])
        found = next((one for one in replies if str(one["id"]) == rest[2]), None)
        return Reply(found) if found else Reply({"message": "Not Found"}, 404)

    def _docs(self, asked: Asked) -> Reply:
        coded = base64.b64encode(f"{DOCS_KEY}:X".encode()).decode()
        if asked.headers.get("authorization") != f"Basic {coded}":
            return Reply({"code": 401, "error": "Credentials are not right"}, 401)
        parts = asked.path.removeprefix("/v1/").split("/")
        if parts == ["collections"]:
            return self._items("collections", [{"id": "c1", "visibility": "public"}])
        if parts == ["collections", "c1", "articles"]:
            return self._items("articles", [{"id": one["id"], "name": one["name"]} for one in self.articles])
        if parts[0] == "articles" and parts[-1] == "revisions":
            rows = [one for one in self.revisions if one["articleId"] == parts[1]]
            return self._items("revisions", [{name: one[name] for name in one if name != "text"} for one in rows])
        known = self.articles if parts[0] == "articles" else self.revisions
        found = next((one for one in known if one["id"] == parts[1]), None)
        return Reply({parts[0].removesuffix("s"): found}) if found else Reply({"code": 404, "error": "Not found"}, 404)

    def _items(self, name: str, rows: list[dict[str, Any]]) -> Reply:
        return Reply({name: {"page": 1, "pages": 1, "count": len(rows), "items": rows}})


def shop(count: int, **switches: Any) -> HelpScoutFake:
    """A shop with so many conversations, ten minutes apart."""
    made = HelpScoutFake(**switches)
    for id in range(1, count + 1):
        at = datetime(2026, 5, 1, 11, tzinfo=UTC) + timedelta(minutes=10 * id)
        made.conversations[id] = conversation(id, userUpdatedAt=f"{at:%Y-%m-%dT%H:%M:%SZ}")
        made.changed[id], made.threads[id] = at, list(TALK)
    return made


def settings(fake: FakeServer, **options: Any) -> dict[str, dict[str, Any]]:
    """`[ingest.sources]` for a fake, without the pace that a real Help Scout wants; `page_size` is the vendor's own."""
    vendor: Any = fake.vendor
    vendor.size = options.pop("page_size", vendor.size)
    table = {"url": fake.url, "client_id": CLIENT, "calls_a_minute": 1_000_000}
    table |= {"docs_url": fake.url, "docs_key_env": "HELPSCOUT_DOCS_KEY", "docs_calls_a_minute": 1_000_000}
    return {"helpscout": table | options}


@contextmanager
def running(vendor: HelpScoutFake) -> Iterator[FakeServer]:
    with serving(vendor, wait_header="X-RateLimit-Retry-After") as fake:
        fake.now = vendor.clock
        yield fake


def change(vendor: HelpScoutFake, id: int) -> None:
    """A customer writes again."""
    vendor.changed[id] = vendor.now
    told = {"userUpdatedAt": f"{vendor.now:%Y-%m-%dT%H:%M:%SZ}", "status": "active"}
    vendor.conversations[id] = vendor.conversations[id] | told
    vendor.threads[id] = [*vendor.threads[id], thread(ANNA, "hello? anybody?", type="customer", minute=9)]


def touch(vendor: HelpScoutFake, id: int) -> None:
    """The system touches a conversation: it comes again, and nothing of it changed."""
    vendor.changed[id] = vendor.now


def delete(vendor: HelpScoutFake, id: int) -> None:
    """Deleted while the list is walked: its threads are gone."""
    del vendor.threads[id]


def speak_long(vendor: HelpScoutFake, id: int, text: str) -> None:
    vendor.threads[id] = [thread(ANNA, text, type="customer")]


def fill(vendor: HelpScoutFake, id: int, expected: str) -> None:
    """An agent chooses Yes in the AI-related dropdown and writes what should have been said."""
    fields = [
        {"id": 1, "name": "AI trace id", "value": "trc_1"},
        {"id": 2, "name": "AI-related", "value": "501", "text": "Yes"},
        {"id": 3, "name": "Expected behaviour (one sentence)", "value": expected},
    ]
    vendor.conversations[id] = vendor.conversations[id] | {"customFields": fields}


def apply_macro(vendor: HelpScoutFake, id: int) -> None:
    """An agent answers with the shop's saved reply."""
    said = thread(DAN, "Hello,<br />Says no.", type="message", minute=8, savedReplyId=REPLY["id"])
    vendor.threads[id] = [*vendor.threads[id], said]


def note(vendor: HelpScoutFake, id: int, text: str) -> None:
    """An agent adds a note."""
    vendor.threads[id] = [*vendor.threads[id], thread(DAN, text, type="note", minute=8)]


def hook(ticket: str | None, *, secret: str, now: datetime) -> tuple[dict[str, str], bytes]:
    """A webhook as Help Scout sends it: headers (lower-case names) and body; about no conversation for None."""
    told = {"id": int(ticket), "subject": "refund"} if ticket else {"id": 5, "name": "vip"}
    body = json.dumps(told).encode()
    code = base64.b64encode(hmac.digest(secret.encode(), body, "sha1")).decode()
    return {"x-helpscout-event": "convo.created" if ticket else "tag.created", "x-helpscout-signature": code}, body
