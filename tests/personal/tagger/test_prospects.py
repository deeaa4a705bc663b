"""What is not marked is nothing in the best path; most words are not marked."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from casemill.personal.tagger.moves import COLUMNS, moves_of
from casemill.personal.tagger.prospects import marked, sums_of
from casemill.personal.tagger.weights import NEVER
from personal.tagger.drawn import ALLOWED, COUNT, drawn, gained, textbook

EDGE = np.full((1, len(COLUMNS)), -30_000, np.int32)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 25), st.sampled_from([1, 5, 300]), st.floats(0, 4))
def test_no_word_of_a_span_is_left_unmarked(seed: int, length: int, most: int, quiet: float) -> None:
    emissions, steps = drawn(seed, length, most=most)
    emissions[:, 0] += int(quiet * most)
    gains, moves = np.vstack((EDGE, gained(emissions, steps, lengths=[length]), EDGE)), moves_of(steps)
    marks = marked(gains, sums_of(gains), moves=moves)
    held = np.array([0, *textbook(emissions, steps), 0]) > 0
    assert not (held if marks is None else held & ~marks).any()


def test_spans_that_are_worth_something_only_side_by_side_are_marked() -> None:
    steps = np.where(ALLOWED, 0, NEVER).astype(np.int32)
    steps[1, 1] = 500
    emissions = np.full((5, COUNT), -3000, np.int32)
    emissions[:, 0] = 0
    emissions[1:4, 1] = -200
    gains, moves = np.vstack((EDGE, gained(emissions, steps, lengths=[5]), EDGE)), moves_of(steps)
    assert textbook(emissions, steps) == [0, 1, 1, 1, 0]
    marks = marked(gains, sums_of(gains), moves=moves)
    assert marks is not None
    assert np.flatnonzero(marks[2:5]).tolist() == [0, 1, 2]


def test_words_that_gain_nothing_are_not_marked() -> None:
    gains = np.full((9, len(COLUMNS)), -9000, np.int32)
    moves = moves_of(drawn(3, 1)[1])
    assert marked(gains, sums_of(gains), moves=moves) is None
    gains[4, 0] = 4000
    marks = marked(gains, sums_of(gains), moves=moves)
    assert marks is not None
    assert np.flatnonzero(marks).tolist() == [4]
