"""What does not decide and should be known all the same."""

from collections.abc import Iterator, Sequence

from casemill.domain.case import Case
from casemill.domain.gate import Override, RuleTold
from casemill.domain.wording import counted, named
from casemill.domain.yardstick import Apart
from casemill.gate.baseline import Accepted
from casemill.gate.rulings import Bench, instant, regraded_told
from casemill.gate.weigh import Weighed

# Graders that go by files, for runs that do not say by which.
BY_FILES = frozenset({"judge", "checks", "json_schema", "cites", "intent_in", "python"})


def told(bench: Bench, said: Sequence[RuleTold]) -> Iterator[str]:
    """One line each, the most useful first."""
    yield from _regressions(bench)
    yield from _yardsticks(bench)
    yield from _of_the_run(bench)
    for rule in said:
        compared = rule.name == "drop" and bench.comparison is not None
        if rule.state == "held" or (rule.state == "told" and (compared or rule.name != "drop")):
            yield from rule.told
    yield from _not_blocking(bench.weighed)
    yield from _flickering(bench.weighed)
    by_case = {each.verdict.case: each for each in bench.weighed}
    for override in bench.rules.overrides:
        if override.case:
            yield from _override_told(override, by_case, bench=bench)
    yield from _suite_told(bench, by_case)


def _of_the_run(bench: Bench) -> Iterator[str]:
    """What makes it less than a fresh answer of the one target there is."""
    head, age = bench.run.head, bench.now - instant(bench.run.head.started_at)
    if head.target_kind == "replay":
        yield "its answers are a recording: nobody was asked"
    if age.days:
        yield (
            f"the run began {counted(age.days, 'day')} ago"
            if age.days > 0
            else "the run began after now: a clock is off"
        )
    if head.together:
        yield "other targets ran beside it; each run file is judged by itself"


def _is_hidden(case: Case) -> bool:
    return (case.severity, case.status) == ("P0", "quarantined")


def _regressions(bench: Bench) -> Iterator[str]:
    accepted = bench.rules.baseline.get(bench.run.head.target)
    if accepted is None:
        return
    apart = Apart(accepted.yardsticks, bench.run.head.yardsticks)
    worse = [
        each.verdict.case
        for each in bench.weighed
        if each.verdict.result in ("fail", "flaky")
        and (kept := accepted.verdicts.get(each.verdict.case)) is not None
        and (kept.result, kept.digest) == ("pass", each.verdict.digest)
        and not apart.names(kept.yardsticks, each.verdict.yardsticks)
    ]
    if worse:
        count = counted(len(worse), "case that passed does", many="cases that passed do")
        yield f"since the baseline (run {accepted.run}), {count} not pass now: {named(worse)}"


def _yardsticks(bench: Bench) -> Iterator[str]:
    """What was graded by other files in the baseline, and where nobody recorded by which."""
    head, accepted = bench.run.head, bench.rules.baseline.get(bench.run.head.target)
    if head.yardsticks is None:
        if any(_is_graded_by_files(each.case) for each in bench.weighed if each.case is not None):
            yield "not recorded: by which rubrics, presets, schemas and articles this run was graded"
    elif accepted is not None and accepted.yardsticks is None:
        if head.yardsticks:
            yield f"not recorded: by which files the baseline was graded (run {accepted.run}); accept a newer run"
    elif accepted is not None:
        yield from _graded_otherwise(bench, accepted)


def _is_graded_by_files(case: Case) -> bool:
    return any(grader in BY_FILES for item in case.assert_ for grader in item)


def _graded_otherwise(bench: Bench, accepted: Accepted) -> Iterator[str]:
    found: dict[str, tuple[str, ...]] = {}
    apart = Apart(accepted.yardsticks, bench.run.head.yardsticks)
    for verdict in (each.verdict for each in bench.weighed):
        kept = accepted.verdicts.get(verdict.case)
        same = kept is not None and kept.digest == verdict.digest
        if kept is not None and same and (names := apart.names(kept.yardsticks, verdict.yardsticks)):
            found[verdict.case] = names
    if cases := sorted(found):
        files = named(sorted({name for names in found.values() for name in names}))
        count = counted(len(cases), "case was", many="cases were")
        yield f"{count} graded by another {files} in the baseline (run {accepted.run}), not compared: {named(cases)}"


def _not_blocking(weighed: Sequence[Weighed]) -> Iterator[str]:
    quiet = [each for each in weighed if each.verdict.result in ("fail", "flaky") and not each.blocks]
    plain = [each for each in quiet if not each.aside and not each.override and not each.doubt]
    for severity in ("P1", "P2"):
        results = [each.verdict.result for each in plain if each.severity == severity]
        if fails := results.count("fail"):
            yield f"{counted(fails, f'{severity} case fails', many=f'{severity} cases fail')}; told, not blocking"
        if flaky := results.count("flaky"):
            words = counted(flaky, f"{severity} case passes", many=f"{severity} cases pass")
            yield f"{words} only sometimes; told, not blocking"
    if aside := sum(each.aside is not None for each in quiet):
        yield f"{counted(aside, 'case does', many='cases do')} not pass and are stale or set aside; told, not blocking"


def _flickering(weighed: Sequence[Weighed]) -> Iterator[str]:
    """Cases that neither pass nor fail by their history and that nobody has set aside yet."""
    found = sorted(
        each.verdict.case
        for each in weighed
        if each.history is not None
        and each.history.flickers
        and each.case is not None
        and (each.case.status, each.case.stale) == ("active", None)
    )
    if found:
        count = counted(len(found), "case passes", many="cases pass")
        yield f"{count} and fail by chance, by their history: {named(found)}; mend or quarantine"


def _override_told(override: Override, by_case: dict[str, Weighed], *, bench: Bench) -> Iterator[str]:
    each = by_case.get(override.case)
    name = f"the override of {override.case} by {override.who}"
    if each and each.severity == "P0":
        yield f"{name} does nothing: a P0 cannot be overridden"
    elif not_counting := bench.counting.no_longer(override):
        yield f"{name} {not_counting}"
    elif each is None:
        yield f"{name} names a case that is not in this run"
    elif each.severity == "P2":
        yield f"{name} is not needed: a P2 never shuts the gate"
    elif each.verdict.result == "pass":
        yield f"{name} is not needed any more: the case passes"


def _suite_told(bench: Bench, by_case: dict[str, Weighed]) -> Iterator[str]:
    rules, run = bench.rules, bench.run
    if run.end and run.end.left:
        yield f"{counted(len(run.end.left), 'case was', many='cases were')} left out for want of time"
    if not rules.cases:
        return
    if run.head.release and rules.newest > run.head.release:
        yield f"release {rules.newest} is newer than the one of this run"
    changed = [id for id, each in by_case.items() if each.changed]
    gone = [id for id, each in by_case.items() if each.case is None]
    active = [case for case in rules.cases.values() if case.status == "active"]
    told = set(rules.left_out(run))
    left = [case for case in active if case.id not in by_case and case.id not in rules.must_run | told]
    if changed:
        count = counted(len(changed), "case has", many="cases have")
        yield f"{count} changed since this run: {named(changed)}; run again"
    yield from regraded_told(list(by_case.values()), "case")
    if gone:
        yield f"{counted(len(gone), 'case')} of this run {'has' if len(gone) == 1 else 'have'} no file: {named(gone)}"
    if left:
        p0 = sum(case.severity == "P0" for case in left)
        grave = f", {p0} of them P0" if p0 else ""
        yield f"{counted(len(left), 'active case was', many='active cases were')} not in this run{grave}"
    yield from _hidden(bench, by_case)


def _hidden(bench: Bench, by_case: dict[str, Weighed]) -> Iterator[str]:
    """What looks greener than it is: P0s that are not put, and passes without the judge that was wanted."""
    if hidden := sorted(case.id for case in bench.rules.cases.values() if _is_hidden(case) and case.id not in by_case):
        count = counted(len(hidden), "P0 case is", many="P0 cases are")
        yield f"{count} quarantined and not in this run: {named(hidden)}"
    if unasked := sum(each.unasked and each.severity != "P0" for each in by_case.values()):
        count = counted(unasked, "case passes", many="cases pass")
        yield f"{count} with no judge asked; told, counted neither way"
