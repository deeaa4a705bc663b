"""The shapes of Help Scout's objects: of each, the part that is read."""

import re
from typing import Any

import msgspec

from casemill.ingest.encoding import clean
from casemill.ingest.html import html_text
from casemill.ingest.values import plain

Id = int | str | None
NOTES = frozenset({"note", "phone", "forwardparent", "forwardchild"})
UNSENT = frozenset({"draft", "underreview", "scheduled"})
_MARKUP = re.compile(r"</?[a-z][a-z0-9]*[\s/>]|&(?:[a-z]+|#\d+);", re.IGNORECASE)
_MACHINES = frozenset({"system_user", "system-user", "systemuser", "bot", "ai", "ai_agent"})


def seen(body: str | None) -> str:
    """A body as it was seen: most are HTML, those of chats may be plain text with its own lines."""
    text = body or ""
    return clean(html_text(text) if _MARKUP.search(text) else text).strip()


class Person(msgspec.Struct):
    """A customer, a user, a team or a system user; `type` says which."""

    id: Id = None
    type: str | None = None
    first: str | None = None
    last: str | None = None
    email: str | None = None

    @property
    def name(self) -> str:
        return " ".join(part for part in (plain(self.first), plain(self.last)) if part)

    @property
    def is_customer(self) -> bool:
        return self.type == "customer"

    @property
    def is_machine(self) -> bool:
        """Whether Help Scout says that it is no person; API version 3 does."""
        return (self.type or "").casefold() in _MACHINES

    @property
    def is_nobody(self) -> bool:
        """`Anyone`, by which Help Scout names that nobody has a conversation."""
        return self.id in (None, 0, 1, "0", "1") and self.type != "customer"


class Action(msgspec.Struct):
    type: str | None = None
    text: str | None = None


class File(msgspec.Struct, rename="camel"):
    id: Id = None
    filename: str | None = None
    mime_type: str | None = None
    size: int | None = None
    state: str | None = None


class Within(msgspec.Struct):
    attachments: list[File] | None = None


class Thread(msgspec.Struct, rename="camel"):
    """One thing said, noted or done."""

    id: Id = None
    type: str | None = None
    status: str | None = None
    state: str | None = None
    action: Action | None = None
    body: str | None = None
    source: dict[str, Any] | None = None
    customer: Person | None = None
    created_by: Person | None = None
    assigned_to: Person | None = None
    saved_reply_id: Id = None
    created_at: str | None = None
    rating: Any = None
    embedded: Within | None = msgspec.field(name="_embedded", default=None)

    @property
    def text(self) -> str:
        return seen(self.body)

    @property
    def files(self) -> list[File]:
        return (self.embedded.attachments if self.embedded else None) or []

    @property
    def is_said(self) -> bool:
        """Whether it was said or noted; drafts were not, and line items only tell what was done."""
        return self.type != "lineitem" and self.state not in UNSENT


class Field(msgspec.Struct):
    """A custom field; `text` is what the chosen option of a dropdown is called."""

    id: Id = None
    name: str | None = None
    value: Any = None
    text: str | None = None

    @property
    def told(self) -> str:
        return plain(self.text) or plain(self.value)


class Snooze(msgspec.Struct, rename="camel"):
    snoozed_by: Id = None
    snoozed_until: str | None = None


class HelpScoutTicket(msgspec.Struct, rename="camel"):
    """A conversation without its threads."""

    id: Id = None
    number: Id = None
    type: str | None = None
    status: str | None = None
    state: str | None = None
    subject: str | None = None
    mailbox_id: Id = None
    assignee: Person | None = None
    created_by: Person | None = None
    closed_by_user: Person | None = None
    primary_customer: Person | None = None
    created_at: str | None = None
    user_updated_at: str | None = None
    source: dict[str, Any] | None = None
    tags: list[Any] | None = None
    cc: list[str] | None = None
    bcc: list[str] | None = None
    custom_fields: list[Field] | None = None
    snooze: Snooze | None = None


def in_order(threads: list[Thread]) -> list[Thread]:
    """Oldest first; of two in one second the one with the lower id."""
    return sorted(threads, key=lambda one: place_of(one.created_at, one.id))


def place_of(at: str | None, id: Id) -> tuple[str, int]:
    """What threads are ordered by."""
    number = str(id)
    return at or "", int(number) if number.isdecimal() else 0
