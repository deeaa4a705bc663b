"""A Zendesk export: pages of tickets beside comments, users, fields, macros, audits and attached texts."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.domain.article import Article
from casemill.domain.ticket import Macro
from casemill.ingest.beside import Beside, documents
from casemill.ingest.json_file import Found, objects, whole_file
from casemill.ingest.macros import article_of, macro_of, mentioned, numbered
from casemill.ingest.readers.zendesk import Audits, Comments, User, ZendeskTicket, applied_macros, read_ticket
from casemill.ingest.source import Page, Pull, paged
from casemill.ingest.values import from_the_future
from casemill.settings import Ingest

_KINDS = ("ticket_event", "comments", "users", "ticket_fields", "macros", "audits", "attachments")
_PAGE = re.compile(rb'"tickets"\s*:\s*\[')


class _Stream(msgspec.Struct):
    """Where the incremental export stands behind a page."""

    after_cursor: str | None = None


class Zendesk:
    """Incremental ticket pages (`*tickets*.json`), or a ticket a line, with the files that lie beside them."""

    default_name = "zendesk"

    def pages(self, pull: Pull) -> Iterator[Page]:
        desk = _Helpdesk(pull)
        articles = tuple(article for article, _ in desk.macros)
        if articles:
            yield Page([], articles=articles)
        for path in pull.paths:
            if kind_of(path) == "tickets":
                yield from desk.pages(path)

    def read(self, payload: Payload, settings: Ingest) -> Reading:
        return read_ticket(payload, settings)


def kind_of(path: Path) -> str:
    """Which part of an export a file is, by its name; `tickets` when the name tells nothing else."""
    return next((kind for kind in _KINDS if kind in path.name), "tickets")


class _Helpdesk:
    """The files beside the ticket pages, by ticket or by id."""

    def __init__(self, pull: Pull) -> None:
        def paths(kind: str) -> list[Path]:
            return [path for path in pull.paths if kind_of(path) == kind]

        self.pull = pull
        self.comments = Beside(paths("comments"), pull, kind=Comments)
        self.audits = Beside(paths("audits"), pull, kind=Audits)
        self.attachments = Beside(paths("attachments"), pull)
        users = documents(paths("users"), "users", pull=pull)
        self.users = {str(user.get("id")): _user(user) for user in users}
        fields = documents(paths("ticket_fields"), "ticket_fields", pull=pull)
        self.titles = {str(field.get("id")): str(field.get("title") or "") for field in fields}
        self.macros = [_macro(macro) for macro in documents(paths("macros"), "macros", pull=pull) if macro.get("id")]

    def pages(self, path: Path) -> Iterator[Page]:
        """A page of the export is stored with the cursor behind it."""
        content = whole_file(path, self.pull)
        if not content.strip():
            self.pull.rejects.put_aside(path, "the file is empty")
            return
        if not _PAGE.search(content[:4096]):
            yield from paged(self._payloads(path, _lines(content)))
            return
        *pages, last = [*paged(self._payloads(path, objects(content, "tickets")))] or [Page([])]
        yield from pages
        yield last._replace(cursor=_cursor(content))

    def _payloads(self, path: Path, tickets: Iterable[Found]) -> Iterator[Payload]:
        for number, found in enumerate(tickets, 1):
            if found.broken:
                self.pull.rejects.put_aside(path, found.broken, line=found.line)
                continue
            try:
                ticket = msgspec.json.decode(found.data, type=ZendeskTicket)
                wrong = self._wrong(ticket)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                wrong = f"cannot be read: {str(error).lower()}"
            if wrong:
                self.pull.rejects.put_aside(path, f"ticket {number} of the file {wrong}", line=found.line)
                continue
            content = self._container(ticket, found.data)
            yield Payload(source=self.pull.source, external_id=str(ticket.id), content=content)

    def _wrong(self, ticket: ZendeskTicket) -> str | None:
        if ticket.id in (None, ""):
            return "has no id"
        if late := from_the_future(ticket.created_at, ticket.updated_at, now=self.pull.now):
            return f"is dated {late:%Y-%m-%d}, which is not yet"
        said = (ticket.subject, ticket.description, ticket.comments)
        if not any(said) and not self.comments.of(ticket.id):
            return "says nothing: no subject, no description, no comments"
        return None

    def _container(self, ticket: ZendeskTicket, data: bytes) -> bytes:
        """The parts as they stood; of users, fields and macros only what this ticket needs to be read.

        A user's last log-in or a new field of the helpdesk must not make every ticket a changed one.
        """
        comments = self.comments.of(ticket.id)
        audits = self.audits.of(ticket.id)
        pages = [msgspec.json.decode(page, type=Comments) for page in comments]
        said = [*(comment for page in pages for comment in page.comments or ()), *(ticket.comments or ())]
        ids = sorted({str(id) for id in chain(ticket.people, (comment.author_id for comment in said))})
        notes = [comment.text for comment in said if comment.public is False]
        parts: dict[str, Any] = {
            "form": "zendesk",
            "ticket": msgspec.Raw(data),
            "comments": [msgspec.Raw(page) for page in comments],
            "users": [msgspec.Raw(self.users[id]) for id in ids if id in self.users],
            "fields": list(self._fields(ticket)),
            "audits": [msgspec.Raw(page) for page in audits],
            "attachments": [msgspec.Raw(file) for file in self.attachments.of(ticket.id)],
            "macros": self._macros([msgspec.json.decode(page, type=Audits) for page in audits], notes),
        }
        return msgspec.json.encode({name: part for name, part in parts.items() if part})

    def _fields(self, ticket: ZendeskTicket) -> Iterator[dict[str, Any]]:
        for field in ticket.custom_fields or ticket.fields or ():
            if field.value not in (None, "") and (title := self.titles.get(str(field.id))):
                yield {"id": field.id, "title": title}

    def _macros(self, audits: list[Audits], notes: list[str]) -> list[Macro]:
        """The macros that were applied to a ticket or are named in its notes."""
        known = [macro for _, macro in self.macros]
        ids = {str(event["macro_id"]) for event in applied_macros(audits)}
        applied = [macro for macro in known if macro.id in ids]
        named = [macro for note in notes if (number := mentioned(note)) and (macro := numbered(number, known))]
        return sorted(dict.fromkeys((*applied, *named)), key=lambda macro: macro.id)


def _lines(content: bytes) -> Iterator[Found]:
    for number, line in enumerate(content.split(b"\n"), 1):
        if line.strip():
            yield Found(number, line.strip())


def _user(user: dict[str, Any]) -> bytes:
    return msgspec.json.encode({name: user[name] for name in User.__struct_fields__ if user.get(name) is not None})


def _macro(macro: dict[str, Any]) -> tuple[Article, Macro]:
    article = article_of(macro)
    return article, macro_of(article)


def _cursor(content: bytes) -> str | None:
    try:
        return msgspec.json.decode(content, type=_Stream).after_cursor
    except (msgspec.DecodeError, RecursionError):
        return None
