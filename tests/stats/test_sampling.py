from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from casemill.stats import chances, draw

weights = some.dictionaries(some.text(max_size=5), some.floats(0.01, 10), min_size=1, max_size=40)


@given(weights, some.integers(0, 45))
def test_chances_sum_to_what_is_wanted_and_none_is_more_than_certain(of: dict[str, float], wanted: int) -> None:
    given_out = chances(of, wanted=wanted)
    assert sum(given_out.values()) == pytest.approx(min(wanted, len(of)))
    assert all(0 <= chance <= 1 + 1e-9 for chance in given_out.values())
    heavier = sorted(of, key=lambda name: of[name])
    assert all(given_out[a] <= given_out[b] + 1e-9 for a, b in pairwise(heavier))


@given(weights, some.integers(0, 45))
def test_a_draw_has_its_size_names_nobody_twice_and_is_the_same_again(of: dict[str, float], wanted: int) -> None:
    given_out = chances(of, wanted=wanted)
    drawn = draw(given_out, wanted=wanted, seed="a")
    assert len(set(drawn)) == len(drawn) == min(wanted, len(of))
    assert drawn == draw(dict(reversed(given_out.items())), wanted=wanted, seed="a")
    assert {name for name, chance in given_out.items() if chance == 1 and wanted} <= set(drawn)


def test_over_many_seeds_each_is_drawn_as_often_as_its_chance_says() -> None:
    given_out = chances({f"{number}": 0.1 + number / 20 for number in range(20)}, wanted=5)
    counts = Counter(name for seed in range(4000) for name in draw(given_out, wanted=5, seed=f"{seed}"))
    assert {name: counts[name] / 4000 for name in given_out} == pytest.approx(given_out, abs=0.03)
