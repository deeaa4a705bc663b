"""How often a judge is right, and what its verdicts say about a pass rate once its mistakes are known.

Positive means pass: `tpr` is the share of good replies that the judge passes, `tnr` of bad ones that it fails.
"""

from collections.abc import Iterable, Sequence
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from casemill.stats.intervals import wilson

SMOOTHING = 0.5  # observations added to each cell before a variance is taken: none can be 0 by luck


class Rate(NamedTuple):
    """A rate with its interval, all 0 to 1, counted over `of`."""

    value: float
    low: float
    high: float
    of: int


class Compared(NamedTuple):
    """Verdicts of people and of a judge on the same replies: `pass_fail` were passed by people, failed by the judge."""

    pass_pass: int
    pass_fail: int
    fail_pass: int
    fail_fail: int

    @property
    def n(self) -> int:
        return sum(self)

    @property
    def good(self) -> int:
        """How many of them people passed."""
        return self.pass_pass + self.pass_fail

    @property
    def bad(self) -> int:
        """How many of them people failed."""
        return self.fail_pass + self.fail_fail


class Judged(NamedTuple):
    """How many replies a judge passed of those that nobody else graded."""

    passed: int
    of: int


class Stratum(NamedTuple):
    """Replies that were drawn with one chance: how many, and which of them are hits and misses of a rate; the others
    do not belong to it."""

    chance: float
    n: int
    hits: int
    misses: int


def rates(compared: Compared, *, level: float = 0.95) -> tuple[Rate | None, Rate | None]:
    """TPR and TNR with Wilson's intervals; None where there was nothing to be right about."""
    return (
        _rate(compared.pass_pass, compared.good, level=level),
        _rate(compared.fail_fail, compared.bad, level=level),
    )


def kappa(compared: Compared) -> float | None:
    """Cohen's kappa: agreement beyond chance, 1 at most; None when one of the two always says the same."""
    if not compared.n:
        return None
    seen = (compared.pass_pass + compared.fail_fail) / compared.n
    judge = (compared.pass_pass + compared.fail_pass) / compared.n
    human = compared.good / compared.n
    chance = judge * human + (1 - judge) * (1 - human)
    return (seen - chance) / (1 - chance) if chance < 1 and 0 < judge < 1 and 0 < human < 1 else None


def rogan_gladen(compared: Compared, judged: Judged, *, level: float = 0.95) -> Rate | None:
    """The true pass rate behind `judged`, where the compared replies were drawn evenly from good and bad.

    How often people passed them tells nothing then; only TPR and TNR are taken from them. None when the judge is no
    better than chance, also with those two observations added, or one of the two was not seen.
    Sources: W. J. Rogan and B. Gladen, Am. J. Epidemiol. 107 (1978); the interval is that of Zs. Lang and J. Reiczigel,
    Prev. Vet. Med. 113 (2014), with two observations added to each rate as A. Agresti and B. Coull do.
    """
    if not (compared.good and compared.bad and judged.of):
        return None
    tpr, tnr = compared.pass_pass / compared.good, compared.fail_fail / compared.bad
    if tpr + tnr <= 1:
        return None
    value = (judged.passed / judged.of + tnr - 1) / (tpr + tnr - 1)
    z = NormalDist().inv_cdf(0.5 + level / 2)
    n, positives, negatives = judged.of + z * z, compared.good + 2, compared.bad + 2
    share = (judged.passed + z * z / 2) / n
    tpr, tnr = (compared.pass_pass + 1) / positives, (compared.fail_fail + 1) / negatives
    if tpr + tnr <= 1:
        return None
    middle = (share + tnr - 1) / (tpr + tnr - 1)
    of_tpr, of_tnr = tpr * (1 - tpr) / positives, tnr * (1 - tnr) / negatives
    shift = 2 * z * z * (middle * of_tpr - (1 - middle) * of_tnr)
    spread = sqrt(share * (1 - share) / n + middle**2 * of_tpr + (1 - middle) ** 2 * of_tnr) / (tpr + tnr - 1)
    return _bounded(value, middle + shift - z * spread, high=middle + shift + z * spread, of=judged.of)


def weighed(strata: Iterable[Stratum], *, level: float = 0.95) -> Rate | None:
    """A rate among all that unevenly drawn replies stand for; None when it has neither a hit nor a miss.

    A few replies may stand for many, and rare misses hide among those: none seen is not none there. So the variance is
    taken with half a hit and half a miss added to each stratum; the interval is Wilson's for as many evenly drawn
    replies as would tell as much.
    Source of the variance: W. G. Cochran, Sampling Techniques (1977), 6.11, the combined ratio estimate, and 12.2,
    double sampling for stratification.
    """
    drawn = tuple(strata)
    hits, misses = (sum(each[at] / each.chance for each in drawn) for at in (2, 3))
    if not hits + misses:
        return None
    value, as_many = hits / (hits + misses), _as_many(drawn)
    low, high = wilson(value * as_many, as_many, level=level) or (0.0, 1.0)
    return _bounded(value, low, high=high, of=sum(each.hits + each.misses for each in drawn))


def _as_many(strata: Sequence[Stratum]) -> float:
    """How many evenly drawn replies would tell as much of a rate as these strata do, whose sizes are luck as well."""
    smooth = [
        (each.n / each.chance, each.n + 2 * SMOOTHING, each.hits + SMOOTHING, each.misses + SMOOTHING)
        for each in strata
    ]
    hits = sum(size * hit / n for size, n, hit, _ in smooth)
    total = hits + sum(size * miss / n for size, n, _, miss in smooth)
    rate = hits / total
    variance = 0.0
    for size, n, hit, miss in smooth:
        mean = (hit * (1 - rate) - miss * rate) / n
        variance += size * size * ((hit * (1 - rate) ** 2 + miss * rate**2) / n - mean * mean) / n + size * mean * mean
    return rate * (1 - rate) * total * total / variance


def ppi(compared: Compared, judged: Judged, *, level: float = 0.95) -> Rate | None:
    """The true pass rate, where the compared replies are a random sample of the same ones as `judged`.

    People's verdicts are believed; the judge's on the others only make the interval narrower, as far as they agree.
    None when nothing was compared. The interval is Wilson's for as many plain verdicts as would tell as much, so it
    keeps its promise near 0 and 1 too; where people saw no fail, it reaches 1.
    Source: A. N. Angelopoulos, J. C. Duchi and T. Zrnic, PPI++: Efficient Prediction-Powered Inference (2023).
    """
    if not compared.n:
        return None
    if not judged.of:
        return _rate(compared.good, compared.n, level=level)
    value = _powered(compared, judged.passed / judged.of, more=judged.of).value
    smoothed = [cell + SMOOTHING for cell in compared]
    share = (judged.passed + 2 * SMOOTHING) / (judged.of + 4 * SMOOTHING)
    variance = _powered(smoothed, share, more=judged.of).variance
    value = min(1.0, max(0.0, value))
    inner = min(1 - SMOOTHING / compared.n, max(SMOOTHING / compared.n, value))
    as_many = inner * (1 - inner) / variance
    low, high = wilson(value * as_many, as_many, level=level) or (0.0, 1.0)
    return _bounded(value, low if compared.good else 0.0, high=high if compared.bad else 1.0, of=compared.n + judged.of)


class _Estimate(NamedTuple):
    value: float
    variance: float


def _powered(cells: Sequence[float], share: float, *, more: int) -> _Estimate:
    """The estimate from the four cells of a comparison, and the `share` that the judge passed of `more` others."""
    both, human_only, judge_only, _ = cells
    n = sum(cells)
    human, judge = (both + human_only) / n, (both + judge_only) / n
    together, spread = both / n - human * judge, judge * (1 - judge)
    trust = min(1.0, max(0.0, together / ((1 + n / more) * spread))) if spread else 0.0
    rest = human * (1 - human) - 2 * trust * together + trust * trust * spread
    return _Estimate(trust * share + human - trust * judge, trust * trust * share * (1 - share) / more + rest / n)


def _rate(hits: int, n: int, *, level: float) -> Rate | None:
    interval = wilson(hits, n, level=level)
    return _bounded(hits / n, interval[0], high=interval[1], of=n) if interval else None


def _bounded(value: float, low: float, *, high: float, of: int) -> Rate:
    """A rate from 0 to 1 that lies in its own interval."""
    value, low, high = (min(1.0, max(0.0, each)) for each in (value, low, high))
    return Rate(value, min(low, value), max(high, value), of)
