"""Where spans may lie at all, for all words at once. Most words are nothing, and this tells it without decoding."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from casemill.personal.tagger.moves import INNERS, KINDS, Gains, Moves

Marks = NDArray[np.bool_]
Sums = NDArray[np.int64]
_KINDS = len(KINDS)


def sums_of(gains: Gains) -> Sums:
    """What the words up to each one gain as inner words [words x kinds]: a run of them is worth a difference."""
    return np.add.accumulate(gains[:, _KINDS:], axis=0, dtype=np.int64)


def marked(gains: Gains, sums: Sums, *, moves: Moves) -> Marks | None:
    """Which words of a page, with an edge at both ends, may be part of a span in the best path; nothing where none may.

    A span is worth what it gains over O, with O on either side: its first word as a B, the run behind it, the steps.
    The best spans over every word come from two running maxima, of how well spans began before it and how well runs
    end behind it. Spans that touch may be worth more than apart; by how much at most is added to all of them.
    """
    begins = gains[:, :_KINDS]
    ahead = np.maximum.accumulate(sums[::-1], axis=0)[::-1]
    begun = np.maximum.accumulate(begins - sums, axis=0)
    runs = begun[:-1] + ahead[1:]
    runs += moves.out[INNERS, 0]
    if (runs + moves.lent).max() < 0 and (begins + moves.lent).max() < 0:
        return None
    found: Marks = _best(begins + moves.slack) >= 0
    inner = _best(runs + moves.slack) >= 0
    found[1:] |= inner
    found[:-1] |= inner
    return found


def _best(worth: NDArray[Any]) -> NDArray[Any]:
    """The most over the kinds; column by column, for along short rows it takes ten times as long."""
    best = worth[:, 0]
    for kind in range(1, _KINDS):
        best = np.maximum(best, worth[:, kind])
    return best
