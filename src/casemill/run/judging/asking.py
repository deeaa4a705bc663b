"""The judges of a run while it lasts: grades asked for and put together, self-tests run once."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from casemill.domain.case import Case
from casemill.domain.grade import TOGETHER, Grade, GradeResult, Judged
from casemill.domain.reply import Reply
from casemill.domain.run import JudgeHead, SelfTest
from casemill.llm.http import Caller
from casemill.run.judging.judge import Judge
from casemill.run.judging.panel import JudgeSpent
from casemill.run.judging.prompting import Prompt, Shown, prompt_digest
from casemill.run.judging.seat import OpenSeat, Opinion, Purse, Seat, added, middle
from casemill.run.judging.selftest import Known, Trying
from casemill.run.judging.showing import Material, TooLong
from casemill.run.judging.subject import Subject

if TYPE_CHECKING:
    from casemill.run.judging.plan import JudgePlan, Question
    from casemill.run.judging.recall import Recall


class Asking:
    """Judges that are open. Whatever the outside does becomes an error grade."""

    def __init__(self, plan: "JudgePlan", seats: Mapping[str, OpenSeat]) -> None:
        self.plan = plan
        self.seats = seats
        self.material = Material(plan.folder)
        self._orders: dict[Subject, asyncio.Task[tuple[SelfTest, ...]]] = {}
        self._tests: asyncio.Task[tuple[SelfTest, ...]] | None = None

    @property
    def heads(self) -> tuple[JudgeHead, ...]:
        return self.plan.heads

    @property
    def spent(self) -> JudgeSpent:
        """Everything so far, self-tests included."""
        purses = [seat.purse.spent for seat in self.seats.values()]
        total = purses[0] if purses else JudgeSpent()
        for one in purses[1:]:
            total = added(total, one)
        return total

    async def grade(self, grader: Judge, *, case: Case, reply: Reply, name: str) -> Grade:
        """The grade of a reply by the panel that an assertion names; an error where it cannot tell."""
        question = self.plan.questions[grader]
        try:
            shown = self.material.of(case, reply, sees=question.criterion.sees)
        except TooLong as error:
            return _no_grade(question, name, why=str(error))
        return await self.judged(question, shown, name=name)

    async def judged(self, question: "Question", shown: Shown, *, name: str) -> Grade:
        """The same for material that is shown as it is."""
        if "input" in question.criterion.sees and (why := await self._blind(question)):
            return _no_grade(question, name, why=f"{why}, so the conversation is not shown to it")
        loop = asyncio.get_running_loop()
        started = loop.time()
        asked = [self.seats[judge].opinion(question.prompt, shown) for judge in question.judges]
        told = await asyncio.gather(*asked)
        bill = _Bill((loop.time() - started) * 1000, told[0][1])
        for _, one in told[1:]:
            bill = bill._replace(spent=added(bill.spent, one))
        return _grade(question, [opinion for opinion, _ in told], name=name, bill=bill)

    async def self_test(self) -> tuple[SelfTest, ...]:
        """Every self-test of every subject, in a fixed order; run once, however often it is called."""
        if self._tests is None:
            self._tests = asyncio.ensure_future(self._all_tests())
        return await asyncio.shield(self._tests)

    async def let_go(self) -> None:
        """Ends what still runs; nobody waits for it any more."""
        left = [task for task in (self._tests, *self._orders.values()) if task is not None and not task.done()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _all_tests(self) -> tuple[SelfTest, ...]:
        by_subject = await asyncio.gather(*(self._tests_of(subject) for subject in self.plan.subjects))
        return tuple(test for tests in by_subject for test in tests)

    async def _tests_of(self, subject: Subject) -> tuple[SelfTest, ...]:
        trying = self.plan.trying(subject)
        others, orders = await asyncio.gather(
            self._tried(trying, trying.others()), asyncio.shield(self._orders_of(subject))
        )
        return (*others, *orders)

    async def _tried(self, trying: Trying, known: tuple[Known, ...]) -> tuple[SelfTest, ...]:
        seat = self.seats[trying.subject.judge]

        async def ask(prompt: Prompt, shown: Shown) -> Opinion:
            opinion, _ = await seat.opinion(prompt, shown)
            return opinion

        return tuple(await asyncio.gather(*(trying.tried(one, ask) for one in known)))

    def _orders_of(self, subject: Subject) -> "asyncio.Task[tuple[SelfTest, ...]]":
        if subject not in self._orders:
            trying = self.plan.trying(subject)
            self._orders[subject] = asyncio.ensure_future(self._tried(trying, trying.injected()))
        return self._orders[subject]

    async def _blind(self, question: "Question") -> str | None:
        """Why a judge of a question may not see what strangers wrote, None when all may."""
        tasks = [self._orders_of(subject) for subject in question.subjects]
        tried = await asyncio.gather(*(asyncio.shield(task) for task in tasks))
        missed = next((test for tests in tried for test in tests if not test.held), None)
        if missed is None:
            return None
        obeys = missed.said == "pass"
        return f"{missed.judge} follows orders from what it reads" if obeys else f"{missed.judge} could not be tried"


class _Bill(NamedTuple):
    """Milliseconds that a grade took, and what it cost."""

    milliseconds: float
    spent: JudgeSpent


def open_seat(seat: Seat, caller: Caller, *, most: int, recall: "Recall | None") -> OpenSeat:
    """A judge that can be asked, at most so often at once."""
    return OpenSeat(seat, caller, asyncio.Semaphore(most), Purse(seat.price), recall)


def _grade(question: "Question", opinions: list[Opinion], *, name: str, bill: _Bill) -> Grade:
    """More than half of the judges must agree; whoever cannot tell agrees with nobody."""
    counted = Counter(opinion.result for opinion in opinions)
    told = (opinion for opinion in opinions if opinion.result != "error")
    winner = next((opinion for opinion in told if counted[opinion.result] * 2 > len(opinions)), None)
    result: GradeResult = winner.result if winner else "error"
    agreeing = [opinion for opinion in opinions if opinion.result == result]
    scores = [opinion.score for opinion in agreeing if opinion.score is not None]
    judged = _judged(
        question,
        score=middle(scores) if winner else None,
        quote=winner.quote if winner else "",
        votes=tuple(vote for opinion in opinions for vote in opinion.votes),
        abstained=winner is None and all(opinion.result != "error" or opinion.abstained for opinion in opinions),
        usage=bill.spent.usage,
        cost=bill.spent.cost,
        milliseconds=round(bill.milliseconds, 1),
    )
    reason = _reason(winner, judged.score) if winner else _why_not(opinions)
    return Grade(result=result, reason=reason, grader=name, judged=judged)


def _reason(winner: Opinion, score: int | None) -> str:
    return f"{score} of 5: {winner.reason}" if score is not None else winner.reason


def _why_not(opinions: list[Opinion]) -> str:
    if len(opinions) == 1:
        return f"judge {opinions[0].judge}: {opinions[0].reason}"
    told = (f"{each.judge}: {each.reason if each.result == 'error' else each.result}" for each in opinions)
    return f"the judges do not agree: {'; '.join(told)}"


def _no_grade(question: "Question", name: str, *, why: str) -> Grade:
    return Grade(result="error", reason=why, grader=name, judged=_judged(question))


def _judged(question: "Question", **told: Any) -> Judged:
    """By whom and by what a question is judged, with what else is told of it."""
    return Judged(
        criterion=question.criterion.name,
        judge=TOGETHER.join(question.judges),
        prompt=prompt_digest(),
        rubric=question.rubric.label,
        rubric_digest=question.digest,
        **told,
    )
