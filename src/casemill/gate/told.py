"""What does not decide and should be known all the same."""

from collections.abc import Iterator, Sequence

from casemill.domain.gate import Override
from casemill.domain.run import Run
from casemill.domain.wording import counted, named
from casemill.gate.rules import Rules
from casemill.gate.weigh import Weighed


def told(run: Run, rules: Rules, *, weighed: Sequence[Weighed], today: str) -> Iterator[str]:
    """One line each, the most useful first."""
    yield from _regressions(run, rules, weighed=weighed)
    yield from _not_blocking(weighed)
    by_case = {each.verdict.case: each for each in weighed}
    for override in rules.overrides:
        yield from _override_told(override, by_case, today=today)
    yield from _suite_told(rules, by_case)


def _regressions(run: Run, rules: Rules, *, weighed: Sequence[Weighed]) -> Iterator[str]:
    accepted = rules.baseline.get(run.head.target)
    if accepted is None:
        return
    worse = [
        each.verdict.case
        for each in weighed
        if each.verdict.result in ("fail", "flaky")
        and (kept := accepted.verdicts.get(each.verdict.case)) is not None
        and (kept.result, kept.digest) == ("pass", each.verdict.digest)
    ]
    if worse:
        count = counted(len(worse), "case that passed does", many="cases that passed do")
        yield f"since the baseline (run {accepted.run}), {count} not pass now: {named(worse)}"


def _not_blocking(weighed: Sequence[Weighed]) -> Iterator[str]:
    quiet = [each for each in weighed if each.verdict.result in ("fail", "flaky") and not each.blocks]
    plain = [each for each in quiet if not each.aside and not each.override]
    for severity in ("P1", "P2"):
        results = [each.verdict.result for each in plain if each.severity == severity]
        if fails := results.count("fail"):
            yield f"{counted(fails, f'{severity} case fails', many=f'{severity} cases fail')}; told, not blocking"
        if flaky := results.count("flaky"):
            words = counted(flaky, f"{severity} case passes", many=f"{severity} cases pass")
            yield f"{words} only sometimes; told, not blocking"
    if aside := sum(each.aside is not None for each in quiet):
        yield f"{counted(aside, 'case does', many='cases do')} not pass and are stale or set aside; told, not blocking"


def _override_told(override: Override, by_case: dict[str, Weighed], *, today: str) -> Iterator[str]:
    each = by_case.get(override.case)
    name = f"the override of {override.case} by {override.who}"
    if each and each.severity == "P0":
        yield f"{name} does nothing: a P0 cannot be overridden"
    elif override.until < today:
        yield f"{name} ended on {override.until} and no longer counts"
    elif each is None:
        yield f"{name} names a case that is not in this run"
    elif each.severity == "P2":
        yield f"{name} is not needed: a P2 never shuts the gate"
    elif each.verdict.result == "pass":
        yield f"{name} is not needed any more: the case passes"


def _suite_told(rules: Rules, by_case: dict[str, Weighed]) -> Iterator[str]:
    if not rules.cases:
        return
    changed = [id for id, each in by_case.items() if each.changed]
    gone = [id for id, each in by_case.items() if each.case is None]
    active = [case for case in rules.cases.values() if case.status == "active"]
    left = [case for case in active if case.id not in by_case and case.id not in rules.must_run]
    if changed:
        count = counted(len(changed), "case has", many="cases have")
        yield f"{count} changed since this run: {named(changed)}; run again"
    if gone:
        yield f"{counted(len(gone), 'case')} of this run {'has' if len(gone) == 1 else 'have'} no file: {named(gone)}"
    if left:
        p0 = sum(case.severity == "P0" for case in left)
        grave = f", {p0} of them P0" if p0 else ""
        yield f"{counted(len(left), 'active case was', many='active cases were')} not in this run{grave}"
