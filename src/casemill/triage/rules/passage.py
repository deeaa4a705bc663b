"""A piece of a ticket as it stands."""

from typing import NamedTuple


class Passage(NamedTuple):
    """The text and the turn it is (None: a field of the ticket)."""

    text: str
    turn: int | None = None
