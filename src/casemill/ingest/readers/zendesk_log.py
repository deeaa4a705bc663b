"""The conversation log of a Zendesk messaging ticket: who wrote each message, the AI told from people."""

from collections.abc import Iterator
from typing import Any

import msgspec

from casemill.domain.ticket import Role
from casemill.ingest.readers.zendesk_words import File, Id
from casemill.ingest.values import plain

_SIDES: dict[str, Role] = {"bot": "assistant", "agent": "agent", "user": "customer"}
_EVENT = "zen:ticket_event:"


class Author(msgspec.Struct):
    type: str | None = None
    display_name: str | None = None
    user: Id = msgspec.field(default=None, name="zen:support:user_id")


class Content(msgspec.Struct):
    type: str | None = None
    text: str | None = None
    body: str | None = None
    fields: list[dict[str, Any]] | None = None


class LogEvent(msgspec.Struct):
    """A message or a comment. A comment says in its metadata whether it was public; a message always was."""

    type: str | None = None
    reference: str | None = None
    created_at: str | None = None
    author: Author | None = None
    content: Content | None = None
    metadata: dict[str, Any] | None = None
    attachments: list[File] | None = None

    @property
    def text(self) -> str:
        if self.content is None:
            return ""
        return plain(self.content.body) or plain(self.content.text) or "\n".join(self._answers())

    @property
    def side(self) -> Role:
        return _SIDES.get((self.author and self.author.type) or "", "agent")

    @property
    def public(self) -> bool:
        return (self.metadata or {}).get("public") is not False

    @property
    def comment(self) -> str | None:
        """The id of the ticket's comment that this is, when it is one."""
        reference = self.reference or ""
        return reference.removeprefix(_EVENT) if reference.startswith(_EVENT) else None

    def _answers(self) -> Iterator[str]:
        """What a customer filled into a form, a line each."""
        for field in (self.content and self.content.fields) or ():
            label, value = (
                plain(field.get("label") or field.get("name")),
                plain(field.get("text") or field.get("email")),
            )
            if value:
                yield f"{label}: {value}" if label else value
