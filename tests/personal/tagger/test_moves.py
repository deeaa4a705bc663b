"""Steps told against O: every sequence of labels keeps its worth beside the one that is nothing."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from casemill.personal.tagger.moves import BEGINS, COLUMNS, INNERS, OPEN, moves_of
from personal.tagger.drawn import drawn, gained, side_by_side, worth


@given(st.integers(0, 10**6), st.integers(1, 12))
def test_a_path_gains_what_it_is_worth_more_than_nothing(seed: int, length: int) -> None:
    emissions, steps = drawn(seed, length)
    path = side_by_side(emissions, steps, lengths=[length])
    told = moves_of(steps).steps
    gains = gained(emissions, steps, lengths=[length])
    walked = sum(int(told[one, other]) for one, other in pairwise([0, *path, 0]))
    summed = sum(int(gains[place, COLUMNS.index(label)]) for place, label in enumerate(path) if label)
    assert walked + summed == worth(path, emissions, steps) - worth([0] * length, emissions, steps)


@given(st.integers(0, 10**6))
def test_only_the_step_from_an_inner_label_back_to_nothing_is_worth_anything_within_a_kind(seed: int) -> None:
    steps = moves_of(drawn(seed, 1)[1]).steps
    for begin, inner in zip(BEGINS, INNERS, strict=True):
        kinds = [(0, begin), (begin, 0), (begin, inner), (inner, inner)]
        assert [int(steps[pair]) for pair in kinds] == [0, 0, 0, 0]


@given(st.integers(0, 10**6))
def test_a_score_below_the_least_leads_to_no_label_better_than_from_nothing(seed: int) -> None:
    moves = moves_of(drawn(seed, 1)[1])
    for label, (more, least) in enumerate(zip(moves.plain.more, moves.plain.least, strict=True), 1):
        assert more == [int(moves.steps[label, target] - moves.steps[0, target]) for target in OPEN]
        assert max(more) + least == 0
    assert moves.plain.dull == list(map(min, moves.plain.least[::2], moves.plain.least[1::2]))
