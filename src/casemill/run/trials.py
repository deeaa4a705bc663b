"""The trial loop: every case put to the target as often as needed, many at once, each verdict written as it comes."""

import asyncio
import logging
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored
from casemill.domain.progress import SILENT, Progress
from casemill.domain.reply import Reply
from casemill.domain.run import Run, RunEnd, SelfTest, Spent, Trial, Verdict
from casemill.domain.word import changed
from casemill.errors import CasemillError, Interrupted, OutsideError, TargetError
from casemill.llm.http import LONGEST_WAIT, NAMED_WAITS
from casemill.llm.together import together
from casemill.run.asking import open_target
from casemill.run.budget import Budget
from casemill.run.fold import cut
from casemill.run.graders import Grader, Surroundings
from casemill.run.limit import TooSlow, processor_limit
from casemill.run.planning import Planned, plan_cases
from casemill.run.record import Recorder
from casemill.run.reply import answered
from casemill.run.reply_cache import Kept
from casemill.run.scribe import Scribe
from casemill.run.tally import Tally, judged_before
from casemill.run.targets import Around, Asked, Target
from casemill.run.verdict import open_question, verdict_of

if TYPE_CHECKING:
    from casemill.run.judging import JudgePlan, Judges

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0

_grades = msgspec.json.Decoder(Grade)

Saw = Callable[[Verdict, Spent], None]


class Watch(NamedTuple):
    """When the run (or its continuation) starts, who watches how far it is, the command that would continue it, and
    who is told of each verdict that is written and of what was spent so far."""

    now: datetime
    progress: Progress = SILENT
    again: str = ""
    saw: Saw | None = None


class Terms(NamedTuple):
    """What a run works with and keeps to: its watch, where graders find their files, who judges, answers kept from
    before, the seconds it may take, after how many cases in a row without an answer it stops (0: never), and the names
    of the files by which each case is graded, where there are any."""

    watch: Watch
    surroundings: Surroundings | None = None
    judging: "JudgePlan | None" = None
    kept: Kept | None = None
    seconds: float | None = None
    give_up_after: int = 0
    yardsticks: Mapping[str, tuple[str, ...]] = {}


def run_suite(cases: Sequence[Case], target: Target, *, recorder: Recorder, around: Around, terms: Terms) -> Run:
    """Puts each case to the target, in the order given, and returns the run as its file holds it; trials stay there.

    Cases that the recorder already holds are left out. Wrong assertions and settings are UsageErrors before the first
    call; Ctrl-C is Interrupted and leaves a file that can be continued; a full disk, and a target that is gone, are
    OutsideErrors.
    """
    done = {verdict.case for verdict in recorder.verdicts}
    judged = terms.judging is not None and terms.judging.missing is None
    plan = plan_cases((case for case in cases if case.id not in done), terms.surroundings, judged=judged)
    running = _Running(plan, target, recorder, around, terms)
    try:
        return together(running.through())
    except KeyboardInterrupt:
        raise Interrupted(
            f"stopped after {len(recorder.verdicts)} of {len(done) + len(plan)} cases; {recorder.path} holds them",
            hint=f"go on with: {terms.watch.again}" if terms.watch.again else None,
        ) from None


def look(name: str, grader: Grader, *, reply: Reply, case: Case) -> Grade:
    """One grader's answer under its name; a crash or too much work in it is an error, never a fail."""
    try:
        with processor_limit(LOOK_SECONDS):
            return changed(_sound(grader.look(reply, case)), grader=name)
    except TooSlow:
        answer = errored(f"took more than {LOOK_SECONDS:g} seconds of processor time")
    except (Exception, SystemExit) as error:
        log.info("grader %s crashed on %s", name, case.id, exc_info=True)
        answer = errored(f"crashed: {_told(error)}")
    return changed(answer, grader=name)


class _Running(NamedTuple):
    """A run before anything is open."""

    plan: list[Planned]
    target: Target
    recorder: Recorder
    around: Around
    terms: Terms

    async def through(self) -> Run:
        loop = asyncio.get_running_loop()
        clock = _Clock(self.terms.watch.now, loop, loop.time())
        async with AsyncExitStack() as stack:
            asked = await stack.enter_async_context(open_target(self.target, self.around))
            judging = self.terms.judging
            judges = None
            if judging is not None and judging.missing is None:
                judges = await stack.enter_async_context(judging.opened(self.around))
            stack.enter_context(self.recorder)
            if self.terms.kept is not None:
                stack.enter_context(self.terms.kept.opened())
            return await _Loop(self, _Ask(asked, self.around, clock, self.terms.kept), judges=judges).work()


class _Clock(NamedTuple):
    """The time that was given, carried on by the event loop's own clock."""

    started: datetime
    loop: asyncio.AbstractEventLoop
    offset: float

    def now(self) -> datetime:
        return self.started + timedelta(seconds=self.loop.time() - self.offset)


class _Loop:
    """A run with everything open: workers take the next case, ask, grade and hand the verdict to the scribe."""

    def __init__(self, running: _Running, ask: "_Ask", *, judges: "Judges | None") -> None:
        self.head, self.recorder, self.terms = running.recorder.head, running.recorder, running.terms
        self.plan, self.concurrency = running.plan, running.around.concurrency
        self.slots = asyncio.Semaphore(self.concurrency)
        self.ask = ask
        self.judges = judges
        self.free = running.target.calls_nobody
        self.tally = Tally(free=self.free)
        self.before = judged_before(self.recorder.kept)
        for verdict in self.recorder.kept:
            self.tally.add(verdict)
        self.scribe = Scribe(self.recorder, self._written)
        seconds = self.terms.seconds
        self.budget = Budget(seconds, ask.clock.loop.time) if seconds is not None else None
        self.left: list[str] = []
        self.unanswered = 0

    async def work(self) -> Run:
        self.terms.watch.progress.start(len(self.plan))
        self_tests: tuple[SelfTest, ...] = ()
        try:
            async with asyncio.TaskGroup() as group:
                tested = group.create_task(self.judges.self_test()) if self.judges else None
                writing = group.create_task(self.scribe.through())
                waiting = iter(self.plan)
                many = min(self.concurrency, len(self.plan))
                await asyncio.gather(*[group.create_task(self._worker(waiting)) for _ in range(many)])
                self_tests = await tested if tested else ()
                self.scribe.end()
                await writing
        except asyncio.CancelledError:
            self.scribe.flush()
            raise
        except BaseExceptionGroup as group_error:
            first = group_error.exceptions[0]
            if type(first) is not OutsideError:  # the disk is full
                self.scribe.flush()
            raise first from None
        return self.recorder.finish(
            RunEnd(
                finished_at=self.ask.clock.now(),
                verdicts=len(self.recorder.verdicts),
                self_tests=self_tests,
                spent=changed(self._spent(), latency_ms=self.tally.latency_ms),
                left=tuple(self.left),
            )
        )

    async def _worker(self, waiting: Iterator[Planned]) -> None:
        loop = self.ask.clock.loop
        for planned in waiting:
            if self.budget is not None and not self.budget.allows(planned.case):
                self.left.append(planned.case.id)
                self.terms.watch.progress.step()
                continue
            began = loop.time()
            trials = await self._trials(planned)
            if self.budget is not None:
                self.budget.took(loop.time() - began)
            case = planned.case
            self._give_up_on_silence(trials)
            result, reason = verdict_of(trials, severity=case.severity, not_judged=planned.not_judged)
            await self.scribe.take(
                Verdict(
                    case=case.id,
                    digest=case.digest,
                    failure_mode=case.failure_mode,
                    severity=case.severity,
                    result=result,
                    reason=reason,
                    trials=trials,
                    yardsticks=self.terms.yardsticks.get(case.id, ()),
                )
            )

    def _give_up_on_silence(self, trials: tuple[Trial, ...]) -> None:
        """Stops a run whose target is gone: a thousand more errors tell nobody more."""
        self.unanswered = self.unanswered + 1 if all(trial.reply is None for trial in trials) else 0
        if self.unanswered >= self.terms.give_up_after > 0:
            again = self.terms.watch.again
            raise TargetError(
                f"{self.unanswered} cases in a row got no answer, the last because: {trials[-1].error}",
                hint=f"when it answers again, go on with: {again}" if again else None,
            )

    async def _trials(self, planned: Planned) -> tuple[Trial, ...]:
        """As many trials as every case gets, and then as many as it takes to be sure of a fail."""
        trials = await self._first_trials(planned)
        while self.head.confirm and open_question(trials, planned.case.severity):
            trial = await self._trial(planned, len(trials) + 1)
            if self.free and trial.reply is None:
                break  # a recording holds no more of this case
            trials.append(trial)
        return tuple(trials)

    async def _first_trials(self, planned: Planned) -> list[Trial]:
        """Those that every case gets; side by side, so that few cases and many trials keep all the calls flying."""
        if self.head.trials == 1:
            return [await self._trial(planned, 1)]

        async def in_its_slot(number: int) -> Trial:
            async with self.slots:
                return await self._trial(planned, number)

        return list(await asyncio.gather(*(in_its_slot(number) for number in range(1, self.head.trials + 1))))

    async def _trial(self, planned: Planned, number: int) -> Trial:
        trial = await self.ask.put(planned.case, number)
        reply = trial.reply
        if reply is None:
            return trial
        grades = [look(name, grader, reply=reply, case=planned.case) for name, grader in planned.looking]
        if self.judges is not None:
            asking = [
                self.judges.grade(judge, case=planned.case, reply=reply, name=name) for name, judge in planned.asking
            ]
            # One question needs no task of its own.
            grades += [await asking[0]] if len(asking) == 1 else await asyncio.gather(*asking)
        return changed(trial, grades=tuple(grades))

    def _written(self, verdict: Verdict) -> None:
        self.tally.add(verdict)
        watch = self.terms.watch
        watch.progress.step()
        if watch.saw is not None:
            watch.saw(verdict, self._spent())

    def _spent(self) -> Spent:
        return self.tally.spent(self.judges.spent if self.judges else None, before=self.before)


class _Ask(NamedTuple):
    """Puts a case to the target, or takes the answer that was kept from before."""

    asked: Asked
    around: Around
    clock: _Clock
    kept: Kept | None

    async def put(self, case: Case, number: int) -> Trial:
        """A trial with a reply or an error, not graded yet."""
        at = self.clock.now()
        if self.kept is not None and (reply := self.kept.get(case, number)) is not None:
            return Trial(number=number, reply=reply, at=at, kept=True)
        try:
            async with asyncio.timeout(self._longest):
                reply = answered(await self.asked.ask(case))
        except (Exception, SystemExit) as error:
            log.info("no reply to %s", case.id, exc_info=True)
            return Trial(number=number, error=_told(error), at=at)
        if self.kept is not None:
            self.kept.put(case, number, reply=reply)
        return Trial(number=number, reply=reply, at=at)

    @property
    def _longest(self) -> float:
        """Seconds after which a target that keeps no limit of its own is given up."""
        return (self.around.retries + 1 + NAMED_WAITS) * (self.around.timeout + LONGEST_WAIT)


def _sound(grade: Grade) -> Grade:
    """The grade as its file will tell it: what others made may hold half a character or something that is no JSON."""
    return _grades.decode(msgspec.json.encode(grade))


def _told(error: BaseException) -> str:
    """Our own errors as they stand; anything else with its type and the line that raised it."""
    if isinstance(error, CasemillError):
        return cut(str(error), 300)
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno})" if frames else ""
    return f"{cut(f'{type(error).__name__}: {error}', 240)}{where}"
