"""The words seen so far, each with what it says about the labels around it: computed once a word, then looked up."""

import re
from collections.abc import Sequence
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from casemill.personal.tagger.casing import faces
from casemill.personal.tagger.moves import COLUMNS, Moves
from casemill.personal.tagger.properties import EDGE, REACH, alike, properties
from casemill.personal.tagger.tokens import cut
from casemill.personal.tagger.weights import CELLS, LABELS, OFFSETS, UNIT, Weights

_T = TypeVar("_T", bound=np.generic)
# So many words are kept, and so many pieces between blanks.
LIMIT = 120_000
PIECES = 20_000
_AT_ONCE = 512
# Longer pieces between blanks are hardly met again.
_KEPT = 24
_GAINS = len(COLUMNS)
ROW = OFFSETS * _GAINS
# The first numbers are no words but edges of a text. The nearest ones give back the steps that lead to none beyond.
OUTSIDE, BEFORE, BEHIND = range(3)
_EDGES = 3
# A blank behind something else: no token holds both sides of it.
_BLANK = re.compile(r"(?<=\S) ")
_MOST = 200 * UNIT
# What an edge itself gains from any label: so little that none is put there.
_NOT_THERE = -30_000


class _Numbers(dict[str, int]):
    """Tokens by their number: a new token gets the next one, unless it is as good as another. The `new` ones are still
    to be learned."""

    def __init__(self) -> None:
        super().__init__()
        self.new: list[str] = []
        self._next = _EDGES

    def __missing__(self, token: str) -> int:
        same = alike(token)
        if same == token:
            number = self._next
            self._next += 1
            self.new.append(token)
        else:
            number = self[same]
        self[token] = number
        return number


class _Unfinished(Exception):
    """A piece that is nothing or ends with a blank: only what follows tells its tokens."""


class _Pieces(dict[str, tuple[int, ...]]):
    """What stands between two blanks, as numbers of tokens; `blank` is what stands before."""

    def __init__(self, numbers: _Numbers, blank: str) -> None:
        super().__init__()
        self._numbers, self._blank = numbers, blank

    def __missing__(self, piece: str) -> tuple[int, ...]:
        if not piece or piece[-1].isspace():
            raise _Unfinished
        found = tuple(map(self._numbers.__getitem__, cut(self._blank + piece)))
        if len(piece) <= _KEPT:
            if len(self) >= PIECES:
                self.clear()
            self[piece] = found
        return found


class Vocabulary:
    """Rows [word, offset x column] in units: what a word adds to a label at the token that is `offset` before it."""

    def __init__(self, weights: Weights, moves: Moves) -> None:
        self._weights, self._moves = weights, moves
        self._counts = weights.counts.astype(np.int64)
        self._ends = np.cumsum(self._counts)
        lean = weights.lean[list(COLUMNS)] - weights.lean[0]
        self._own = (moves.own + lean).astype(np.int16)
        self._forget()

    def numbers(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of the tokens of each text; the other fields hold their rows until the next call."""
        if len(self._numbers) > LIMIT:
            self._forget()
        found = [self._numbered(text) for text in texts]
        if self._numbers.new:
            self._learn(self._numbers.new)
            self._numbers.new = []
        return found

    def _numbered(self, text: str) -> list[int]:
        """The tokens of a text are those of its pieces; most pieces have been met before."""
        opening, *pieces = text.split(" ")
        try:
            return [*self.openings[opening], *chain.from_iterable(map(self.pieces.__getitem__, pieces))]
        except _Unfinished:
            body = text.rstrip()
            opening, *pieces = _BLANK.split(body)
            begun = self.openings[opening] if body else ()
            tail = map(self._numbers.__getitem__, cut(text[len(body) :]))
            return [*begun, *chain.from_iterable(map(self.pieces.__getitem__, pieces)), *tail]

    def _forget(self) -> None:
        self._numbers = _Numbers()
        self.openings, self.pieces = _Pieces(self._numbers, ""), _Pieces(self._numbers, " ")
        self._known = 0
        self.rows = np.zeros((0, ROW), np.int16)
        self.lengths = np.zeros(0, np.int32)
        self.widths = np.zeros(0, np.int32)
        self.stops = np.zeros(0, bool)
        self.faces = np.zeros(0, np.uint8)
        self._learn([EDGE] * _EDGES)
        blocks = self.rows[:_EDGES].reshape(_EDGES, OFFSETS, _GAINS)
        blocks[:, REACH] = _NOT_THERE
        blocks[BEFORE, REACH - 1] += self._moves.front.astype(np.int16)
        blocks[BEHIND, REACH + 1] += self._moves.rear.astype(np.int16)

    def _learn(self, tokens: list[str]) -> None:
        known, wanted = self._known, self._known + len(tokens)
        self._known = wanted
        if wanted > len(self.rows):
            self._grow(max(1024, wanted + wanted // 2))
        self.lengths[known:wanted] = list(map(len, tokens))
        self.widths[known:wanted] = [len(token.lstrip()) for token in tokens]
        self.stops[known:wanted] = ["\n" in token or token in {".", "?", "!", ";"} for token in tokens]
        if len(self._weights.casing):
            self.faces[known:wanted] = faces(tokens, self._weights.lists)
        for start in range(0, len(tokens), _AT_ONCE):
            part = tokens[start : start + _AT_ONCE]
            self.rows[known + start : known + start + len(part)] = self._computed(part)

    def _grow(self, room: int) -> None:
        self.rows, self.lengths = _grown(self.rows, room), _grown(self.lengths, room)
        self.widths, self.stops = _grown(self.widths, room), _grown(self.stops, room)
        self.faces = _grown(self.faces, room)

    def _computed(self, tokens: list[str]) -> NDArray[np.int16]:
        """Sums of the weights of each token's properties: [token, offset x column]."""
        weights = self._weights
        keys = properties(tokens, weights.lists)
        flat = keys.ravel()
        rows = np.minimum(np.searchsorted(weights.keys, flat), len(weights.keys) - 1)
        hits = np.flatnonzero((weights.keys[rows] == flat) & (flat > 0))
        rows = rows[hits]
        counts = self._counts[rows]
        # Every hit's run of cells, laid one after the other.
        ends = np.cumsum(counts)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self._ends[rows] - ends, counts)
        cells = np.repeat(hits // keys.shape[1] * CELLS, counts) + weights.cells[places]
        # Floats hold these whole numbers exactly: they stay far below 2**53.
        sums = np.bincount(cells, weights=weights.values[places], minlength=len(tokens) * CELLS)
        told = sums.reshape(len(tokens), OFFSETS, len(LABELS))
        gains = np.clip(told[:, :, list(COLUMNS)] - told[:, :, :1], -_MOST, _MOST).astype(np.int16)
        gains[:, REACH] += self._own
        summed: NDArray[np.int16] = gains.reshape(len(tokens), ROW)
        return summed


def _grown(rows: NDArray[_T], room: int) -> NDArray[_T]:
    grown = np.zeros((room, *rows.shape[1:]), rows.dtype)
    grown[: len(rows)] = rows
    return grown
