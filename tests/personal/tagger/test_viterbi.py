"""Decoding: the best of all label sequences, ties as they always were, whatever stands beside it in the batch."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemill.personal.tagger.moves import COLUMNS, moves_of
from casemill.personal.tagger.viterbi import Stretches, best_labels, best_path, layout, one_path
from casemill.personal.tagger.weights import may_follow
from personal.tagger.drawn import COUNT, drawn, gained, side_by_side, textbook, worth


@pytest.mark.parametrize("seed", range(4))
def test_no_sequence_is_worth_more(seed: int) -> None:
    emissions, steps = drawn(seed, 4)
    begins = (0, *range(1, COUNT, 2))
    best = max(worth(path, emissions, steps) for path in product(begins, *[range(COUNT)] * 3))
    assert worth(side_by_side(emissions, steps, lengths=[4]), emissions, steps) == best


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_a_sequence_is_decoded_the_same_in_any_company(seed: int, lengths: list[int]) -> None:
    emissions, steps = drawn(seed, sum(lengths))
    alone: list[int] = []
    start = 0
    for length in lengths:
        alone += side_by_side(emissions[start : start + length], steps, lengths=[length])
        start += length
    assert side_by_side(emissions, steps, lengths=lengths) == alone


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 30))
def test_an_inner_label_never_begins_a_span(seed: int, length: int) -> None:
    emissions, steps = drawn(seed, length)
    path = [0, *side_by_side(emissions, steps, lengths=[length])]
    assert all(may_follow(one, other) for one, other in pairwise(path))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 30), st.sampled_from([1, 2, 300]))
def test_both_ways_find_the_path_of_the_textbook_ties_included(seed: int, length: int, most: int) -> None:
    emissions, steps = drawn(seed, length, most=most)
    rows = gained(emissions, steps, lengths=[length]).tolist()
    expected = textbook(emissions, steps)
    assert one_path(rows, moves_of(steps).plain, final=True) == expected
    assert side_by_side(emissions, steps, lengths=[length]) == expected


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12), st.sampled_from([1, 2, 300]))
def test_where_the_text_goes_on_with_nothing_ties_go_to_the_later_label(seed: int, length: int, most: int) -> None:
    emissions, steps = drawn(seed, length + 1, most=most)
    emissions[-1, 0] = 10**5
    gains = gained(emissions, steps, lengths=[length + 1])[:-1]
    starts, ends = np.array([0]), np.array([length])
    expected = textbook(emissions, steps)
    assert expected[-1] == 0
    assert one_path(gains.tolist(), moves_of(steps).plain, final=False) == expected[:-1]
    walk = layout(starts, ends)
    assert best_path(gains, moves_of(steps), walk=walk, final=np.zeros(1, bool)).tolist() == expected[:-1]


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=1, max_size=8))
def test_each_sequence_ends_in_its_own_way(seed: int, drafts: list[tuple[int, bool]]) -> None:
    lengths = np.array([length for length, _ in drafts], np.int64)
    final = np.array([ends for _, ends in drafts])
    emissions, steps = drawn(seed, int(lengths.sum()), most=2)
    gains, moves = gained(emissions, steps, lengths=lengths.tolist()), moves_of(steps)
    starts = np.cumsum(lengths) - lengths
    walk = layout(starts, lengths)
    found = np.empty(len(gains), np.uint8)
    found[walk.order] = best_path(gains[walk.order], moves, walk=walk, final=final)
    for start, (length, ends) in zip(starts.tolist(), drafts, strict=True):
        rows = gains[start : start + length].tolist()
        assert found[start : start + length].tolist() == one_path(rows, moves.plain, final=ends)


@pytest.mark.parametrize("count", [1, 3, 150])
def test_few_and_many_sequences_are_decoded_alike(count: int) -> None:
    sizes = [1 + place % 7 for place in range(count)]
    emissions, steps = drawn(count, sum(sizes), most=2)
    gains, ends = gained(emissions, steps, lengths=sizes), np.cumsum(np.array(sizes, np.int64))
    stretches = Stretches(ends - sizes, ends, np.ones(count, bool))
    alone = [
        textbook(emissions[start:end], steps)
        for start, end in zip(stretches.starts.tolist(), stretches.ends.tolist(), strict=True)
    ]
    found = best_labels(gains, moves_of(steps), stretches=stretches).tolist()
    assert found == [label for path in alone for label in path]


def test_what_is_in_no_sequence_is_nothing() -> None:
    gains = np.full((4, len(COLUMNS)), 500, np.int32)
    nothing = Stretches(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, bool))
    steps = drawn(1, 1)[1]
    assert best_labels(gains, moves_of(steps), stretches=nothing).tolist() == [0, 0, 0, 0]
