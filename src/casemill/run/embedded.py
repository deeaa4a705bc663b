"""Cases tried for somebody who keeps no run file, a test runner for one: all at once in a thread beside it, or one by
one."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

from casemill.domain.case import Case
from casemill.domain.progress import SILENT, Progress
from casemill.domain.run import RunHead, SelfTest, Verdict
from casemill.domain.word import digest_of
from casemill.errors import OutsideError
from casemill.run.graders import Surroundings, build_all
from casemill.run.judging import JudgePlan, plan_judges
from casemill.run.order import Place
from casemill.run.record import Recorder
from casemill.run.targets import Around, Asked, Named, Target
from casemill.run.targets.python import Called
from casemill.run.trials import Saw, Terms, Watch, run_suite

if TYPE_CHECKING:
    from casemill.run.judging.recall import Recall


class Given(Target):
    """A function that somebody holds in their hands: `function(turns, context)`, as a target of kind `python` has."""

    name: str
    function: Callable[..., Any]

    def fingerprint(self, root: Path) -> str:  # noqa: ARG002 - nobody can tell what a function reads
        return digest_of(self.name.encode())

    @asynccontextmanager
    async def opened(self, around: Around) -> AsyncIterator[Asked]:
        yield Called(self.name, self.function, around.timeout)


def given(function: Callable[..., Any]) -> Named:
    """A function as a target, named as it is."""
    name = getattr(function, "__qualname__", type(function).__name__)
    return Named(name, "python", Given(name=name, function=function))


class Room(NamedTuple):
    """Where cases are tried: the project, the suite's folder (`evals`), the time."""

    place: Place
    suite: Path
    now: datetime

    @property
    def surroundings(self) -> Surroundings:
        return Surroundings(self.place.root, self.suite, self.now)

    def judging(self, cases: Sequence[Case]) -> JudgePlan | None:
        """Who judges these cases; None when nothing of theirs has to be judged."""
        return plan_judges(self.place.settings, self.suite, cases=cases, environ=self.place.environ)

    def nobody_grades(self, case: Case) -> str | None:
        """Why no verdict on a case can be had here, in words; a UsageError for an assertion that cannot work."""
        looking = any(grader.looks for _, grader in build_all(case, self.surroundings))
        plan = self.judging([case])
        if looking or (plan is not None and plan.missing is None):
            return None
        return f"only a judge can grade it: {plan.missing}" if plan else "it has no assertion"


class Trying:
    """Puts cases to a target and tells each verdict. `ahead` begins with many at once, in a thread; what was not begun
    so is put when it is asked for. `cases` are all that may be asked for: their judges test themselves once."""

    def __init__(self, room: Room, cases: Sequence[Case]) -> None:
        self.room = room
        self.judging = room.judging(cases)
        self.tests: tuple[SelfTest, ...] | None = None
        self.tested = threading.Event()
        self._ahead: _Ahead | None = None

    def ahead(self, cases: Sequence[Case], named: Named) -> None:
        """Begins to put all these cases, as many at once as the settings say. Once is enough."""
        self._ahead = _Ahead(named, self)
        self._ahead.begin(cases)

    def verdict(self, case: Case, named: Named) -> Verdict:
        """The verdict on a case, waited for; the error that ended the run when there will be none.

        A UsageError when settings cannot work, an OutsideError when the case's judge failed to see what is known.
        """
        if self._ahead is not None and self._ahead.named is named and case.id in self._ahead.cases:
            verdict = self._ahead.wait(case.id)
        else:
            verdicts: list[Verdict] = []
            self.put([case], named, saw=lambda verdict, _: verdicts.append(verdict), progress=SILENT)
            (verdict,) = verdicts
        self._refuse_blind_judges(verdict)
        return verdict

    def close(self) -> None:
        """Ends what is still under way; its calls are given up."""
        if self._ahead is not None:
            self._ahead.stop()

    def put(self, cases: Sequence[Case], named: Named, *, saw: Saw, progress: Progress) -> None:
        """One run of these cases, to its end."""
        place, run = self.room.place, self.room.place.settings.run
        judging = _TestedOnce(*self.judging).told(self) if self.judging else None
        allow = place.settings.outward.allow
        around = Around(place.root, run.concurrency, run.timeout, run.retries, allow, place.environ)
        with TemporaryDirectory(prefix="casemill-") as folder:
            recorder = Recorder.start(Path(folder) / "run.jsonl", self._head(cases, named))
            terms = Terms(Watch(self.room.now, progress, saw=saw), self.room.surroundings, judging)
            run_suite(cases, named.target, recorder=recorder, around=around, terms=terms)

    def _head(self, cases: Sequence[Case], named: Named) -> RunHead:
        run = self.room.place.settings.run
        return RunHead(
            id="aside",
            release=0,
            suite_digest="",
            target=named.name,
            target_kind=named.kind,
            trials=run.trials,
            cases=len(cases),
            started_at=self.room.now,
            confirm=run.confirm,
        )

    def _refuse_blind_judges(self, verdict: Verdict) -> None:
        asked = [grade.judged for trial in verdict.trials for grade in trial.grades if grade.judged is not None]
        if not asked:
            return
        self.tested.wait()
        missed = [test for test in self.tests or () if not test.held and any(map(test.tells_of, asked))]
        if missed:
            what = ", ".join(sorted({f"{test.kind} {test.by}" for test in missed}))
            raise OutsideError(f"{missed[0].judge} missed a self-test ({what}): what it says is not to be believed")


class _TestedOnce(JudgePlan):
    """The judges of a run, which test themselves only if none of the runs before did."""

    owner: Trying

    def told(self, owner: Trying) -> "_TestedOnce":
        self.owner = owner
        return self

    @asynccontextmanager
    async def opened(self, around: Around, *, recall: "Recall | None" = None) -> AsyncIterator[Any]:
        async with super().opened(around, recall=recall) as judges:
            yield _Judges(judges, self.owner)


class _Judges:
    """Open judges; what is not said here is theirs."""

    def __init__(self, judges: Any, owner: Trying) -> None:
        self._judges = judges
        self._owner = owner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._judges, name)

    async def self_test(self) -> tuple[SelfTest, ...]:
        if self._owner.tests is None:
            self._owner.tests = await self._judges.self_test()
            self._owner.tested.set()
        return self._owner.tests


class _Ahead:
    """A run in a thread of its own: its verdicts as they come, the error that ended it, and a way to stop it."""

    def __init__(self, named: Named, owner: Trying) -> None:
        self.named = named
        self.cases: frozenset[str] = frozenset()
        self._owner = owner
        self._news = threading.Condition()
        self._verdicts: dict[str, Verdict] = {}
        self._ended = self._unwanted = False
        self._error: BaseException | None = None
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Task[Any]] | None = None
        self._thread: threading.Thread | None = None

    def begin(self, cases: Sequence[Case]) -> None:
        self.cases = frozenset(case.id for case in cases)
        self._thread = threading.Thread(target=self._through, args=(cases,), daemon=True, name="casemill-ahead")
        self._thread.start()

    def wait(self, id: str) -> Verdict:
        with self._news:
            self._news.wait_for(lambda: id in self._verdicts or self._ended)
        if id in self._verdicts:
            return self._verdicts[id]
        if self._error is None or isinstance(self._error, asyncio.CancelledError):
            raise OutsideError(f"the run ended without a verdict on {id}")
        raise self._error

    def stop(self) -> None:
        """Cancels what flies and waits until connections are closed, but not for a function that hangs."""
        with self._news:
            self._unwanted = bool(self.cases - self._verdicts.keys())
            running = self._running if self._unwanted else None
        if running is not None:
            loop, task = running
            with suppress(RuntimeError):  # it has just ended by itself
                loop.call_soon_threadsafe(task.cancel)
        if self._thread is not None:
            self._thread.join(timeout=10)

    def start(self, _: int | None) -> None:
        """Called from within the run, as its progress: the one place that knows the task to cancel."""
        task = asyncio.current_task()
        assert task is not None
        with self._news:
            self._running = asyncio.get_running_loop(), task
            if self._unwanted:
                task.cancel()

    def step(self, done: int = 1) -> None:
        """Nobody watches."""

    def _through(self, cases: Sequence[Case]) -> None:
        with self:
            self._owner.put(cases, self.named, saw=self._saw, progress=self)

    def _saw(self, verdict: Verdict, _: Any) -> None:
        with self._news:
            self._verdicts[verdict.case] = verdict
            self._news.notify_all()

    def __enter__(self) -> "_Ahead":
        return self

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> bool:
        """Whatever ended the run is told to who waits for a verdict; nothing is swallowed."""
        with self._news:
            self._error, self._ended = error, True
            self._news.notify_all()
        self._owner.tested.set()
        return True
