"""One model at work: pieces of text in, what it takes them for out. Many pieces are read in one pass."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casemill.personal.tagger.casing import rows
from casemill.personal.tagger.doubt import decided, doubts_of, left_alone, lone_of, taken
from casemill.personal.tagger.properties import REACH
from casemill.personal.tagger.tokens import cut
from casemill.personal.tagger.viterbi import Path, Scores, best_labels, moves_of
from casemill.personal.tagger.vocabulary import Vocabulary
from casemill.personal.tagger.weights import LABELS, NEVER, OFFSETS, Weights, may_follow, shipped

# Longer pieces are read in stretches, cut after a line or a sentence where one ends in the last quarter.
STRETCH = 512
Places = NDArray[np.int64]


class Taken(NamedTuple):
    """What was found: for each span the number of its piece, start, end, label and doubt; for each piece its doubt."""

    spans: list[tuple[int, int, int, str, float]]
    doubts: list[float]


class Reader:
    """A model with the words it has met. What it answers does not depend on what it has read before."""

    def __init__(self, weights: Weights) -> None:
        self._words = Vocabulary(weights)
        allowed = np.array([[may_follow(i, j) for j in range(len(LABELS))] for i in range(len(LABELS))])
        self._steps: Scores = np.where(allowed, weights.steps, NEVER).astype(np.int32)
        self._moves = moves_of(self._steps)
        self._lone = lone_of(self._steps)
        self._lean = weights.lean
        self._casing = weights.casing

    def read(self, pieces: Sequence[str]) -> Taken:
        """What the pieces hold; places are characters of each piece."""
        page = self._page(pieces)
        if not len(page.numbers):
            return Taken([], [0.0] * len(pieces))
        path = best_labels(page.emissions, self._moves, starts=page.starts, lengths=page.lengths)
        return self._taken(page, path)

    def _page(self, pieces: Sequence[str]) -> "_Page":
        cuts = [cut(piece) for piece in pieces]
        tokens = [token for found in cuts for token in found]
        counts = np.array([len(found) for found in cuts], np.int64)
        numbers = self._words.numbers(tokens)
        starts, lengths = _stretches(tokens, counts)
        return _Page(tokens, numbers, counts, starts, lengths, self._emissions(numbers, counts))

    def _emissions(self, numbers: NDArray[np.int32], counts: Places) -> Scores:
        """Scores [tokens x labels]: the sum of what the words around each token say; edges stand between pieces."""
        places = np.arange(len(numbers)) + REACH * (1 + np.repeat(np.arange(len(counts)), counts))
        line = np.zeros(len(numbers) + REACH * (len(counts) + 1), np.int32)
        line[places] = numbers
        scores = np.zeros((len(numbers), len(LABELS)), np.int32)
        scores += self._lean
        for offset in range(OFFSETS):
            scores += self._words.blocks[offset].take(line[places + (offset - REACH)], axis=0)
        if len(self._casing):
            scores += self._casing.take(rows(self._words.faces[numbers], counts), axis=0)
        return scores

    def _taken(self, page: "_Page", path: Path) -> Taken:
        judged = decided(page.emissions, path, lone=self._lone, starts=page.starts)
        margins = left_alone(judged)
        first, last = _spans(path)
        if not len(first):
            return Taken([], _by_piece(margins, page.counts))
        won = taken(judged, first, last=last)
        margins[first] = won
        ends = np.cumsum(np.fromiter(map(len, page.tokens), np.int64, len(page.tokens)))
        begun = np.cumsum(page.counts) - page.counts
        pieces = np.searchsorted(begun, first, side="right") - 1
        before = np.concatenate(([0], ends))[begun[pieces]]
        starts = ends[first] - self._words.widths[page.numbers[first]] - before
        labels = [LABELS[number][2:] for number in path[first].tolist()]
        places = zip(pieces.tolist(), starts.tolist(), (ends[last] - before).tolist(), strict=True)
        rows = [
            (*place, label, doubt) for place, label, doubt in zip(places, labels, doubts_of(won).tolist(), strict=True)
        ]
        return Taken(rows, _by_piece(margins, page.counts))


class _Page(NamedTuple):
    """The tokens of all pieces, one after the other, and their numbers; tokens a piece; stretches; scores."""

    tokens: list[str]
    numbers: NDArray[np.int32]
    counts: Places
    starts: Places
    lengths: Places
    emissions: Scores


def _by_piece(margins: Places, counts: Places) -> list[float]:
    """The doubt of each piece: that of its closest decision; none where it has no token."""
    full = counts > 0
    least = np.minimum.reduceat(margins, (np.cumsum(counts) - counts)[full])
    found = np.zeros(len(counts))
    found[full] = doubts_of(least)
    return found.tolist()


def _stretches(tokens: list[str], counts: Places) -> tuple[Places, Places]:
    """Starts and lengths of what is decoded as one sequence."""
    starts = np.cumsum(counts) - counts
    if not len(counts) or int(counts.max()) <= STRETCH:
        kept = counts > 0
        return starts[kept], counts[kept]
    edges: list[tuple[int, int]] = []
    for start, count in zip(starts.tolist(), counts.tolist(), strict=True):
        end = start + count
        while end - start > STRETCH:
            behind = _break(tokens, start + STRETCH)
            edges.append((start, behind - start))
            start = behind
        if end > start:
            edges.append((start, end - start))
    both = np.array(edges, np.int64)
    return both[:, 0], both[:, 1]


def _break(tokens: list[str], end: int) -> int:
    """The place behind a line or sentence shortly before `end`, else `end`."""
    for place in range(end - 1, end - STRETCH // 4, -1):
        if "\n" in tokens[place] or tokens[place] in {".", "?", "!", ";"}:
            return place + 1
    return end


def _spans(path: Path) -> tuple[Places, Places]:
    """First and last tokens of spans."""
    (first,) = np.nonzero(path & 1)
    if not len(first):
        return first, first
    held = path > 0
    ends = held.copy()
    ends[:-1] &= (path[1:] & 1 == 1) | ~held[1:]
    return first, np.nonzero(ends)[0]


@lru_cache(maxsize=2)
def reader(name: str) -> Reader:
    """The reader of a shipped model, kept with the words it has met."""
    return Reader(shipped(name))
