"""The parts of one Zendesk ticket in one container, the same from an export's files and from the API."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from casemill.domain.ticket import Macro
from casemill.ingest.macros import mentioned, numbered
from casemill.ingest.readers.zendesk import applied_macros
from casemill.ingest.readers.zendesk_events import accounts_in
from casemill.ingest.readers.zendesk_words import Audits, Comments, User, ZendeskTicket

# They move without anything of the ticket having changed.
_MOVING = ("generated_timestamp", "satisfaction_probability", "metric_set", "metric_events", "dates", "comment_count")
_FILE = ("id", "file_name", "content_type", "size", "inline", "deleted")
_AUDIT = ("id", "created_at", "author_id", "via", "events")
_TOLD = frozenset(
    {"Create", "Change", "AgentMacroReference", "SatisfactionRating", "ChatStartedEvent", "ChatEndedEvent"}
    | {"CommentPrivacyChange", "CommentRedactionEvent"}
)

Row = dict[str, msgspec.Raw]


class Around(NamedTuple):
    """What belongs to a ticket beside itself, as JSON; `titles` of its fields and `macros` of the helpdesk."""

    comments: list[bytes]
    audits: list[bytes]
    attachments: list[bytes]
    users: Mapping[str, bytes]
    titles: Mapping[str, str]
    macros: list[Macro]
    log: list[bytes] = []


class _Event(msgspec.Struct):
    type: str = ""


def container(ticket: ZendeskTicket, data: bytes, *, around: Around) -> bytes:
    """The parts as they stood; of users, fields and macros only what this ticket needs to be read.

    A user's last log-in or a new field of the helpdesk must not make every ticket a changed one.
    """
    pages = [msgspec.json.decode(page, type=Comments) for page in around.comments]
    notes = [comment.text for page in pages for comment in page.comments or () if comment.public is False]
    notes += [comment.text for comment in ticket.comments or () if comment.public is False]
    audits = [msgspec.json.decode(page, type=Audits) for page in around.audits]
    ids = people_of(ticket, pages, audits=audits)
    parts: dict[str, Any] = {
        "form": "zendesk",
        "ticket": msgspec.Raw(data),
        "comments": [msgspec.Raw(page) for page in around.comments],
        "users": [msgspec.Raw(around.users[id]) for id in ids if id in around.users],
        "fields": list(_fields(ticket, around.titles)),
        "audits": [msgspec.Raw(page) for page in around.audits],
        "attachments": [msgspec.Raw(file) for file in around.attachments],
        "macros": _macros(around.macros, audits, notes=notes),
        "log": [msgspec.Raw(event) for event in around.log],
    }
    return msgspec.json.encode({name: part for name, part in parts.items() if part})


def people_of(ticket: ZendeskTicket, pages: Iterable[Comments], *, audits: list[Audits]) -> list[str]:
    """The ids of everybody the ticket, its comments and its audits name."""
    said = [*(comment for page in pages for comment in page.comments or ()), *(ticket.comments or ())]
    ids = chain(ticket.people, (comment.author_id for comment in said), accounts_in(audits))
    return sorted({str(id) for id in ids})


def cut_user(user: Mapping[str, Any]) -> bytes:
    """Of a user what says who they are."""
    return msgspec.json.encode({name: user[name] for name in User.__struct_fields__ if user.get(name) is not None})


def still_ticket(data: bytes) -> bytes:
    """A ticket without what moves by itself; every other value byte for byte."""
    ticket = msgspec.json.decode(data, type=Row)
    return msgspec.json.encode({name: value for name, value in ticket.items() if name not in _MOVING})


def still_said(row: Row) -> Row:
    """A comment or an event of the log without its files' addresses, scans and thumbnails, which move by themselves."""
    files = msgspec.json.decode(row.get("attachments") or b"[]", type=list[Row] | None) or []
    cut = [{name: file[name] for name in _FILE if name in file} for file in files]
    return {**row, "attachments": msgspec.Raw(msgspec.json.encode(cut))} if "attachments" in row else row


def still_audit(row: Row) -> Row | None:
    """What an audit tells beside comments and mails sent, which are told elsewhere; None when that is nothing."""
    events = msgspec.json.decode(row.get("events") or b"[]", type=list[msgspec.Raw] | None) or []
    told = [event for event in events if _tells(msgspec.json.decode(event, type=_Event).type)]
    if not told:
        return None
    return {name: row[name] for name in _AUDIT if name in row} | {"events": msgspec.Raw(msgspec.json.encode(told))}


def _tells(type: str) -> bool:
    return type in _TOLD or "survey" in type.casefold()


def _fields(ticket: ZendeskTicket, titles: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for field in ticket.custom_fields or ticket.fields or ():
        if field.value not in (None, "") and (title := titles.get(str(field.id))):
            yield {"id": field.id, "title": title}


def _macros(known: list[Macro], audits: list[Audits], *, notes: list[str]) -> list[Macro]:
    """The macros that were applied to a ticket or are named in its notes."""
    ids = {str(event["macro_id"]) for event in applied_macros(audits)}
    applied = [macro for macro in known if macro.id in ids]
    named = [macro for note in notes if (number := mentioned(note)) and (macro := numbered(number, known))]
    return sorted(dict.fromkeys((*applied, *named)), key=lambda macro: macro.id)
