"""Intervals for a rate."""

from collections.abc import Iterable
from math import sqrt
from statistics import NormalDist


def wilson(hits: float, n: float, *, level: float = 0.95) -> tuple[float, float] | None:
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


def surely_under(few: tuple[int, int], others: tuple[int, int], *, level: float = 0.95) -> bool:
    """Whether the rate of `few`, (hits, n), is under that of `others`, with the whole interval of the difference.

    Source: R. G. Newcombe, Statistics in Medicine 17 (1998), method 10: the two Wilson intervals, joined.
    """
    own, theirs = wilson(*few, level=level), wilson(*others, level=level)
    if own is None or theirs is None:
        return False
    rate, other = few[0] / few[1], others[0] / others[1]
    return other - rate > sqrt((other - theirs[0]) ** 2 + (own[1] - rate) ** 2)


def weighted(seen: Iterable[tuple[float, bool]], *, level: float = 0.95) -> tuple[float, float, float] | None:
    """The share of hits among all that a sample was drawn from, and its interval, 0 to 1; None when nothing was seen.

    Each one seen is given with its chance (above 0) to be drawn, and stands for 1/chance of all. The interval is
    Wilson's for as many evenly drawn ones as would tell the same.
    Sources: J. Hájek's ratio form of the Horvitz-Thompson estimator (1971); L. Kish, Survey Sampling (1965), 8.2.
    """
    weights = [(1 / chance, hit) for chance, hit in seen]
    total = sum(weight for weight, _ in weights)
    if not weights:
        return None
    share = sum(weight for weight, hit in weights if hit) / total
    evenly = total * total / sum(weight * weight for weight, _ in weights)
    low, high = wilson(share * evenly, evenly, level=level) or (0.0, 1.0)
    return share, min(low, share), max(high, share)
