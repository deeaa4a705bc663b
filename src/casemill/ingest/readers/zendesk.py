"""A Zendesk ticket with its comments, users, audits, macros and attached chats."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import msgspec

from casemill.domain.arrival import Identity, Payload, Reading
from casemill.domain.ticket import Attachment, Macro, Role, Ticket
from casemill.ingest.conversation import Conversation
from casemill.ingest.macros import mentioned, numbered
from casemill.ingest.readers.people import Side, merged, person
from casemill.ingest.speakers import Cast, cast_of, is_machine
from casemill.ingest.values import csat, flag, moment, plain, short
from casemill.settings import Ingest

Id = int | str | None


class User(msgspec.Struct):
    """The part of a Zendesk user that says who they are."""

    id: Id = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    alias: str | None = None
    role: str | None = None


class File(msgspec.Struct):
    """An attachment, with the text behind its address when the export brings it."""

    file_name: str | None = None
    content_type: str | None = None
    size: int | None = None
    content: str | None = None


class Comment(msgspec.Struct):
    author_id: Id = None
    body: str | None = None
    plain_body: str | None = None
    html_body: str | None = None
    public: bool | None = None
    created_at: str | None = None
    attachments: list[File] | None = None

    @property
    def text(self) -> str:
        return plain(self.body) or plain(self.plain_body) or plain(self.html_body)


class Comments(msgspec.Struct):
    comments: list[Comment] | None = None
    users: list[User] | None = None


class Audits(msgspec.Struct):
    audits: list[dict[str, Any]] | None = None


class Field(msgspec.Struct):
    id: Id = None
    title: str | None = None
    value: Any = None


class ZendeskTicket(msgspec.Struct):
    id: Id = None
    url: str | None = None
    subject: str | None = None
    raw_subject: str | None = None
    description: str | None = None
    status: str | None = None
    tags: list[str] | None = None
    via: dict[str, Any] | None = None
    created_at: str | None = None
    updated_at: str | None = None
    requester_id: Id = None
    submitter_id: Id = None
    assignee_id: Id = None
    collaborator_ids: list[Id] | None = None
    follower_ids: list[Id] | None = None
    email_cc_ids: list[Id] | None = None
    custom_fields: list[Field] | None = None
    fields: list[Field] | None = None
    satisfaction_rating: dict[str, Any] | None = None
    comments: list[Comment] | None = None

    @property
    def people(self) -> Iterator[Id]:
        """Everybody the ticket itself names, the requester first."""
        yield from (self.requester_id, self.submitter_id, self.assignee_id)
        for ids in (self.collaborator_ids, self.follower_ids, self.email_cc_ids):
            yield from ids or ()


class Export(msgspec.Struct):
    """The container: the parts of an export that belong to one ticket."""

    ticket: ZendeskTicket
    comments: list[Comments] = []
    users: list[User] = []
    fields: list[Field] = []
    audits: list[Audits] = []
    attachments: list[File] = []
    macros: list[Macro] = []


def read_ticket(payload: Payload, settings: Ingest) -> Reading:
    """The ticket that an export's parts tell."""
    export = msgspec.json.decode(payload.content, type=Export)
    who = _Who(export, settings)
    talk = Conversation(who.cast)
    _read_turns(export, who, talk=talk)
    ticket = export.ticket
    rating = ticket.satisfaction_rating or {}
    field = _Fields(export)
    reading = Ticket(
        source=payload.source,
        external_id=payload.external_id,
        digest=payload.digest,
        subject=plain(ticket.subject or ticket.raw_subject),
        turns=talk.turns,
        created_at=moment(ticket.created_at),
        updated_at=moment(ticket.updated_at),
        channel=short((ticket.via or {}).get("channel")),
        status=ticket.status,
        tags=tuple(ticket.tags or ()),
        csat=csat(rating),
        csat_comment=short(rating.get("comment")),
        ai_related=flag(field.named(settings.ai_field)),
        expected=short(field.named(settings.expected_field)),
        trace=short(field.named(settings.trace_field)),
        model=short(field.named(settings.model_field)),
        resolution=talk.notes[-1] if talk.notes else None,
        macro=_macro(export, talk.notes),
        link=_link(ticket.url),
        attachments=_attachments(export),
    )
    return Reading(ticket=reading, people=who.people, requester=short(ticket.requester_id))


def _comments(export: Export) -> list[Comment]:
    """Oldest first; the description stands in where an export has no comments."""
    found = [comment for page in export.comments for comment in page.comments or ()] or export.ticket.comments or []
    if not found:
        ticket = export.ticket
        found = [Comment(ticket.requester_id, body=ticket.description, public=True, created_at=ticket.created_at)]
    if all(comment.created_at for comment in found):
        found = sorted(found, key=lambda comment: comment.created_at or "")
    return found


def _read_turns(export: Export, who: "_Who", *, talk: Conversation) -> None:
    for file in export.attachments:
        talk.attach(plain(file.content))
    for comment in _comments(export):
        at = moment(comment.created_at)
        role = who.role(comment.author_id)
        if comment.public is False:
            talk.note(comment.text, at=at, resolves=role == "agent")
        else:
            talk.say(role, comment.text, at=at, by=who.bot_name(comment.author_id))
    if not talk.turns:  # nothing but a subject line: those are the customer's words then
        talk.say("customer", plain(export.ticket.subject))


class _Who:
    """Who is who in one ticket."""

    def __init__(self, export: Export, settings: Ingest) -> None:
        self.ticket = export.ticket
        self.bots = {bot.casefold() for bot in settings.bots}
        self._roles: dict[Id, Role] = {}
        sideloaded = [user for page in export.comments for user in page.users or ()]
        self.users = {str(user.id): user for user in (*sideloaded, *export.users)}
        authors = [comment.author_id for comment in _comments(export)]
        named = (*self.ticket.people, *authors)
        self.ids = list(dict.fromkeys(str(id) for id in named if id not in (None, "")))

    def role(self, id: Id) -> Role:
        """The AI's accounts first; then the requester and other end users; whoever else writes is an agent."""
        if id not in self._roles:
            self._roles[id] = self._told_role(id)
        return self._roles[id]

    def _told_role(self, id: Id) -> Role:
        user = self.users.get(str(id), User(id=id))
        if self._is_bot(user):
            return "assistant"
        if user.role in ("agent", "admin"):
            return "agent"
        return "customer" if id == self.ticket.requester_id or user.role == "end-user" else "agent"

    def bot_name(self, id: Id) -> str | None:
        """The account's name when it is the AI's; people's names are no part of a turn."""
        return short(self.users.get(str(id), User()).name) if self.role(id) == "assistant" else None

    def _is_bot(self, user: User) -> bool:
        known = {str(part).casefold() for part in (user.id, user.name, user.email) if part}
        staff = user.role in ("agent", "admin")
        return bool(known & self.bots) or (staff and is_machine(user.name or ""))

    @cached_property
    def people(self) -> tuple[Identity, ...]:
        """Everybody the ticket names, the requester first."""
        known = (self._identity(id) for id in self.ids)
        return merged((*known, *self._mail_names()))

    @property
    def cast(self) -> Cast:
        def names(role: Side) -> list[str]:
            return [name for who in self.people if who.role == role for name in (*who.names, *who.emails)]

        return cast_of(names("customer"), agents=names("agent"), bots=names("assistant"))

    def _identity(self, id: str) -> Identity:
        user = self.users.get(id, User(id=id))
        own = self.ticket.requester_id if id == str(self.ticket.requester_id) else user.id
        role: Any = self.role(own)
        return person(msgspec.to_builtins(user), role=role)

    def _mail_names(self) -> Iterator[Identity]:
        """Who an e-mail ticket says it came from."""
        came = ((self.ticket.via or {}).get("source") or {}).get("from") or {}
        if isinstance(came, dict) and (came.get("name") or came.get("address")):
            yield person({"name": came.get("name"), "email": came.get("address")}, role="customer")


class _Fields:
    """Custom fields by title or id, as people name them: `Expected behaviour` finds `Expected behaviour (one line)`."""

    def __init__(self, export: Export) -> None:
        titles = {str(field.id): field.title or "" for field in export.fields}
        own = export.ticket.custom_fields or export.ticket.fields or []
        self.fields = [(str(field.id), _same(titles.get(str(field.id), "")), field.value) for field in own]

    def named(self, name: str) -> Any:
        wanted = _same(name)
        exact = [value for id, title, value in self.fields if name == id or title == wanted]
        begun = [value for _, title, value in self.fields if wanted and title.startswith(wanted)]
        return next(iter(exact + begun), None)


def _same(title: str) -> str:
    return " ".join(title.casefold().replace("behaviour", "behavior").split())


def _macro(export: Export, notes: list[str]) -> Macro | None:
    """The macro that an audit says was applied last; else the one that a note names by its number."""
    for event in reversed(list(applied_macros(export.audits))):
        id = str(event.get("macro_id"))
        applied = next((macro for macro in export.macros if macro.id == id), None)
        return applied or Macro(id=id, title=plain(event.get("macro_title")))
    number = next((found for note in reversed(notes) if (found := mentioned(note))), None)
    return (numbered(number, export.macros) or Macro(id=number)) if number else None


def applied_macros(audits: list[Audits]) -> Iterator[dict[str, Any]]:
    """The events by which audits tell of an applied macro, oldest first."""
    for page in audits:
        for audit in page.audits or ():
            for event in audit.get("events") or ():
                if event.get("type") == "AgentMacroReference" and event.get("macro_id"):
                    yield event


def _link(url: str | None) -> str | None:
    """The page an agent opens, from the address of the API."""
    return url.replace("/api/v2/tickets/", "/agent/tickets/").removesuffix(".json") if url else None


def _attachments(export: Export) -> tuple[Attachment, ...]:
    files = (file for comment in _comments(export) for file in comment.attachments or ())
    return tuple(Attachment(name=plain(file.file_name), type=file.content_type, size=file.size) for file in files)
