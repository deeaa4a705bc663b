import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from casemill.stats import wilson


@given(n=st.integers(1, 2000), share=st.floats(0, 1), level=st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_wilson_is_what_scipy_says(n: int, share: float, level: float) -> None:
    hits = round(share * n)
    theirs = binomtest(hits, n).proportion_ci(confidence_level=level, method="wilson")
    assert wilson(hits, n, level=level) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_nothing_seen_tells_nothing() -> None:
    assert wilson(0, 0) is None
