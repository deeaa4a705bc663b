"""A judge held against people: how often it is right, with what certainty, and a certificate that says so."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from casemill.domain.calibration import HumanVerdict, JudgeCertificate
from casemill.domain.case import Case
from casemill.domain.grade import Grade
from casemill.domain.progress import SILENT, Progress
from casemill.domain.run import Run, SelfTest
from casemill.domain.word import Word, changed
from casemill.errors import Interrupted, OutsideError, UsageError
from casemill.llm.together import together
from casemill.run.judging.comparing import (
    Ground,
    Item,
    anchors_of,
    figures,
    ground_of,
    items_of,
    no_pass_rate,
    pass_rate,
    people_agree,
    shortcomings,
    verdicts_digest,
)
from casemill.run.judging.judge import Judge
from casemill.run.judging.panel import JudgeSpent
from casemill.run.judging.plan import plan_of, question_of
from casemill.run.judging.recall import AGAIN, Recall, forget, recalling
from casemill.run.order import Place
from casemill.run.targets import Around
from casemill.suite.certificates import certificate_path, next_number, read_certificates, write_certificate

MOST_ANCHORS = 12
KEPT = Path(".casemill/cache/calibrations")


class Calibration(Word, omit_defaults=True):
    """What is asked: a judge on a criterion. `rubric` None is the newest of the only one there is."""

    criterion: str
    judge: str = "judge"
    rubric: str | None = None


class People(NamedTuple):
    """What people said, and the run whose replies they graded, if it is at hand."""

    verdicts: Sequence[HumanVerdict]
    run: Run | None = None


class Calibrated(Word, omit_defaults=True):
    """What came of it. `aside` says which human verdicts could not be used, and why; `from_run` counts the replies on
    which the judge's word was taken from the run; `untold` is why the run's pass rate cannot be told; `calls` and
    `cost` are the judge's, `kept` counts its answers that an earlier start had paid for."""

    certificate: JudgeCertificate
    file: str
    compared: int
    from_run: int
    aside: tuple[str, ...] = ()
    untold: str = ""
    missed: tuple[SelfTest, ...] = ()
    calls: int = 0
    cost: float | None = None
    kept: int = 0


Watched = Callable[[str], AbstractContextManager[Progress]]


def unwatched(_: str) -> AbstractContextManager[Progress]:
    return nullcontext(SILENT)


class _Heard(NamedTuple):
    """What the judge said of each item, the self-tests it missed, and what that took."""

    grades: tuple[Grade, ...]
    missed: tuple[SelfTest, ...]
    spent: JudgeSpent
    kept: int


class _Watching(NamedTuple):
    """Who is told how far it is, and where answers are kept."""

    progress: Progress
    recall: Recall


class _Terms(NamedTuple):
    """When a certificate is made, by which settings, and how far people agreed with each other."""

    now: datetime
    place: Place
    people_kappa: float | None


def calibrate_judges(
    orders: Iterable[Calibration], place: Place, *, people: People, now: datetime, watched: Watched = unwatched
) -> tuple[Calibrated, ...]:
    """Asks judges about every reply that people graded, order by order, compares, and writes the certificates.

    What a judge said in the run is taken from there, and what it said in a calibration that was cut off is kept until
    all orders are done: only the rest is asked. A certificate is written also when it does not hold, so that the gate
    knows. A UsageError when there is nothing to compare, or rubric or judge are not there; an OutsideError when the
    judge cannot be asked, or another process calibrates the same; Ctrl-C is Interrupted. `watched` opens the progress
    of a criterion.
    """
    done = []
    for order in orders:
        with watched(order.criterion) as progress:
            done.append(_calibrated(order, place, people=people, now=now, progress=progress))
    for each in done:
        forget(place.root / KEPT, _about_certificate(each.certificate))
    return tuple(done)


def calibrate_judge(order: Calibration, place: Place, *, people: People, now: datetime) -> Calibrated:
    """The same for one order."""
    (done,) = calibrate_judges((order,), place, people=people, now=now)
    return done


def _calibrated(order: Calibration, place: Place, *, people: People, now: datetime, progress: Progress) -> Calibrated:
    folder = place.root / place.settings.suite.path
    grader = Judge(criterion=order.criterion, rubric=order.rubric)
    question = question_of(folder, grader, names=(order.judge,))
    plan = plan_of(place.settings, folder, questions={grader: question}, environ=place.environ)
    ground = ground_of(question, plan._replace(anchors={}), cases=_cases(place), run=people.run)
    items, aside = items_of(people.verdicts, ground)
    if not items:
        why = f" ({len(aside)} cannot be used: {aside[0]})" if aside else ""
        hint = f"grade some: casemill judge grade RUN --criterion {order.criterion}"
        raise UsageError(f"there is no human verdict on {order.criterion} to compare with{why}", hint=hint)
    terms = _Terms(now, place, people_agree(people.verdicts, ground))
    with recalling(place.root / KEPT, _about(ground), now=now) as recall:
        heard = _heard(ground, items, place=place, watching=_Watching(progress, recall))
        pairs = list(zip(items, heard.grades, strict=True))
        certificate = _written(_certificate(order, ground, pairs=pairs, heard=heard, terms=terms), folder, heard=heard)
    return Calibrated(
        certificate=certificate,
        file=f"{place.settings.suite.path}/{certificate_path(certificate)}",
        compared=len(items),
        from_run=sum(item.grade is not None for item in items),
        aside=tuple(aside),
        untold=no_pass_rate(pairs, ground) or "",
        missed=heard.missed,
        calls=heard.spent.calls,
        cost=heard.spent.cost,
        kept=heard.kept,
    )


def _written(certificate: JudgeCertificate, folder: Path, *, heard: _Heard) -> JudgeCertificate:
    """The certificate as it stands in the suite: where nobody had to be asked, an earlier start may have written it."""
    known = [each for each in read_certificates(folder) if each.criterion == certificate.criterion]
    if known and heard.kept and not heard.spent.calls:
        told = changed(certificate, number=known[-1].number, at=known[-1].at, expires=known[-1].expires)
        if told == known[-1]:
            return told
    write_certificate(folder, certificate)
    return certificate


def _about(ground: Ground) -> tuple[str, ...]:
    """What tells one calibration from another: the judge, its prompt, the rubric, the criterion."""
    head, label = ground.plan.heads[0], ground.question.rubric.label
    return (ground.question.criterion.name, head.name, head.digest, head.prompt, label, head.rubrics[label])


def _about_certificate(it: JudgeCertificate) -> tuple[str, ...]:
    return (it.criterion, it.judge, it.judge_digest, it.prompt, it.rubric, it.rubric_digest)


def _heard(ground: Ground, items: Sequence[Item], *, place: Place, watching: _Watching) -> _Heard:
    try:
        heard = together(_hear(ground, items, place=place, watching=watching))
    except KeyboardInterrupt:
        raise Interrupted(f"stopped before {ground.question.criterion.name} was calibrated", hint=AGAIN) from None
    if all(grade.result == "error" and not (grade.judged and grade.judged.abstained) for grade in heard.grades):
        # A judge that could not be asked is not one that is often wrong: its last certificate is not to fall for that.
        forget(place.root / KEPT, _about(ground))
        raise OutsideError(f"the judge gave no verdict on any reply: {heard.grades[0].reason}")
    return heard


def _cases(place: Place) -> dict[str, Case]:
    from casemill.suite.reading import read_suite

    suite = read_suite(place.root / place.settings.suite.path, cache=place.root / ".casemill" / "cache")
    return {case.id: case for case in suite.cases}


async def _hear(ground: Ground, items: Sequence[Item], *, place: Place, watching: _Watching) -> _Heard:
    """The judge's word on every item, in order, and its self-tests beside them."""
    settings = place.settings.run
    around = Around(place.root, settings.concurrency, settings.timeout, settings.retries, place.settings.outward.allow)
    progress, recall = watching
    async with ground.plan.opened(around, recall=recall) as judges, recall.writing():
        progress.start(len(items))

        async def said(item: Item) -> Grade:
            grade = item.grade or await judges.judged(ground.question, item.shown, name="judge")
            progress.step()
            return grade

        tests, grades = await asyncio.gather(judges.self_test(), asyncio.gather(*(said(item) for item in items)))
        missed = tuple(test for test in tests if not test.held)
        return _Heard(tuple(grades), missed, judges.spent, recall.recalled)


def _certificate(
    order: Calibration, ground: Ground, *, pairs: list[tuple[Item, Grade]], heard: _Heard, terms: _Terms
) -> JudgeCertificate:
    settings, head = terms.place.settings.judge, ground.plan.heads[0]
    told = figures(pairs)
    because = list(shortcomings(told, floor=settings.floor))
    because += [_missed(test) for test in heard.missed]
    label = ground.question.rubric.label
    return JudgeCertificate(
        criterion=order.criterion,
        number=next_number(read_certificates(ground.plan.folder), order.criterion),
        judge=head.name,
        model=head.model,
        judge_digest=head.digest,
        prompt=head.prompt,
        rubric=label,
        rubric_digest=head.rubrics[label],
        at=terms.now,
        expires=(terms.now + timedelta(days=settings.valid_days)).date().isoformat(),
        sample=told.sample,
        verdicts=verdicts_digest([item for item, _ in pairs]),
        table=told.table,
        tpr=told.tpr,
        tnr=told.tnr,
        kappa=_rounded(told.kappa),
        people_kappa=_rounded(terms.people_kappa),
        floor=settings.floor,
        holds=not because,
        because=tuple(because),
        pass_rate=pass_rate(pairs, ground),
        anchors=anchors_of(pairs, most=MOST_ANCHORS),
    )


def _missed(test: SelfTest) -> str:
    did = "gave no verdict on" if test.said == "error" else "misjudged"
    return f"it {did} what is known ({test.kind}): {test.reason}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
