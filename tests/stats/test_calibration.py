"""What a judge's verdicts say once its mistakes are known; held against simulation with fixed seeds."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.stats.calibration import (
    Compared,
    Judged,
    Rate,
    Stratum,
    kappa,
    ppi,
    rates,
    rogan_gladen,
    weighed,
)
from casemill.stats.intervals import wilson

COUNTS = st.integers(0, 60)
TABLES = st.builds(Compared, COUNTS, COUNTS, COUNTS, COUNTS)
RUNS = st.integers(1, 500).flatmap(lambda n: st.builds(Judged, st.integers(0, n), st.just(n)))
Estimate = Callable[[Compared, Judged], Rate | None]


def drawn(truth: float, *, tpr: float, tnr: float, even: bool, chance: random.Random) -> tuple[Compared, Judged]:
    """100 replies that people graded, and 400 others that only the judge did."""
    cells = [0, 0, 0, 0]
    for number in range(100):
        good = number % 2 == 0 if even else chance.random() < truth
        passes = chance.random() < (tpr if good else 1 - tnr)
        cells[(0 if good else 2) + (0 if passes else 1)] += 1
    share = truth * tpr + (1 - truth) * (1 - tnr)
    return Compared(*cells), Judged(sum(chance.random() < share for _ in range(400)), 400)


def coverage(estimate: Estimate, truth: float, *, tpr: float, tnr: float, even: bool) -> tuple[float, float, float]:
    """Over 400 draws: how often the interval holds the truth, its mean width, and the mean of the error."""
    chance = random.Random(5)
    told = [estimate(*drawn(truth, tpr=tpr, tnr=tnr, even=even, chance=chance)) for _ in range(400)]
    assert all(told)
    found = [rate for rate in told if rate]
    held = sum(rate.low <= truth <= rate.high for rate in found) / len(found)
    width = sum(rate.high - rate.low for rate in found) / len(found)
    return held, width, sum(rate.value - truth for rate in found) / len(found)


@pytest.mark.parametrize(
    ("truth", "tpr", "tnr"), [(0.85, 0.95, 0.85), (0.9, 0.9, 0.7), (0.95, 0.95, 0.8), (0.99, 0.99, 0.9)]
)
def test_both_corrections_keep_the_promise_of_their_interval(truth: float, tpr: float, tnr: float) -> None:
    for estimate, even in ((ppi, False), (rogan_gladen, True)):
        held, _, error = coverage(estimate, truth, tpr=tpr, tnr=tnr, even=even)
        assert held >= 0.925
        assert abs(error) < 0.01


def test_the_judges_own_share_does_not_hold_the_truth() -> None:
    def raw(_: Compared, judged: Judged) -> Rate:
        interval = wilson(judged.passed, judged.of)
        assert interval
        return Rate(judged.passed / judged.of, *interval, of=judged.of)

    held, _, error = coverage(raw, 0.9, tpr=0.9, tnr=0.7, even=False)
    assert held < 0.5
    assert error < -0.03


def test_a_random_sample_is_worth_more_with_the_judge_than_without() -> None:
    def people_alone(compared: Compared, _: Judged) -> Rate | None:
        return ppi(compared, Judged(0, 0))

    _, with_judge, _ = coverage(ppi, 0.85, tpr=0.95, tnr=0.85, even=False)
    _, without, _ = coverage(people_alone, 0.85, tpr=0.95, tnr=0.85, even=False)
    assert with_judge < 0.8 * without


def test_an_even_sample_is_no_random_one() -> None:
    held, _, _ = coverage(ppi, 0.85, tpr=0.95, tnr=0.85, even=True)
    assert held < 0.5


def test_known_figures() -> None:
    rate = rogan_gladen(Compared(95, 5, 10, 90), Judged(430, 500))
    assert rate is not None
    assert rate.value == pytest.approx((0.86 + 0.9 - 1) / (0.95 + 0.9 - 1))
    tpr, tnr = rates(Compared(45, 0, 0, 45))
    assert tpr == tnr
    assert tpr == pytest.approx((1.0, 0.9213, 1.0, 45), abs=1e-4)
    assert kappa(Compared(45, 15, 25, 15)) == pytest.approx(0.1304, abs=1e-4)


def test_a_judge_no_better_than_chance_corrects_nothing() -> None:
    assert rogan_gladen(Compared(50, 50, 50, 50), Judged(60, 100)) is None
    assert rogan_gladen(Compared(0, 0, 5, 50), Judged(60, 100)) is None
    assert ppi(Compared(0, 0, 0, 0), Judged(60, 100)) is None
    assert kappa(Compared(50, 0, 0, 0)) is None


@pytest.mark.parametrize("compared", [Compared(1, 0, 3, 1), Compared(1, 0, 99, 1)])
def test_a_judge_seen_too_seldom_to_be_told_from_chance_corrects_nothing(compared: Compared) -> None:
    assert rogan_gladen(compared, Judged(30, 50)) is None


def drawn_evenly(chance: random.Random, *, tpr: float, tnr: float, size: int) -> dict[bool, dict[bool, list[bool]]]:
    """Of 1,000 replies, nine in ten good, half of `size` from what the judge passed, half from what it failed: by its
    word and whether they were drawn, which of them are good."""
    replies: dict[bool, list[bool]] = {True: [], False: []}
    for _ in range(1000):
        good = chance.random() < 0.9
        replies[chance.random() < (tpr if good else 1 - tnr)].append(good)
    few = min(size // 2, len(replies[False]))
    return {
        passes: {True: some[:n], False: some[n:]}
        for passes, n in ((True, size - few), (False, few))
        for some in [replies[passes]]
    }


@pytest.mark.parametrize(
    ("tpr", "tnr", "size"), [(0.95, 0.85, 100), (0.9, 0.7, 60), (0.95, 0.8, 200), (0.98, 0.9, 100), (0.75, 0.3, 100)]
)
def test_an_even_draw_keeps_the_promise_of_its_intervals(tpr: float, tnr: float, size: int) -> None:
    rng = random.Random(11)
    held = {"tpr": 0, "tnr": 0, "rate": 0}
    for _ in range(400):
        replies = drawn_evenly(rng, tpr=tpr, tnr=tnr, size=size)
        strata: dict[str, list[Stratum]] = {name: [] for name in held}
        for passes, some in replies.items():
            n, good = len(some[True]), sum(some[True])
            chance = n / (n + len(some[False]))
            strata["tpr"].append(Stratum(chance, n, good * passes, good * (not passes)))
            strata["tnr"].append(Stratum(chance, n, (n - good) * (not passes), (n - good) * passes))
            strata["rate"].append(Stratum(chance, n, good, n - good))
        for name, truth in (("tpr", tpr), ("tnr", tnr), ("rate", 0.9)):
            rate = weighed(strata[name])
            held[name] += rate is not None and rate.low <= truth <= rate.high
    assert all(share / 400 >= 0.9 for share in held.values()), held


def test_a_miss_that_stands_for_many_is_not_forgotten_because_none_was_drawn() -> None:
    rate = weighed([Stratum(30 / 900, 30, 0, 0), Stratum(1.0, 70, 65, 0)])
    assert rate is not None
    assert (rate.value, rate.of) == (1.0, 65)
    assert rate.low < 0.55  # one missed among the thirty would stand for thirty


def test_a_rate_of_nothing_is_none() -> None:
    assert weighed([]) is None
    assert weighed([Stratum(0.5, 20, 0, 0)]) is None


def test_without_a_fail_among_people_the_interval_reaches_one() -> None:
    rate = ppi(Compared(40, 3, 0, 0), Judged(350, 400))
    assert rate is not None
    assert rate.high == 1.0
    assert rate.low < 0.99


@given(compared=TABLES, judged=RUNS)
def test_every_rate_is_from_0_to_1_and_lies_in_its_interval(compared: Compared, judged: Judged) -> None:
    for rate in (ppi(compared, judged), rogan_gladen(compared, judged), *rates(compared)):
        assert rate is None or 0 <= rate.low <= rate.value <= rate.high <= 1
    agreement = kappa(compared)
    assert agreement is None or -1 <= agreement <= 1
