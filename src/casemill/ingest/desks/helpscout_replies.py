"""Help Scout's saved replies: the one a thread names, fetched once a walk; all of them now and then."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from casemill.domain.article import Article
from casemill.domain.ticket import Macro
from casemill.domain.word import canonical, digest_of
from casemill.ingest.desks.helpscout_hal import every, id_of
from casemill.ingest.http import Refused
from casemill.ingest.macros import macro_of, numbered
from casemill.ingest.readers.helpscout_words import seen
from casemill.ingest.source import Walk
from casemill.ingest.values import plain


class _Reply(msgspec.Struct, rename="camel"):
    id: int | str
    name: str | None = None
    text: str | None = None
    chat_text: str | None = None


class _Replies(msgspec.Struct):
    """The list as HAL, should it come so: the page of its documentation is a bare array."""

    embedded: dict[str, list[_Reply]] | None = msgspec.field(name="_embedded", default=None)


class _Named(NamedTuple):
    """A saved reply in the list, which has no whole text."""

    id: str
    name: str
    mailbox: str


class Replies:
    """The saved replies of one walk. `taken` gives those fetched since it was last asked, to be kept as macros."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self._known: dict[str, Macro | None] = {}
        self._fresh: list[Article] = []
        self._names: list[_Named] | None = None

    def used(self, id: str, *, mailbox: str | None) -> Macro | None:
        """A saved reply by its id; it lies in the conversation's inbox, or in the one the conversation came from."""
        if id not in self._known:
            article = self._fetch(id, mailbox) if mailbox else None
            if article is None:
                elsewhere = (named for named in self.names() if named.id == id and named.mailbox != mailbox)
                article = next((found for named in elsewhere if (found := self._fetch(id, named.mailbox))), None)
            self._keep(id, article)
        return self._known[id]

    def numbered(self, number: str) -> Macro | None:
        """The saved reply that people call by a number: its id, or the number before a colon in its name."""
        named = numbered(number, (Macro(id=one.id, title=one.name) for one in self.names()))
        if named is None:
            return None
        return self.used(named.id, mailbox=next(one.mailbox for one in self.names() if one.id == named.id))

    def taken(self) -> tuple[Article, ...]:
        fresh, self._fresh = tuple(self._fresh), []
        return fresh

    def every(self) -> Iterator[Article]:
        """All saved replies of the inboxes, one call each."""
        for named in self.names():
            article = self._fetch(named.id, named.mailbox)
            if article is not None:
                yield article

    def names(self) -> list[_Named]:
        """The lists of all inboxes; an inbox whose replies are not ours to see has none."""
        if self._names is None:
            self._names = [named for mailbox in mailboxes_of(self.walk) for named in self._listed(mailbox)]
        return self._names

    def _listed(self, mailbox: str) -> list[_Named]:
        path = f"/v2/mailboxes/{mailbox}/saved-replies"
        try:
            kind = list[_Reply] | _Replies
            found: list[_Reply] | _Replies = self.walk.door.load(path, {"includeChatReplies": "true"}, kind=kind)  # type: ignore[arg-type]
        except Refused as error:
            if error.status in (403, 404):
                return []
            raise
        if isinstance(found, _Replies):
            found = [reply for replies in (found.embedded or {}).values() for reply in replies]
        return [_Named(str(reply.id), plain(reply.name), mailbox) for reply in found]

    def _fetch(self, id: str, mailbox: str) -> Article | None:
        try:
            reply = self.walk.door.load(f"/v2/mailboxes/{mailbox}/saved-replies/{id}", kind=_Reply)
        except Refused as error:
            if error.status in (403, 404):
                return None
            raise
        return _article(reply)

    def _keep(self, id: str, article: Article | None) -> None:
        self._known[id] = macro_of(article) if article is not None else None
        if article is not None:
            self._fresh.append(article)


def mailboxes_of(walk: Walk) -> list[str]:
    """The inboxes that are read: those the settings name, else all."""
    if walk.options.mailboxes:
        return [str(id) for id in walk.options.mailboxes]
    return [id for row in every(walk.door, "/v2/mailboxes", name="mailboxes") if (id := id_of(row))]


def _article(reply: _Reply) -> Article:
    """The text for mail, and the one for chats where it is another; both make the revision, Help Scout tells none."""
    title = plain(reply.name)
    texts = [text for text in (seen(reply.text), seen(reply.chat_text)) if text]
    different = {" ".join(text.split()): text for text in reversed(texts)}
    text = "\n\n".join(reversed(different.values()))
    revision = digest_of(canonical([title, text])).removeprefix("sha256:")[:12]
    return Article(kind="macro", id=str(reply.id), revision=revision, title=title, text=text)
