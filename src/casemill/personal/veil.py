"""Covering pieces of a text without moving the rest: covered characters become NUL, which no detector reads across."""

import re
from bisect import bisect
from collections.abc import Collection, Iterable

from casemill.domain.placeholder import LABELS, placeholders_in

NOTHING = "\0"
Place = tuple[int, int]
_FEIGNED = re.compile(r"\[([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)_([0-9]{5,})\]")


def cover(text: str, places: Iterable[Place]) -> str:
    """The text, as long as before, with the places (start, end) covered. Places may overlap and come in any order."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted(places):
        if end > position:
            pieces += (text[position:start], NOTHING * (end - max(start, position)))
            position = end
    return "".join((*pieces, text[position:])) if pieces else text


def cover_placeholders(text: str, labels: Collection[str] = LABELS) -> str:
    """A placeholder is neither data nor context for what stands beside it; a number in the form of one is a number."""
    if "[" not in text:
        return text
    return _FEIGNED.sub(_opened, cover(text, [match.span() for match in placeholders_in(text, labels)]))


def _opened(match: re.Match[str]) -> str:
    """`[PHONE_87015550177]` as it is read: the word, and behind it the number."""
    return f"[{match[1]} {match[2]}]"


class Places:
    """Places of a text, those that overlap taken together; quick to ask, however many there are."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(places):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them has a character of the place."""
        after = bisect(self._ends, start)
        return after < len(self._starts) and self._starts[after] < end

    def hold(self, start: int, end: int) -> bool:
        """Whether all of the place is in one of them."""
        before = bisect(self._starts, start) - 1
        return before >= 0 and end <= self._ends[before]

    def around(self, start: int, end: int) -> Place:
        """The place with all that overlaps it."""
        after, before = bisect(self._ends, start), bisect(self._starts, end - 1) - 1
        if after > before:
            return start, end
        return min(start, self._starts[after]), max(end, self._ends[before])

    def inside(self, start: int, end: int) -> list[Place]:
        """Those that have a character of the place."""
        first, last = bisect(self._ends, start), bisect(self._starts, end - 1)
        return list(zip(self._starts[first:last], self._ends[first:last], strict=True))
