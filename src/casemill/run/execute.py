"""An order carried out: from what was asked to a run file, a new one or one to continue, and what came of it."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from casemill import __version__
from casemill.domain.progress import SILENT, Progress
from casemill.domain.run import Run, RunEnd, RunHead
from casemill.domain.word import changed
from casemill.domain.wording import counted
from casemill.errors import UsageError
from casemill.run.graders import Surroundings
from casemill.run.order import KEPT, RUNS, Order, Place, Ran, narrowing
from casemill.run.record import Recorder, one_writer, read_run
from casemill.run.reply_cache import KINDS, Kept, kept_answers
from casemill.run.selection import Chosen, choose, refuse_graders, shown
from casemill.run.targets import Around, Named, read_target
from casemill.run.trials import Saw, Terms, Watch, run_suite
from casemill.run.yardsticks import Yardsticks, graded_otherwise, refuse_moved, told_of_asked_again, yardsticks_of

if TYPE_CHECKING:
    from casemill.run.judging import JudgePlan


class Ready(NamedTuple):
    """An order with everything looked up that it names, before the first call."""

    order: Order
    named: Named
    chosen: Chosen
    judging: "JudgePlan | None"
    around: Around
    surroundings: Surroundings
    yardsticks: Yardsticks
    before: Run | None = None


def run_order(order: Order, place: Place, *, now: datetime, progress: Progress = SILENT, saw: Saw | None = None) -> Ran:
    """Carries an order out and returns what the run came to; its file is written case by case.

    Settings and assertions that cannot work are UsageErrors before the first call. `resume` continues an interrupted
    run, or begins it when there is no such file; cases that ended in an error are asked again. An OutsideError when
    another process writes that file. `saw` is told of each verdict as it is written and of what was spent so far.
    """
    with one_writer(order.resume):
        ready = make_ready(order, place, now=now)
        head = head_of(ready, place, now=now)
        kept, told = _kept(ready, head, place=place)
        recorder = _recorder(ready, head, folder=place.root / RUNS)
        watch = Watch(now, progress, _again(ready.order, recorder.path), saw)
        give_up = 0 if ready.named.target.calls_nobody else place.settings.run.give_up_after
        by = ready.yardsticks.by
        terms = Terms(watch, ready.surroundings, ready.judging, kept, ready.order.budget, give_up, by)
        run = run_suite(ready.chosen.cases, ready.named.target, recorder=recorder, around=ready.around, terms=terms)
    return _ran(run, ready, file=shown(recorder.path), told=told, now=now)


def make_ready(order: Order, place: Place, *, now: datetime) -> Ready:
    """Everything that an order names, looked up and checked; nobody is called and nothing written."""
    if order.resume and order.out:
        raise UsageError("--resume continues a file, --out names a new one; give one of them")
    before = read_run(Path(order.resume)) if order.resume and Path(order.resume).exists() else None
    if before is not None:
        order = _as_before(order, before)
    settings = place.settings
    named = read_target(settings.targets, order.target or settings.run.target, root=place.root)
    surroundings = Surroundings(place.root, place.suite, now)
    chosen = choose(order, place, around=surroundings)
    refuse_graders(chosen.cases, surroundings)
    judging = _judging(order, chosen, place=place)
    yardsticks = yardsticks_of(chosen.cases, surroundings, judged=judging is not None and judging.missing is None)
    if chosen.release is not None and (moved := refuse_moved(chosen.release, yardsticks)):
        chosen = chosen._replace(told=(*chosen.told, moved))
    return Ready(order, named, chosen, judging, _around(order, place), surroundings, yardsticks, before)


def head_of(ready: Ready, place: Place, *, now: datetime) -> RunHead:
    """The first line of the run's file."""
    order, (name, kind, target), settings = ready.order, ready.named, place.settings.run
    release, judging = ready.chosen.release, ready.judging
    return RunHead(
        id=f"{now:%Y%m%dT%H%M%S}-{slug_of(name)}",
        release=release.number if release else 0,
        suite_digest=ready.chosen.digest,
        target=name,
        target_kind=kind,
        target_digest=target.fingerprint(place.root),
        trials=order.trials or settings.trials,
        cases=len(ready.chosen.cases),
        started_at=now,
        commit=_commit(place.root),
        casemill=__version__,
        epoch=order.epoch or settings.epoch or f"{now:%Y-%m-%d}",
        narrowed=ready.chosen.narrowed,
        together=order.together,
        judges=judging.heads if judging else (),
        confirm=settings.confirm if order.confirm is None else order.confirm,
        yardsticks=ready.yardsticks.digests,
    )


def slug_of(name: str) -> str:
    """A target's name as part of a file's."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "target"


def _as_before(order: Order, run: Run) -> Order:
    """What a continued run does not say anew is as it was."""
    head = run.head
    return changed(
        order,
        target=order.target or head.target,
        release=order.release or (str(head.release) if head.release else "working"),
        trials=order.trials or head.trials,
        confirm=head.confirm if order.confirm is None else order.confirm,
        epoch=order.epoch or head.epoch or None,
        together=order.together or head.together,
    )


def _judging(order: Order, chosen: Chosen, *, place: Place) -> "JudgePlan | None":
    if not any("judge" in assertion for case in chosen.cases for assertion in case.assert_):
        return None
    from casemill.run.judging import plan_judges

    return plan_judges(place.settings, place.suite, cases=chosen.cases, environ=place.environ, names=order.judges)


def _around(order: Order, place: Place) -> Around:
    run = place.settings.run
    concurrency = order.concurrency or run.concurrency
    if concurrency < 1 or run.timeout <= 0 or (order.trials or run.trials) < 1:
        raise UsageError("concurrency, trials and timeout are 1 or more")
    return Around(place.root, concurrency, run.timeout, run.retries, place.settings.outward.allow, place.environ)


def _kept(ready: Ready, head: RunHead, *, place: Place) -> tuple[Kept | None, tuple[str, ...]]:
    """The answers kept from before, when that is wanted and the target is of a kind that can be kept."""
    wanted = place.settings.run.cache if ready.order.cache is None else ready.order.cache
    if not wanted or ready.named.target.calls_nobody:
        return None, ()
    if head.target_kind not in KINDS:
        kind = head.target_kind
        return None, (f"no answer is kept: the settings of a target of kind {kind} do not tell all that it is",)
    return kept_answers(place.root / KEPT, head), ()


def _recorder(ready: Ready, head: RunHead, *, folder: Path) -> Recorder:
    order, before = ready.order, ready.before
    if before is not None and order.resume:
        digests = {case.id: case.digest for case in ready.chosen.cases}
        otherwise = graded_otherwise(before, ready.yardsticks)
        return Recorder.resume(before, Path(order.resume), head=head, digests=digests, otherwise=otherwise)
    if order.resume:
        return Recorder.begin(Path(order.resume), head)
    return Recorder.start(Path(order.out), head) if order.out else Recorder.among(folder, head)


def _commit(root: Path) -> str | None:
    try:
        asked = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True)
    except OSError:
        return None
    return asked.stdout.strip() or None if asked.returncode == 0 else None


def _again(order: Order, path: Path) -> str:
    """The command that continues this run."""
    import shlex

    judges = (("--judge", name) for name in order.judges)
    options = [part for pair in (*narrowing(order), *judges) for part in pair]
    return shlex.join(["casemill", "run", "--resume", shown(path), *options])


def _ran(run: Run, ready: Ready, *, file: str, told: tuple[str, ...], now: datetime) -> Ran:
    counts = Counter(verdict.result for verdict in run.verdicts)
    assert run.end is not None
    missed = tuple(test for test in run.end.self_tests if not test.held)
    not_judged = _not_judged(ready)
    return Ran(
        run=run.head.id,
        file=file,
        target=run.head.target,
        release=run.head.release,
        cases=len(run.verdicts),
        passed=counts["pass"],
        failed=counts["fail"],
        flaky=counts["flaky"],
        errors=counts["error"],
        seconds=round((run.end.finished_at - now).total_seconds(), 3),
        not_judged=not_judged,
        left=len(run.end.left),
        narrowed=run.head.narrowed,
        errors_by=dict(Counter(verdict.reason for verdict in run.verdicts if verdict.result == "error").most_common()),
        missed=missed,
        spent=run.end.spent,
        told=(*ready.chosen.told, *told, *_told_of_yardsticks(ready), *_told_of_judges(run.end, ready)),
    )


def _not_judged(ready: Ready) -> int:
    """The cases of which an assertion waits for a judge."""
    if ready.judging is None or not ready.judging.missing:
        return 0
    return sum(any("judge" in one for one in case.assert_) for case in ready.chosen.cases)


def _told_of_yardsticks(ready: Ready) -> Iterator[str]:
    """Of a run that was continued: which verdicts did not stand for want of the same yardsticks."""
    if ready.before is not None:
        digests = {case.id: case.digest for case in ready.chosen.cases}
        same = [each for each in ready.before.verdicts if digests.get(each.case) == each.digest]
        stood = [each.case for each in same if each.result != "error"]
        yield from told_of_asked_again(ready.before, stood, now=ready.yardsticks)


def _told_of_judges(end: RunEnd, ready: Ready) -> Iterator[str]:
    if ready.judging is not None and ready.judging.missing:
        count = counted(_not_judged(ready), "case holds", many="cases hold")
        yield f"{count} an assertion that only a judge can grade; {ready.judging.missing}"
    if missed := [test for test in end.self_tests if not test.held]:
        what = ", ".join(sorted({f"{test.kind} {test.by}" for test in missed}))
        yield f"{missed[0].judge} missed {len(missed)} of {len(end.self_tests)} self-tests ({what}): not to be believed"
