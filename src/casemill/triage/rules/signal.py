"""A signal: one small reason to think something about a ticket, with the words that gave it."""

from collections.abc import Iterable
from math import prod
from typing import Literal

from casemill.domain.failure import Evidence, Origin
from casemill.domain.word import Word

Side = Literal["for", "against", "flag"]


class Signal(Word, omit_defaults=True):
    """One named reason. `weight` is 0 to 1: how often it would be right if nothing else were known.

    `side` "against" lowers the belief in its origin; "flag" only asks that a person look. `mode` is a failure
    mode of the model; `about` the index of the assistant turn it speaks of; `quote` a verbatim piece of the ticket
    and `turn` where that stands (None: subject, note or field).
    """

    name: str
    weight: float
    why: str
    origin: Origin | None = None
    mode: str | None = None
    side: Side = "for"
    about: int | None = None
    quote: str = ""
    turn: int | None = None

    @property
    def evidence(self) -> Evidence:
        return Evidence(quote=self.quote, why=self.why, turn=self.turn)


def belief(signals: Iterable[Signal]) -> float:
    """Noisy-or: the chance that at least one of the reasons is right, were they independent."""
    return 1.0 - prod(1.0 - signal.weight for signal in signals)
