"""People's verdicts beside a judge's: which replies can be compared, what the numbers are, and whether they suffice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from casemill.domain.calibration import Agreement, Anchor, HumanVerdict, Measured, Method, PassRate, Said, Sample
from casemill.domain.case import Case
from casemill.domain.grade import Grade, GradeResult
from casemill.domain.reply import Reply
from casemill.domain.run import Run
from casemill.domain.word import canonical, digest_of
from casemill.domain.wording import percent
from casemill.personal import scan
from casemill.run.judging.human import grade_by
from casemill.run.judging.plan import JudgePlan, Question
from casemill.run.judging.prompting import Shown
from casemill.run.judging.showing import Material, TooLong, bounded, reply_text
from casemill.stats.calibration import Compared, Judged, Rate, Stratum, kappa, ppi, rates, rogan_gladen, weighed
from casemill.suite.rubrics import criterion_digest

FEWEST = 20
LEAST_SKILL = 0.5
MOST_UNSURE = 0.1
LONGEST_ANCHOR = 4_000
SAID: tuple[Said, Said] = ("pass", "fail")


class Item(NamedTuple):
    """A reply on which people agree, what a judge is shown of it, and what it said in the run, if asked there."""

    human: Said
    verdict: HumanVerdict
    shown: Shown
    grade: Grade | None = None


class Ground(NamedTuple):
    """What verdicts are read against: the question, the plan of its only judge, the suite's cases, the run that the
    replies came from, and what this very judge said there, by case and trial."""

    question: Question
    plan: JudgePlan
    cases: Mapping[str, Case]
    run: Run | None
    heard: Mapping[tuple[str, int], Grade]


def ground_of(question: Question, plan: JudgePlan, *, cases: Mapping[str, Case], run: Run | None) -> Ground:
    """With nothing heard where the run was judged by another judge, or with another prompt or rubric."""
    head, label = plan.heads[0], question.rubric.label
    wanted = (head.name, head.digest, head.prompt, head.rubrics[label])
    told = run.head.judges if run else ()
    same = any((each.name, each.digest, each.prompt, each.rubrics.get(label)) == wanted for each in told)
    heard = {
        (verdict.case, trial.number): grade
        for verdict in (run.verdicts if run and same else ())
        for trial in verdict.trials
        if (grade := grade_by(trial, question.criterion.name, rubric=label))
        and grade.judged
        and grade.judged.judge == head.name
    }
    return Ground(question, plan, cases, run, heard)


def items_of(verdicts: Sequence[HumanVerdict], ground: Ground) -> tuple[list[Item], list[str]]:
    """What can be compared, and for each verdict that cannot, why. Each reply counts once, however many graded it."""
    items: list[Item] = []
    aside = [f"{_named(verdict)}: {why}" for verdict in verdicts if (why := _unusable(verdict, ground))]
    for group in _groups(verdicts, ground).values():
        told = tuple(group.values())
        human = _majority(told)
        try:
            if human is None:
                aside.append(f"{_named(told[-1])}: people do not agree on it")
            else:
                items.append(Item(human, told[-1], _shown(told[-1], ground), _from_run(told[-1], ground)))
        except TooLong as error:
            aside.append(f"{_named(told[-1])}: {error}")
    return items, aside


def people_agree(verdicts: Sequence[HumanVerdict], ground: Ground) -> float | None:
    """Cohen's kappa of people with each other, where several graded the same replies; None where nobody did."""
    cells: Counter[tuple[Said, Said]] = Counter()
    for group in _groups(verdicts, ground).values():
        for one, other in permutations(group.values(), 2):
            cells[one.result, other.result] += 1
    return kappa(Compared(*(cells[one, other] for one in SAID for other in SAID)))


def _groups(verdicts: Sequence[HumanVerdict], ground: Ground) -> dict[bytes, dict[str | None, HumanVerdict]]:
    """What can be used of what was said of each reply, by person; somebody's later word replaces the earlier."""
    groups: dict[bytes, dict[str | None, HumanVerdict]] = defaultdict(dict)
    for verdict in verdicts:
        if verdict.criterion == ground.question.criterion.name and not _unusable(verdict, ground):
            about = (verdict.case, verdict.expectation, verdict.input, verdict.reply, verdict.run, verdict.trial)
            groups[canonical(about)][verdict.by] = verdict
    return groups


def _unusable(verdict: HumanVerdict, ground: Ground) -> str | None:
    """Why a verdict by this criterion cannot be used; None for one that can, and for one by another criterion."""
    rubric, criterion = ground.question.rubric, ground.question.criterion
    if verdict.criterion != criterion.name:
        return None
    digest = criterion_digest(rubric, criterion)
    if verdict.criterion_digest not in ("", digest):
        return f"graded by other words than those of {rubric.label}"
    if verdict.rubric not in (None, rubric.label) and not verdict.criterion_digest:
        return f"graded by {verdict.rubric}, not {rubric.label}"
    if verdict.expectation is not None:
        return None
    case = ground.cases.get(verdict.case or "")
    if case is None:
        return "the suite has no such case"
    return "the case was changed since" if verdict.case_digest not in ("", case.digest) else None


def _majority(told: tuple[HumanVerdict, ...]) -> Said | None:
    passes = sum(verdict.result == "pass" for verdict in told)
    return None if passes * 2 == len(told) else "pass" if passes * 2 > len(told) else "fail"


def _shown(verdict: HumanVerdict, ground: Ground) -> Shown:
    sees = ground.question.criterion.sees
    reply = verdict.reply if isinstance(verdict.reply, Reply) else Reply(text=verdict.reply)
    if verdict.expectation is None:
        return Material(ground.plan.folder).of(ground.cases[verdict.case or ""], reply, sees=sees)
    told = {"expectation": verdict.expectation, "input": verdict.input or "(none)", "reply": reply_text(reply)}
    return bounded({part: told.get(part, "(none)") for part in sees})


def _from_run(verdict: HumanVerdict, ground: Ground) -> Grade | None:
    of_it = ground.run is not None and verdict.run == ground.run.head.id
    return ground.heard.get((verdict.case or "", verdict.trial)) if of_it else None


def _named(verdict: HumanVerdict) -> str:
    return verdict.case or f"a reply by {digest_of(canonical(verdict.reply))[7:15]}"


class Figures(NamedTuple):
    """The numbers of a comparison."""

    table: Agreement
    tpr: Measured | None
    tnr: Measured | None
    kappa: float | None
    sample: Sample


def figures(pairs: Sequence[tuple[Item, Grade]]) -> Figures:
    """Counts and rates; replies drawn evenly from what the judge passed and failed are weighed back."""
    cells = Counter((item.human, grade.result) for item, grade in pairs)
    compared = _compared(pairs)
    unsure = sum(count for (_, said), count in cells.items() if said == "error")
    table = Agreement(**compared._asdict(), unsure=unsure)
    sample = _sample(pairs)
    tpr, tnr = (_weighed(pairs, said) for said in ("pass", "fail")) if sample == "even" else rates(compared)
    return Figures(table, _measured(tpr), _measured(tnr), kappa(compared), sample)


def _compared(pairs: Sequence[tuple[Item, Grade]]) -> Compared:
    cells = Counter((item.human, grade.result) for item, grade in pairs)
    return Compared(*(cells[human, said] for human in SAID for said in SAID))


def _sample(pairs: Sequence[tuple[Item, Grade]]) -> Sample:
    """How the replies were drawn, when all were drawn alike."""
    kinds = {item.verdict.sample for item, _ in pairs}
    return kinds.pop() if len(kinds) == 1 else "chosen"


def _weighed(pairs: Sequence[tuple[Item, Grade]], said: Said) -> Rate | None:
    """How often the judge says what people said, where replies were drawn with unlike chances."""
    return weighed(
        _strata(
            (item.verdict.chance or 1.0, grade.result == said if item.human == said else None)
            for item, grade in pairs
            if grade.result != "error"
        )
    )


def _strata(seen: Iterable[tuple[float, bool | None]]) -> tuple[Stratum, ...]:
    """Replies by their chance to be drawn: hits, misses, and those that are neither (None)."""
    cells = Counter(seen)
    return tuple(
        Stratum(
            chance, sum(cells[chance, one] for one in (True, False, None)), cells[chance, True], cells[chance, False]
        )
        for chance in sorted({chance for chance, _ in cells})
    )


def _measured(rate: Rate | None) -> Measured | None:
    if rate is None:
        return None
    value, low, high = (round(each, 4) for each in rate[:3])
    return Measured(value=value, low=low, high=high, of=rate.of)


def shortcomings(told: Figures, *, floor: float) -> Iterator[str]:
    """Why a judge with these figures may not decide anything; nothing when it may."""
    table = told.table
    for what, n in (
        ("passed", table.pass_pass + table.pass_fail),
        ("failed", table.fail_pass + table.fail_fail),
    ):
        if n < FEWEST:
            yield f"people {what} {n} of the compared replies; {FEWEST} are needed"
    for name, rate in (("TPR", told.tpr), ("TNR", told.tnr)):
        if rate is not None and rate.low < floor:
            between = f"{percent(rate.low)} to {percent(rate.high)}"
            yield f"{name} is {percent(rate.value)} ({between}); its lower end must reach {percent(floor)}"
    if told.tpr and told.tnr and told.tpr.value + told.tnr.value - 1 < LEAST_SKILL:
        yield f"TPR and TNR together are hardly better than chance ({told.tpr.value + told.tnr.value:.2f} of 2)"
    total = sum((table.pass_pass, table.pass_fail, table.fail_pass, table.fail_fail, table.unsure))
    if table.unsure > MOST_UNSURE * total:
        yield f"on {table.unsure} of {total} replies the judge gave no verdict"


def pass_rate(pairs: Sequence[tuple[Item, Grade]], ground: Ground) -> PassRate | None:
    """The share of the run's replies that people would pass, by the way the compared ones were drawn; None where that
    cannot be told."""
    if ground.run is None or no_pass_rate(pairs, ground):
        return None
    everything = _run_grades(ground)
    passed, failed = (sum(said == one for said in everything.values()) for one in SAID)
    method: Method
    match _sample(pairs):
        case "random":
            method, rate = "ppi++", _by_people(pairs, everything)
        case "balanced":
            method, rate = "rogan-gladen", rogan_gladen(_compared(pairs), Judged(passed, passed + failed))
        case _:
            told = _strata((item.verdict.chance or 1.0, item.human == "pass") for item, _ in pairs)
            method, rate = "weighted", weighed(told)
    measured, judged = _measured(rate), _measured(rates(Compared(passed, failed, 0, 0))[0])
    if measured is None or judged is None:
        return None
    return PassRate(method=method, run=ground.run.head.id, rate=measured, judged=judged)


def no_pass_rate(pairs: Sequence[tuple[Item, Grade]], ground: Ground) -> str | None:
    """Why the pass rate of the run cannot be told, None when it can, or when there is no run."""
    if ground.run is None:
        return None
    if (sample := _sample(pairs)) == "chosen":
        return "the replies were chosen, or drawn in several ways"
    if sample != "balanced" and any(item.verdict.run != ground.run.head.id for item, _ in pairs):
        return "some of the graded replies are of another run"
    if not any(said in SAID for said in _run_grades(ground).values()):
        return "its replies were judged by another judge, prompt or rubric"
    if sample == "balanced" and rogan_gladen(_compared(pairs), Judged(1, 1)) is None:
        return "the judge cannot be told from chance"
    return None


def _by_people(pairs: Sequence[tuple[Item, Grade]], everything: Mapping[str, GradeResult]) -> Rate | None:
    """By a random sample. "Passed by the judge, or not" serves as well as its verdict there, so that a reply on which
    it gave none, where people are likely to find fault, is not left out."""
    cells = Counter((item.human, grade.result == "pass") for item, grade in pairs)
    labelled = {item.verdict.case for item, _ in pairs}
    others = [said for case, said in everything.items() if case not in labelled]
    compared = Compared(*(cells[human, passes] for human in SAID for passes in (True, False)))
    return ppi(compared, Judged(others.count("pass"), len(others)))


def _run_grades(ground: Ground) -> dict[str, GradeResult]:
    """By case: what the judge said of the first reply."""
    found: dict[str, GradeResult] = {}
    for verdict in ground.run.verdicts if ground.run else ():
        trial = next((trial for trial in verdict.trials if trial.reply is not None), None)
        grade = ground.heard.get((verdict.case, trial.number)) if trial else None
        if grade is not None:
            found[verdict.case] = grade.result
    return found


def anchors_of(pairs: Sequence[tuple[Item, Grade]], *, most: int) -> tuple[Anchor, ...]:
    """Replies on which people and every vote of the judge agreed, as many good as bad ones, always the same for the
    same pairs. Long ones, and those in which anything looks personal, are left out."""
    agreed = [
        Anchor(wanted=item.human, shown=dict[str, str](item.shown.items()), case=item.verdict.case)
        for item, grade in pairs
        if grade.judged and set(grade.judged.votes) == {item.human} and _fit(item.shown)
    ]
    agreed.sort(key=lambda anchor: digest_of(canonical(anchor)))
    bad = [anchor for anchor in agreed if anchor.wanted == "fail"][: (most + 1) // 2]
    good = [anchor for anchor in agreed if anchor.wanted == "pass"][: most // 2]
    # In turns, so that any beginning of the row is even.
    return tuple(anchor for place in range(most) for row in (bad, good) for anchor in row[place : place + 1])


def _fit(shown: Shown) -> bool:
    text = "\n".join(shown.values())
    return len(text) <= LONGEST_ANCHOR and not scan(text)


def verdicts_digest(items: Sequence[Item]) -> str:
    """Covers the human verdicts that were compared, in any order."""
    return digest_of(canonical(sorted(digest_of(canonical(item.verdict)) for item in items)))
