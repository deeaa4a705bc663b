"""What stands in the place of a person, an order, a number: `[NAME_1]`."""

import re
from typing import Literal

from casemill.domain.word import Word

PLACEHOLDER = re.compile(r"\[([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)_([1-9][0-9]*)\]")


class Span(Word):
    """A piece of a text, by character offsets, that must not be shown; `label` is its type, as `EMAIL`."""

    start: int
    end: int
    label: str


class Entity(Word, omit_defaults=True):
    """One real person or thing of a ticket and its number: the mapping's row, kept in the vault alone.

    `values` are all the forms it was met in; `role` is whose it is, when the payload says so.
    """

    label: str
    number: int
    values: tuple[str, ...] = ()
    role: Literal["customer", "agent", "assistant", "other"] | None = None

    @property
    def placeholder(self) -> str:
        return f"[{self.label}_{self.number}]"
