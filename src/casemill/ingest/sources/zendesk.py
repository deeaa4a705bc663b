"""Zendesk: an export's files, pages of tickets beside comments, users, fields, macros, audits; or its API."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from casemill.domain.arrival import Payload
from casemill.domain.article import Article
from casemill.domain.ticket import Macro
from casemill.ingest.beside import Beside, documents
from casemill.ingest.by_api import ByApi, Parts
from casemill.ingest.desks.zendesk import Walker
from casemill.ingest.desks.zendesk_door import Options as ZendeskOptions
from casemill.ingest.desks.zendesk_door import open_door
from casemill.ingest.desks.zendesk_hook import read_hook
from casemill.ingest.json_file import Found, objects, whole_file
from casemill.ingest.macros import article_of, macro_of
from casemill.ingest.readers.zendesk import read_ticket
from casemill.ingest.readers.zendesk_words import Audits, Comments, ZendeskTicket
from casemill.ingest.source import Page, Pull, closed, paged
from casemill.ingest.values import from_the_future
from casemill.ingest.zendesk_parts import Around, container, cut_user

_KINDS = ("ticket_event", "comments", "users", "ticket_fields", "macros", "audits", "attachments")
_PAGE = re.compile(rb'"tickets"\s*:\s*\[')


class _Stream(msgspec.Struct):
    """Where the incremental export stands behind a page."""

    after_cursor: str | None = None


class Zendesk(ByApi):
    """Incremental ticket pages (`*tickets*.json`), or a ticket a line, with the files beside them; or the API."""

    default_name = "zendesk"
    Options = ZendeskOptions
    parts = Parts(open_door, Walker, read_ticket, read_hook)

    def pages(self, pull: Pull) -> Iterator[Page]:
        desk = _Export(pull)
        articles = tuple(article for article, _ in desk.macros)
        if articles:
            yield Page([], articles=articles)
        for path in pull.paths:
            if kind_of(path) == "tickets":
                yield from desk.pages(path)


def kind_of(path: Path) -> str:
    """Which part of an export a file is, by its name; `tickets` when the name tells nothing else."""
    return next((kind for kind in _KINDS if kind in path.name), "tickets")


class _Export:
    """The files beside the ticket pages, by ticket or by id."""

    def __init__(self, pull: Pull) -> None:
        def paths(kind: str) -> list[Path]:
            return [path for path in pull.paths if kind_of(path) == kind]

        self.pull = pull
        self.comments = Beside(paths("comments"), pull, kind=Comments)
        self.audits = Beside(paths("audits"), pull, kind=Audits)
        self.attachments = Beside(paths("attachments"), pull)
        users = documents(paths("users"), "users", pull=pull)
        self.users = {str(user.get("id")): cut_user(user) for user in users}
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
        yield from closed(paged(self._payloads(path, objects(content, "tickets"))), _cursor(content))

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
        comments, audits = self.comments.of(ticket.id), self.audits.of(ticket.id)
        files = self.attachments.of(ticket.id)
        around = Around(comments, audits, files, self.users, self.titles, [macro for _, macro in self.macros])
        return container(ticket, data, around=around)


def _lines(content: bytes) -> Iterator[Found]:
    for number, line in enumerate(content.split(b"\n"), 1):
        if line.strip():
            yield Found(number, line.strip())


def _macro(macro: dict[str, Any]) -> tuple[Article, Macro]:
    article = article_of(macro)
    return article, macro_of(article)


def _cursor(content: bytes) -> str | None:
    try:
        return msgspec.json.decode(content, type=_Stream).after_cursor
    except (msgspec.DecodeError, RecursionError):
        return None
