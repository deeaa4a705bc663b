"""A Help Scout conversation with its threads, the saved reply that resolved it, and its files."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import msgspec

from casemill.domain.arrival import Identity, Payload, Reading
from casemill.domain.ticket import Attachment, Event, Macro, Role, Ticket
from casemill.ingest.conversation import Conversation
from casemill.ingest.macros import mentioned, numbered
from casemill.ingest.readers.helpscout_events import events_of, rating_of
from casemill.ingest.readers.helpscout_words import NOTES, Field, HelpScoutTicket, Id, Person, Thread, in_order
from casemill.ingest.readers.people import Side, cast_from, merged, person
from casemill.ingest.source import setting_of
from casemill.ingest.speakers import Cast, is_machine
from casemill.ingest.values import flag, moment, plain, short
from casemill.settings import Ingest

_PAGE = "https://secure.helpscout.net/conversation"


class Fetched(msgspec.Struct):
    """A file whose content was fetched."""

    id: Id = None
    digest: str | None = None
    content: str | None = None


class HelpScoutParts(msgspec.Struct):
    """The container: what belongs to one conversation."""

    conversation: HelpScoutTicket
    threads: list[Thread] = []
    macros: list[Macro] = []
    attachments: list[Fetched] = []


def read_conversation(payload: Payload, settings: Ingest) -> Reading:
    """The ticket that a conversation's parts tell."""
    parts = msgspec.json.decode(payload.content, type=HelpScoutParts)
    ticket, threads = parts.conversation, in_order(parts.threads)
    who = _Who(ticket, threads, settings=settings)
    talk = Conversation(who.cast)
    _read_turns(parts, who, talk=talk)
    rating = rating_of(threads)
    fields = Fields(ticket.custom_fields or [], settings)
    reading = Ticket(
        source=payload.source,
        external_id=payload.external_id,
        digest=payload.digest,
        subject=plain(ticket.subject),
        turns=talk.turns,
        created_at=moment(ticket.created_at),
        updated_at=moment(ticket.user_updated_at) or moment(threads[-1].created_at if threads else None),
        channel=short((ticket.source or {}).get("type")) or ticket.type,
        status=ticket.status,
        tags=tuple(_tags(ticket)),
        csat=rating.csat,
        csat_comment=rating.comment,
        ai_related=flag(fields.named("ai_field")),
        expected=fields.named("expected_field"),
        trace=fields.named("trace_field"),
        model=fields.named("model_field"),
        resolution=talk.notes[-1] if talk.notes else None,
        macro=_macro(parts, threads, notes=talk.notes),
        link=f"{_PAGE}/{ticket.id}/{ticket.number or ''}".rstrip("/") if ticket.id else None,
        attachments=tuple(_attachments(parts, threads)),
        events=(*events_of(ticket, threads, role=who.role), *fields.others()),
    )
    return Reading(ticket=reading, people=who.people, requester=who.requester)


def _read_turns(parts: HelpScoutParts, who: "_Who", *, talk: Conversation) -> None:
    for file in parts.attachments:
        talk.attach(plain(file.content))
    for thread in who.threads:
        if not thread.is_said:
            continue
        role, at = who.author(thread), moment(thread.created_at)
        if thread.type in NOTES:
            talk.note(thread.text, at=at, resolves=role == "agent")
        else:
            talk.say(role, thread.text, at=at, by=who.bot_name(thread))
    if not talk.turns:  # nothing but a subject line: those are the customer's words then
        talk.say("customer", plain(parts.conversation.subject))


class _Who:
    """Who is who in one conversation."""

    def __init__(self, ticket: HelpScoutTicket, threads: list[Thread], *, settings: Ingest) -> None:
        self.ticket = ticket
        self.threads = threads
        self.bots = {bot.casefold() for bot in settings.bots}

    def role(self, who: Person | None) -> Role:
        """The AI first, as Help Scout, the settings or its name say; then customers; whoever else is an agent."""
        if who is None:
            return "agent"
        if self._is_bot(who):
            return "assistant"
        return "customer" if who.is_customer else "agent"

    def author(self, thread: Thread) -> Role:
        """Who wrote a thread; where it names nobody, its type and its source tell."""
        if thread.created_by is not None:
            return self.role(thread.created_by)
        came = thread.type == "customer" or (thread.source or {}).get("via") == "customer"
        return "customer" if came else "agent"

    def bot_name(self, thread: Thread) -> str | None:
        """The account's name when it is the AI's; people's names are no part of a turn."""
        who = thread.created_by
        return short(who.name) if who is not None and self.role(who) == "assistant" else None

    def _is_bot(self, who: Person) -> bool:
        """Ids of customers and of users are counted apart: a customer's is not held against the settings."""
        id = None if who.is_customer else who.id
        known = {str(part).casefold() for part in (id, who.name, who.email) if part}
        if known & self.bots or who.is_machine:
            return True
        return not who.is_customer and who.type != "team" and is_machine(who.name)

    @property
    def requester(self) -> str | None:
        who = self.ticket.primary_customer or self.ticket.created_by
        return short(who.id) if who is not None else None

    @cached_property
    def people(self) -> tuple[Identity, ...]:
        """Everybody the conversation names, the requester first."""
        ticket = self.ticket
        copied = [Person(email=email, type="copied") for email in (*(ticket.cc or ()), *(ticket.bcc or ()))]
        named = [ticket.primary_customer, ticket.created_by]
        for thread in self.threads:
            named += [thread.created_by, thread.customer, thread.assigned_to]
        named += [ticket.assignee, ticket.closed_by_user, *copied]
        return merged(self._identity(who) for who in named if who is not None and not _is_team(who))

    def _identity(self, who: Person) -> Identity:
        copied = who.type == "copied"
        mine = who in (self.ticket.primary_customer,) or self._is_threads_customer(who)
        role: Any = "other" if copied else "customer" if mine else self.role(who)
        side: Side = role
        return person({"id": who.id, "name": who.name, "email": who.email}, role=side)

    def _is_threads_customer(self, who: Person) -> bool:
        """A thread's `customer` need not say that it is one."""
        return who.type is None and any(who is thread.customer for thread in self.threads)

    @property
    def cast(self) -> Cast:
        return cast_from(self.people)


def _is_team(who: Person) -> bool:
    return who.type == "team" or (who.is_nobody and not who.email and not who.name)


class Fields:
    """Custom fields, by which setting means them."""

    def __init__(self, fields: list[Field], settings: Ingest) -> None:
        self.settings = settings
        self.fields = [(field, setting_of(settings, str(field.id), plain(field.name))) for field in fields]

    def named(self, setting: str) -> str | None:
        """The value of the field that a setting means: of one so called before one whose name only begins so."""
        wanted = str(getattr(self.settings, setting)).casefold()
        filled = [field for field, means in self.fields if means == setting and field.told]
        exact = (field for field in filled if wanted in (str(field.id), plain(field.name).casefold()))
        found = next(exact, None) or next(iter(filled), None)
        return found.told if found else None

    def others(self) -> Iterator[Event]:
        """The fields that no setting means, each that is filled in."""
        for field, means in self.fields:
            if means is None and field.told:
                yield Event(kind="field", text=f"{plain(field.name) or field.id}: {field.told}")


def _tags(ticket: HelpScoutTicket) -> Iterator[str]:
    for tag in ticket.tags or ():
        if name := plain((tag.get("tag") or tag.get("name")) if isinstance(tag, dict) else tag):
            yield name


def _macro(parts: HelpScoutParts, threads: list[Thread], *, notes: list[str]) -> Macro | None:
    """The saved reply that the last reply written with one names by its id; else the one that a note names."""
    if id := used_reply(threads):
        return next((macro for macro in parts.macros if macro.id == id), None) or Macro(id=id)
    number = next((found for note in reversed(notes) if (found := mentioned(note))), None)
    return (numbered(number, parts.macros) or Macro(id=number)) if number else None


def used_reply(threads: list[Thread]) -> str | None:
    """The id of the saved reply that was used last; 0 is none."""
    used = (str(thread.saved_reply_id) for thread in reversed(threads) if thread.is_said)
    return next((id for id in used if id.isdecimal() and id != "0"), None)


def _attachments(parts: HelpScoutParts, threads: list[Thread]) -> Iterator[Attachment]:
    """Every file once; its digest where its content was fetched."""
    fetched = {str(file.id): file.digest for file in parts.attachments}
    files = {str(file.id): file for thread in threads if thread.is_said for file in thread.files}
    for id, file in files.items():
        yield Attachment(name=plain(file.filename), type=file.mime_type, size=file.size, digest=fetched.get(id))
