"""Doubt: 0 is sure, 1 is a coin, and it is the margin over leaving the words alone."""

import numpy as np
import pytest

from casemill.personal.tagger.doubt import decided, doubts_of, left_alone, lone_of, taken
from casemill.personal.tagger.viterbi import Scores
from casemill.personal.tagger.weights import LABELS, UNIT

COUNT = len(LABELS)
NAME = LABELS.index("B-NAME")


def scored(*rows: dict[int, int]) -> Scores:
    scores = np.full((len(rows), COUNT), -50 * UNIT, np.int32)
    scores[:, 0] = 0
    for place, row in enumerate(rows):
        for label, score in row.items():
            scores[place, label] = score
    return scores


@pytest.mark.parametrize(
    ("margin", "doubt"),
    [(0, 1.0), (UNIT, 0.538), (5 * UNIT, 0.013), (10**6, 0.0)],
    ids=["coin", "leans", "sure", "far"],
)
def test_a_wider_margin_is_less_doubt(margin: int, doubt: float) -> None:
    assert doubts_of(np.array([margin])).tolist() == [doubt]


def test_a_span_is_doubted_by_what_it_won_over_nothing() -> None:
    scores = scored({}, {NAME: 3 * UNIT}, {NAME + 1: 2 * UNIT})
    path = np.array([0, NAME, NAME + 1], np.uint8)
    page = decided(scores, path, lone=lone_of(np.zeros((COUNT, COUNT), np.int32)), starts=np.array([0]))
    assert taken(page, np.array([1]), last=np.array([2])).tolist() == [5 * UNIT]


def test_steps_into_and_out_of_a_span_count_and_rims_cost_nothing() -> None:
    steps = np.zeros((COUNT, COUNT), np.int32)
    steps[0, NAME], steps[NAME, 0], steps[0, 0] = -UNIT, -2 * UNIT, UNIT
    scores = scored({}, {NAME: 9 * UNIT}, {})
    path = np.array([0, NAME, 0], np.uint8)
    inside = decided(scores, path, lone=lone_of(steps), starts=np.array([0]))
    assert taken(inside, np.array([1]), last=np.array([1])).tolist() == [(9 - 1 - 2 - 2) * UNIT]
    alone = decided(scores, path, lone=lone_of(steps), starts=np.array([0, 1, 2]))
    assert taken(alone, np.array([1]), last=np.array([1])).tolist() == [9 * UNIT]


def test_a_word_nearly_taken_is_a_doubt() -> None:
    scores = scored({}, {NAME: -UNIT // 2})
    page = decided(
        scores, np.zeros(2, np.uint8), lone=lone_of(np.zeros((COUNT, COUNT), np.int32)), starts=np.array([0])
    )
    assert left_alone(page).tolist() == [50 * UNIT, UNIT // 2]
