"""Questions to people and what they decided."""

from datetime import datetime
from typing import Literal

from casemill.domain.failure import Failure, Origin
from casemill.domain.word import Word

AskKind = Literal["review", "second", "adjudicate", "audit", "leak", "code", "draft", "still_true"]
AskState = Literal["open", "answered", "withdrawn"]
Decision = Literal["accept", "correct", "not_a_case", "duplicate", "note", "undo"]


class Ask(Word, omit_defaults=True):
    """One question to one person about a ticket, a draft or a case: why, for whom, until when it is leased.

    `chance` is that of the ticket to be asked about, when it was drawn at random.
    """

    id: int
    kind: AskKind
    ticket: str
    version: int = 1
    draft: int | None = None
    case: str | None = None
    why: str
    whom: str | None = None
    state: AskState = "open"
    rank: int = 0
    chance: float | None = None
    leased_by: str | None = None
    leased_until: datetime | None = None
    created_at: datetime
    answered_by: str | None = None
    answered_at: datetime | None = None


class Review(Word, omit_defaults=True):
    """One person's decision about a ticket; only ever added. `undoes` is the id of the review taken back.

    `recorded` is true for a decision read from a file rather than made at the screen.
    """

    ticket: str
    version: int = 1
    decision: Decision
    origin: Origin | None = None
    failures: tuple[Failure, ...] = ()
    duplicate_of: str | None = None
    note: str | None = None
    undoes: int | None = None
    by: str
    at: datetime
    recorded: bool = False
    ask: int | None = None
    id: int | None = None
