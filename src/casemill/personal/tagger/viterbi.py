"""The best labels of token sequences: of many at once, step t for all that are longer than t, or of few one by one.

Both ways add the same whole numbers and settle ties alike, so what is found never depends on the way.
"""

from collections.abc import Sequence
from operator import add
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casemill.personal.tagger.weights import LABELS, NEVER

Scores = NDArray[np.int32]
Path = NDArray[np.uint8]
# A score carries the label it came from in its lowest bits, so one maximum finds both; ties go to the later label.
_BITS = 4
_MASK = (1 << _BITS) - 1
# O and every B may follow any label; an I only its B or itself.
_OPEN = tuple(label for label in range(len(LABELS)) if label == 0 or label % 2 == 1)
_ALL_PLAIN = [0] * len(LABELS)


# A step through many sequences costs as much as this many tokens one by one.
_WORTH = 5
_FEW = 100


def best_labels(emissions: Scores, moves: "Moves", *, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Path:
    """Label numbers [tokens] of sequences at `starts` with `lengths` (all > 0)."""
    if len(emissions) > _WORTH * int(lengths.max()):
        return best_path(emissions, moves.steps, walk=layout(starts, lengths))
    rows = emissions.tolist()
    found: list[int] = []
    for start, length in zip(starts.tolist(), lengths.tolist(), strict=True):
        found += one_path(rows[start : start + length], moves)
    return np.array(found, np.uint8)


class Moves(NamedTuple):
    """Steps between labels [labels x labels], and the same as plain numbers.

    `plain` are the steps from O; `short[l]` is by how much label l must lie behind O to be no one's origin but its
    own inner label's; `inner` has for each kind its B and I and the steps from both to I.
    """

    steps: Scores
    rows: list[list[int]]
    plain: list[int]
    short: list[int]
    inner: list[tuple[int, int, int, int]]


def moves_of(steps: Scores) -> Moves:
    rows: list[list[int]] = steps.tolist()
    short = [max(row[label] - rows[0][label] for label in _OPEN) for row in rows]
    inner = [(label, label + 1, rows[label][label + 1], rows[label + 1][label + 1]) for label in _OPEN[1:]]
    return Moves(steps, rows, rows[0], [NEVER, *short[1:]], inner)


def one_path(rows: Sequence[Sequence[int]], moves: Moves) -> list[int]:
    """The labels of one sequence; `rows` are its emissions. As `best_path`, number by number: few tokens are not worth
    a page of arrays."""
    scores = [score if label in _OPEN else score + NEVER for label, score in enumerate(rows[0])]
    back: list[list[int]] = []
    for row in rows[1:]:
        origins = _ALL_PLAIN.copy()
        base = scores[0]
        fresh = [base + step + score for step, score in zip(moves.plain, row, strict=True)]
        if max(map(add, scores, moves.short)) >= base:
            for label in _OPEN:
                best, origins[label] = max((scores[one] + moves.rows[one][label], one) for one in range(len(LABELS)))
                fresh[label] = best + row[label]
        for begin, inner, entry, stay in moves.inner:
            first, on = scores[begin] + entry, scores[inner] + stay
            origins[inner] = inner if on >= first else begin
            fresh[inner] = (on if on >= first else first) + row[inner]
        back.append(origins)
        scores = fresh
    label = scores.index(max(scores))
    path = [label]
    for origins in reversed(back):
        label = origins[label]
        path.append(label)
    path.reverse()
    return path


class Layout(NamedTuple):
    """Token places ordered by step, longest sequence first: those of step t are `order[edges[t]:edges[t + 1]]`."""

    order: NDArray[np.int64]
    edges: NDArray[np.int64]


def layout(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Layout:
    """How sequences at `starts` with `lengths` (all > 0) are walked side by side."""
    by_length = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[by_length], lengths[by_length]
    longest = int(lengths[0]) if len(lengths) else 0
    running = np.searchsorted(-lengths, -np.arange(longest), side="left")
    edges = np.concatenate(([0], np.cumsum(running)))
    steps = np.repeat(np.arange(longest), running)
    order = starts[np.arange(edges[-1]) - edges[steps]] + steps
    return Layout(order, edges)


def best_path(emissions: Scores, steps: Scores, *, walk: Layout) -> Path:
    """Label numbers [tokens]. `emissions` [tokens x labels] and `steps` [labels x labels] are whole numbers."""
    count = len(LABELS)
    packed = np.ascontiguousarray(emissions[walk.order].T) << _BITS
    moves = (np.maximum(steps, NEVER) << _BITS) | np.arange(count, dtype=np.int32)[:, None]
    opening = np.where(np.arange(count) % 2 == 1, 0, NEVER << _BITS).astype(np.int32)
    opening[0] = 0
    back = np.zeros((count, len(walk.order)), np.uint8)
    scores = packed[:, : walk.edges[1]] + opening[:, None]
    finals = np.empty(int(walk.edges[1]), np.uint8)
    for step in range(1, len(walk.edges) - 1):
        start, end = int(walk.edges[step]), int(walk.edges[step + 1])
        running = end - start
        if running < scores.shape[1]:
            finals[running : scores.shape[1]] = np.argmax(scores[:, running:], axis=0)
        best = _best(scores[:, :running] - scores[0, :running], moves)
        back[:, start:end] = best & _MASK
        scores = (best & ~_MASK) + packed[:, start:end]
        np.maximum(scores, NEVER << _BITS, out=scores)
    finals[: scores.shape[1]] = np.argmax(scores, axis=0)
    return _walked_back(back, finals, walk=walk)


def _best(before: Scores, moves: Scores) -> Scores:
    """The best way to each label [labels x sequences]; few sequences are worth one big sum, many are not."""
    if before.shape[1] <= _FEW:
        few: Scores = (before[:, None] + moves[:, :, None]).max(axis=0)
        return few
    best: Scores = before[0] + moves[0][:, None]
    for label in range(1, len(before)):
        np.maximum(best, before[label] + moves[label][:, None], out=best)
    return best


def _walked_back(back: Path, finals: Path, *, walk: Layout) -> Path:
    path = np.empty(len(walk.order), np.uint8)
    labels = finals
    for step in range(len(walk.edges) - 2, -1, -1):
        start, end = int(walk.edges[step]), int(walk.edges[step + 1])
        here = labels[: end - start]
        path[walk.order[start:end]] = here
        if step:
            labels[: end - start] = back[here, np.arange(start, end)]
    return path
