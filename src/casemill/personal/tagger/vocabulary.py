"""The words seen so far, each with what it says about the labels around it: computed once a word, then looked up."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from casemill.personal.tagger.casing import faces
from casemill.personal.tagger.properties import EDGE, properties
from casemill.personal.tagger.weights import CELLS, LABELS, OFFSETS, UNIT, Weights

LIMIT = 120_000
_AT_ONCE = 20_000


class _Numbers(dict[str, int]):
    """Tokens by their number; a new token gets the next one."""

    def __missing__(self, token: str) -> int:
        number = self[token] = len(self)
        return number


class Vocabulary:
    """Blocks [offset, word, label] in units: what a word adds to a label at the token that is `offset` before it."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._ends = np.cumsum(weights.counts, dtype=np.int64)
        self._forget()

    def numbers(self, tokens: Sequence[str]) -> NDArray[np.int32]:
        """The number of each token; `blocks` and `widths` hold their rows until the next call."""
        if len(self._numbers) > LIMIT:
            self._forget()
        known = len(self._numbers)
        found = np.fromiter(map(self._numbers.__getitem__, tokens), np.int32, len(tokens))
        if len(self._numbers) > known:
            self._learn(list(self._numbers)[known:], known)
        return found

    def _forget(self) -> None:
        self._numbers = _Numbers()
        self.blocks = np.zeros((OFFSETS, 0, len(LABELS)), np.int16)
        self.widths = np.zeros(0, np.int32)
        self.faces = np.zeros(0, np.uint8)
        self._numbers[EDGE]
        self._learn([EDGE], 0)

    def _learn(self, tokens: list[str], known: int) -> None:
        wanted = known + len(tokens)
        if wanted > self.blocks.shape[1]:
            room = max(1024, wanted + wanted // 2)
            self.blocks = _grown(self.blocks, room)
            self.widths = np.resize(self.widths, room)
            self.faces = np.resize(self.faces, room)
        self.widths[known:wanted] = [len(token.lstrip()) for token in tokens]
        if len(self._weights.casing):
            self.faces[known:wanted] = faces(tokens, self._weights.lists)
        for start in range(0, len(tokens), _AT_ONCE):
            part = tokens[start : start + _AT_ONCE]
            self.blocks[:, known + start : known + start + len(part)] = self._computed(part)

    def _computed(self, tokens: list[str]) -> NDArray[np.int16]:
        """Sums of the weights of each token's properties: [offset, token, label]."""
        weights = self._weights
        keys = properties(tokens, weights.lists)
        flat = keys.ravel()
        rows = np.minimum(np.searchsorted(weights.keys, flat), len(weights.keys) - 1)
        (hits,) = np.nonzero((weights.keys[rows] == flat) & (flat > 0))
        rows = rows[hits]
        counts = weights.counts[rows].astype(np.int64)
        total = int(counts.sum())
        # Every hit's run of cells, laid one after the other.
        inside = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
        places = np.repeat(self._ends[rows] - counts, counts) + inside
        cells = np.repeat(hits // keys.shape[1] * CELLS, counts) + weights.cells[places]
        # Floats hold these whole numbers exactly: they stay far below 2**53.
        sums = np.bincount(cells, weights=weights.values[places], minlength=len(tokens) * CELLS)
        most = 200 * UNIT
        block = np.clip(sums, -most, most).astype(np.int16)
        return block.reshape(len(tokens), OFFSETS, len(LABELS)).transpose(1, 0, 2)


def _grown(blocks: NDArray[np.int16], room: int) -> NDArray[np.int16]:
    grown = np.zeros((OFFSETS, room, len(LABELS)), np.int16)
    grown[:, : blocks.shape[1]] = blocks
    return grown
