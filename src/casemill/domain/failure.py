"""What went wrong, whose failure it was, and how bad."""

from typing import Literal

from casemill.domain.word import Word

Origin = Literal["model", "product", "misuse", "one_off", "none"]
Severity = Literal["P0", "P1", "P2"]


class Failure(Word, omit_defaults=True):
    """One thing that went wrong in a ticket: the turn of the failing reply (an index), its mode, its severity."""

    mode: str
    severity: Severity
    turn: int | None = None


class Evidence(Word, omit_defaults=True):
    """A verbatim piece of the masked ticket and what it speaks for; `turn` None means subject, note or field."""

    quote: str
    why: str
    turn: int | None = None
