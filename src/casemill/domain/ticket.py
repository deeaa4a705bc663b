"""One support conversation or incident: who said what, and how it was resolved."""

from datetime import datetime
from typing import Any, Literal

from casemill.domain.word import Word

Role = Literal["customer", "assistant", "agent", "tool", "note"]
TicketState = Literal[
    "masked", "proposed", "decided", "drafted", "admitted", "not_a_case", "duplicate", "erased", "stuck"
]
Csat = Literal["good", "bad"]


class ToolCall(Word, omit_defaults=True):
    """One call of a tool by the AI, with what came back (None: nothing recorded)."""

    name: str
    arguments: dict[str, Any] = {}
    result: str | None = None


class Turn(Word, omit_defaults=True):
    """One thing said or done. `tool` turns carry a `call`; `note` turns were never seen by the customer."""

    role: Role
    text: str = ""
    call: ToolCall | None = None
    by: str | None = None
    at: datetime | None = None


class Attachment(Word, omit_defaults=True):
    """A file that came with a turn: its name, type, bytes and digest, never its content."""

    name: str
    type: str | None = None
    size: int | None = None
    digest: str | None = None


class Macro(Word, omit_defaults=True):
    """A canned reply or action of the support team, in the revision that was used."""

    id: str
    title: str = ""
    text: str = ""
    revision: str | None = None


class Ticket(Word, omit_defaults=True):
    """A conversation with its provenance. `turns` are in the order they happened.

    `expected` is the structured "expected behaviour" field, `resolution` the agents' last private note,
    `digest` the payload's, `person` the Person key, `mode` and `root_cause` what an incident report names.
    """

    source: str
    external_id: str
    version: int = 1
    digest: str = ""
    subject: str = ""
    turns: tuple[Turn, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None
    channel: str | None = None
    status: str | None = None
    tags: tuple[str, ...] = ()
    csat: Csat | None = None
    csat_comment: str | None = None
    ai_related: bool | None = None
    expected: str | None = None
    resolution: str | None = None
    macro: Macro | None = None
    trace: str | None = None
    model: str | None = None
    link: str | None = None
    attachments: tuple[Attachment, ...] = ()
    mode: str | None = None
    severity: str | None = None
    root_cause: str | None = None
    plan: str | None = None
    person: str | None = None

    @property
    def key(self) -> str:
        """How people and files name it: `zendesk:48213`."""
        return f"{self.source}:{self.external_id}"

    def said_by(self, role: Role) -> tuple[tuple[int, Turn], ...]:
        """The turns of one role, each with its index."""
        return tuple((index, turn) for index, turn in enumerate(self.turns) if turn.role == role)
