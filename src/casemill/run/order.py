"""From what was asked to a run file: which cases, which target, a new file or one to continue, and what came of it."""

import re
import subprocess
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from casemill import __version__
from casemill.domain.case import Case
from casemill.domain.progress import SILENT, Progress
from casemill.domain.release import Release
from casemill.domain.run import Run, RunHead
from casemill.domain.word import Word, changed
from casemill.errors import CANNOT_TELL, DONE, FileError, UsageError
from casemill.run.graders import build, build_all
from casemill.run.record import Recorder, read_run
from casemill.run.targets import Around, Named, read_target
from casemill.run.trials import Watch, run_suite
from casemill.settings import Settings
from casemill.suite.explain import line_of
from casemill.suite.reading import Suite, read_suite
from casemill.suite.release import read_release
from casemill.suite.selection import select
from casemill.suite.text_file import read_text

RUNS = Path(".casemill/runs")


class Order(Word, omit_defaults=True):
    """What is asked. `release` is a number, "latest" or "working" (the active cases as they stand); None takes the
    latest and without one the working suite. `ids` and `modes` narrow it. `resume` and `out` name the run file."""

    target: str | None = None
    release: str | None = None
    ids: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    concurrency: int | None = None
    trials: int | None = None
    resume: str | None = None
    out: str | None = None


class Place(NamedTuple):
    """Where it is asked: the project folder, its settings, the environment variables."""

    root: Path
    settings: Settings
    environ: Mapping[str, str]


class Ran(Word, omit_defaults=True):
    """What a run came to. `not_judged` counts cases of which an assertion waits for a judge; `errors_by` the reasons
    of errors; `told` is what a person should know besides."""

    run: str
    file: str
    target: str
    release: int
    cases: int
    passed: int
    failed: int
    flaky: int
    errors: int
    seconds: float
    not_judged: int = 0
    errors_by: dict[str, int] = {}
    told: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """A run that learned nothing cannot tell; every other run is done, whatever passed."""
        return CANNOT_TELL if self.errors == self.cases else DONE


class _Chosen(NamedTuple):
    """The cases, the release they are of (None: the working suite), the digest of the whole, what to tell."""

    cases: tuple[Case, ...]
    release: Release | None
    digest: str
    told: tuple[str, ...]


def run_order(order: Order, place: Place, *, now: datetime, progress: Progress = SILENT) -> Ran:
    """Carries an order out and returns what the run came to; its file is written case by case.

    Settings and assertions that cannot work are UsageErrors before the first call. `resume` continues an interrupted
    run, or begins it when there is no such file; cases that ended in an error are asked again.
    """
    before = _before(order)
    if before is not None:
        order = _as_before(order, before)
    named = read_target(place.settings.targets, order.target or place.settings.run.target, root=place.root)
    chosen = _choose(order, place)
    recorder = _recorder(order, place, named=named, chosen=chosen, now=now)
    if before is not None:
        digests = {case.id: case.digest for case in chosen.cases}
        recorder = Recorder.resume(before, recorder.path, head=recorder.head, digests=digests)
    watch = Watch(now, progress, _again(order, recorder.path))
    around = _around(order, place)
    run = run_suite(chosen.cases, named.target, recorder=recorder, around=around, watch=watch)
    return _ran(run, _shown(recorder.path), chosen=chosen, now=now)


def _before(order: Order) -> Run | None:
    if order.resume and order.out:
        raise UsageError("--resume continues a file, --out names a new one; give one of them")
    return read_run(Path(order.resume)) if order.resume and Path(order.resume).exists() else None


def _as_before(order: Order, run: Run) -> Order:
    """What a continued run does not say anew is as it was."""
    return changed(
        order,
        target=order.target or run.head.target,
        release=order.release or (str(run.head.release) if run.head.release else "working"),
        trials=order.trials or run.head.trials,
    )


def _choose(order: Order, place: Place) -> _Chosen:
    folder = place.root / place.settings.suite.path
    suite = read_suite(folder, cache=place.root / ".casemill" / "cache")
    release = _release(order.release, folder)
    cases = select(suite, release=release, ids=order.ids, modes=order.modes)
    told = []
    if release is None:
        _refuse_problems(suite)
        if order.release is None:
            told.append("no release is frozen yet: these are the active cases of the working suite")
    elif suite.problems:
        told.append(f"{len(suite.problems)} case files outside the release cannot be read: casemill suite lint")
    if not cases:
        raise UsageError(f"there is no active case in {folder}", hint="admit drafts: casemill admit")
    _refuse_graders(cases, suite)
    return _Chosen(cases, release, release.digest if release else suite.digest, tuple(told))


def _release(wanted: str | None, folder: Path) -> Release | None:
    if wanted == "working":
        return None
    if wanted in (None, "latest"):
        release = read_release(folder)
        if release is None and wanted == "latest":
            raise UsageError(f"no release is frozen in {folder}", hint="make the first one: casemill suite freeze")
        return release
    if not wanted.isdecimal():
        raise UsageError(f"there is no release {wanted!r}", hint="give a number, latest or working")
    return read_release(folder, int(wanted))


def _refuse_graders(cases: tuple[Case, ...], suite: Suite) -> None:
    """A FileError for the first assertion that no grader takes."""
    for case in cases:
        for number, assertion in enumerate(case.assertions):
            try:
                build(assertion)
            except UsageError as error:
                if (path := suite.paths.get(case.id)) is None:
                    raise
                line = line_of(read_text(path), ("assert", number))
                raise FileError(_shown(path), f"{error}", line=line, hint=error.hint) from None


def _refuse_problems(suite: Suite) -> None:
    problems = [problem for problem in suite.problems if problem.path.is_relative_to(suite.folder / "cases")]
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise UsageError(f"{problems[0]}{more}", hint="see all of them: casemill suite lint")


def _recorder(order: Order, place: Place, *, named: Named, chosen: _Chosen, now: datetime) -> Recorder:
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", named.name).strip("-.") or "target"
    head = RunHead(
        id=f"{now:%Y%m%dT%H%M%S}-{slug}",
        release=chosen.release.number if chosen.release else 0,
        suite_digest=chosen.digest,
        target=named.name,
        target_kind=named.kind,
        target_digest=named.target.fingerprint(place.root),
        trials=order.trials or place.settings.run.trials,
        cases=len(chosen.cases),
        started_at=now,
        commit=_commit(place.root),
        casemill=__version__,
    )
    if order.resume:
        return Recorder(Path(order.resume), head)
    return Recorder.start(Path(order.out), head) if order.out else Recorder.among(place.root / RUNS, head)


def _around(order: Order, place: Place) -> Around:
    run = place.settings.run
    concurrency = order.concurrency or run.concurrency
    if concurrency < 1 or run.timeout <= 0 or (order.trials or run.trials) < 1:
        raise UsageError("concurrency, trials and timeout are 1 or more")
    return Around(place.root, concurrency, run.timeout, run.retries, place.settings.outward.allow, place.environ)


def _commit(root: Path) -> str | None:
    try:
        asked = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True)
    except OSError:
        return None
    return asked.stdout.strip() or None if asked.returncode == 0 else None


def _again(order: Order, path: Path) -> str:
    """The command that continues this run."""
    narrowed = [f"--only {id}" for id in order.ids] + [f"--mode {mode}" for mode in order.modes]
    return " ".join(["casemill run --resume", _shown(path), *narrowed])


def _shown(path: Path) -> str:
    """A path as a person types it where they stand."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _ran(run: Run, file: str, *, chosen: _Chosen, now: datetime) -> Ran:
    counts = Counter(verdict.result for verdict in run.verdicts)
    not_judged = sum(any(not grader.looks for _, grader in build_all(case)) for case in chosen.cases)
    told = chosen.told
    if not_judged:
        told += (f"{not_judged} cases hold an assertion that only a judge can grade; no judge is configured",)
    assert run.end is not None
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
        errors_by=dict(Counter(verdict.reason for verdict in run.verdicts if verdict.result == "error").most_common()),
        told=told,
    )
