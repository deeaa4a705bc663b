"""Decoding: the best of all label sequences, whatever stands beside it in the batch."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemill.personal.tagger.viterbi import Scores, best_labels, best_path, layout, moves_of, one_path
from casemill.personal.tagger.weights import LABELS, NEVER, may_follow

COUNT = len(LABELS)
ALLOWED = np.array([[may_follow(i, j) for j in range(COUNT)] for i in range(COUNT)])


def decoded(emissions: Scores, steps: Scores, lengths: list[int]) -> list[int]:
    sizes = np.array(lengths, np.int64)
    path: list[int] = best_path(emissions, steps, walk=layout(np.cumsum(sizes) - sizes, sizes)).tolist()
    return path


def drawn(seed: int, tokens: int, *, most: int = 300) -> tuple[Scores, Scores]:
    chance = np.random.default_rng(seed)
    steps = np.where(ALLOWED, chance.integers(-most, most, (COUNT, COUNT)), NEVER).astype(np.int32)
    return chance.integers(-2 * most, 2 * most, (tokens, COUNT)).astype(np.int32), steps


def worth(path: tuple[int, ...] | list[int], emissions: Scores, steps: Scores) -> int:
    moves = sum(int(steps[one, other]) for one, other in pairwise(path))
    return moves + sum(int(emissions[place, label]) for place, label in enumerate(path))


@pytest.mark.parametrize("seed", range(4))
def test_no_sequence_is_worth_more(seed: int) -> None:
    emissions, steps = drawn(seed, 4)
    begins = (0, *range(1, COUNT, 2))
    best = max(worth(path, emissions, steps) for path in product(begins, *[range(COUNT)] * 3))
    assert worth(decoded(emissions, steps, [4]), emissions, steps) == best


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_a_sequence_is_decoded_the_same_in_any_company(seed: int, lengths: list[int]) -> None:
    emissions, steps = drawn(seed, sum(lengths))
    alone: list[int] = []
    start = 0
    for length in lengths:
        alone += decoded(emissions[start : start + length], steps, [length])
        start += length
    assert decoded(emissions, steps, lengths) == alone


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 30))
def test_an_inner_label_never_begins_a_span(seed: int, length: int) -> None:
    emissions, steps = drawn(seed, length)
    path = [0, *decoded(emissions, steps, [length])]
    assert all(may_follow(one, other) for one, other in pairwise(path))


@settings(max_examples=200)
@given(st.integers(0, 10**6), st.integers(1, 30), st.sampled_from([1, 2, 300]))
def test_number_by_number_finds_the_same_path_ties_included(seed: int, length: int, most: int) -> None:
    emissions, steps = drawn(seed, length, most=most)
    assert one_path(emissions.tolist(), moves_of(steps)) == decoded(emissions, steps, [length])


@pytest.mark.parametrize("count", [1, 3, 150])
def test_few_and_many_sequences_are_decoded_alike(count: int) -> None:
    sizes = [1 + place % 7 for place in range(count)]
    emissions, steps = drawn(count, sum(sizes), most=2)
    lengths = np.array(sizes, np.int64)
    starts = np.cumsum(lengths) - lengths
    found = best_labels(emissions, moves_of(steps), starts=starts, lengths=lengths).tolist()
    alone = [
        one_path(emissions[start : start + size].tolist(), moves_of(steps))
        for start, size in zip(starts, sizes, strict=True)
    ]
    assert found == [label for path in alone for label in path]
