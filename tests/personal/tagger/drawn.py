"""Drawn models and scores, and what the definition of the best path says of them, label by label."""

from itertools import pairwise

import numpy as np

from casemill.personal.tagger.moves import COLUMNS, Gains, moves_of
from casemill.personal.tagger.viterbi import best_path, layout
from casemill.personal.tagger.weights import LABELS, NEVER, may_follow

COUNT = len(LABELS)
ALLOWED = np.array([[may_follow(i, j) for j in range(COUNT)] for i in range(COUNT)])


def drawn(seed: int, tokens: int, *, most: int = 300) -> tuple[Gains, Gains]:
    """Scores [tokens x labels] and steps of a model."""
    chance = np.random.default_rng(seed)
    steps = np.where(ALLOWED, chance.integers(-most, most, (COUNT, COUNT)), NEVER).astype(np.int32)
    return chance.integers(-2 * most, 2 * most, (tokens, COUNT)).astype(np.int32), steps


def gained(emissions: Gains, steps: Gains, *, lengths: list[int]) -> Gains:
    """The scores of sequences, one after the other, as gains."""
    moves = moves_of(steps)
    gains = emissions[:, list(COLUMNS)] - emissions[:, :1] + moves.own
    ends = np.cumsum(lengths)
    gains[ends - lengths] += moves.front
    gains[ends - 1] += moves.rear
    return gains


def side_by_side(emissions: Gains, steps: Gains, *, lengths: list[int]) -> list[int]:
    sizes = np.array(lengths, np.int64)
    walk = layout(np.cumsum(sizes) - sizes, sizes)
    gains = gained(emissions, steps, lengths=lengths)[walk.order]
    path = np.empty(len(gains), np.uint8)
    path[walk.order] = best_path(gains, moves_of(steps), walk=walk, final=np.ones(len(lengths), bool))
    found: list[int] = path.tolist()
    return found


def textbook(emissions: Gains, steps: Gains) -> list[int]:
    """Label by label: ties go to the later origin, and at the end to the earlier label."""
    scores = [int(score) if label == 0 or label % 2 else NEVER for label, score in enumerate(emissions[0])]
    back: list[list[int]] = []
    for row in emissions[1:].tolist():
        ways = [[(scores[one] + int(steps[one, label]), one) for one in range(COUNT)] for label in range(COUNT)]
        back.append([max(way)[1] for way in ways])
        scores = [max(way)[0] + score for way, score in zip(ways, row, strict=True)]
    path = [scores.index(max(scores))]
    for origins in reversed(back):
        path.append(origins[path[-1]])
    return path[::-1]


def worth(path: tuple[int, ...] | list[int], emissions: Gains, steps: Gains) -> int:
    moves = sum(int(steps[one, other]) for one, other in pairwise(path))
    return moves + sum(int(emissions[place, label]) for place, label in enumerate(path))
