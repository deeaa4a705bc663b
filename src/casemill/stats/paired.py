"""The same cases asked twice: has the pass rate fallen, by how much, and how small a fall could have been seen?

Everything here works on differences, one a case: its pass rate after less its pass rate before, from -1 to 1.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import erfc, lcm, sqrt
from statistics import NormalDist

# A sign-flip test counts every sum that can come; past this many sums times cases the bell curve is as good.
EXACT_UP_TO = 300_000
# The finest grid on which rates lie; trials of a case beyond it are told to that precision.
FINEST = 240


def mcnemar(worse: int, better: int) -> float:
    """The chance, 0 to 1, of `worse` or more among the cases that changed when each change is a toss of a coin.

    One-sided and exact. Source: Q. McNemar, Psychometrika 12 (1947), by the binomial distribution.
    """
    n = worse + better
    ways, so_many = 1, 0
    for k in range(n + 1):
        so_many += ways if k >= worse else 0
        ways = ways * (n - k) // (k + 1)
    return float(Fraction(so_many, 2**n))


def drop_chance(differences: Sequence[float]) -> float:
    """The chance, 0 to 1, of so deep a fall or a deeper one if before and after were the same: one-sided.

    With one trial a case it is `mcnemar`; with more, a sign-flip test on the rates, exact where few cases changed.
    Source: R. A. Fisher, The Design of Experiments (1935), section 21.
    """
    steps = _steps([one for one in differences if one])
    if not steps:
        return 1.0
    if len(set(map(abs, steps))) == 1:
        return mcnemar(sum(step < 0 for step in steps), sum(step > 0 for step in steps))
    if sum(map(abs, steps)) * len(steps) <= EXACT_UP_TO:
        return _flipped(steps)
    spread = sqrt(sum(step * step for step in steps))
    return 0.5 * erfc(-(sum(steps) + 1) / spread / sqrt(2))


def mean_interval(differences: Sequence[float], *, level: float = 0.95) -> tuple[float, float] | None:
    """The interval of the mean difference, -1 to 1; None without cases.

    Two invented cases, of which a half is better, a half worse and one the same, keep it honest when few or none
    changed. Source: A. Agresti and Y. Min, Statistics in Medicine 24 (2005), carried from verdicts to rates.
    """
    if not differences:
        return None
    n = len(differences) + 2
    middle = sum(differences) / n
    reach = NormalDist().inv_cdf(0.5 + level / 2) * sqrt(max(0.0, _spread(differences) - middle**2) / n)
    return max(-1.0, middle - reach), min(1.0, middle + reach)


def smallest_drop(differences: Sequence[float], *, power: float = 0.8, sure: float = 0.95) -> float:
    """The fall, 0 to 1, that a comparison of this many cases, as unsteady as these, sees with `power`; 1 without any.

    One-sided at 1 - `sure`. The cases that such a fall breaks are unsteadiness too, added to what was seen beyond the
    change of the mean; without it fifty cases that all stayed the same would seem to show a fall of two of them.
    Source: R. J. Connor, Biometrics 43 (1987), solved for the fall.
    """
    if not differences:
        return 1.0
    bell, n = NormalDist(), len(differences)
    each = (bell.inv_cdf(sure) + bell.inv_cdf(power)) ** 2 / n
    unsteady = max(0.0, _spread(differences) - abs(sum(differences)) / n)
    return min(1.0, (each + sqrt(each * each + 4 * each * unsteady)) / 2)


def _spread(differences: Sequence[float]) -> float:
    """The mean square of the differences, the two invented halves included; never 0."""
    return (sum(one * one for one in differences) + 1) / (len(differences) + 2)


def _steps(differences: Sequence[float]) -> list[int]:
    """The differences as whole steps of the coarsest grid on which all of them lie."""
    parts = [Fraction(one).limit_denominator(FINEST) for one in differences]
    grid = lcm(*(part.denominator for part in parts)) if parts else 1
    if grid > FINEST:
        return [round(one * FINEST) for one in differences]
    return [int(part * grid) for part in parts]


def _flipped(steps: Sequence[int]) -> float:
    """The share of all ways to set the signs whose sum is as low as this one, or lower."""
    ways = {0: 1}
    for step in map(abs, steps):
        after: dict[int, int] = {}
        for total, count in ways.items():
            for sign in (total - step, total + step):
                after[sign] = after.get(sign, 0) + count
        ways = after
    as_low = sum(count for total, count in ways.items() if total <= sum(steps))
    return float(Fraction(as_low, 2 ** len(steps)))
