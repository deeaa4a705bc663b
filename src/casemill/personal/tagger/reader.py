"""One model at work: pieces of text in, what it takes them for out. Many pieces are read in one pass."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casemill.personal.tagger.casing import rows
from casemill.personal.tagger.doubt import Decoded, Won, closest, doubt_of, doubts_of, spans_of, weighed
from casemill.personal.tagger.moves import COLUMNS, KINDS, Gains, moves_of
from casemill.personal.tagger.properties import REACH
from casemill.personal.tagger.prospects import marked, sums_of
from casemill.personal.tagger.viterbi import Marks, Stretches, best_labels, one_path
from casemill.personal.tagger.vocabulary import BEFORE, BEHIND, OUTSIDE, ROW, Vocabulary
from casemill.personal.tagger.weights import LABELS, NEVER, OFFSETS, Weights, may_follow, shipped

# Longer pieces are read in stretches, cut after a line or a sentence where one ends in the last quarter.
STRETCH = 512
# So few words with their edges are read number by number.
FEW = 320
Numbers = NDArray[np.intp]
_GAINS = len(COLUMNS)
# The rows of so many words are summed up at once: they stay in the processor's cache.
_AT_ONCE = 4096
_FRONT = [OUTSIDE] * REACH + [BEFORE]
_BETWEEN = [BEHIND] + [OUTSIDE] * (REACH - 2) + [BEFORE]
_REAR = [BEHIND] + [OUTSIDE] * REACH


class Taken(NamedTuple):
    """What was found: for each span the number of its piece, start, end, label and doubt; for each piece its doubt."""

    spans: list[tuple[int, int, int, str, float]]
    doubts: list[float]


class Reader:
    """A model with the words it has met. What it answers does not depend on what it has read before."""

    def __init__(self, weights: Weights) -> None:
        allowed = np.array([[may_follow(i, j) for j in range(len(LABELS))] for i in range(len(LABELS))])
        self._moves = moves_of(np.where(allowed, weights.steps, NEVER).astype(np.int32))
        self._words = Vocabulary(weights, self._moves)
        # Two threads that learn words at once would mix up their numbers.
        self._reading = Lock()
        casing = weights.casing.astype(np.int32)
        self._casing = casing[:, list(COLUMNS)] - casing[:, :1]

    def read(self, pieces: Sequence[str]) -> Taken:
        """What the pieces hold; places are characters of each piece."""
        with self._reading:
            page = self._page(pieces)
            return self._few(page) if len(page.gains) <= FEW else self._many(page)

    def _few(self, page: "_Page") -> Taken:
        """A few words, number by number."""
        spans: list[tuple[int, int, int, str, float]] = []
        doubts: list[float] = []
        gains, alone = page.gains.tolist(), page.gains[:, : len(KINDS)].max(axis=1).tolist()
        for piece, (start, count) in enumerate(zip(page.starts, page.counts, strict=True)):
            if not count:
                doubts.append(0.0)
                continue
            part, near = gains[start : start + count], alone[start : start + count]
            path = one_path(part, self._moves.plain, final=True)
            if any(path):
                found = weighed(part, path, near=near, moves=self._moves.plain)
                spans += self._placed(found, page.numbers[start : start + count], piece=piece)
            doubts.append(doubt_of(-max(near)))
        return Taken(spans, doubts)

    def _placed(self, found: list[Won], numbers: Numbers, *, piece: int) -> Iterator[tuple[int, int, int, str, float]]:
        widths, ends = self._words.widths[numbers].tolist(), self._words.lengths[numbers].cumsum().tolist()
        for first, last, kind, won in found:
            yield piece, ends[first] - widths[first], ends[last], KINDS[kind], doubt_of(won)

    def _many(self, page: "_Page") -> Taken:
        """Many words, all at once."""
        sums = sums_of(page.gains)
        marks = marked(page.gains, sums, moves=self._moves)
        if marks is None:
            return Taken([], _by_piece(page.gains[:, : len(KINDS)], page))
        path = best_labels(page.gains, self._moves, stretches=_stretches(marks, page))
        found = spans_of(path)
        won, near = closest(Decoded(page.gains, sums, path, page.cuts), found, moves=self._moves)
        begun = np.array(page.starts, np.int64)
        pieces = np.searchsorted(begun, found.first, side="right") - 1
        ends = np.cumsum(self._words.lengths[page.numbers])
        before = ends[begun[pieces] - 1]
        starts = ends[found.first] - self._words.widths[page.numbers[found.first]] - before
        kinds = [KINDS[label >> 1] for label in path[found.first].tolist()]
        places = (pieces.tolist(), starts.tolist(), (ends[found.last] - before).tolist())
        return Taken(list(zip(*places, kinds, doubts_of(won).tolist(), strict=True)), _by_piece(near, page))

    def _page(self, pieces: Sequence[str]) -> "_Page":
        told = self._words.numbers(pieces)
        line = list(_FRONT)
        for place, numbers in enumerate(told):
            if place:
                line += _BETWEEN
            line += numbers
        line += _REAR
        whole = np.array(line, np.intp)
        inner, counts = whole[REACH:-REACH], list(map(len, told))
        starts = list(accumulate(counts, lambda start, count: start + count + REACH, initial=1))[:-1]
        gains = self._gains(whole)
        if len(self._casing):
            words = inner > BEHIND
            gains[words] += self._casing.take(rows(self._words.faces[inner[words]], counts), axis=0)
        cuts = None
        if max(counts, default=0) > STRETCH:
            cuts = _cuts(self._words.stops[inner], starts, counts=counts)
            gains[cuts] += self._moves.front
            gains[np.flatnonzero(cuts) - 1] += self._moves.rear
        return _Page(inner, starts, counts, gains, cuts)

    def _gains(self, line: Numbers) -> Gains:
        """What each word gains [words x columns]: the sum of what those around it say."""
        gains = np.empty((len(line) - 2 * REACH, _GAINS), np.int32)
        for start in range(0, len(gains), _AT_ONCE):
            said = self._words.rows.take(line[start : start + _AT_ONCE + 2 * REACH], axis=0)
            count = len(said) - 2 * REACH
            # Of each offset, the rows shifted by it.
            steps = tuple(said.itemsize * cells for cells in (ROW + _GAINS, ROW, 1))
            around = np.ndarray((OFFSETS, count, _GAINS), said.dtype, said, 0, steps)
            np.add.reduce(around, axis=0, out=gains[start : start + count])
        return gains


class _Page(NamedTuple):
    """The numbers of the words of all pieces with edges around each; where each piece starts and how many words it
    has; gains; where long pieces are cut."""

    numbers: Numbers
    starts: list[int]
    counts: list[int]
    gains: Gains
    cuts: Marks | None


def _by_piece(near: Gains, page: _Page) -> list[float]:
    """The doubt of each piece: that of its closest decision; none where it has no token."""
    starts, counts = np.array(page.starts, np.int64), np.array(page.counts, np.int64)
    full = counts > 0
    found = np.zeros(len(full))
    bounds = np.stack((starts[full], starts[full] + counts[full]), axis=1)
    most = np.maximum.reduceat(near, bounds.ravel(), axis=0)[::2].max(axis=1)
    found[full] = doubts_of(-most)
    return found.tolist()


def _stretches(marks: Marks, page: _Page) -> Stretches:
    """The neighbouring words that are marked, each of what is read at once."""
    words = page.numbers > BEHIND
    marks &= words
    turns = np.flatnonzero(marks[1:] != marks[:-1]) + 1
    starts, ends = turns[::2], turns[1::2]
    if page.cuts is None:
        return Stretches(starts, ends, ~words[ends])
    inside = np.flatnonzero(page.cuts[1:] & marks[1:] & marks[:-1]) + 1
    starts, ends = np.sort(np.concatenate((starts, inside))), np.sort(np.concatenate((ends, inside)))
    return Stretches(starts, ends, ~words[ends] | page.cuts[ends])


def _cuts(stops: Marks, starts: list[int], *, counts: list[int]) -> Marks:
    """The words at which a stretch begins inside of a piece."""
    found = np.zeros(len(stops), bool)
    for start, count in zip(starts, counts, strict=True):
        end = start + count
        while end - start > STRETCH:
            start = _break(stops, start + STRETCH)
            found[start] = True
    return found


def _break(stops: Marks, end: int) -> int:
    """The place behind a line or sentence shortly before `end`, else `end`."""
    last = np.flatnonzero(stops[end - STRETCH // 4 + 1 : end])
    return end - STRETCH // 4 + 2 + int(last[-1]) if len(last) else end


@lru_cache(maxsize=2)
def reader(name: str) -> Reader:
    """The reader of a shipped model, kept with the words it has met."""
    return Reader(shipped(name))
