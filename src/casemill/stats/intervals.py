"""Intervals for a rate."""

from math import sqrt
from statistics import NormalDist


def wilson(hits: int, n: int, *, level: float = 0.95) -> tuple[float, float] | None:
    """The Wilson score interval of hits/n, both ends in 0..1; None when there is nothing to tell (n = 0).

    Source: E. B. Wilson, JASA 22 (1927); chosen because it keeps its promise at small n and near 0 and 1.
    """
    if n == 0:
        return None
    z = NormalDist().inv_cdf(0.5 + level / 2)
    rate, z2 = hits / n, z * z
    middle = (rate + z2 / (2 * n)) / (1 + z2 / n)
    reach = z / (1 + z2 / n) * sqrt(rate * (1 - rate) / n + z2 / (4 * n * n))
    return max(0.0, middle - reach), min(1.0, middle + reach)
