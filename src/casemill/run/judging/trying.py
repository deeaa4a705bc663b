"""Judges tried without a run: are they what their settings say, sober, and calibrated?"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from casemill.domain.calibration import JudgeCertificate
from casemill.domain.run import SelfTest
from casemill.domain.word import Word
from casemill.errors import UsageError
from casemill.llm.together import together
from casemill.run.judging.judge import Judge
from casemill.run.judging.plan import JudgePlan, judges_of, plan_of, question_of
from casemill.run.targets import Around
from casemill.settings import Settings
from casemill.suite.certificates import State, read_certificates, standing
from casemill.suite.reading import read_suite
from casemill.suite.rubrics import read_rubric, rubric_names


class Standing(Word, omit_defaults=True):
    """What is known of a judge by one criterion, and the certificate that says so."""

    judge: str
    rubric: str
    criterion: str
    state: State
    why: str = ""
    certificate: JudgeCertificate | None = None


def plan_trial(settings: Settings, folder: Path, *, environ: Mapping[str, str], judge: str | None = None) -> JudgePlan:
    """Every judge with every criterion that the suite's active cases name; of a suite that names none, all there are.

    `judge` stands in for whoever the cases name. A UsageError when there is no judge or no rubric.
    """
    names = (judge or "judge",)
    found = dict.fromkeys(grader for case in read_suite(folder).active for grader in judges_of(case))
    graders = list(found) or _everything(folder)
    if not graders:
        raise UsageError(f"there is no rubric in {folder / 'rubrics'}", hint="casemill init writes a first one")
    questions = {
        grader: question_of(folder, grader, names=names if judge else grader.judges or names) for grader in graders
    }
    return plan_of(settings, folder, questions=questions, environ=environ)


def try_judges(plan: JudgePlan, around: Around) -> tuple[SelfTest, ...]:
    """What the judges say of everything that is known."""

    async def asked() -> tuple[SelfTest, ...]:
        async with plan.opened(around) as judges:
            return await judges.self_test()

    return together(asked())


def standings(plan: JudgePlan, *, now: datetime) -> tuple[Standing, ...]:
    """How each judge stands by each criterion, in the order in which they are asked."""
    certificates = read_certificates(plan.folder)
    heads = {head.name: head for head in plan.heads}
    told = []
    for judge, rubric, criterion in plan.subjects:
        state, certificate, why = standing(certificates, heads[judge], criterion=criterion, rubric=rubric, now=now)
        about = {"judge": judge, "rubric": rubric, "criterion": criterion}
        told.append(Standing(**about, state=state, why=why, certificate=certificate))
    return tuple(told)


def _everything(folder: Path) -> list[Judge]:
    """Every criterion of the newest version of every rubric."""
    newest = dict(rubric_names(folder))
    rubrics = [read_rubric(folder, f"{name}@{version}") for name, version in newest.items()]
    return [Judge(criterion=each.name, rubric=rubric.label) for rubric in rubrics for each in rubric.criteria]
