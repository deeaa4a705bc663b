"""Draws that a key decides: the same seed, label and number give the same surrogate on every machine."""

import hmac
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")
DIGITS = "0123456789"


class Draw(NamedTuple):
    """What one entity draws. `attempt` counts the draws that were not allowed to stand."""

    seed: str
    about: str
    attempt: int = 0

    def number(self, part: str, below: int) -> int:
        """A number from 0, the same for the same part."""
        told = f"{self.about}\0{self.attempt}\0{part}".encode()
        return int.from_bytes(hmac.digest(self.seed.encode(), told, "sha256")[:8], "big") % below

    def one_of(self, part: str, items: Sequence[Item]) -> Item:
        return items[self.number(part, len(items))]

    def digit(self, place: int, among: str = DIGITS) -> str:
        """The digit at a place, counted from the right, so that two writings of a number draw alike."""
        return among[self.number(f"digit {place}", len(among))]

    def digits(self, count: int, *, part: str = "") -> str:
        return "".join(DIGITS[self.number(f"{part} {place}", 10)] for place in range(count))

    def again(self) -> "Draw":
        return self._replace(attempt=self.attempt + 1)
