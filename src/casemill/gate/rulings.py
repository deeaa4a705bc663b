"""The rules of the gate, each by itself: what it wants, whether it held, and what it says.

A rule is broken, or it cannot be told, or it held; one that is only told of never decides. Every rule looks at
the same `Bench`; none knows another.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from casemill.domain.comparison import Comparison
from casemill.domain.gate import RuleState, RuleTold
from casemill.domain.run import Run
from casemill.domain.wording import counted, named, percent
from casemill.gate.judges import Doubts
from casemill.gate.override import Counting
from casemill.gate.phrases import chance, how_sure, points
from casemill.gate.rules import Rules
from casemill.gate.sign_off import missing_sign_offs
from casemill.gate.weigh import Weighed, rate_of
from casemill.stats import wilson


class Bench(NamedTuple):
    """A run with everything that the rules look at."""

    run: Run
    rules: Rules
    weighed: tuple[Weighed, ...]
    doubts: Doubts
    comparison: Comparison | None
    counting: Counting
    now: datetime


class Ruling(NamedTuple):
    """What one rule says."""

    state: RuleState
    told: tuple[str, ...] = ()


Rule = Callable[[Bench], Ruling]
HELD = Ruling("held")


def instant(time: datetime) -> datetime:
    """A time of a run file; one without a zone is taken as UTC."""
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _ruling(state: RuleState, lines: Iterator[str]) -> Ruling:
    told = tuple(lines)
    return Ruling(state, told) if told else HELD


def every_p0_passes(bench: Bench) -> Ruling:
    return _ruling("broken", _p0(bench))


def _p0(bench: Bench) -> Iterator[str]:
    results = [each.verdict.result for each in bench.weighed if each.blocks and each.severity == "P0"]
    if fails := results.count("fail"):
        yield f"{counted(fails, 'P0 case fails', many='P0 cases fail')}; a P0 cannot be overridden"
    if flaky := results.count("flaky"):
        yield f"{counted(flaky, 'P0 case passes', many='P0 cases pass')} only sometimes; a P0 must always pass"


def every_p1_has_a_yes(bench: Bench) -> Ruling:
    fails = sum(each.blocks and each.severity == "P1" for each in bench.weighed)
    if not fails:
        return HELD
    return Ruling("broken", (f"{counted(fails, 'P1 case fails', many='P1 cases fail')} with no override that counts",))


def golden_cases_keep_to_facts(bench: Bench) -> Ruling:
    """A golden case that fails on facts; no override excuses it."""
    found = sorted(each.verdict.case for each in bench.weighed if each.golden_fact)
    if not found:
        return HELD
    count = counted(len(found), "golden case fails", many="golden cases fail")
    state: RuleState = "broken" if bench.rules.policy.golden_facts == "shut" else "told"
    return Ruling(state, (f"{count} on facts: {named(found)}",))


def enough_pass(bench: Bench) -> Ruling:
    wanted = bench.rules.policy.pass_rate
    passed, judged = rate_of(bench.weighed)
    interval = wilson(passed, judged)
    if interval is None or passed / judged >= wanted:
        return HELD
    low, high = interval
    chance = f"; with {judged} judged, chance alone could do that" if high >= wanted else ""
    between = f"95 % interval {percent(low)} to {percent(high)}"
    said = f"pass rate {percent(passed / judged)} ({passed} of {judged}; {between}) is under {percent(wanted)}{chance}"
    return Ruling("broken", (said,))


def it_has_not_fallen(bench: Bench) -> Ruling:
    """A fall since the baseline that is over the policy's and that the numbers can carry; else what they can carry."""
    found, policy = bench.comparison, bench.rules.policy
    if found is None:
        target = bench.run.head.target
        there_is = target in bench.rules.baseline
        none = "no case can be compared with the baseline" if there_is else "there is no baseline"
        return Ruling("told", (f"{none} of {target}{'' if there_is else ' to compare with'}",))
    if found.says != "fell" or found.drop <= policy.max_drop:
        return Ruling("told" if found.says == "too_few" else "held", (_carried(found, policy.max_drop),))
    said = (
        f"the pass rate fell {points(found.drop)} since the baseline, from {percent(found.rate_before)} to "
        f"{percent(found.rate_after)} {how_sure(found)}; chance alone would do that {chance(found.chance)}; "
        f"at most {points(policy.max_drop)} may"
    )
    yes = [each for each in bench.rules.overrides if each.rule == "drop" and not bench.counting.no_longer(each)]
    if yes:
        return Ruling("told", (f"{said}; {yes[-1].who} says yes until {yes[-1].until}: {yes[-1].why}",))
    return Ruling("broken" if policy.on_drop == "shut" else "told", (said,))


def _carried(found: Comparison, most: float) -> str:
    """What a comparison that shows no grave fall can tell, and what it cannot."""
    match found.says:
        case "fell":
            fell = f"the pass rate fell {points(found.drop)} since the baseline {how_sure(found)}"
            return f"{fell}; up to {points(most)} may"
        case "rose":
            return f"the pass rate rose {points(-found.drop)} since the baseline {how_sure(found)}"
        case "steady":
            return f"the pass rate did not fall since the baseline; {points(found.smallest)} or more would have shown"
    return (
        f"not enough cases to tell of a fall: with {counted(found.cases, 'case')} in both runs one under "
        f"{points(found.smallest)} would go unseen, and up to {points(most)} may; it went from "
        f"{percent(found.rate_before)} to {percent(found.rate_after)} {how_sure(found)}"
    )


def the_run_is_whole(bench: Bench) -> Ruling:
    run, total = bench.run, len(bench.weighed)
    left = len(run.end.left) if run.end else 0
    if run.end is not None and total + left >= run.head.cases:
        return HELD
    return Ruling("unknown", (f"the run was interrupted: {total} of {counted(run.head.cases, 'case')} done",))


def every_case_was_put(bench: Bench) -> Ruling:
    """A run that was narrowed says nothing of the rest; whether that will do is the policy's to say."""
    left = bench.rules.left_out(bench.run)
    if not left:
        return HELD
    by = f" (narrowed by {bench.run.head.narrowed})" if bench.run.head.narrowed else ""
    said = f"{counted(len(left), 'case was', many='cases were')} not put{by}"
    return Ruling("unknown" if bench.rules.policy.narrowed == "refuse" else "told", (said,))


def every_p0_was_put(bench: Bench) -> Ruling:
    return _ruling("unknown", _p0_not_put(bench))


def _p0_not_put(bench: Bench) -> Iterator[str]:
    there = {each.verdict.case for each in bench.weighed}
    if missing := sorted(bench.rules.must_run - there):
        yield f"{counted(len(missing), 'P0 case was', many='P0 cases were')} not in this run: {named(missing)}"
    if errors := sum(each.severity == "P0" and each.verdict.result == "error" for each in bench.weighed):
        yield f"{counted(errors, 'P0 case has', many='P0 cases have')} no verdict, only an error"
    if unasked := sorted(each.verdict.case for each in bench.weighed if each.unasked and each.severity == "P0"):
        count = counted(len(unasked), "P0 case passes", many="P0 cases pass")
        yield f"{count} with no judge asked: {named(unasked)}; set up [model.judge] and run again"
    if anew := sorted(each.verdict.case for each in bench.weighed if each.changed and _stands_as_p0(each)):
        yield f"{counted(len(anew), 'P0 case')} changed since this run: {named(anew)}; run again"
    yield from regraded_told([each for each in bench.weighed if _stands_as_p0(each)], "P0 case")


def regraded_told(weighed: Sequence[Weighed], what: str) -> Iterator[str]:
    """Which files do not say any more what they said when these were graded, and which cases that is about."""
    found = sorted((each for each in weighed if each.regraded), key=lambda each: each.verdict.case)
    if found:
        files = named(sorted({name for each in found for name in each.regraded}))
        count = counted(len(found), f"{what} was", many=f"{what}s were")
        yield f"{count} graded by another {files} than now: {named([each.verdict.case for each in found])}; run again"


def _stands_as_p0(each: Weighed) -> bool:
    return each.severity == "P0" and each.case is not None and each.case.status == "active"


def few_errors(bench: Bench) -> Ruling:
    errors = sum(each.verdict.result == "error" for each in bench.weighed)
    total, most = len(bench.weighed), bench.rules.policy.max_error_rate
    if not total or errors / total <= most:
        return HELD
    said = (
        f"{percent(errors / total)} of the cases ended in an error ({errors} of {total}); at most {percent(most)} may"
    )
    return Ruling("unknown", (said,))


def enough_cases(bench: Bench) -> Ruling:
    (_, judged), wanted = rate_of(bench.weighed), bench.rules.policy.min_cases
    if bench.weighed and all(each.gone for each in bench.weighed):
        return Ruling("unknown", ("no case of this run is in the suite: it is another suite's run",))
    if judged >= wanted:
        return HELD
    said = f"{counted(judged, 'case was', many='cases were')} judged; the policy wants {wanted} or more"
    return Ruling("unknown", (said,))


def every_file_can_be_read(bench: Bench) -> Ruling:
    broken = bench.rules.unreadable
    return Ruling("unknown", (f"{counted(len(broken), 'case file')} cannot be read: {broken[0]}",)) if broken else HELD


def judges_can_be_believed(bench: Bench) -> Ruling:
    """What they got wrong in the run itself; and what the policy makes of a missing certificate."""
    missed = tuple(dict.fromkeys(bench.doubts.missed.values()))
    if missed:
        return Ruling("unknown", missed)
    why, wanted = tuple(dict.fromkeys(bench.doubts.uncertified.values())), bench.rules.policy.uncertified_judge
    if not why:
        return HELD
    if wanted == "refuse":
        return Ruling("unknown", tuple(f"{one}; the policy refuses such a judge" for one in why))
    return _downgraded(bench, why) if wanted == "downgrade" else Ruling("told", why)


def _downgraded(bench: Bench, why: tuple[str, ...]) -> Ruling:
    """What rests on such a judge counts neither way; a P0 that fails by it alone is a thing that nobody can tell."""
    doubted = [each for each in bench.weighed if each.doubt]
    reds = [each for each in doubted if each.verdict.result in ("fail", "flaky")]
    p0 = sorted(each.verdict.case for each in reds if each.severity == "P0")
    alone = sorted(each.verdict.case for each in doubted if each.severity == "P0" and _is_judged_alone(each))
    if p0 or alone:
        word = "fail" if p0 else "pass"
        p0 = p0 or alone
        count = counted(len(p0), f"P0 case {word}{'es' if word == 'pass' else 's'}", many=f"P0 cases {word}")
        return Ruling("unknown", (f"{count} by a judge alone that has no certificate: {named(p0)}; {why[0]}",))
    rest = counted(len(doubted), "verdict rests", many="verdicts rest")
    tail = f"{rest} on such a judge ({len(reds)} red): told, counted neither way"
    return Ruling("told", (*why, tail) if doubted else why)


def _is_judged_alone(each: Weighed) -> bool:
    """Whether nothing but models looked at it."""
    return all(grade.judged is not None for trial in each.verdict.trials for grade in trial.grades)


def who_must_sign_has(bench: Bench) -> Ruling:
    missing = list(missing_sign_offs(bench.run, bench.rules.policy, given=bench.rules.sign_offs))
    if not missing:
        return HELD
    return Ruling("unknown", (f"the sign-off of {', '.join(missing)} is missing: casemill gate sign",))


# In the order in which they are told. The first shuts the gate whatever else cannot be told.
GRAVEST = "p0"
RULES: dict[str, tuple[str, Rule]] = {
    GRAVEST: ("Every P0 passes, always", every_p0_passes),
    "golden": ("No golden case fails on facts", golden_cases_keep_to_facts),
    "p1": ("Every P1 passes, or somebody said yes", every_p1_has_a_yes),
    "pass_rate": ("Enough cases pass", enough_pass),
    "drop": ("The pass rate has not fallen since the baseline", it_has_not_fallen),
    "whole": ("The run is whole", the_run_is_whole),
    "put": ("Every case was put", every_case_was_put),
    "p0_put": ("Every P0 was put, and answered", every_p0_was_put),
    "errors": ("Few calls ended in an error", few_errors),
    "judges": ("The judges can be believed", judges_can_be_believed),
    "min_cases": ("There are enough cases to judge by", enough_cases),
    "readable": ("Every case file can be read", every_file_can_be_read),
    "sign_off": ("Who must sign has signed", who_must_sign_has),
}


def all_rulings(bench: Bench) -> tuple[RuleTold, ...]:
    """What every rule says, in order."""
    found = [(name, title, rule(bench)) for name, (title, rule) in RULES.items()]
    return tuple(RuleTold(name=name, title=title, state=said.state, told=said.told) for name, title, said in found)
