"""One verdict laid beside what the suite's files know of its case."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from casemill.domain.case import Case
from casemill.domain.failure import Severity
from casemill.domain.gate import GatePolicy, Override
from casemill.domain.run import Verdict
from casemill.domain.yardstick import Names
from casemill.gate.facts import fails_facts
from casemill.gate.judges import Doubts, rests_on_doubted
from casemill.gate.override import Counting, standing
from casemill.gate.rules import Rules
from casemill.gate.stability import Steadiness


class Scales(NamedTuple):
    """What every verdict of a run is weighed by; `moved` are the yardsticks that are not what they were in it, and
    `graded_by` tells some of them by one digest."""

    target: str
    rules: Rules
    counting: Counting
    doubts: Doubts
    moved: frozenset[str]
    graded_by: Callable[[Names], str]


class Weighed(NamedTuple):
    """A verdict with its case. `severity` is the graver of the two; `aside` says why it no longer counts, if so;
    `changed`, that the case has other content now than what this verdict is of; `regraded`, the files it was graded by
    that say something else now; `doubt`, why it is not believed; `gone`, that the suite knows no such case; `unasked`,
    that it passes with no word of the judge that its case wants; `history`, how steady the case was before."""

    verdict: Verdict
    case: Case | None
    severity: Severity
    aside: str | None = None
    override: Override | None = None
    changed: bool = False
    regraded: tuple[str, ...] = ()
    gone: bool = False
    unasked: bool = False
    doubt: str | None = None
    history: Steadiness | None = None

    @property
    def blocks(self) -> bool:
        """Whether this verdict shuts the gate by itself. Nothing that is written in a file excuses a P0."""
        if self.doubt:
            return False
        if self.severity == "P0":
            return self.verdict.result in ("fail", "flaky")
        return self.severity == "P1" and self.verdict.result == "fail" and not (self.override or self.aside)

    @property
    def counts(self) -> bool:
        """Whether it is part of the pass rate; a pass of another content, by other files, or half graded, is not."""
        excused = self.override is not None and self.verdict.result != "pass"
        outdated = self.changed or self.regraded
        if excused or self.doubt or self.unasked or (outdated and self.verdict.result == "pass"):
            return False
        return self.verdict.result != "error" and (self.aside is None or self.severity == "P0")

    @property
    def golden_fact(self) -> bool:
        """Whether a golden case failed on facts, and is believed."""
        golden = self.case is not None and self.case.golden is not None
        return golden and not (self.doubt or self.aside) and fails_facts(self.verdict)


def weigh(verdict: Verdict, scales: Scales) -> Weighed:
    """What counts against what, by the files as they stand."""
    rules = scales.rules
    case = rules.cases.get(verdict.case)
    severity = min(verdict.severity, case.severity) if case else verdict.severity
    changed = case is not None and _changed(verdict, case, rules=rules)
    history = _history(verdict, scales)
    return Weighed(
        verdict,
        case,
        severity,
        aside=_aside(case) or _flickers(history, rules.policy),
        override=standing(rules.overrides, verdict.case, counting=scales.counting) if severity == "P1" else None,
        changed=changed,
        regraded=tuple(name for name in verdict.yardsticks if name in scales.moved) if scales.moved else (),
        gone=case is None and bool(rules.cases) and rules.frozen.get(verdict.case) != verdict.digest,
        unasked=case is not None and _unasked(verdict, case),
        doubt=rests_on_doubted(verdict, scales.doubts),
        history=history,
    )


def _changed(verdict: Verdict, case: Case, *, rules: Rules) -> bool:
    """Whether a verdict is of neither the content that the release holds nor of that which the file has now."""
    now = rules.digests.get(case.id) or case.digest
    return verdict.digest not in (now, rules.frozen.get(case.id))


def _unasked(verdict: Verdict, case: Case) -> bool:
    """Whether it passes although the judge that its case wants said nothing."""
    if verdict.result != "pass" or not any("judge" in assertion for assertion in case.assert_):
        return False
    graders = (grade.grader.partition("/")[0] for trial in verdict.trials for grade in trial.grades)
    return "judge" not in graders


def _history(verdict: Verdict, scales: Scales) -> Steadiness | None:
    found = scales.rules.steady.get(verdict.case, {}).get(scales.target)
    if found is None:
        return None
    graded = scales.graded_by(verdict.yardsticks) if found.graded_by else ""
    return found if found.is_of(verdict.digest, graded) else None


def _flickers(history: Steadiness | None, policy: GatePolicy) -> str | None:
    if history is None or policy.flaky != "aside" or not history.flickers:
        return None
    return f"flickers: {history.told}"


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
