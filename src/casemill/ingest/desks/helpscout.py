"""Help Scout by its API: conversations by their last change, and for each its threads, saved reply and files."""

from base64 import b64decode
from collections.abc import Iterator
from functools import partial

import msgspec

from casemill.domain.arrival import Payload
from casemill.domain.article import Article
from casemill.domain.ticket import Macro
from casemill.errors import UsageError
from casemill.ingest.attached import Attached, FileAt
from casemill.ingest.desks.helpscout_docs import Docs
from casemill.ingest.desks.helpscout_door import HelpScoutDoor
from casemill.ingest.desks.helpscout_hal import every, id_of
from casemill.ingest.desks.helpscout_parts import container, is_sound
from casemill.ingest.desks.helpscout_replies import Replies, mailboxes_of
from casemill.ingest.desks.helpscout_stream import LIST, Some, Stream
from casemill.ingest.http import Refused
from casemill.ingest.macros import mentioned
from casemill.ingest.readers.helpscout import used_reply
from casemill.ingest.readers.helpscout_words import HelpScoutTicket, Thread, in_order, place_of
from casemill.ingest.source import PAGE_BYTES, FieldOffer, Page, Walk, setting_of
from casemill.ingest.values import from_the_future, plain

_PASSED = frozenset({"draft", "spam"})


class _Data(msgspec.Struct):
    data: str


class _FieldRow(msgspec.Struct):
    id: int | str
    name: str | None = None
    type: str | None = None


class Walker:
    """One walk: saved replies are learned as threads name them."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.door = walk.door
        self.attached = Attached(walk)
        self.replies = Replies(walk)
        self.gone = 0
        self._versions = ["v3", "v2"]

    def pages(self) -> Iterator[Page]:
        for some in Stream(self.walk).pages():
            yield from self._stored(some)

    def one(self, id: str) -> Payload | None:
        if not (id.isdecimal() and id.isascii()):
            hint = "it is the first number in the conversation's address: /conversation/ID/NUMBER"
            raise UsageError(f"{id[:20]!r} is no Help Scout conversation's id", hint=hint)
        try:
            found = self.door.load(f"{LIST}/{id}", kind=msgspec.Raw)
        except Refused as error:
            if error.status == 404:
                return None
            raise
        return self._gather(bytes(found))

    def fields(self) -> tuple[FieldOffer, ...]:
        """The custom fields of every inbox; an inbox on a plan without them has none."""
        return tuple(offer for mailbox in mailboxes_of(self.walk) for offer in self._offers(mailbox))

    def knowledge(self) -> Iterator[Article]:
        """Every saved reply, and the articles of Docs where a key is given; their past on the first walk."""
        yield from self.replies.every()
        docs = self.door.docs if isinstance(self.door, HelpScoutDoor) else None
        if docs is not None:
            yield from Docs(docs, past=self.walk.cursor is None).articles()

    def _offers(self, mailbox: str) -> Iterator[FieldOffer]:
        try:
            for data in every(self.door, f"/v2/mailboxes/{mailbox}/fields", name="fields"):
                row = msgspec.json.decode(data, type=_FieldRow)
                id, title = str(row.id), plain(row.name)
                setting = setting_of(self.walk.settings, id, title)
                yield FieldOffer(id=id, title=title, type=row.type or "", setting=setting)
        except Refused as error:
            if error.status not in (403, 404):
                raise

    def _stored(self, some: Some) -> Iterator[Page]:
        """The page's conversations in parts that can be held; the cursor comes with the last."""
        waiting: list[Payload] = []
        size = 0
        for data in some.rows:
            self.walk.progress.step()
            if (payload := self._gather(data)) is None:
                continue
            waiting.append(payload)
            size += len(payload.content)
            if size >= PAGE_BYTES:
                yield Page(waiting, articles=self.replies.taken())
                waiting, size = [], 0
        gone, self.gone = self.gone, 0
        yield Page(waiting, articles=self.replies.taken(), cursor=some.cursor, gone=gone)

    def _gather(self, data: bytes) -> Payload | None:
        """A conversation's payload; None when it was deleted, is no ticket (drafts, spam) or is put aside."""
        try:
            ticket = msgspec.json.decode(data, type=HelpScoutTicket)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._aside(id_of(data), f"a conversation cannot be read: {str(error).lower()}")
            return None
        id = str(ticket.id)
        if not id.isdecimal():
            self._aside(None, "a conversation has no id")
            return None
        if ticket.state == "deleted":
            self.gone += 1
            return None
        if {ticket.state, ticket.status} & _PASSED:
            return None
        clock = max(self.walk.now, self.door.date or self.walk.now)
        if late := from_the_future(ticket.created_at, ticket.user_updated_at, now=clock):
            self._aside(id, f"is dated {late:%Y-%m-%d}, which is not yet")
            return None
        return self._whole(ticket, data)

    def _whole(self, ticket: HelpScoutTicket, data: bytes) -> Payload | None:
        id = str(ticket.id)
        rows = self._threads(id)
        if rows is None:
            self.gone += 1
            return None
        try:
            threads = in_order([msgspec.json.decode(row, type=Thread) for row in rows])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._aside(id, f"a thread cannot be read: {str(error).lower()}")
            return None
        said = [thread for thread in threads if thread.is_said]
        if not plain(ticket.subject) and not any(thread.text for thread in said):
            self._aside(id, "says nothing: no subject, no threads")
            return None
        macro = self._macro(ticket, said)
        content = container(data, rows, macros=[macro] if macro else [], files=self._files(id, said))
        return Payload(source=self.walk.source, external_id=id, content=content)

    def _threads(self, id: str) -> list[bytes] | None:
        """Every thread once, oldest first; None when the conversation is gone. Version 3 of the list tells system users
        from people; an account that has only version 2 is asked for that from then on."""
        for version in self._versions:
            try:
                rows = list(every(self.door, f"/{version}/conversations/{id}/threads", name="threads"))
            except Refused as error:
                if error.status != 404:
                    raise
                continue
            self._versions = self._versions[self._versions.index(version) :]
            once = {id_of(row) or f"none {place}": row for place, row in enumerate(rows)}
            return sorted(once.values(), key=_place)
        return None

    def _macro(self, ticket: HelpScoutTicket, said: list[Thread]) -> Macro | None:
        """The saved reply that the last thread written with one names; else the one a note names by its number."""
        if id := used_reply(said):
            return self.replies.used(id, mailbox=str(ticket.mailbox_id) if ticket.mailbox_id else None)
        notes = (thread.text for thread in reversed(said) if thread.type == "note")
        number = next((found for note in notes if (found := mentioned(note))), None)
        return self.replies.numbered(number) if number else None

    def _files(self, id: str, said: list[Thread]) -> list[bytes]:
        """The content of each file once, where it is wanted."""
        if self.walk.settings.attachments == "list":
            return []
        files = {str(file.id): file for thread in said for file in thread.files if is_sound(file)}
        by = partial(self._content, id)
        named = f"{self.walk.source}:{id}"
        found = (FileAt(file.id, file.filename, file.mime_type, file.size) for file in files.values())
        return [taken for file in found if (taken := self.attached.take(file, named=named, by=by))]

    def _content(self, id: str, file: FileAt) -> bytes:
        """A file's content, which the API gives as JSON."""
        told = self.door.load(f"{LIST}/{id}/attachments/{file.id}/data", kind=_Data)
        try:
            content = b64decode(told.data)
        except ValueError:
            raise Refused("its content is not base64") from None
        if len(content) > self.door.limits.most_attachment:
            raise Refused(f"it holds more than {self.door.limits.most_attachment:,} bytes")
        return content

    def _aside(self, id: str | None, why: str) -> None:
        named = id if id is not None and id.isdecimal() else "?"
        self.walk.rejects.put_aside(f"{self.walk.source}:{named}", why)


class _Dated(msgspec.Struct, rename="camel"):
    id: int | str | None = None
    created_at: str | None = None


def _place(row: bytes) -> tuple[str, int]:
    """Where a thread stands, also one that cannot be read whole."""
    try:
        told = msgspec.json.decode(row, type=_Dated)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "", 0
    return place_of(told.created_at, told.id)
