"""A Freshdesk ticket with its conversations, people, ratings, fields and files."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from casemill.domain.arrival import Identity, Payload, Reading
from casemill.domain.ticket import Attachment, Event, Macro, Role, Ticket
from casemill.ingest.conversation import Conversation
from casemill.ingest.macros import mentioned
from casemill.ingest.readers.freshdesk_events import events_of, rating_of, status_of
from casemill.ingest.readers.freshdesk_words import CHANNELS, OUTBOUND, Case, File, Id, Part, User
from casemill.ingest.readers.people import cast_from, merged, person
from casemill.ingest.source import setting_of
from casemill.ingest.speakers import Cast, is_machine, words_of
from casemill.ingest.values import flag, moment, plain, short
from casemill.settings import Ingest

_BOT_NAMES = frozenset({"freddy"})


def read_ticket(payload: Payload, settings: Ingest) -> Reading:
    """The ticket that the container tells."""
    case = msgspec.json.decode(payload.content, type=Case)
    who = Who(case, settings)
    talk = Conversation(who.cast)
    _read_turns(case, who, talk=talk)
    ticket = case.ticket
    csat, comment = rating_of(case.ratings)
    fields = _fields(case, settings)
    reading = Ticket(
        source=payload.source,
        external_id=payload.external_id,
        digest=payload.digest,
        subject=plain(ticket.subject),
        turns=talk.turns,
        created_at=moment(ticket.created_at),
        updated_at=_moved_at(case),
        channel=CHANNELS.get(ticket.source or 0),
        status=status_of(case),
        tags=tuple(ticket.tags or ()),
        csat=csat,
        csat_comment=comment,
        ai_related=flag(_meant(fields, "ai_field")),
        expected=short(_meant(fields, "expected_field")),
        trace=short(_meant(fields, "trace_field")),
        model=short(_meant(fields, "model_field")),
        resolution=talk.notes[-1] if talk.notes else None,
        macro=_macro(case, talk.notes),
        link=case.link,
        attachments=_attachments(case),
        events=(*events_of(case, who.role), *_others(case, fields)),
    )
    return Reading(ticket=reading, people=who.people, requester=short(ticket.requester_id))


def written_by_people(case: Case, settings: Ingest) -> tuple[list[str], list[str]]:
    """The public replies that agents wrote, and their private notes; oldest first."""
    who = Who(case, settings)
    told = [part for part in case.parts if who.author(part) == "agent"]
    return [part.text for part in told if not part.hidden], [part.text for part in told if part.private]


def _read_turns(case: Case, who: "Who", *, talk: Conversation) -> None:
    for file in case.attachments:
        talk.attach(plain(file.content))
    ticket = case.ticket
    opened: Role = "agent" if ticket.source == OUTBOUND else who.role(ticket.requester_id)
    by = who.bot_name(ticket.requester_id) if opened == "assistant" else None
    talk.say(opened, ticket.text, at=moment(ticket.created_at), by=by)
    for part in case.parts:
        role, at = who.author(part), moment(part.created_at)
        if part.hidden:
            talk.note(part.text, at=at, resolves=role == "agent" and bool(part.private))
        else:
            talk.say(role, part.text, at=at, by=who.bot_name(part.user_id) if role == "assistant" else None)
    if not talk.turns:  # nothing but a subject line: those are the customer's words then
        talk.say("customer", plain(ticket.subject))


class Who:
    """Who is who in one ticket. Freshdesk marks no bot: it is an agent's account like any other."""

    def __init__(self, case: Case, settings: Ingest) -> None:
        self.case = case
        self.bots = {bot.casefold() for bot in settings.bots}
        self.users = {str(user.id): user for user in case.users}
        if (requester := case.ticket.requester) is not None:
            self.users.setdefault(str(requester.id), requester)

    def author(self, part: Part) -> Role:
        """Whose a part is: the AI's accounts first; what came in is the customer's; whoever else writes is an agent."""
        role = self.role(part.user_id)
        return "customer" if role == "agent" and part.incoming else role

    def role(self, id: Id) -> Role:
        user = self.users.get(str(id), User(id=id))
        if self._is_bot(user):
            return "assistant"
        mine = id is not None and str(id) == str(self.case.ticket.requester_id)
        return "customer" if mine or user.kind == "contact" else "agent"

    def bot_name(self, id: Id) -> str | None:
        """The account's name when it is the AI's; people's names are no part of a turn."""
        return short(self.users.get(str(id), User()).name) if self.role(id) == "assistant" else None

    def _is_bot(self, user: User) -> bool:
        known = {str(part).casefold() for part in (user.id, user.name, user.email) if part}
        name = user.name or ""
        named = is_machine(name) or bool(words_of(name) & _BOT_NAMES)
        return bool(known & self.bots) or (user.kind == "agent" and named)

    @cached_property
    def people(self) -> tuple[Identity, ...]:
        """Everybody the ticket names, the requester first."""
        ids = dict.fromkeys(str(id) for id in self.case.people if id not in (None, "", -1))
        return merged((*(self._identity(id) for id in ids), *self._mailed()))

    @property
    def cast(self) -> Cast:
        return cast_from(self.people)

    def _identity(self, id: str) -> Identity:
        user = self.users.get(id, User(id=id))
        role: Any = self.role(id)
        told = {"id": id, "name": user.name, "email": user.email, "phones": [user.phone, user.mobile]}
        return person(told, role=role)

    def _mailed(self) -> Iterator[Identity]:
        """Who mails came from and who was copied, by address alone."""
        for part in self.case.conversations:
            if part.incoming and part.from_email:
                yield person({"email": part.from_email}, role="customer")
        copied = [self.case.ticket.cc_emails, *(part.cc_emails for part in self.case.conversations)]
        mails = dict.fromkeys(mail for some in copied for mail in some or ())
        yield from (person({"email": mail}, role="other") for mail in mails)


class _Filled(NamedTuple):
    """A custom field that is filled in: which setting means it, how people call it, what stands there."""

    setting: str | None
    title: str
    value: Any


def _fields(case: Case, settings: Ingest) -> list[_Filled]:
    """A field by its key (`cf_expected_behaviour`), its title, or what the key says where no title is to be had."""
    titles = {field.name: field.title for field in case.fields}
    found = []
    for name, value in (case.ticket.custom_fields or {}).items():
        title = titles.get(name) or name.removeprefix("cf_").replace("_", " ")
        if value not in (None, "", []):
            found.append(_Filled(setting_of(settings, name, title), title, value))
    return found


def _meant(fields: list[_Filled], setting: str) -> Any:
    return next((field.value for field in fields if field.setting == setting), None)


def _others(case: Case, fields: list[_Filled]) -> Iterator[Event]:
    """The fields that no setting means, each that is filled in."""
    if kind := plain(case.ticket.type):
        yield Event(kind="field", text=f"Type: {kind}")
    for field in fields:
        value = field.value
        filled = ", ".join(plain(item) for item in value) if isinstance(value, list) else plain(value)
        if filled and value is not False and field.setting is None:
            yield Event(kind="field", text=f"{field.title}: {filled}")


def _moved_at(case: Case) -> Any:
    """When the last thing happened that the container tells: Freshdesk's own mark moves with every timer."""
    stats = msgspec.structs.astuple(case.ticket.stats) if case.ticket.stats else ()
    told = (*stats, *(part.updated_at or part.created_at for part in case.conversations))
    times = [moment(at) for at in (case.ticket.created_at, *told, *(one.created_at for one in case.ratings))]
    return max((at for at in times if at), default=None)


def _macro(case: Case, notes: list[str]) -> Macro | None:
    """The canned response that was found when the ticket was brought; else the number that a note names."""
    if case.macros:
        return case.macros[-1]
    number = next((found for note in reversed(notes) if (found := mentioned(note))), None)
    return Macro(id=number) if number else None


def _attachments(case: Case) -> tuple[Attachment, ...]:
    """Every file once; its digest where its content was fetched."""
    digests = {str(file.id): file.digest for file in case.attachments}
    borne = [*(case.ticket.attachments or ()), *(file for part in case.parts for file in part.attachments or ())]
    files: dict[str, File] = {}
    for place, file in enumerate(borne):
        files.setdefault(str(file.id) if file.id is not None else f"place {place}", file)
    return tuple(
        Attachment(name=plain(file.name), type=file.content_type, size=file.size, digest=digests.get(id))
        for id, file in files.items()
    )
