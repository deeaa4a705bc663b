"""One verdict laid beside what the suite's files know of its case."""

from collections.abc import Iterable
from typing import NamedTuple

from casemill.domain.case import Case
from casemill.domain.failure import Severity
from casemill.domain.gate import Override
from casemill.domain.run import Verdict
from casemill.gate.override import standing
from casemill.gate.rules import Rules


class Weighed(NamedTuple):
    """A verdict with its case. `severity` is the graver of the two; `aside` says why it no longer counts, if so;
    `changed`, that the case has other content now than what this verdict is of."""

    verdict: Verdict
    case: Case | None
    severity: Severity
    aside: str | None
    override: Override | None
    changed: bool = False

    @property
    def blocks(self) -> bool:
        """Whether this verdict shuts the gate by itself. Nothing that is written in a file excuses a P0."""
        if self.severity == "P0":
            return self.verdict.result in ("fail", "flaky")
        return self.severity == "P1" and self.verdict.result == "fail" and not (self.override or self.aside)

    @property
    def counts(self) -> bool:
        """Whether it is part of the pass rate."""
        excused = self.override is not None and self.verdict.result != "pass"
        return self.verdict.result != "error" and not excused and (self.aside is None or self.severity == "P0")


def weigh(verdict: Verdict, rules: Rules, *, today: str) -> Weighed:
    """`today` is YYYY-MM-DD; an override of a day that is past does not count."""
    case = rules.cases.get(verdict.case)
    severity = min(verdict.severity, case.severity) if case else verdict.severity
    override = standing(rules.overrides, verdict.case, today=today) if severity == "P1" else None
    changed = case is not None and verdict.digest not in (case.digest, rules.frozen.get(case.id))
    return Weighed(verdict, case, severity, _aside(case), override, changed)


def _aside(case: Case | None) -> str | None:
    if case is None:
        return None
    if case.stale:
        return f"stale since {case.stale.since}: {case.stale.because}"
    if case.status == "quarantined":
        return f"quarantined: {case.quarantine.because}" if case.quarantine else "quarantined"
    return "retired" if case.status == "retired" else None


def rate_of(weighed: Iterable[Weighed]) -> tuple[int, int]:
    """How many passed, and how many were judged."""
    judged = [each for each in weighed if each.counts]
    return sum(each.verdict.result == "pass" for each in judged), len(judged)
