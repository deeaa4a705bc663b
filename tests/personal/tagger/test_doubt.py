"""Doubt: 0 is sure, 1 is a coin, and it is the margin over leaving the words alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemill.personal.tagger.doubt import Decoded, closest, doubt_of, doubts_of, spans_of, taken, weighed
from casemill.personal.tagger.moves import KINDS, Gains, Moves, moves_of
from casemill.personal.tagger.prospects import sums_of
from casemill.personal.tagger.weights import LABELS, UNIT
from personal.tagger.drawn import drawn, gained, textbook, worth

COUNT = len(LABELS)
NAME = LABELS.index("B-NAME")
NO_STEPS = np.zeros((COUNT, COUNT), np.int32)


def scored(*rows: dict[int, int]) -> Gains:
    scores = np.full((len(rows), COUNT), -50 * UNIT, np.int32)
    scores[:, 0] = 0
    for place, row in enumerate(rows):
        for label, score in row.items():
            scores[place, label] = score
    return scores


def page(scores: Gains, path: list[int], *, steps: Gains = NO_STEPS) -> tuple[Decoded, Moves]:
    """A decoded sequence with an edge on either side."""
    edge = np.full((1, 2 * len(KINDS)), -30_000, np.int32)
    gains = np.vstack((edge, gained(scores, steps, lengths=[len(scores)]), edge))
    return Decoded(gains, sums_of(gains), np.array([0, *path, 0], np.uint8), None), moves_of(steps)


def margins(scores: Gains, path: list[int], *, steps: Gains = NO_STEPS) -> list[int]:
    decoded, moves = page(scores, path, steps=steps)
    found: list[int] = taken(decoded, spans_of(decoded.path), moves=moves).tolist()
    return found


@pytest.mark.parametrize(
    ("margin", "doubt"),
    [(0, 1.0), (UNIT, 0.538), (5 * UNIT, 0.013), (10**6, 0.0), (-3, 1.0)],
    ids=["coin", "leans", "sure", "far", "lost"],
)
def test_a_wider_margin_is_less_doubt(margin: int, doubt: float) -> None:
    assert doubts_of(np.array([margin])).tolist() == [doubt] == [doubt_of(margin)]


def test_a_span_is_doubted_by_what_it_won_over_nothing() -> None:
    scores = scored({}, {NAME: 3 * UNIT}, {NAME + 1: 2 * UNIT})
    assert margins(scores, [0, NAME, NAME + 1]) == [5 * UNIT]


def test_steps_into_and_out_of_a_span_count_and_rims_cost_nothing() -> None:
    steps = NO_STEPS.copy()
    steps[0, NAME], steps[NAME, 0], steps[0, 0] = -UNIT, -2 * UNIT, UNIT
    assert margins(scored({}, {NAME: 9 * UNIT}, {}), [0, NAME, 0], steps=steps) == [(9 - 1 - 2 - 2) * UNIT]
    assert margins(scored({NAME: 9 * UNIT}), [NAME], steps=steps) == [9 * UNIT]


def test_where_a_long_text_is_cut_no_step_counts() -> None:
    steps = NO_STEPS.copy()
    steps[NAME, NAME] = 7 * UNIT
    decoded, moves = page(scored({NAME: 9 * UNIT}, {NAME: 9 * UNIT}), [NAME, NAME], steps=steps)
    cut = decoded._replace(cuts=np.array([False, False, True, False]))
    assert taken(decoded, spans_of(decoded.path), moves=moves).tolist() == [16 * UNIT, 16 * UNIT]
    assert taken(cut, spans_of(cut.path), moves=moves).tolist() == [9 * UNIT, 9 * UNIT]


def test_a_word_nearly_taken_is_a_doubt() -> None:
    decoded, moves = page(scored({}, {NAME: -UNIT // 2}), [0, 0])
    _, near = closest(decoded, spans_of(decoded.path), moves=moves)
    assert near.max(axis=1).tolist()[1:3] == [-50 * UNIT, -UNIT // 2]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 20), st.sampled_from([2, 300]))
def test_few_words_are_doubted_as_many_are(seed: int, length: int, most: int) -> None:
    emissions, steps = drawn(seed, length, most=most)
    path = textbook(emissions, steps)
    decoded, moves = page(emissions, path, steps=steps)
    won, near = closest(decoded, spans_of(decoded.path), moves=moves)
    rows, alone = decoded.gains[1:-1].tolist(), decoded.gains[1:-1, : len(KINDS)].max(axis=1).tolist()
    spans = weighed(rows, path, near=alone, moves=moves.plain)
    assert [span.won for span in spans] == won.tolist()
    assert max(alone) == near[1:-1].max()
    assert [LABELS[path[span.first]][2:] for span in spans] == [KINDS[span.kind] for span in spans]


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12))
def test_a_span_won_what_the_sequence_would_lose_without_it(seed: int, length: int) -> None:
    emissions, steps = drawn(seed, length)
    path = textbook(emissions, steps)
    decoded, moves = page(emissions, path, steps=steps)
    found = spans_of(decoded.path)
    without = [
        [0 if first <= place <= last else label for place, label in enumerate(path, 1)]
        for first, last in zip(*map(np.ndarray.tolist, found), strict=True)
    ]
    lost = [worth(path, emissions, steps) - worth(other, emissions, steps) for other in without]
    assert taken(decoded, found, moves=moves).tolist() == lost
