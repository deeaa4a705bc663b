"""The shapes of Intercom's objects: of each, the part that is read."""

from typing import Any

import msgspec

from casemill.ingest.values import plain

Id = int | str | None
Moment = int | float | str | None
_CUSTOMERS = frozenset({"user", "lead", "contact", "visitor"})


class Account(msgspec.Struct):
    """An author, a contact, an admin, or whoever something is assigned to."""

    type: str | None = None
    id: Id = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    external_id: Id = None
    from_ai_agent: bool | None = None
    is_ai_answer: bool | None = None

    @property
    def is_customer(self) -> bool:
        return self.type in _CUSTOMERS

    @property
    def is_ai(self) -> bool:
        return self.type == "bot" or bool(self.from_ai_agent) or bool(self.is_ai_answer)


class File(msgspec.Struct):
    """An attachment; it has no id of its own."""

    name: str | None = None
    content_type: str | None = None
    filesize: int | None = None
    url: str | None = None


class Fetched(msgspec.Struct):
    """A file that was fetched: `id` is its part and its place there; a text's content, where it is kept."""

    id: str
    digest: str | None = None
    content: str | None = None


class Address(msgspec.Struct):
    type: str | None = None
    name: str | None = None
    email_address: str | None = None


class Mail(msgspec.Struct):
    """What a part that is an e-mail says of its sender and receivers."""

    email_address_headers: list[Address | None] | None = None


class Part(msgspec.Struct):
    """One thing that was said or happened. The first message of a conversation, its `source`, is one too."""

    id: Id = None
    part_type: str | None = None
    body: str | None = None
    created_at: Moment = None
    author: Account | None = None
    assigned_to: Account | None = None
    attachments: list[File | None] | None = None
    tags: Any = None
    event_details: dict[str, Any] | None = None
    ticket_state: Any = None
    email_message_metadata: Mail | None = None

    @property
    def text(self) -> str:
        return plain(self.body)

    def files(self) -> list[tuple[str, File]]:
        """The files that came with it, each with its name among the fetched ones: `PART.PLACE`."""
        return [(f"{self.id}.{place}", file) for place, file in enumerate(filter(None, self.attachments or ()))]


class Source(Part):
    type: str | None = None
    subject: str | None = None


class Parts(msgspec.Struct):
    conversation_parts: list[Part | None] | None = None
    total_count: int | None = None


class Contacts(msgspec.Struct):
    contacts: list[Account | None] | None = None


class Rating(msgspec.Struct):
    rating: Any = None
    remark: str | None = None
    created_at: Moment = None
    updated_at: Moment = None


class Agent(msgspec.Struct):
    """What Intercom says of its AI agent in this conversation."""

    resolution_state: str | None = None
    rating: Any = None
    rating_remark: str | None = None
    content_sources: dict[str, Any] | None = None


class Conversation(msgspec.Struct):
    id: Id = None
    title: str | None = None
    created_at: Moment = None
    updated_at: Moment = None
    state: str | None = None
    source: Source | None = None
    contacts: Contacts | None = None
    admin_assignee_id: Id = None
    teammates: dict[str, Any] | None = None
    tags: Any = None
    conversation_rating: Rating | None = None
    ai_agent: Agent | None = None
    custom_attributes: dict[str, Any] | None = None
    conversation_parts: Parts | None = None

    @property
    def parts(self) -> list[Part]:
        """Oldest first, behind the message the conversation began with."""
        found = [part for part in (self.conversation_parts or Parts()).conversation_parts or () if part]
        if all(isinstance(part.created_at, int | float) for part in found):
            found.sort(key=lambda part: float(part.created_at or 0))
        return found

    @property
    def said(self) -> list[Part]:
        """The first message and all parts, the message with the conversation's own time where it has none."""
        if self.source is None:
            return self.parts
        if self.source.created_at is None:
            self.source.created_at = self.created_at
        return [self.source, *self.parts]

    @property
    def known_contacts(self) -> list[Account]:
        return [one for one in (self.contacts or Contacts()).contacts or () if one]


class Handling(msgspec.Struct):
    """A teammate paused or went on."""

    type: str = ""
    timestamp: Moment = None
    reason: str | None = None
    teammate: Account | None = None


class Field(msgspec.Struct):
    id: Id = None
    title: str | None = None
