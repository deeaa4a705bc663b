"""Two runs laid side by side, case by case: has the pass rate fallen, and are there enough cases to tell?"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from casemill.domain.comparison import Comparison, Finding, Flip
from casemill.domain.failure import Severity
from casemill.domain.run import Run, Verdict, VerdictResult
from casemill.domain.yardstick import Apart, Names, Recorded
from casemill.run.verdict import vote_of
from casemill.stats import drop_chance, mean_interval, smallest_drop

SURE = 0.05
MAX_DROP = 0.05
RESULTS: Mapping[VerdictResult, float | None] = {"pass": 1.0, "fail": 0.0, "flaky": 0.5, "error": None}


class Standing(NamedTuple):
    """How a case stood: its verdict, the share of its trials that passed, None where none could tell, and what it was
    graded by."""

    digest: str
    result: VerdictResult
    rate: float | None
    failure_mode: str = ""
    severity: Severity = "P2"
    reason: str = ""
    yardsticks: Names = ()


class Side(NamedTuple):
    """A run, or what is kept of one, as a comparison sees it; `yardsticks` are the files that its cases name, with what
    they said."""

    run: str
    cases: Mapping[str, Standing]
    yardsticks: Recorded = None


def side_of(run: Run) -> Side:
    """Every case of a run with the share of its trials that passed."""
    return Side(run.head.id, {verdict.case: _standing(verdict) for verdict in run.verdicts}, run.head.yardsticks)


def graded_otherwise(before: Side, after: Side) -> dict[str, tuple[str, ...]]:
    """The cases that both sides answered in the same content and that are not compared all the same: by case the names
    of the files that say something else, or are others."""
    found: dict[str, tuple[str, ...]] = {}
    apart = Apart(before.yardsticks, after.yardsticks)
    for id, now in after.cases.items():
        was = before.cases.get(id)
        if was is not None and was.digest == now.digest and (names := apart.names(was.yardsticks, now.yardsticks)):
            found[id] = names
    return found


def votes_of(verdict: Verdict) -> tuple[bool, ...]:
    """For each trial of a case that could tell, in order, whether it passed."""
    return tuple(vote == "pass" for trial in verdict.trials if (vote := vote_of(trial)) != "error")


def compare(before: Side, after: Side, *, max_drop: float = MAX_DROP, leave: Collection[str] = ()) -> Comparison | None:
    """The cases that both sides answered in the same content, graded by the same files, those of `leave` left out; None
    when there are none.

    `max_drop` is the fall that must not go unseen: with too few cases to show it, nothing is called steady.
    """
    left_out, pairs = _paired(before, after, leave=leave)
    if not pairs:
        return None
    rates = [(was.rate or 0.0, now.rate or 0.0) for was, now in pairs.values()]
    differences = [now - was for was, now in rates]
    chance, risen = drop_chance(differences), drop_chance([-one for one in differences])
    smallest = smallest_drop(differences)
    return Comparison(
        before=before.run,
        after=after.run,
        cases=len(pairs),
        rate_before=sum(was for was, _ in rates) / len(rates),
        rate_after=sum(now for _, now in rates) / len(rates),
        interval=mean_interval(differences) or (-1.0, 1.0),
        chance=chance,
        risen=risen,
        smallest=smallest,
        says=_says(chance, risen, enough=smallest <= max_drop),
        worse=tuple(_flips(pairs, lambda was, now: now < was)),
        better=tuple(_flips(pairs, lambda was, now: now > was)),
        left_out=dict(left_out),
    )


def _says(chance: float, risen: float, *, enough: bool) -> Finding:
    if chance <= SURE:
        return "fell"
    if risen <= SURE:
        return "rose"
    return "steady" if enough else "too_few"


def _paired(
    before: Side, after: Side, *, leave: Collection[str]
) -> tuple[Counter[str], dict[str, tuple[Standing, Standing]]]:
    """How many cases are left out for which reason, and the pairs that are compared."""
    left_out: Counter[str] = Counter()
    pairs: dict[str, tuple[Standing, Standing]] = {}
    apart = Apart(before.yardsticks, after.yardsticks)
    for id, now in after.cases.items():
        was = before.cases.get(id)
        if was is None:
            left_out["only after"] += 1
        elif id in leave:
            left_out["set aside"] += 1
        elif was.digest != now.digest:
            left_out["another content"] += 1
        elif apart.names(was.yardsticks, now.yardsticks):
            left_out["graded otherwise"] += 1
        elif was.rate is None or now.rate is None:
            left_out["an error"] += 1
        else:
            pairs[id] = was, now
    if gone := sum(id not in after.cases for id in before.cases):
        left_out["only before"] = gone
    return left_out, pairs


def _flips(pairs: Mapping[str, tuple[Standing, Standing]], wanted: Callable[[float, float], bool]) -> Iterator[Flip]:
    """Cases whose verdict changed this way, the gravest first."""
    found = [
        (now.severity, now.failure_mode, id)
        for id, (was, now) in pairs.items()
        if was.result != now.result and wanted(was.rate or 0.0, now.rate or 0.0)
    ]
    for severity, mode, id in sorted(found):
        was, now = pairs[id]
        reason = now.reason if now.result != "pass" else was.reason
        yield Flip(case=id, failure_mode=mode, severity=severity, before=was.result, after=now.result, reason=reason)


def _standing(verdict: Verdict) -> Standing:
    rate, by = RESULTS[verdict.result], verdict.yardsticks
    if len(verdict.trials) > 1:
        votes = votes_of(verdict)
        rate = sum(votes) / len(votes) if votes else None
    return Standing(verdict.digest, verdict.result, rate, verdict.failure_mode, verdict.severity, verdict.reason, by)
