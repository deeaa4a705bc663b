"""How sure a decision is, from what it won by: 0 is sure, 1 is a coin."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casemill.personal.tagger.moves import BEGINS, KINDS, Gains, Moves, Plain, Rows
from casemill.personal.tagger.prospects import Sums
from casemill.personal.tagger.viterbi import Marks, Path, Places
from casemill.personal.tagger.weights import UNIT

# Beyond this many units nobody doubts; a table keeps the last digit the same on every machine.
_FAR = 12 * UNIT
_TABLE = [*(round(2 / (1 + math.exp(margin / UNIT)), 3) for margin in range(_FAR)), 0.0]
_ARRAY = np.array(_TABLE)


class Decoded(NamedTuple):
    """A page: gains, sums of inner gains, labels; which words begin what is read at once though the text goes on."""

    gains: Gains
    sums: Sums
    path: Path
    cuts: Marks | None

    def before(self, places: Places) -> Path:
        """The labels of the words before; O where none is read with them. A page begins and ends with an edge."""
        labels = self.path.take(places - 1, mode="wrap")
        return labels if self.cuts is None else np.where(self.cuts[places], 0, labels)

    def behind(self, places: Places) -> Path:
        labels = self.path.take(places + 1, mode="wrap")
        return labels if self.cuts is None else np.where(self.cuts.take(places + 1, mode="wrap"), 0, labels)


class Found(NamedTuple):
    """The first and the last words of spans."""

    first: Places
    last: Places


def doubts_of(margins: Places | Gains) -> NDArray[np.float64]:
    """The doubt of decisions that won by `margins` units over the next best."""
    return _ARRAY.take(np.minimum(np.maximum(margins, 0), _FAR))


def doubt_of(margin: int) -> float:
    return _TABLE[min(max(margin, 0), _FAR)]


def spans_of(path: Path) -> Found:
    """A span goes on as long as inner labels follow."""
    begins = path & 1
    held = path > 0
    return Found(np.flatnonzero(begins), np.flatnonzero(held[:-1] & ~(held[1:] > begins[1:])))


def taken(page: Decoded, found: Found, *, moves: Moves) -> Gains:
    """By how much each span won over all of it being O."""
    first, last = found
    kinds = page.path[first] >> 1
    runs = page.sums[last, kinds] - page.sums[first, kinds]
    stepped = moves.into[page.before(first), kinds] + moves.out[page.path[last], page.behind(last)]
    won: Gains = page.gains[first, kinds] + runs + stepped
    return won


def closest(page: Decoded, found: Found, *, moves: Moves) -> tuple[Gains, Gains]:
    """By how much each span won, and for each word how close another decision came [words x kinds], 0 being even: how
    much it would gain as a span of its own, and how little all of a span lost as O."""
    won = taken(page, found, moves=moves)
    near = page.gains[:, : len(KINDS)].copy()
    beside = np.concatenate((found.first - 1, found.last + 1))
    near[beside] += moves.into[page.before(beside)] + moves.out[list(BEGINS)].T[page.behind(beside)]
    near[page.path > 0] = -_FAR
    near[found.first, 0] = -won
    return won, near


class Won(NamedTuple):
    """A span: its first and last word, its kind, and by how much it won over all of it being O."""

    first: int
    last: int
    kind: int
    won: int


def weighed(rows: Rows, path: list[int], *, near: list[int], moves: Plain) -> list[Won]:
    """The spans of one sequence. As `closest`, number by number: `near` is for each word how much it would gain as a
    span of its own with O on either side, and becomes how close its decision was."""
    found = [_won(rows, path, first=place, moves=moves) for place, label in enumerate(path) if label & 1]
    for first, last, _, won in found:
        near[first : last + 1] = [-won] + [-_FAR] * (last - first)
        for place in (first - 1, last + 1):
            if 0 <= place < len(path) and not path[place]:
                into, behind = moves.into[_label(path, place - 1)], _label(path, place + 1)
                near[place] = max(
                    gain + more + moves.out[label][behind]
                    for gain, more, label in zip(rows[place], into, BEGINS, strict=False)
                )
    return found


def _label(path: list[int], place: int) -> int:
    return path[place] if 0 <= place < len(path) else 0


def _won(rows: Rows, path: list[int], *, first: int, moves: Plain) -> Won:
    begin = path[first]
    kind = begin >> 1
    last = first
    won = rows[first][kind] + moves.into[_label(path, first - 1)][kind]
    while _label(path, last + 1) == begin + 1:
        last += 1
        won += rows[last][len(KINDS) + kind]
    return Won(first, last, kind, won + moves.out[path[last]][_label(path, last + 1)])
