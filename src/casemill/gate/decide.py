"""Open, shut or unjudged: a run judged by the rules. Pure; time and files come from outside, nobody is called.

A P0 that fails or flickers shuts the gate, whatever else is true. Else whatever keeps anybody from telling (an
interrupted run, too many errors, too few cases, a P0 left out, changed since or without an answer, a judge that cannot
be believed, a sign-off that is missing) leaves it unjudged. Else a golden case that fails on facts, a P1 that fails
with no yes that stands, a pass rate under the policy's or one that fell too far shuts it. Else it is open.

The rate leaves out errors, P1s that somebody said yes to, what rests on a judge nobody can vouch for, and cases
marked stale, set aside or known to flicker: those are told.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache, partial

from casemill.domain.comparison import Comparison
from casemill.domain.gate import GateState, Judgement, Red, RuleTold
from casemill.domain.run import Run
from casemill.domain.yardstick import told_apart
from casemill.gate.judges import Doubts, doubts_about
from casemill.gate.override import Counting
from casemill.gate.readings import counts_of
from casemill.gate.rules import Rules
from casemill.gate.rulings import GRAVEST, Bench, all_rulings, instant
from casemill.gate.told import told
from casemill.gate.way_back import red_of
from casemill.gate.weigh import Scales, Weighed, rate_of, weigh
from casemill.run.compare import Side, compare, side_of
from casemill.run.slices import cut_run
from casemill.stats import wilson


def judge_run(run: Run, rules: Rules, *, now: datetime, desk_url: str | None = None) -> Judgement:
    """What the gate says of a run, why, and the way back from every case that did not pass."""
    accepted = rules.baseline.get(run.head.target)
    before = accepted.as_side() if accepted else None
    bench = _bench(run, rules, before=before, now=now)
    weighed, target = bench.weighed, run.head.target
    passed, judged = rate_of(weighed)
    said = all_rulings(bench)
    state, because = _decided(said)
    reds = [red_of(each, rules, run=run, desk_url=desk_url) for each in weighed if each.verdict.result != "pass"]
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
        reds=tuple(sorted(reds, key=_gravest_first)),
        told=tuple(told(bench, said)),
        rules=said,
        comparison=bench.comparison,
        slices=cut_run(run, rules.cases, before=before),
        spent=run.end.spent if run.end else None,
        read=counts_of(reading for reading in rules.readings if reading.target == target),
        at=now,
    )


def _bench(run: Run, rules: Rules, *, before: Side | None, now: datetime) -> Bench:
    today = _not_before(run, now)
    counting = Counting(today.date().isoformat(), rules.policy, run.head.commit)
    doubts = doubts_about(run, rules.certificates, now=today)
    if rules.policy.uncertified_judge == "accept":
        doubts = Doubts(doubts.missed, doubts.uncertified, accepted=True)
    graded_by = cache(partial(told_apart, run.head.yardsticks))
    scales = Scales(run.head.target, rules, counting, doubts, rules.moved(run), graded_by)
    weighed = tuple(weigh(verdict, scales) for verdict in run.verdicts)
    return Bench(run, rules, weighed, doubts, _compared(run, rules, before=before, weighed=weighed), counting, now)


def _not_before(run: Run, now: datetime) -> datetime:
    """The day by which yeses and certificates last: a clock set back revives none that had ended when the run did."""
    return max(now, instant(run.end.finished_at if run.end else run.head.started_at))


def _compared(run: Run, rules: Rules, *, before: Side | None, weighed: Sequence[Weighed]) -> Comparison | None:
    """The run beside the baseline of its target; what does not count is left out of both."""
    if before is None:
        return None
    leave = {
        each.verdict.case for each in weighed if (each.aside and each.severity != "P0") or each.doubt or each.override
    }
    return compare(before, side_of(run), max_drop=rules.policy.max_drop, leave=leave)


def _decided(said: Sequence[RuleTold]) -> tuple[GateState, list[str]]:
    """A P0 is certain; nothing else is as long as something cannot be told."""
    shut = [line for rule in said if rule.state == "broken" for line in rule.told]
    unknown = [line for rule in said if rule.state == "unknown" for line in rule.told]
    certain = any(rule.name == GRAVEST and rule.state == "broken" for rule in said)
    if unknown and not certain:
        return "unjudged", [*unknown, *shut]
    return ("shut", [*shut, *unknown]) if shut else ("open", [])


def _gravest_first(red: Red) -> tuple[str, bool, str, str]:
    return red.severity, not red.blocks, red.failure_mode, red.case
