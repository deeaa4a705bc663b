"""The best labels of token sequences with O on either side: of many at once, step t for all that are longer than t, or
of few one by one.

Both ways add the same whole numbers and settle ties alike, so what is found never depends on the way.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casemill.personal.tagger.moves import COLUMNS, OPEN, Gains, Moves, Plain, Rows
from casemill.personal.tagger.weights import LABELS, NEVER

Path = NDArray[np.uint8]
Places = NDArray[np.int64]
Marks = NDArray[np.bool_]
# A score carries the label it came from in its lowest bits, so one maximum finds both; ties go to the later label.
_BITS = 4
_MASK = (1 << _BITS) - 1
# A step through many sequences costs as much as this many tokens one by one.
_WORTH = 14
_FEW = 100


class Stretches(NamedTuple):
    """Sequences: their first tokens, the places behind their last ones, and whether what is read ends there: only then
    a tie at the end goes to the earlier label."""

    starts: Places
    ends: Places
    final: Marks


def best_labels(gains: Gains, moves: Moves, *, stretches: Stretches) -> Path:
    """Label numbers [tokens]; O outside of the sequences."""
    path = np.zeros(len(gains), np.uint8)
    lengths = stretches.ends - stretches.starts
    if len(lengths) and int(lengths.sum()) > _WORTH * int(lengths.max()):
        walk = layout(stretches.starts, lengths)
        path[walk.order] = best_path(gains[walk.order], moves, walk=walk, final=stretches.final)
        return path
    ends = np.cumsum(lengths)
    places = np.arange(int(lengths.sum())) + np.repeat(stretches.ends - ends, lengths)
    rows, start = gains[places].tolist(), 0
    labels: list[int] = []
    for end, final in zip(ends.tolist(), stretches.final.tolist(), strict=True):
        labels += one_path(rows[start:end], moves.plain, final=final)
        start = end
    path[places] = labels
    return path


class _Turn(NamedTuple):
    """Into O and each B: what the best way there adds, against O, and the label it comes from."""

    worth: list[int]
    origins: list[int]


def one_path(rows: Rows, moves: Plain, *, final: bool) -> list[int]:
    """The labels of one sequence; `rows` are its gains. As `best_path`, number by number: few words are not worth a
    page of arrays.

    Scores are told against O, and written out kind by kind: `b0` to `b3` for its B, `i0` to `i3` for its I, `m0` to
    `m3` for the better of both. A loop over the kinds would take twice as long.
    """
    m0 = m1 = m2 = m3 = NEVER
    dull0, dull1, dull2, dull3 = moves.dull
    inners: list[tuple[int, int, int, int]] = []
    turns: dict[int, _Turn] = {}
    turn: _Turn | None = None
    for b0, b1, b2, b3, i0, i1, i2, i3 in rows:
        if turn:
            lift, more0, more1, more2, more3 = turn.worth
            b0, b1, b2, b3 = b0 + more0, b1 + more1, b2 + more2, b3 + more3
            m0, m1, m2, m3 = m0 - lift, m1 - lift, m2 - lift, m3 - lift
            turn = None
        i0 += m0
        i1 += m1
        i2 += m2
        i3 += m3
        inners.append((i0, i1, i2, i3))
        m0 = b0 if b0 > i0 else i0
        m1 = b1 if b1 > i1 else i1
        m2 = b2 if b2 > i2 else i2
        m3 = b3 if b3 > i3 else i3
        if m0 >= dull0 or m1 >= dull1 or m2 >= dull2 or m3 >= dull3:
            turn = _turn((b0, i0, b1, i1, b2, i2, b3, i3), moves)
            if turn:
                turns[len(inners)] = turn
    if not turns:
        return [0] * len(rows)
    last = _last((0, b0, i0, b1, i1, b2, i2, b3, i3), moves, final=final)
    return _traced(rows, inners, turns=turns, last=last)


def _turn(scores: tuple[int, ...], moves: Plain) -> _Turn | None:
    """`scores` by label, but for O; nothing where O and each B come from O. Ties go to the later label."""
    worth, origins = [0] * len(OPEN), [0] * len(OPEN)
    for label, (score, least) in enumerate(zip(scores, moves.least, strict=True), 1):
        if score >= least:
            for place, more in enumerate(moves.more[label - 1]):
                if score + more >= worth[place]:
                    worth[place], origins[place] = score + more, label
    if not any(origins):
        return None
    lift = worth[0]
    return _Turn([lift, *(score - lift for score in worth[1:])], origins)


def _last(scores: tuple[int, ...], moves: Plain, *, final: bool) -> int:
    ways = [score + steps[0] for score, steps in zip(scores, moves.steps, strict=True)]
    most = max(ways)
    return ways.index(most) if final else len(ways) - 1 - ways[::-1].index(most)


def _traced(rows: Rows, inners: list[tuple[int, int, int, int]], *, turns: dict[int, _Turn], last: int) -> list[int]:
    path = [last]
    for place in range(len(rows) - 1, 0, -1):
        label = path[-1]
        if not label or label & 1:
            path.append(turns[place].origins[(label + 1) // 2] if place in turns else 0)
            continue
        kind = label // 2 - 1
        begun = rows[place - 1][kind]
        if place - 1 in turns:
            begun += turns[place - 1].worth[kind + 1]
        path.append(label if inners[place - 1][kind] >= begun else label - 1)
    path.reverse()
    return path


class Layout(NamedTuple):
    """Token places ordered by step, longest sequence first: those of step t are `order[edges[t]:edges[t + 1]]`.
    `ranks` are the sequences in that order."""

    order: Places
    edges: Places
    ranks: Places


def layout(starts: Places, lengths: Places) -> Layout:
    """How sequences at `starts` with `lengths` (all > 0) are walked side by side."""
    by_length = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[by_length], lengths[by_length]
    longest = int(lengths[0]) if len(lengths) else 0
    running = np.searchsorted(-lengths, -np.arange(longest), side="left")
    edges = np.concatenate(([0], np.cumsum(running)))
    steps = np.repeat(np.arange(longest), running)
    order = starts[np.arange(edges[-1]) - edges[steps]] + steps
    return Layout(order, edges, by_length)


def best_path(gains: Gains, moves: Moves, *, walk: Layout, final: Marks) -> Path:
    """Label numbers [tokens]; gains and labels in the order of the walk."""
    labels = np.arange(len(LABELS), dtype=np.int32)[:, None]
    packed = np.zeros((len(LABELS), len(gains)), np.int32)
    packed[list(COLUMNS)] = gains.T << _BITS
    steps = np.maximum(moves.steps, NEVER) << _BITS
    ties = np.where(final[walk.ranks], _MASK - labels, labels)
    back = np.zeros((len(LABELS), len(gains)), np.uint8)
    scores = packed[:, : walk.edges[1]] + steps[0][:, None]
    lasts = np.empty(int(walk.edges[1]), np.uint8)
    for step in range(1, len(walk.edges) - 1):
        start, end = int(walk.edges[step]), int(walk.edges[step + 1])
        over = slice(end - start, scores.shape[1])
        if over.start < over.stop:
            lasts[over] = np.argmax(scores[:, over] + steps[:, :1] | ties[:, over], axis=0)
        before = scores[:, : over.start]
        best = _best(before - before[0], steps | labels)
        back[:, start:end] = best & _MASK
        scores = (best & ~_MASK) + packed[:, start:end]
        np.maximum(scores, NEVER << _BITS, out=scores)
    over = slice(0, scores.shape[1])
    lasts[over] = np.argmax(scores + steps[:, :1] | ties[:, over], axis=0)
    return _walked_back(back, lasts, walk=walk)


def _best(before: Gains, moves: Gains) -> Gains:
    """The best way to each label [labels x sequences]; few sequences are worth one big sum, many are not."""
    if before.shape[1] <= _FEW:
        few: Gains = (before[:, None] + moves[:, :, None]).max(axis=0)
        return few
    best: Gains = before[0] + moves[0][:, None]
    for label in range(1, len(before)):
        np.maximum(best, before[label] + moves[label][:, None], out=best)
    return best


def _walked_back(back: Path, lasts: Path, *, walk: Layout) -> Path:
    path = np.empty(len(walk.order), np.uint8)
    labels = lasts
    for step in range(len(walk.edges) - 2, -1, -1):
        start, end = int(walk.edges[step]), int(walk.edges[step + 1])
        here = labels[: end - start]
        path[start:end] = here
        if step:
            labels[: end - start] = back[here, np.arange(start, end)]
    return path
