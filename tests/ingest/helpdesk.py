"""A small Zendesk export, written as its API answers."""

import gzip
import json
from pathlib import Path
from typing import Any

REQUESTER, BOT, AGENT = 11, 21, 31
USERS = [
    {
        "id": REQUESTER,
        "name": "Anna Petrova",
        "email": "anna@shop.test",
        "phone": "+7 701 000 00 01",
        "role": "end-user",
    },
    {
        "id": BOT,
        "name": "AI Assistant",
        "email": "ai@shop.test",
        "role": "agent",
        "last_login_at": "2026-01-01T00:00:00Z",
    },
    {"id": AGENT, "name": "Dan Osei", "email": "dan@shop.test", "role": "agent"},
    {"id": 41, "name": "Copied Colleague", "email": "cc@shop.test", "role": "end-user"},
]
FIELDS = [{"id": 1, "title": "AI trace id"}, {"id": 2, "title": "AI-related"}, {"id": 4, "title": "AI model"}]
FIELDS += [{"id": 3, "title": "Expected behaviour (one sentence)"}]
MACRO = {
    "id": 900,
    "title": "47: AI: returns",
    "updated_at": "2026-03-01T09:00:00Z",
    "actions": [
        {"field": "status", "value": "solved"},
        {"field": "comment_value", "value": ["channel:all", "Says no."]},
    ],
}


def ticket(id: Any = 1, **fields: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": id,
        "url": f"https://shop.zendesk.test/api/v2/tickets/{id}.json",
        "subject": "refund??",
        "description": "where is my refund",
        "status": "solved",
        "tags": ["ai_related"],
        "via": {"channel": "web", "source": {"from": {}, "to": {}, "rel": None}},
        "created_at": "2026-05-01T10:00:00Z",
        "updated_at": "2026-05-02T10:00:00Z",
        "requester_id": REQUESTER,
        "submitter_id": REQUESTER,
        "assignee_id": AGENT,
        "collaborator_ids": [41],
        "custom_fields": [{"id": 1, "value": "trc_1"}, {"id": 2, "value": True}, {"id": 3, "value": None}],
        "satisfaction_rating": {"score": "bad", "comment": "never again"},
    }
    return told | fields


def comment(author: int, body: str, *, public: bool = True, minute: int = 0, **fields: Any) -> dict[str, Any]:
    told = {"author_id": author, "body": body, "public": public, "created_at": f"2026-05-01T10:{minute:02}:00Z"}
    return told | fields


TALK = [
    comment(REQUESTER, "where is my refund", minute=1),
    comment(BOT, '[tool call] get_order({"id": "#W1"})', public=False, minute=2),
    comment(BOT, '[tool result] {"status": "delivered"}', public=False, minute=3),
    comment(BOT, "Your refund is on its way.", minute=4),
    comment(AGENT, "Sorry Anna, no refund was started.", minute=5),
    comment(AGENT, "Bot promised a refund. It should say that none was started.", public=False, minute=6),
]


def export(folder: Path, tickets: list[dict[str, Any]], **parts: Any) -> Path:
    """An export folder: `comments`, `audits`, `attachments` by ticket id; `users`, `fields`, `macros` as lists."""
    folder.mkdir(parents=True, exist_ok=True)
    page = {"tickets": tickets, "after_cursor": "cursor-1", "end_of_stream": True}
    (folder / "shop_tickets_001.json").write_text(json.dumps(page))
    for kind in ("comments", "audits"):
        told = parts.get(kind, {})
        rows = [json.dumps({"ticket_id": id, kind: items}) for id, items in told.items()]
        (folder / f"shop_{kind}.jsonl.gz").write_bytes(gzip.compress("\n".join(rows).encode()))
    files = [json.dumps({"ticket_id": id, **file}) for id, file in parts.get("attachments", {}).items()]
    (folder / "shop_attachments.jsonl.gz").write_bytes(gzip.compress("\n".join(files).encode()))
    (folder / "shop_users_001.json").write_text(json.dumps({"users": parts.get("users", USERS)}))
    (folder / "shop_ticket_fields.json").write_text(json.dumps({"ticket_fields": parts.get("fields", FIELDS)}))
    (folder / "shop_macros.json").write_text(json.dumps({"macros": parts.get("macros", [MACRO])}))
    return folder
