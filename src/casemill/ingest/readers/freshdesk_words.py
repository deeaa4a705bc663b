"""The shapes of Freshdesk's objects: of each, the part that is read."""

from collections.abc import Iterator
from typing import Any

import msgspec

from casemill.domain.ticket import Macro
from casemill.ingest.html import html_text
from casemill.ingest.values import plain

Id = int | str | None
STATUSES = {2: "open", 3: "pending", 4: "resolved", 5: "closed"}
CHANNELS = {
    1: "email",
    2: "portal",
    3: "phone",
    5: "twitter",
    6: "facebook",
    7: "chat",
    9: "feedback widget",
    10: "outbound email",
    11: "ecommerce",
    12: "bot",
    13: "whatsapp",
}
OUTBOUND = 10
SURVEY, FORWARD = 6, 8
_QUOTE = "freshdesk_quote"


class User(msgspec.Struct):
    """Who somebody is; `kind` is `agent` or `contact`."""

    id: Id = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    mobile: str | None = None
    kind: str | None = None


class File(msgspec.Struct):
    """An attachment, with the text behind its address when it was brought along."""

    id: Id = None
    name: str | None = None
    content_type: str | None = None
    size: int | None = None
    content: str | None = None
    digest: str | None = None


class Fetched(msgspec.Struct):
    """A file whose content was fetched."""

    id: Id = None
    content: str | None = None
    digest: str | None = None


class Stats(msgspec.Struct):
    """When a ticket last waited, was opened again, resolved, closed."""

    status_updated_at: str | None = None
    pending_since: str | None = None
    reopened_at: str | None = None
    resolved_at: str | None = None
    closed_at: str | None = None


class FreshdeskTicket(msgspec.Struct):
    id: Id = None
    subject: str | None = None
    description: str | None = None
    description_text: str | None = None
    status: int | None = None
    source: int | None = None
    type: str | None = None
    tags: list[str] | None = None
    custom_fields: dict[str, Any] | None = None
    requester_id: Id = None
    responder_id: Id = None
    created_at: str | None = None
    cc_emails: list[str] | None = None
    requester: User | None = None
    stats: Stats | None = None
    attachments: list[File] | None = None
    deleted: bool | None = None

    @property
    def text(self) -> str:
        return said(self.description, self.description_text)


class Part(msgspec.Struct):
    """One of a ticket's conversations: a reply, a note, a forward, a survey's words."""

    id: Id = None
    body: str | None = None
    body_text: str | None = None
    incoming: bool | None = None
    private: bool | None = None
    user_id: Id = None
    source: int | None = None
    from_email: str | None = None
    to_emails: list[str] | None = None
    cc_emails: list[str] | None = None
    created_at: str | None = None
    updated_at: str | None = None
    attachments: list[File] | None = None

    @property
    def text(self) -> str:
        return said(self.body, self.body_text)

    @property
    def hidden(self) -> bool:
        """Whether the customer never saw it: a private note, or a mail to somebody else."""
        return bool(self.private) or self.source == FORWARD


class Rating(msgspec.Struct):
    """A survey's answer: `ratings` by question, or one number in `rating`."""

    feedback: str | None = None
    ratings: dict[str, Any] | None = None
    rating: Any = None
    created_at: str | None = None


class Activity(msgspec.Struct):
    """A line of the activity export."""

    performed_at: str | None = None
    performer_type: str | None = None
    performer_id: Id = None
    activity: dict[str, Any] = {}


class Field(msgspec.Struct):
    name: str
    title: str


class Case(msgspec.Struct):
    """The container: what the API tells of one ticket. `status` is the label of a status of the account's own."""

    ticket: FreshdeskTicket
    conversations: list[Part] = []
    ratings: list[Rating] = []
    users: list[User] = []
    fields: list[Field] = []
    status: str | None = None
    attachments: list[Fetched] = []
    activities: list[Activity] = []
    macros: list[Macro] = []
    link: str | None = None

    @property
    def parts(self) -> list[Part]:
        """Oldest first, without the words of a survey, which come with its rating."""
        feedback = {plain(rating.feedback) for rating in self.ratings}
        told = [part for part in self.conversations if part.source != SURVEY or part.text not in feedback]
        return sorted(told, key=lambda part: part.created_at or "")

    @property
    def people(self) -> Iterator[Id]:
        """Everybody the ticket names by id, the requester first."""
        yield from (self.ticket.requester_id, self.ticket.responder_id)
        for part in self.conversations:
            yield part.user_id
        for line in self.activities:
            yield from (line.performer_id, line.activity.get("agent_id"))


def said(html: str | None, text: str | None) -> str:
    """A body as it was seen, without the mail quoted below it. The HTML goes first: its plain form has no lines."""
    if not html or "<" not in html:
        return plain(text) or plain(html_text(html or ""))
    return plain(html_text(_unquoted(html))) or plain(html_text(html))


def _unquoted(html: str) -> str:
    """A body without the elements that Freshdesk makes of quoted mail; what was written below them stays."""
    if _QUOTE not in html:
        return html
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    while (quote := tree.css_first(f".{_QUOTE}")) is not None:
        quote.decompose()
    return tree.html or ""
