"""Which judges a run needs, for which criteria, and whether they can be asked at all; decided before the first call."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from casemill.domain.calibration import Anchor
from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.rubric import Criterion, Rubric
from casemill.domain.run import JudgeHead
from casemill.domain.word import canonical, digest_of
from casemill.errors import UsageError
from casemill.llm.http import Limits, Request, open_caller
from casemill.run.graders import build
from casemill.run.judging.asking import Asking, open_seat
from casemill.run.judging.judge import Judge
from casemill.run.judging.panel import Estimate
from casemill.run.judging.prompting import Prompt, prompt_digest, prompt_of
from casemill.run.judging.seat import Seat
from casemill.run.judging.selftest import TESTS, Trying
from casemill.run.judging.showing import Material, TooLong
from casemill.run.judging.subject import Subject
from casemill.run.targets import Around, check_address, filled, variable
from casemill.settings import Model, Settings
from casemill.suite.certificates import read_certificates, standing
from casemill.suite.rubrics import find_rubric, rubric_digest

if TYPE_CHECKING:
    from casemill.run.judging.recall import Recall

DEFAULT = "judge"
EVER = datetime.min.replace(tzinfo=UTC)  # before anything expires: anchors outlive their certificate
LETTERS_A_TOKEN = 4
HINT = """name one in casemill.toml, for example
    [model.judge]
    base_url = "https://models.example/v1"
    model = "judge-model"
    api_key_env = "JUDGE_API_KEY\""""
OURS = frozenset({"model", "messages", "stream", "n"})


class Question(NamedTuple):
    """A judge assertion, resolved: who is asked, and what; `digest` is the rubric's."""

    judges: tuple[str, ...]
    rubric: Rubric
    criterion: Criterion
    prompt: Prompt
    digest: str

    @property
    def subjects(self) -> tuple[Subject, ...]:
        return tuple(Subject(judge, self.rubric.label, self.criterion.name) for judge in self.judges)


class JudgePlan(NamedTuple):
    """The judges of a run and all they will be asked. `missing` says why nobody can judge, None when somebody can."""

    folder: Path
    questions: Mapping[Judge, Question]
    seats: Mapping[str, Seat]
    heads: tuple[JudgeHead, ...]
    anchors: Mapping[Subject, tuple[Anchor, ...]]
    missing: str | None = None

    @asynccontextmanager
    async def opened(self, around: Around, *, recall: "Recall | None" = None) -> AsyncIterator[Asking]:
        """The judges, open as long as the block runs; around's limits hold for their calls. What `recall` holds is not
        asked again, and what is asked is kept there."""
        limits = Limits(around.concurrency, around.timeout, around.retries, around.allow)
        async with AsyncExitStack() as stack:
            open_seats = {}
            for name, seat in self.seats.items():
                caller = await stack.enter_async_context(open_caller(limits))
                caller.permit(seat.request.url)
                open_seats[name] = open_seat(seat, caller, most=around.concurrency, recall=recall)
            asking = Asking(self, open_seats)
            stack.push_async_callback(asking.let_go)
            yield asking

    def estimate(self, case: Case) -> Estimate:
        """The judge's calls for one trial of a case, and the tokens of what they send, at four letters a token."""
        if self.missing:
            return Estimate()
        reply = Reply(text=case.expect.good or case.expect.bad or "")
        calls = letters = 0
        for question in (self.questions[grader] for grader in judges_of(case)):
            try:
                shown = Material(self.folder).of(case, reply, sees=question.criterion.sees)
            except TooLong:
                continue
            votes = sum(self.seats[name].needed for name in question.judges)
            length = len(question.prompt.system) + sum(len(text) for text in shown.values())
            calls, letters = calls + votes, letters + votes * length
        return Estimate(calls, letters // LETTERS_A_TOKEN)

    def estimate_self_tests(self) -> Estimate:
        """The same for the self-tests of a run, none of them missed."""
        calls = letters = 0
        for subject in self.subjects:
            question = self.question_of(subject)
            tests = TESTS + ("input" in question.criterion.sees) + len(self.anchors.get(subject, ()))
            calls += tests * self.seats[subject.judge].needed
            letters += tests * self.seats[subject.judge].needed * len(question.prompt.system)
        return Estimate(calls, letters // LETTERS_A_TOKEN)

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Every judge with every criterion that it is asked about, once each."""
        return tuple(dict.fromkeys(each for question in self.questions.values() for each in question.subjects))

    def question_of(self, subject: Subject) -> Question:
        return next(each for each in self.questions.values() if subject in each.subjects)

    def trying(self, subject: Subject) -> Trying:
        """What the self-tests of a subject are made of."""
        return Trying(subject, self.question_of(subject).prompt, self.anchors.get(subject, ()))


def plan_judges(
    settings: Settings,
    folder: Path,
    *,
    cases: Iterable[Case],
    environ: Mapping[str, str],
    names: tuple[str, ...] = (),
) -> JudgePlan | None:
    """Who judges what in some cases of the suite `folder`; None when nothing has to be judged.

    `names` judge where an assertion names nobody, `[model.judge]` when they are none; without that table the plan is
    there and says what is missing. A UsageError tells of a rubric, criterion, judge or key that is not there.
    """
    graders = dict.fromkeys(grader for case in cases for grader in judges_of(case))
    if not graders:
        return None
    if not names and DEFAULT not in settings.model and any(not grader.judges for grader in graders):
        return JudgePlan(folder, {}, {}, (), {}, missing=f"there is no [model.{DEFAULT}] in casemill.toml")
    questions = {grader: question_of(folder, grader, names=grader.judges or names or (DEFAULT,)) for grader in graders}
    return plan_of(settings, folder, questions=questions, environ=environ)


def plan_of(
    settings: Settings, folder: Path, *, questions: Mapping[Judge, Question], environ: Mapping[str, str]
) -> JudgePlan:
    """The plan for questions that are resolved already."""
    wanted = dict.fromkeys(name for question in questions.values() for name in question.judges)
    seats = {name: seat_of(name, settings, environ=environ) for name in wanted}
    heads = tuple(_head(seat, questions.values()) for seat in seats.values())
    plan = JudgePlan(folder, questions, seats, heads, {})
    return plan._replace(anchors=_anchors(plan, most=settings.judge.anchors))


def judges_of(case: Case) -> list[Judge]:
    """The judge assertions of a case, in order."""
    built = [build(assertion) for assertion in case.assertions if assertion.grader == DEFAULT]
    return [grader for grader in built if isinstance(grader, Judge)]


def question_of(folder: Path, grader: Judge, *, names: tuple[str, ...]) -> Question:
    """One assertion, resolved with the names of those who judge."""
    rubric, criterion = find_rubric(folder, grader.criterion, label=grader.rubric)
    return Question(names, rubric, criterion, prompt_of(rubric, criterion), rubric_digest(rubric))


def seat_of(name: str, settings: Settings, *, environ: Mapping[str, str]) -> Seat:
    """A judge of the settings with its key; a UsageError when there is no such table or it cannot work."""
    model = settings.model.get(name)
    if model is None:
        raise UsageError(f"there is no [model.{name}] in casemill.toml to judge", hint=HINT)
    _check(name, model)
    headers = {"Content-Type": "application/json"}
    if model.api_key_env:
        headers["Authorization"] = f"Bearer {variable(model.api_key_env, environ)}"
    url = f"{filled(model.base_url, environ).rstrip('/')}/chat/completions"
    judge = settings.judge
    return Seat(name, model.model, Request(url, None, headers), model.params, model.price, judge.repeat, judge.schema)


def _check(name: str, model: Model) -> None:
    try:
        check_address("base_url", model.base_url)
    except ValueError as error:
        raise UsageError(f"[model.{name}] {error}") from None
    if taken := OURS & model.params.keys():
        raise UsageError(f"[model.{name}] params may not hold {', '.join(sorted(taken))}")


def _head(seat: Seat, questions: Iterable[Question]) -> JudgeHead:
    """Who judges, as the run's head tells it. The key is no part of it."""
    asked = [question for question in questions if seat.name in question.judges]
    return JudgeHead(
        name=seat.name,
        model=seat.model,
        prompt=prompt_digest(),
        rubrics={question.rubric.label: question.digest for question in asked},
        digest=digest_of(canonical([seat.model, seat.request.url, seat.params, seat.repeat, seat.schema])),
    )


def _anchors(plan: JudgePlan, *, most: int) -> dict[Subject, tuple[Anchor, ...]]:
    """The replies of each subject's own calibration that are judged again; none where it was never calibrated."""
    certificates = read_certificates(plan.folder)
    heads = {head.name: head for head in plan.heads}
    found: dict[Subject, tuple[Anchor, ...]] = {}
    for subject in plan.subjects:
        head = heads[subject.judge]
        stands = standing(
            certificates,
            head,
            criterion=subject.criterion,
            rubric=subject.rubric,
            now=EVER,
        )
        if stands.state == "valid" and stands.certificate is not None:
            found[subject] = stands.certificate.anchors[:most]
    return found
