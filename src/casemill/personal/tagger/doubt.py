"""How sure a decision is, from what it won by: 0 is sure, 1 is a coin."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casemill.personal.tagger.viterbi import Path, Scores
from casemill.personal.tagger.weights import LABELS, UNIT

Places = NDArray[np.int64]
# Beyond this many units nobody doubts; a table keeps the last digit the same on every machine.
_FAR = 12 * UNIT
_TABLE = np.array([round(2 / (1 + math.exp(margin / UNIT)), 3) for margin in range(_FAR)] + [0.0])
# What stands before the first and behind the last token of a sequence: a label that steps cost nothing from and to.
_RIM = len(LABELS)


class Lone(NamedTuple):
    """Steps [labels x labels] with a row and column for the rim, and what a lone B costs beyond O between two labels:
    [before x behind x B]."""

    steps: Scores
    costs: Scores


class Decided(NamedTuple):
    """A decoded page: scores, labels, the labels before and behind each token, steps."""

    emissions: Scores
    path: Places
    before: Places
    behind: Places
    lone: Lone


def doubts_of(margins: Places) -> NDArray[np.float64]:
    """The doubt of decisions that won by `margins` units over the next best."""
    return _TABLE.take(np.minimum(np.maximum(margins, 0), _FAR))


def lone_of(steps: Scores) -> Lone:
    rimmed = np.zeros((_RIM + 1, _RIM + 1), np.int32)
    rimmed[:_RIM, :_RIM] = steps
    begins = rimmed[:, None, 1:_RIM:2] + rimmed[1:_RIM:2].T[None]
    return Lone(rimmed, begins - (rimmed[:, :1] + rimmed[:1])[:, :, None])


def decided(emissions: Scores, path: Path, *, lone: Lone, starts: Places) -> Decided:
    """`starts` are the first tokens of the sequences that were decoded, in order."""
    labels = path.astype(np.int64)
    before, behind = np.empty_like(labels), np.empty_like(labels)
    before[1:], behind[:-1] = labels[:-1], labels[1:]
    before[starts] = _RIM
    behind[starts - 1] = _RIM
    return Decided(emissions, labels, before, behind, lone)


def left_alone(page: Decided) -> Places:
    """By how much each token's O won over that token alone being something; far, where it is no O."""
    begins = page.emissions[:, 1::2] + page.lone.costs[page.before, page.behind]
    margins = np.maximum(page.emissions[:, 0] - begins.max(axis=1), 0)
    return np.where(page.path == 0, margins, _FAR)


def taken(page: Decided, first: Places, *, last: Places) -> Places:
    """By how much each span (its first and last token) won over all of it being O."""
    path, steps = page.path, page.lone.steps
    rows = np.arange(len(path))
    inner = steps[page.before, path] - steps[0, 0]
    gains = np.cumsum((page.emissions[rows, path] - page.emissions[:, 0]).astype(np.int64))
    moves = np.cumsum(inner.astype(np.int64))
    begins, ends = path[first], path[last]
    own = page.emissions[first, begins] - page.emissions[first, 0]
    into = steps[page.before[first], begins] - steps[page.before[first], 0]
    out = steps[ends, page.behind[last]] - steps[0, page.behind[last]]
    found: Places = gains[last] - gains[first] + own + moves[last] - moves[first] + into + out
    return found
