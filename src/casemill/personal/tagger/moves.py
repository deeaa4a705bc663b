"""What steps from label to label are worth, told against O, so that words which are nothing are worth nothing.

A model's score is a sum over a whole sequence, so what is constant may be moved between the words and the steps around
them. Here no step between O, a B and its I is worth anything but the one from I back to O: a B gains what a span of
that word alone is worth, and a run of I gains a plain sum.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casemill.personal.tagger.weights import LABELS

Gains = NDArray[np.int32]
Rows = list[list[int]]
# The columns of gains: every B, then every I, each with its label.
BEGINS = tuple(range(1, len(LABELS), 2))
INNERS = tuple(range(2, len(LABELS), 2))
COLUMNS = BEGINS + INNERS
KINDS = tuple(LABELS[label][2:] for label in BEGINS)
# O and every B may follow any label; an I only its B or itself.
OPEN = (0, *BEGINS)


class Moves(NamedTuple):
    """Steps [from x to]; `into` [before x kind] and `out` [last x behind] are by how much stepping into a span and out
    of one is worth more than staying O.

    `own` [column] is what a word's gains hold of the steps; `front` and `rear` [column] are what the first and the last
    word of a sequence get back, for no step leads there. `lent` and `slack` [kind]: by how much at most a span is worth
    more where it touches one before it, and one on either side.
    """

    steps: Gains
    into: Gains
    out: Gains
    own: Gains
    front: Gains
    rear: Gains
    lent: Gains
    slack: Gains
    plain: "Plain"


class Plain(NamedTuple):
    """The same as plain numbers. `more` [label but O x OPEN] is what steps to O and each B are worth more than from O.
    A label with a score below its `least` is the best origin of none of them, below `dull` [kind] neither B nor I."""

    steps: Rows
    into: Rows
    out: Rows
    more: Rows
    least: list[int]
    dull: list[int]


def moves_of(scores: Gains) -> Moves:
    """`scores` [labels x labels] as in a model's file; steps that may not be are NEVER."""
    begins, inners, columns = list(BEGINS), list(INNERS), list(COLUMNS)
    told = scores - scores[0, 0]
    front, rear = -told[0, begins], -told[columns, 0]
    alone, on = -front - rear[: len(begins)], told[inners, inners]
    owed = np.zeros(len(LABELS), np.int32)
    owed[begins] = rear[: len(begins)]
    owed[inners] = owed[begins] + told[begins, inners] - on
    steps = told + owed[:, None] - owed
    steps[:, begins] -= alone
    steps[:, inners] -= on
    into, out = steps[:, begins] - steps[:, :1], steps - steps[0]
    touching = np.maximum(into, 0)
    before = touching.max(axis=0)
    behind = np.maximum(touching[begins].max(axis=1), touching[inners].max(axis=1))
    more = out[1:, OPEN]
    least = -more.max(axis=1)
    dull = np.minimum(least[::2], least[1::2])
    return Moves(
        steps, into, out,
        own=np.concatenate((alone, on)), front=np.concatenate((front, np.zeros_like(front))), rear=rear,
        lent=before, slack=before + behind,
        plain=Plain(*(numbers.tolist() for numbers in (steps, into, out, more, least, dull))),
    )  # fmt: skip
