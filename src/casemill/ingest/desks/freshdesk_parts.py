"""The parts of one Freshdesk ticket in one container, without what moves by itself; its macros and articles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from casemill.domain.article import Article
from casemill.domain.ticket import Macro
from casemill.domain.word import digest_of
from casemill.ingest.html import html_text
from casemill.ingest.macro_match import Matcher
from casemill.ingest.macros import macro_of, mentioned, numbered
from casemill.ingest.readers.freshdesk import written_by_people
from casemill.ingest.readers.freshdesk_words import STATUSES, Case, FreshdeskTicket
from casemill.ingest.values import moment, plain
from casemill.settings import Ingest

Row = dict[str, msgspec.Raw]

# They move with timers, scans and looks, without anything of the ticket having changed.
_MOVING = frozenset(
    {"updated_at", "due_by", "fr_due_by", "nr_due_by", "fr_escalated", "nr_escalated", "is_escalated", "conversations"}
)
_FILE = ("id", "name", "content_type", "size")
_TOLD = ("agent_id", "group", "status")


class Macros:
    """The account's canned responses, and how a ticket's own is found among them."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = tuple(articles)
        self._known = [macro_of(article) for article in self.articles]
        self._matcher = Matcher(self._known)

    def of(self, case: Case, settings: Ingest) -> Macro | None:
        """The one that a note names by its number, else the one that the last such reply was written with."""
        replies, notes = written_by_people(case, settings)
        numbers = [number for note in reversed(notes) if (number := mentioned(note))]
        named = next((macro for number in numbers if (macro := numbered(number, self._known))), None)
        return named or self._matcher.last_used(replies)


class Around(NamedTuple):
    """What belongs to a ticket beside itself. `titles` of its fields and `labels` of its statuses are the account's."""

    conversations: Sequence[Row]
    ratings: Sequence[Row]
    users: Sequence[bytes]
    attachments: Sequence[bytes]
    activities: Sequence[dict[str, Any]]
    titles: Mapping[str, str]
    labels: Mapping[str, str]
    link: str


def container(row: Row, around: Around, *, macros: Macros, settings: Ingest) -> bytes:
    """The parts as they stood; of users, fields and macros only what this ticket needs to be read."""
    ticket = msgspec.json.decode(msgspec.json.encode(row), type=FreshdeskTicket)
    parts: dict[str, Any] = {
        "form": "freshdesk",
        "ticket": still(row, _MOVING),
        "conversations": [still(part, ()) for part in around.conversations],
        "ratings": list(around.ratings),
        "users": [msgspec.Raw(user) for user in around.users],
        "fields": list(_titled(ticket, around.titles)),
        "status": around.labels.get(str(ticket.status)) if ticket.status not in STATUSES else None,
        "attachments": [msgspec.Raw(file) for file in around.attachments],
        "activities": list(around.activities),
        "link": around.link,
    }
    found = msgspec.json.encode({name: part for name, part in parts.items() if part})
    macro = macros.of(msgspec.json.decode(found, type=Case), settings)
    if macro is None:
        return found
    return msgspec.json.encode({**msgspec.json.decode(found, type=Row), "macros": [macro]})


def still(row: Row, moving: Iterable[str]) -> Row:
    """A row without what moves, and without its files' addresses, which are signed anew each time."""
    left = {name: value for name, value in row.items() if name not in moving}
    if "attachments" in left:
        files = msgspec.json.decode(left["attachments"], type=list[Row] | None) or []
        cut = [{name: file[name] for name in _FILE if name in file} for file in files]
        left["attachments"] = msgspec.Raw(msgspec.json.encode(cut))
    return left


def still_activity(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a line of the activity export tells of assignee, group and status; None when that is nothing."""
    told = row.get("activity")
    kept = {name: told[name] for name in _TOLD if name in told} if isinstance(told, Mapping) else {}
    heads = ("performed_at", "performer_type", "performer_id")
    return {**{name: row.get(name) for name in heads}, "activity": kept} if kept else None


def cut_user(told: Mapping[str, Any], kind: str) -> bytes:
    """Of an agent (whose name stands under `contact`) or a contact what says who they are."""
    inner = told.get("contact")
    who = inner if isinstance(inner, Mapping) else told
    kept = {name: str(who[name]) for name in ("name", "email", "phone", "mobile") if who.get(name)}
    return msgspec.json.encode({"id": told.get("id"), **kept, "kind": kind})


def canned(row: Mapping[str, Any]) -> Article:
    """A canned response. Where Freshdesk tells no time of its last change, its text is its revision."""
    text = plain(html_text(str(row.get("content_html") or ""))) or plain(row.get("content"))
    return _article("macro", row, text=text)


def solution(row: Mapping[str, Any]) -> Article:
    """An article of the knowledge base."""
    text = plain(html_text(str(row.get("description") or ""))) or plain(row.get("description_text"))
    return _article("article", row, text=text)


def _article(kind: Any, row: Mapping[str, Any], *, text: str) -> Article:
    title, at = plain(row.get("title")), row.get("updated_at")
    revision = str(at) if at else digest_of(f"{title}\n{text}".encode())[:16]
    return Article(kind=kind, id=str(row["id"]), revision=revision, title=title, text=text, updated_at=moment(at))


def _titled(ticket: FreshdeskTicket, titles: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for name, value in (ticket.custom_fields or {}).items():
        if value not in (None, "", []) and (title := titles.get(name)):
            yield {"name": name, "title": title}
