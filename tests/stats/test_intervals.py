import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from casemill.stats import chances, draw, surely_under, weighted, wilson


@given(n=st.integers(1, 2000), share=st.floats(0, 1), level=st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_wilson_is_what_scipy_says(n: int, share: float, level: float) -> None:
    hits = round(share * n)
    theirs = binomtest(hits, n).proportion_ci(confidence_level=level, method="wilson")
    assert wilson(hits, n, level=level) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_nothing_seen_tells_nothing() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(
    ("few", "others", "under"),
    [
        ((21, 22), (49, 49), False),
        ((5, 10), (30, 30), True),
        ((56, 70), (48, 80), False),
        ((48, 80), (56, 70), True),
        ((0, 0), (9, 9), False),
        ((9, 9), (0, 0), False),
    ],
)
def test_one_rate_is_surely_under_another_by_newcombes_interval(
    few: tuple[int, int], others: tuple[int, int], under: bool
) -> None:
    """56 of 70 against 48 of 80 is his own example: the difference lies between 5.2 and 33.4 points."""
    assert surely_under(few, others) is under


def test_an_even_sample_weighs_nothing() -> None:
    assert weighted([(0.3, number < 3) for number in range(20)]) == pytest.approx((0.15, *(wilson(3, 20) or ())))
    assert weighted([]) is None


def test_a_leaning_sample_tells_the_true_rate_and_its_interval_holds_it() -> None:
    """Three hundred tickets, the doubtful third of which leaks eight times as often."""
    doubts = {f"{number}": 0.9 if number % 3 == 0 else 0.0 for number in range(300)}
    hit = {name: int(name) % (5 if doubt else 40) == 3 for name, doubt in doubts.items()}
    true = sum(hit.values()) / len(hit)
    chance = chances({name: 0.1 + doubt for name, doubt in doubts.items()}, wanted=45)
    told = [
        weighted([(chance[name], hit[name]) for name in draw(chance, wanted=45, seed=f"{seed}")])
        for seed in range(2000)
    ]
    shares = [share for share, _, _ in filter(None, told)]
    assert sum(shares) / len(shares) == pytest.approx(true, abs=0.004)
    assert sum(low <= true <= high for _, low, high in filter(None, told)) >= 0.95 * len(told)
