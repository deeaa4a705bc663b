"""Open, shut or unjudged: a run judged by the rules. Pure; time and files come from outside.

A P0 that fails or flickers shuts the gate, whatever else is true. Else whatever keeps anybody from telling (an
interrupted run, too many errors, too few cases, a P0 left out, changed since or without an answer) leaves it
unjudged. Else a P1 that fails with no yes that stands, or a pass rate under the policy's, shuts it. Else it is open.

The rate leaves out errors, P1s that somebody said yes to, and cases marked stale or set aside: those are told.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from casemill.domain.gate import GateState, Judgement
from casemill.domain.run import Run
from casemill.domain.wording import counted, named, percent
from casemill.gate.rules import Rules
from casemill.gate.told import told
from casemill.gate.way_back import red_of
from casemill.gate.weigh import Weighed, rate_of, weigh
from casemill.stats import wilson


def judge_run(run: Run, rules: Rules, *, now: datetime, desk_url: str | None = None) -> Judgement:
    """What the gate says of a run, why, and the way back from every case that did not pass."""
    today = now.date().isoformat()
    weighed = [weigh(verdict, rules, today=today) for verdict in run.verdicts]
    passed, judged = rate_of(weighed)
    state, because = _decided(run, rules, weighed=weighed)
    target = run.head.target
    reds = [red_of(each, rules, target=target, desk_url=desk_url) for each in weighed if each.verdict.result != "pass"]
    return Judgement(
        state=state,
        because=tuple(because),
        run=run.head.id,
        target=target,
        release=run.head.release,
        passed=passed,
        judged=judged,
        errors=sum(each.verdict.result == "error" for each in weighed),
        rate=passed / judged if judged else None,
        interval=wilson(passed, judged),
        reds=tuple(sorted(reds, key=lambda red: (red.severity, not red.blocks, red.failure_mode, red.case))),
        told=tuple(told(run, rules, weighed=weighed, today=today)),
        at=now,
    )


def _decided(run: Run, rules: Rules, *, weighed: Sequence[Weighed]) -> tuple[GateState, list[str]]:
    shut, unknown = list(_shutting(rules, weighed)), list(_unknown(run, rules, weighed=weighed))
    if unknown and not any(each.blocks and each.severity == "P0" for each in weighed):
        return "unjudged", [*unknown, *shut]
    return ("shut", [*shut, *unknown]) if shut else ("open", [])


def _stands_as_p0(each: Weighed) -> bool:
    return each.severity == "P0" and each.case is not None and each.case.status == "active"


def _shutting(rules: Rules, weighed: Sequence[Weighed]) -> Iterator[str]:
    p0 = [each.verdict.result for each in weighed if each.blocks and each.severity == "P0"]
    p1 = sum(each.blocks and each.severity == "P1" for each in weighed)
    if fails := p0.count("fail"):
        yield f"{counted(fails, 'P0 case fails', many='P0 cases fail')}; a P0 cannot be overridden"
    if flaky := p0.count("flaky"):
        yield f"{counted(flaky, 'P0 case passes', many='P0 cases pass')} only sometimes; a P0 must always pass"
    if p1:
        yield f"{counted(p1, 'P1 case fails', many='P1 cases fail')} with no override that counts"
    yield from _rate_too_low(rules.policy.pass_rate, weighed)


def _rate_too_low(wanted: float, weighed: Sequence[Weighed]) -> Iterator[str]:
    passed, judged = rate_of(weighed)
    interval = wilson(passed, judged)
    if interval is None or passed / judged >= wanted:
        return
    low, high = interval
    chance = f"; with {judged} judged, chance alone could do that" if high >= wanted else ""
    between = f"95 % interval {percent(low)} to {percent(high)}"
    yield f"pass rate {percent(passed / judged)} ({passed} of {judged}; {between}) is under {percent(wanted)}{chance}"


def _unknown(run: Run, rules: Rules, *, weighed: Sequence[Weighed]) -> Iterator[str]:
    """Everything that keeps the gate from telling."""
    policy, total, (_, judged) = rules.policy, len(weighed), rate_of(weighed)
    errors = [each for each in weighed if each.verdict.result == "error"]
    if run.end is None or total < run.head.cases:
        yield f"the run was interrupted: {total} of {counted(run.head.cases, 'case')} done"
    if missing := sorted(rules.must_run - {each.verdict.case for each in weighed}):
        count = counted(len(missing), "P0 case was", many="P0 cases were")
        yield f"{count} not in this run: {named(missing)}"
    if p0 := sum(each.severity == "P0" for each in errors):
        yield f"{counted(p0, 'P0 case has', many='P0 cases have')} no verdict, only an error"
    if anew := sorted(each.verdict.case for each in weighed if each.changed and _stands_as_p0(each)):
        yield f"{counted(len(anew), 'P0 case')} changed since this run: {named(anew)}; run again"
    if total and len(errors) / total > policy.max_error_rate:
        rate, most = percent(len(errors) / total), percent(policy.max_error_rate)
        yield f"{rate} of the cases ended in an error ({len(errors)} of {total}); at most {most} may"
    if judged < policy.min_cases:
        yield f"{counted(judged, 'case was', many='cases were')} judged; the policy wants {policy.min_cases} or more"
    if rules.unreadable:
        yield f"{counted(len(rules.unreadable), 'case file')} cannot be read: {rules.unreadable[0]}"
