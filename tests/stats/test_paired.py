"""Two runs of the same cases: chance, interval, and the smallest fall that could have been seen."""

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, permutation_test

from casemill.stats import drop_chance, mcnemar, mean_interval, smallest_drop
from casemill.stats.paired import EXACT_UP_TO


@given(worse=st.integers(0, 400), better=st.integers(0, 400))
def test_mcnemar_is_scipys_exact_binomial_test(worse: int, better: int) -> None:
    if worse + better:
        theirs = binomtest(worse, worse + better, alternative="greater").pvalue
        assert mcnemar(worse, better) == pytest.approx(theirs, rel=1e-9)


def test_nothing_that_changed_tells_of_no_fall() -> None:
    assert mcnemar(0, 0) == drop_chance([]) == drop_chance([0.0, 0.0]) == 1.0


@given(
    worse=st.integers(0, 30), better=st.integers(0, 30), same=st.integers(0, 50), size=st.sampled_from([1, 0.5, 1 / 3])
)
def test_one_trial_a_case_is_mcnemar_however_many_stayed_the_same(
    worse: int, better: int, same: int, size: float
) -> None:
    differences = [-size] * worse + [size] * better + [0.0] * same
    assert drop_chance(differences) == pytest.approx(mcnemar(worse, better))


RATES = st.lists(st.sampled_from([-1, -2 / 3, -0.5, -0.2, 0, 0.25, 1 / 3, 0.5, 1.0]), min_size=2, max_size=12)


@given(RATES)
def test_many_trials_a_case_is_scipys_paired_permutation_test(differences: list[float]) -> None:
    theirs = permutation_test(
        (np.array(differences), np.zeros(len(differences))),
        lambda a, b: np.round((a - b).sum(), 9),
        permutation_type="samples",
        alternative="less",
        n_resamples=np.inf,
    )
    assert drop_chance(differences) == pytest.approx(theirs.pvalue, abs=1e-9)


def test_the_bell_curve_takes_over_where_counting_would_take_long_and_agrees() -> None:
    rng = random.Random(7)
    steps = [rng.choice([-3, -2, -1, 1, 2, 3]) for _ in range(600)]
    chances = np.ones(1)
    for step in map(abs, steps):
        chances = np.convolve(chances, [0.5, *[0.0] * (2 * step - 1), 0.5])
    counted = chances[: sum(steps) + sum(map(abs, steps)) + 1].sum()
    assert sum(map(abs, steps)) * len(steps) > EXACT_UP_TO
    assert drop_chance([step / 5 for step in steps]) == pytest.approx(counted, abs=1e-3)


def suite_twice(rng: random.Random, *, cases: int, trials: int, drop: float) -> list[float]:
    """Differences of per-case rates: most cases steady, some flickering, a share of `drop` newly broken."""
    found = []
    for _ in range(cases):
        rate = 0.98 if rng.random() < 0.8 else rng.betavariate(4, 1.5)
        after = 0.0 if rng.random() < drop else rate
        passes = [sum(rng.random() < p for _ in range(trials)) / trials for p in (rate, after)]
        found.append(passes[1] - passes[0])
    return found


def true_drop(drop: float) -> float:
    return drop * (0.8 * 0.98 + 0.2 * 4 / 5.5)


def repeats(*, cases: int, trials: int, drop: float) -> list[list[float]]:
    rng = random.Random(20261121)
    return [suite_twice(rng, cases=cases, trials=trials, drop=drop) for _ in range(600)]


@pytest.mark.parametrize(("cases", "trials"), [(50, 1), (50, 3), (200, 1)])
def test_without_a_fall_chance_alarms_at_most_one_time_in_twenty(cases: int, trials: int) -> None:
    alarms = sum(drop_chance(one) <= 0.05 for one in repeats(cases=cases, trials=trials, drop=0.0))
    assert alarms / 600 <= 0.05 + 2 * (0.05 * 0.95 / 600) ** 0.5


@pytest.mark.parametrize(("cases", "trials", "drop"), [(50, 1, 0.0), (50, 1, 0.1), (50, 3, 0.05), (200, 1, 0.05)])
def test_the_interval_holds_the_true_change_19_times_in_20(cases: int, trials: int, drop: float) -> None:
    intervals = [mean_interval(one) for one in repeats(cases=cases, trials=trials, drop=drop)]
    held = sum(low <= -true_drop(drop) <= high for low, high in filter(None, intervals))
    assert held / 600 >= 0.95 - 2 * (0.05 * 0.95 / 600) ** 0.5


def test_cases_that_all_stayed_the_same_still_leave_a_width() -> None:
    low, high = mean_interval([0.0] * 50) or (0.0, 0.0)
    assert (low, high) == pytest.approx((-0.0377, 0.0377), abs=1e-3)
    assert mean_interval([]) is None


def test_the_smallest_drop_is_seen_four_times_in_five() -> None:
    cases, drop = 200, 0.08
    seen = repeats(cases=cases, trials=1, drop=drop)
    least = sum(smallest_drop(one) for one in seen) / len(seen)
    power = sum(drop_chance(one) <= 0.05 for one in seen) / len(seen)
    assert least == pytest.approx(true_drop(drop), abs=0.02)
    assert power == pytest.approx(0.8, abs=0.15)


@pytest.mark.parametrize("cases", [20, 50, 142, 400])
def test_cases_that_never_changed_before_show_the_smallest_drop_four_times_in_five_too(cases: int) -> None:
    rng, least = random.Random(7), smallest_drop([0.0] * cases)
    falls = ([-1.0 if rng.random() < least else 0.0 for _ in range(cases)] for _ in range(600))
    assert sum(drop_chance(one) <= 0.05 for one in falls) / 600 == pytest.approx(0.83, abs=0.08)


def test_so_few_cases_that_no_fall_could_show_see_nothing() -> None:
    assert drop_chance([-1.0] * 4) > 0.05
    assert smallest_drop([0.0] * 4) == 1.0


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=40))
def test_twice_the_cases_see_less_and_none_see_nothing(differences: Sequence[float]) -> None:
    assert 0 < smallest_drop([*differences, *differences]) <= smallest_drop(differences) <= 1
    assert smallest_drop([]) == 1.0
