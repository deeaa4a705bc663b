"""An Intercom conversation with its parts, people, attributes and macro."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import msgspec

from casemill.domain.arrival import Identity, Payload, Reading
from casemill.domain.ticket import Attachment, Event, Macro, Role, Ticket, ToolCall
from casemill.ingest.conversation import Conversation as Talk
from casemill.ingest.macros import mentioned, numbered
from casemill.ingest.readers.intercom_events import events_of, rating_of
from casemill.ingest.readers.intercom_words import Account, Conversation, Fetched, Field, Handling, Part
from casemill.ingest.readers.people import cast_from, merged, person
from casemill.ingest.source import setting_of
from casemill.ingest.speakers import Cast, is_machine
from casemill.ingest.tools import Result
from casemill.ingest.values import flag, moment, plain, short
from casemill.settings import Ingest

# What customers see when it has a body; of other kinds only what customers themselves wrote is theirs.
_SEEN = frozenset({"comment", "open", "close", "assignment", "assign_and_reopen", "snoozed", "quick_reply", None})


class Kept(msgspec.Struct):
    """The container: a conversation as Intercom gave it, and what is needed to read it."""

    conversation: Conversation
    handling: list[Handling] = []
    contacts: list[Account] = []
    admins: list[Account] = []
    fields: list[Field] = []
    attachments: list[Fetched] = []
    macros: list[Macro] = []
    link: str | None = None


def read_conversation(payload: Payload, settings: Ingest) -> Reading:
    """The ticket that a container tells."""
    kept = msgspec.json.decode(payload.content, type=Kept)
    told, who = kept.conversation, _Who(kept, settings)
    talk = Talk(who.cast)
    _read_turns(kept, who, talk=talk)
    field = _Fields(kept)
    mark, remark = rating_of(told)
    source = told.source
    ticket = Ticket(
        source=payload.source,
        external_id=payload.external_id,
        digest=payload.digest,
        subject=plain(told.title) or plain(source.subject if source else None),
        turns=talk.turns,
        created_at=moment(told.created_at),
        updated_at=max(filter(None, (moment(part.created_at) for part in told.said)), default=moment(told.created_at)),
        channel=short(source.type) if source else None,
        status=short(told.state),
        tags=tuple(dict.fromkeys(name for rows in _tagged(told) for name in _tags(rows))),
        csat=mark,
        csat_comment=remark,
        ai_related=flag(field.meant("ai_field", settings)),
        expected=short(field.meant("expected_field", settings)),
        trace=short(field.meant("trace_field", settings)),
        model=short(field.meant("model_field", settings)),
        resolution=talk.notes[-1] if talk.notes else None,
        macro=_macro(kept, talk.notes),
        link=kept.link,
        attachments=_attachments(kept),
        events=(*events_of(told, kept.handling, role=who.role), *field.others(settings)),
    )
    return Reading(ticket=ticket, people=who.people, requester=who.requester)


def replies_of(told: Conversation) -> list[str]:
    """What people of the support team wrote to the customer, oldest first."""
    wrote = (part for part in told.said if part.author and not part.author.is_customer and not part.author.is_ai)
    return [text for part in wrote if part.part_type in _SEEN and (text := part.text)]


def notes_of(told: Conversation) -> list[str]:
    """What was written for the team alone, oldest first."""
    return [text for part in told.parts if _is_note(part) and (text := part.text)]


def _is_note(part: Part) -> bool:
    return "note" in (part.part_type or "")


def _read_turns(kept: Kept, who: "_Who", *, talk: Talk) -> None:
    for file in kept.attachments:
        talk.attach(plain(file.content))
    for part in kept.conversation.said:
        _say(part, who, talk=talk)
    if not talk.turns:  # nothing but a title: those are the customer's words then
        talk.say("customer", plain(kept.conversation.title))


def _say(part: Part, who: "_Who", *, talk: Talk) -> None:
    role, at = who.role(part.author), moment(part.created_at)
    if action := _action(part):
        if role == "assistant":
            _act(part, action, talk=talk)
        return
    if _is_note(part) or (role != "customer" and part.part_type not in _SEEN):
        talk.note(part.text, at=at, resolves=role == "agent" and _is_note(part))
    else:
        talk.say(role, part.text, at=at, by=who.bot_name(part.author))


def _action(part: Part) -> dict[str, Any]:
    """The custom action that a part tells of."""
    if not (part.part_type or "").startswith("custom_action_"):
        return {}
    action = (part.event_details or {}).get("action")
    return action if isinstance(action, dict) and action.get("name") else {}


def _act(part: Part, action: dict[str, Any], *, talk: Talk) -> None:
    name, at = plain(action["name"]), moment(part.created_at)
    if part.part_type == "custom_action_started":
        talk.call(ToolCall(name=name), at=at, id=name)
    else:
        talk.result(Result(plain(action.get("result")), name), at=at)


class _Who:
    """Who is who in one conversation."""

    def __init__(self, kept: Kept, settings: Ingest) -> None:
        self.told = kept.conversation
        self.bots = {bot.casefold() for bot in settings.bots}
        self.known = {str(one.id): one for one in (*kept.admins, *kept.contacts)}
        self.authors = [part.author for part in self.told.said if part.author]

    def role(self, account: Account | None) -> Role:
        """The AI first: Intercom says so itself, or the settings do; then customers; whoever else is an agent."""
        if account is None:
            return "agent"
        if account.is_ai or self._is_bot(account):
            return "assistant"
        return "customer" if account.is_customer else "agent"

    def bot_name(self, account: Account | None) -> str | None:
        """The account's name when it is the AI's; people's names are no part of a turn."""
        return short(account.name) if account is not None and self.role(account) == "assistant" else None

    def _is_bot(self, account: Account) -> bool:
        full = self.known.get(str(account.id), account)
        parts = (account.id, account.name, account.email, full.name, full.email)
        mine = bool({str(part).casefold() for part in parts if part} & self.bots)
        return mine or (not account.is_customer and is_machine(account.name or full.name or ""))

    @property
    def requester(self) -> str | None:
        """The first contact; where none is named, the customer who wrote first."""
        named = [*self.told.known_contacts, *(one for one in self.authors if one.is_customer)]
        return next((str(one.id) for one in named if one.id not in (None, "")), None)

    @cached_property
    def people(self) -> tuple[Identity, ...]:
        """Everybody the conversation names, the requester first."""
        contacts = [self._whole(one) for one in self.told.known_contacts]
        listed = [*contacts, *self.authors, *self.known.values()]
        mine = [one for one in listed if str(one.id) == self.requester]
        return merged((*map(self._identity, [*mine, *listed]), *self._mailed()))

    @property
    def cast(self) -> Cast:
        return cast_from(self.people)

    def _whole(self, account: Account) -> Account:
        return self.known.get(str(account.id), account)

    def _identity(self, account: Account) -> Identity:
        role: Any = self.role(account)
        return person(msgspec.to_builtins(account), role=role)

    def _mailed(self) -> Iterator[Identity]:
        """Senders and receivers of the parts that were e-mails."""
        for part in self.told.said:
            mail = part.email_message_metadata
            for one in (mail.email_address_headers or ()) if mail else ():
                if one is not None:
                    yield person({"name": one.name, "email": one.email_address}, role="other")


class _Fields:
    """Conversation attributes, by title or id."""

    def __init__(self, kept: Kept) -> None:
        ids = {field.title: str(field.id) for field in kept.fields}
        own = kept.conversation.custom_attributes or {}
        self.fields = [(ids.get(title, ""), title, value) for title, value in own.items()]

    def meant(self, setting: str, settings: Ingest) -> Any:
        found = (value for id, title, value in self.fields if setting_of(settings, id, title) == setting)
        return next((value for value in found if value not in (None, "")), None)

    def others(self, settings: Ingest) -> Iterator[Event]:
        """The attributes that no setting means, each that is filled in."""
        for id, title, value in self.fields:
            filled = ", ".join(plain(item) for item in value) if isinstance(value, list) else plain(value)
            if filled and value is not False and setting_of(settings, id, title) is None:
                yield Event(kind="field", text=f"{plain(title)}: {filled}")


def _tagged(told: Conversation) -> Iterator[Any]:
    """Tags of the whole, and of single parts."""
    yield told.tags
    yield from (part.tags for part in told.said)


def _tags(told: Any) -> Iterator[str]:
    """The names of `{"tags": [{"name": …}]}`, or of the list alone."""
    rows = told.get("tags") if isinstance(told, dict) else told
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and (name := plain(row.get("name"))):
            yield name


def _macro(kept: Kept, notes: list[str]) -> Macro | None:
    """The macro that a note names by its number; else the one a reply was written with, with its score."""
    number = next((found for note in reversed(notes) if (found := mentioned(note))), None)
    if number:
        return numbered(number, kept.macros) or Macro(id=number)
    return next((macro for macro in kept.macros if macro.score is not None), None)


def _attachments(kept: Kept) -> tuple[Attachment, ...]:
    """Every file, and its digest where its content was fetched."""
    digests = {file.id: file.digest for file in kept.attachments}
    files = [found for part in kept.conversation.said for found in part.files()]
    return tuple(
        Attachment(name=plain(file.name), type=file.content_type, size=file.filesize, digest=digests.get(id))
        for id, file in files
    )
