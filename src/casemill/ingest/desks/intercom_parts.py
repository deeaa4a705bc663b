"""The parts of one Intercom conversation in one container, without what moves by itself."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from casemill.domain.article import Article
from casemill.domain.ticket import Macro
from casemill.ingest.html import html_text
from casemill.ingest.macro_match import Matcher
from casemill.ingest.macros import mentioned, numbered
from casemill.ingest.readers.intercom import notes_of, replies_of
from casemill.ingest.readers.intercom_words import Account, Conversation
from casemill.ingest.values import moment, plain

Row = dict[str, msgspec.Raw]

# They move without anything having been said or done: counters, clocks, who has read it, scores that come later.
_MOVING = frozenset(
    {"updated_at", "waiting_since", "read", "statistics", "sla_applied", "first_contact_reply", "topics", "company"}
    | {"linked_objects", "monitor_evaluations", "scorecards", "snoozed_until"}
)
_PART_MOVING = frozenset({"updated_at", "notified_at"})
_FILE_MOVING = frozenset({"url"})
_PERSON = ("type", "id", "name", "email", "phone", "external_id")
# A picture's or file's address is signed anew at each call.
_SIGNED = re.compile(r"(https?://[\w.-]*intercom[\w.-]*/[^\s\"'<>?]*)\?[^\s\"'<>]*")


class Around(NamedTuple):
    """What belongs to a conversation beside itself, as JSON; people by id, ids of attributes by title."""

    handling: list[bytes]
    files: list[bytes]
    people: Mapping[str, bytes]
    fields: Mapping[str, Any]
    macros: "Macros"
    link: str | None = None


class Macros:
    """All macros of a workspace, to find the one that a conversation was resolved by."""

    def __init__(self, macros: list[Macro]) -> None:
        self.macros = macros
        self.matcher = Matcher(macros)

    def of(self, told: Conversation) -> list[Macro]:
        """Those that notes name by number, and the one whose words the last such reply has, with its score."""
        numbers = [number for note in notes_of(told) if (number := mentioned(note))]
        named = [macro for number in numbers if (macro := numbered(number, self.macros))]
        used = self.matcher.last_used(replies_of(told))
        return [*dict.fromkeys(named), *([used] if used else ())]


def container(told: Conversation, data: Row, *, around: Around) -> bytes:
    """The conversation's own values byte for byte, and of people, attributes and macros what is needed to read it."""
    parts: dict[str, Any] = {
        "form": "intercom",
        "conversation": data,
        "handling": [msgspec.Raw(row) for row in around.handling],
        "contacts": _people(around, (str(one.id) for one in told.known_contacts)),
        "admins": _people(around, admins_of(told)),
        "fields": [
            {"id": around.fields[title], "title": title}
            for title in sorted(told.custom_attributes or {})
            if title in around.fields
        ],
        "attachments": [msgspec.Raw(file) for file in around.files],
        "macros": around.macros.of(told),
        "link": around.link,
    }
    return msgspec.json.encode({name: part for name, part in parts.items() if part})


def admins_of(told: Conversation) -> list[str]:
    """The ids of teammates that had the conversation and need not have written in it."""
    mates: Any = (told.teammates or {}).get("teammates") or (told.teammates or {}).get("admins") or ()
    ids = [told.admin_assignee_id, *(mate.get("id") for mate in mates if isinstance(mate, dict))]
    ids += [part.assigned_to.id for part in told.parts if part.assigned_to and part.assigned_to.type == "admin"]
    return sorted({str(id) for id in ids if id not in (None, "", 0, "0")})


def still(data: bytes) -> Row:
    """A conversation without what moves by itself."""
    row = _without(msgspec.json.decode(data, type=Row), _MOVING)
    if row.get("source"):
        row["source"] = _part(row["source"])
    if row.get("conversation_parts"):
        parts = msgspec.json.decode(row["conversation_parts"], type=Row | None) or {}
        rows = msgspec.json.decode(parts.get("conversation_parts") or b"[]", type=list[msgspec.Raw] | None) or []
        parts["conversation_parts"] = _raw([_part(one) for one in rows])
        row["conversation_parts"] = _raw(parts)
    return row


def cut_person(account: Account) -> bytes:
    """Of a contact or teammate what says who they are."""
    told = msgspec.to_builtins(account)
    return msgspec.json.encode({name: told[name] for name in _PERSON if told.get(name) not in (None, "")})


def macro_article(row: Mapping[str, Any]) -> Article:
    """A macro as an article, its last change as the revision."""
    text = row.get("body_text") or html_text(str(row.get("body") or ""))
    return Article(
        kind="macro",
        id=str(row["id"]),
        revision=str(row.get("updated_at") or ""),
        title=plain(row.get("name")),
        text=plain(text),
        updated_at=moment(row.get("updated_at")),
    )


def knowledge_article(row: Mapping[str, Any]) -> Article:
    """A published article of the help centre, in its own language."""
    return Article(
        kind="article",
        id=str(row["id"]),
        revision=str(row.get("updated_at") or ""),
        title=plain(row.get("title")),
        text=plain(html_text(str(row.get("body") or ""))),
        updated_at=moment(row.get("updated_at")),
    )


def _part(data: msgspec.Raw) -> msgspec.Raw:
    """A part without the times of its delivery and its files' addresses."""
    part = msgspec.json.decode(data, type=Row | None)
    if part is None:
        return data
    part = _without(part, _PART_MOVING)
    if part.get("attachments"):
        files = msgspec.json.decode(part["attachments"], type=list[Row | None] | None) or []
        part["attachments"] = _raw([_without(file, _FILE_MOVING) for file in files if file])
    if b"intercom" in bytes(part.get("body") or b""):
        body = msgspec.json.decode(part["body"], type=str | None) or ""
        part["body"] = _raw(_SIGNED.sub(r"\1", body))
    return _raw(part)


def _without(row: Row, names: frozenset[str]) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def _raw(value: Any) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))


def _people(around: Around, ids: Iterable[str]) -> list[msgspec.Raw]:
    return [msgspec.Raw(around.people[id]) for id in dict.fromkeys(ids) if id in around.people]
