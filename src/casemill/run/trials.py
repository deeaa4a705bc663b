"""The trial loop: every case put to the target as often as asked, many at once, each verdict written as it comes."""

import asyncio
import logging
import traceback
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

import msgspec

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored
from casemill.domain.progress import SILENT, Progress
from casemill.domain.reply import Reply
from casemill.domain.run import Run, Trial, Verdict
from casemill.domain.word import changed
from casemill.errors import CasemillError, Interrupted
from casemill.llm.http import LONGEST_WAIT, NAMED_WAITS
from casemill.llm.together import together
from casemill.run.fold import cut
from casemill.run.graders import Grader, build_all
from casemill.run.limit import TooSlow, processor_limit
from casemill.run.record import Recorder
from casemill.run.reply import answered
from casemill.run.targets import Around, Asked, Target
from casemill.run.verdict import verdict_of

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
Line = TypeVar("Line", Reply, Grade)

_replies = msgspec.json.Decoder(Reply)
_grades = msgspec.json.Decoder(Grade)


class Watch(NamedTuple):
    """When the run (or its continuation) starts, who watches how far it is, and the command that would continue it."""

    now: datetime
    progress: Progress = SILENT
    again: str = ""


class _Planned(NamedTuple):
    """A case with the graders that look at its replies and the names of those that could not."""

    case: Case
    graders: tuple[tuple[str, Grader], ...]
    not_judged: tuple[str, ...]


def run_suite(cases: Sequence[Case], target: Target, *, recorder: Recorder, around: Around, watch: Watch) -> Run:
    """Puts each case to the target, `recorder.head.trials` times, and returns the run as its file holds it.

    Cases that the recorder already holds are left out. Wrong assertions and settings are UsageErrors before the first
    call; Ctrl-C is Interrupted and leaves a file that can be continued; a full disk is an OutsideError.
    """
    done = {verdict.case for verdict in recorder.verdicts}
    plan = [_planned(case) for case in cases if case.id not in done]
    try:
        return together(_run(plan, target, recorder=recorder, around=around, watch=watch))
    except KeyboardInterrupt:
        raise Interrupted(
            f"stopped after {len(recorder.verdicts)} of {len(done) + len(plan)} cases; {recorder.path} holds them",
            hint=f"go on with: {watch.again}" if watch.again else None,
        ) from None


def look(name: str, grader: Grader, *, reply: Reply, case: Case) -> Grade:
    """One grader's answer under its name; a crash or too much work in it is an error, never a fail."""
    try:
        with processor_limit(LOOK_SECONDS):
            return changed(_sound(grader.look(reply, case), _grades), grader=name)
    except TooSlow:
        answer = errored(f"took more than {LOOK_SECONDS:g} seconds of processor time")
    except Exception as error:
        log.info("grader %s crashed on %s", name, case.id, exc_info=True)
        answer = errored(f"crashed: {_told(error)}")
    return changed(answer, grader=name)


def _planned(case: Case) -> _Planned:
    built = build_all(case)
    looking = tuple((name, grader) for name, grader in built if grader.looks)
    asking = tuple(
        f"{assertion.grader} {assertion.arguments.get('criterion', '')}".strip()
        for assertion, (_, grader) in zip(case.assertions, built, strict=True)
        if not grader.looks
    )
    return _Planned(case, looking, asking)


async def _run(plan: list[_Planned], target: Target, *, recorder: Recorder, around: Around, watch: Watch) -> Run:
    loop = asyncio.get_running_loop()
    clock = _Clock(watch.now, loop, loop.time())
    async with target.opened(around) as asked:
        with recorder:
            watch.progress.start(len(plan))
            waiting = iter(plan)
            work = _Work(waiting, asked, recorder, _Bounds(around, clock), watch.progress)
            try:
                async with asyncio.TaskGroup() as workers:
                    for _ in range(min(around.concurrency, len(plan))):
                        workers.create_task(work.through())
            except BaseExceptionGroup as group:
                raise group.exceptions[0] from None
            return recorder.finish(clock.now())


class _Clock(NamedTuple):
    """The time that was given, carried on by the event loop's own clock."""

    started: datetime
    loop: asyncio.AbstractEventLoop
    offset: float

    def now(self) -> datetime:
        return self.started + timedelta(seconds=self.loop.time() - self.offset)


class _Bounds(NamedTuple):
    around: Around
    clock: _Clock

    @property
    def longest(self) -> float:
        """Seconds after which a target that keeps no limit of its own is given up."""
        return (self.around.retries + 1 + NAMED_WAITS) * (self.around.timeout + LONGEST_WAIT)


class _Work(NamedTuple):
    """What the workers share: each takes the next case, asks, grades, writes."""

    waiting: Iterator[_Planned]
    asked: Asked
    recorder: Recorder
    bounds: _Bounds
    progress: Progress

    async def through(self) -> None:
        for planned in self.waiting:
            numbers = range(1, self.recorder.head.trials + 1)
            trials = tuple([await self._trial(planned, number) for number in numbers])
            result, reason = verdict_of(trials, not_judged=planned.not_judged)
            case = planned.case
            self.recorder.add(
                Verdict(
                    case=case.id,
                    digest=case.digest,
                    failure_mode=case.failure_mode,
                    severity=case.severity,
                    result=result,
                    reason=reason,
                    trials=trials,
                )
            )
            self.progress.step()

    async def _trial(self, planned: _Planned, number: int) -> Trial:
        at = self.bounds.clock.now()
        started = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(self.bounds.longest):
                reply = answered(_sound(await self.asked.ask(planned.case), _replies))
        except (Exception, SystemExit) as error:
            log.info("no reply to %s", planned.case.id, exc_info=True)
            return Trial(number=number, error=_told(error), at=at)
        if reply.latency_ms is None:
            reply = changed(reply, latency_ms=round((asyncio.get_running_loop().time() - started) * 1000, 1))
        grades = tuple(look(name, grader, reply=reply, case=planned.case) for name, grader in planned.graders)
        return Trial(number=number, reply=reply, grades=grades, at=at)


def _sound(word: Line, decoder: "msgspec.json.Decoder[Line]") -> Line:
    """The word as its file will tell it: what others made may hold half a character or something that is no JSON."""
    return decoder.decode(msgspec.json.encode(word))


def _told(error: BaseException) -> str:
    """Our own errors as they stand; anything else with its type and the line that raised it."""
    if isinstance(error, CasemillError):
        return cut(str(error), 300)
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno})" if frames else ""
    return f"{cut(f'{type(error).__name__}: {error}', 240)}{where}"
