"""A Zendesk ticket with its comments, users, audits, macros and attached chats."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import msgspec

from casemill.domain.arrival import Identity, Payload, Reading
from casemill.domain.ticket import Attachment, Event, Macro, Role, Ticket
from casemill.ingest.conversation import Conversation
from casemill.ingest.macros import mentioned, numbered
from casemill.ingest.readers.people import cast_from, merged, person
from casemill.ingest.readers.zendesk_events import accounts_in, events_of, rating_of, told_in
from casemill.ingest.readers.zendesk_log import LogEvent
from casemill.ingest.readers.zendesk_words import (
    Audits,
    Comment,
    Comments,
    Field,
    File,
    Id,
    User,
    ZendeskTicket,
)
from casemill.ingest.source import setting_of
from casemill.ingest.speakers import Cast, is_machine
from casemill.ingest.values import csat, flag, moment, plain, short
from casemill.settings import Ingest


class Export(msgspec.Struct):
    """The container: the parts of an export that belong to one ticket."""

    ticket: ZendeskTicket
    comments: list[Comments] = []
    users: list[User] = []
    fields: list[Field] = []
    audits: list[Audits] = []
    attachments: list[File] = []
    macros: list[Macro] = []
    log: list[LogEvent] = []


def read_ticket(payload: Payload, settings: Ingest) -> Reading:
    """The ticket that an export's parts tell."""
    export = msgspec.json.decode(payload.content, type=Export)
    who = _Who(export, settings)
    talk = Conversation(who.cast)
    _read_turns(export, who, talk=talk)
    ticket = export.ticket
    rating = ticket.satisfaction_rating or {}
    surveyed = rating_of(export.audits)
    field = Fields(export)
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
        csat=csat(rating) or surveyed.csat,
        csat_comment=short(rating.get("comment")) or surveyed.comment,
        ai_related=flag(field.named(settings.ai_field)),
        expected=short(field.named(settings.expected_field)),
        trace=short(field.named(settings.trace_field)),
        model=short(field.named(settings.model_field)),
        resolution=talk.notes[-1] if talk.notes else None,
        macro=_macro(export, talk.notes),
        link=_link(ticket.url),
        attachments=_attachments(export),
        events=(*events_of(export.audits, who.role), *field.others(settings)),
    )
    return Reading(ticket=reading, people=who.people, requester=short(ticket.requester_id))


def _comments(export: Export) -> list[Comment]:
    """Oldest first; the description stands in where an export has no comments."""
    found = [comment for page in export.comments for comment in page.comments or ()] or export.ticket.comments or []
    if not found:
        ticket = export.ticket
        found = [
            Comment(author_id=ticket.requester_id, body=ticket.description, public=True, created_at=ticket.created_at)
        ]
    if all(comment.created_at for comment in found):
        found = sorted(found, key=lambda comment: comment.created_at or "")
    return found


def _read_turns(export: Export, who: "_Who", *, talk: Conversation) -> None:
    for file in export.attachments:
        talk.attach(plain(file.content))
    logged = {event.comment for event in export.log if event.comment}
    has_messages = any(event.comment is None for event in export.log)
    found: list[tuple[str, Comment | LogEvent]] = [(event.created_at or "", event) for event in export.log]
    for comment in _comments(export):
        copied = has_messages and comment.public is not False
        if str(comment.id) not in logged and not copied:
            found.append((comment.created_at or "", comment))
    if export.log:
        found.sort(key=lambda pair: pair[0])
    for _, said in found:
        _say(said, who, talk=talk)
    if not talk.turns:  # nothing but a subject line: those are the customer's words then
        talk.say("customer", plain(export.ticket.subject))


def _say(said: Comment | LogEvent, who: "_Who", *, talk: Conversation) -> None:
    """A comment or an event of the log, as it was: seen by the customer or not."""
    at = moment(said.created_at)
    if isinstance(said, Comment):
        role, by = who.role(said.author_id), who.bot_name(said.author_id)
    else:
        role, by = who.logged(said)
    if said.public is False:
        talk.note(said.text, at=at, resolves=role == "agent")
    else:
        talk.say(role, said.text, at=at, by=by)


class _Who:
    """Who is who in one ticket."""

    def __init__(self, export: Export, settings: Ingest) -> None:
        self.ticket = export.ticket
        self.log = export.log
        self.bots = {bot.casefold() for bot in settings.bots}
        self._roles: dict[Id, Role] = {}
        sideloaded = [user for page in export.comments for user in page.users or ()]
        self.users = {str(user.id): user for user in (*sideloaded, *export.users)}
        authors = [comment.author_id for comment in _comments(export)]
        named = (*self.ticket.people, *authors, *accounts_in(export.audits))
        self.ids = list(dict.fromkeys(str(id) for id in named if id not in (None, "", -1, "-1")))

    def role(self, id: Id) -> Role:
        """The AI's accounts first; then the requester and other end users; whoever else writes is an agent."""
        if id not in self._roles:
            self._roles[id] = self._told_role(id)
        return self._roles[id]

    def logged(self, event: LogEvent) -> tuple[Role, str | None]:
        """The side of a log's author, and the name when it is the AI's: `bot` says so, or the account is the AI's."""
        author = event.author
        role = event.side
        if role == "agent" and author is not None and self._is_bot(User(id=author.user, name=author.display_name)):
            role = "assistant"
        elif role == "agent" and author is not None and author.user is not None:
            role = "assistant" if self.role(author.user) == "assistant" else "agent"
        return role, short(author.display_name) if author is not None and role == "assistant" else None

    def _told_role(self, id: Id) -> Role:
        user = self.users.get(str(id), User(id=id))
        if self._is_bot(user):
            return "assistant"
        if user.role in ("agent", "admin"):
            return "agent"
        mine = str(id) == str(self.ticket.requester_id)
        return "customer" if mine or user.role == "end-user" else "agent"

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
        return merged((*known, *self._mail_names(), *self._log_names()))

    @property
    def cast(self) -> Cast:
        return cast_from(self.people)

    def _identity(self, id: str) -> Identity:
        user = self.users.get(id, User(id=id))
        own = self.ticket.requester_id if id == str(self.ticket.requester_id) else user.id
        role: Any = self.role(own)
        return person(msgspec.to_builtins(user), role=role)

    def _mail_names(self) -> Iterator[Identity]:
        """Who an e-mail ticket says it came from."""
        source = (self.ticket.via or {}).get("source")
        came = source.get("from") if isinstance(source, dict) else None
        if isinstance(came, dict) and (came.get("name") or came.get("address")):
            yield person({"name": came.get("name"), "email": came.get("address")}, role="customer")

    def _log_names(self) -> Iterator[Identity]:
        """The names that a messaging log shows, which need not be those of the accounts."""
        for event in self.log:
            if event.author is not None and event.author.display_name:
                role: Any = self.logged(event)[0]
                yield person({"name": event.author.display_name}, role=role)


class Fields:
    """Custom fields by title or id, as people name them: `Expected behaviour` finds `Expected behaviour (one line)`."""

    def __init__(self, export: Export) -> None:
        self.titles = {str(field.id): field.title or "" for field in export.fields}
        own = export.ticket.custom_fields or export.ticket.fields or []
        self.fields = [(str(field.id), _same(self.titles.get(str(field.id), "")), field.value) for field in own]

    def named(self, name: str) -> Any:
        wanted = _same(name)
        exact = [value for id, title, value in self.fields if name == id or title == wanted]
        begun = [value for _, title, value in self.fields if wanted and title.startswith(wanted)]
        return next(iter(exact + begun), None)

    def others(self, settings: Ingest) -> Iterator[Event]:
        """The fields that no setting means, each that is filled in."""
        for id, title, value in self.fields:
            filled = ", ".join(plain(item) for item in value) if isinstance(value, list) else plain(value)
            if filled and value is not False and setting_of(settings, id, title) is None:
                yield Event(kind="field", text=f"{self.titles.get(id) or id}: {filled}")


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


def applied_macros(audits: list[Audits]) -> Iterator[Mapping[str, Any]]:
    """The events by which audits tell of an applied macro, oldest first."""
    for told in told_in(audits):
        if told.event.get("type") == "AgentMacroReference" and told.event.get("macro_id"):
            yield told.event


def _link(url: str | None) -> str | None:
    """The page an agent opens, from the address of the API."""
    return url.replace("/api/v2/tickets/", "/agent/tickets/").removesuffix(".json") if url else None


def _attachments(export: Export) -> tuple[Attachment, ...]:
    """Every file once, by its id where it has one; its digest where its content was fetched."""
    fetched = {str(file.id): file for file in export.attachments if file.id is not None}
    said: list[Comment | LogEvent] = [*_comments(export), *export.log]
    files: dict[Any, File] = {}
    for file in (file for one in said for file in one.attachments or ()):
        files.setdefault(str(file.id) if file.id is not None else id(file), file)
    return tuple(_attachment(file, fetched.get(str(file.id))) for file in files.values())


def _attachment(file: File, fetched: File | None) -> Attachment:
    digest = fetched.digest if fetched else None
    return Attachment(name=plain(file.file_name), type=file.content_type, size=file.size, digest=digest)
