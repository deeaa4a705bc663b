"""What a run is compared with: `baseline.json`, and how steady each case is: `stability.json`."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
import orjson

from casemill.disk import write_whole
from casemill.domain.run import Run, Verdict, VerdictResult
from casemill.domain.word import Word
from casemill.errors import FileError, UsageError
from casemill.run.verdict import verdict_of

AnyFile = TypeVar("AnyFile", bound=Word)


class Kept(Word):
    """A verdict as it was accepted, and of which content of the case."""

    result: VerdictResult
    digest: str


class Accepted(Word):
    """The run somebody accepted for a target; `verdicts` by case."""

    run: str
    release: int
    at: str
    verdicts: dict[str, Kept]


class Steadiness(Word):
    """How often a case in one content was tried on a target, and how often it passed; errors count for neither."""

    digest: str
    trials: int
    passes: int


class _Baseline(Word):
    targets: dict[str, Accepted] = {}


class _Stability(Word):
    """`runs` by target are those already counted; `cases` by case, then by target."""

    runs: dict[str, tuple[str, ...]] = {}
    cases: dict[str, dict[str, Steadiness]] = {}


class Accepting(NamedTuple):
    """What accepting a run did: verdicts kept by result, how many differ from before, whether its trials were new."""

    run: str
    target: str
    results: dict[str, int]
    different: int
    counted: bool
    path: Path


def read_baseline(folder: Path) -> dict[str, Accepted]:
    """The accepted verdicts by target; none where nothing was accepted yet."""
    return _read(folder / "baseline.json", _Baseline).targets


def read_stability(folder: Path) -> dict[str, dict[str, Steadiness]]:
    """Trials and passes by case, then by target."""
    return _read(folder / "stability.json", _Stability).cases


def accept(run: Run, folder: Path, *, now: datetime) -> Accepting:
    """Make a run what later runs on its target are compared with, and count its trials once.

    Other targets keep theirs. A UsageError when the run was interrupted. The trials are written first: killed between
    the two files, doing it again ends the same.
    """
    if run.end is None:
        hint = "finish it first: casemill run --resume FILE"
        raise UsageError(f"run {run.head.id} was interrupted; a baseline is a whole run", hint=hint)
    counted = _count(run, folder / "stability.json")
    path = folder / "baseline.json"
    baseline = _read(path, _Baseline)
    verdicts = {verdict.case: Kept(result=verdict.result, digest=verdict.digest) for verdict in run.verdicts}
    before = baseline.targets.get(run.head.target)
    if before is None or before.run != run.head.id or before.verdicts != verdicts:
        at = now.date().isoformat()
        accepted = Accepted(run=run.head.id, release=run.head.release, at=at, verdicts=verdicts)
        _write(path, _Baseline(targets=baseline.targets | {run.head.target: accepted}))
    results: dict[str, int] = {}
    for verdict in run.verdicts:
        results[verdict.result] = results.get(verdict.result, 0) + 1
    known = before.verdicts if before else {}
    different = sum(known.get(case) != kept for case, kept in verdicts.items()) if before else 0
    return Accepting(run.head.id, run.head.target, results, different, counted, path)


def _count(run: Run, path: Path) -> bool:
    """Add a run's trials, unless this run was counted before."""
    stability, target = _read(path, _Stability), run.head.target
    seen = stability.runs.get(target, ())
    if run.head.id in seen:
        return False
    cases = dict(stability.cases)
    for verdict in run.verdicts:
        cases[verdict.case] = cases.get(verdict.case, {}) | {target: _added(verdict, cases, target=target)}
    _write(path, _Stability(runs=stability.runs | {target: (*seen, run.head.id)}, cases=cases))
    return True


def _added(verdict: Verdict, cases: dict[str, dict[str, Steadiness]], *, target: str) -> Steadiness:
    results = [verdict_of((trial,))[0] for trial in verdict.trials]
    before = cases.get(verdict.case, {}).get(target)
    if before is None or before.digest != verdict.digest:
        before = Steadiness(digest=verdict.digest, trials=0, passes=0)
    return Steadiness(
        digest=verdict.digest,
        trials=before.trials + sum(result in ("pass", "fail") for result in results),
        passes=before.passes + results.count("pass"),
    )


def _read(path: Path, kind: type[AnyFile]) -> AnyFile:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        return kind()
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror or error}") from None
    except msgspec.DecodeError as error:
        hint = "take it from Git again, or delete it and accept a run: casemill baseline accept RUN"
        raise FileError(path, f"is not what `casemill baseline accept` wrote: {error}", hint=hint) from None


def _write(path: Path, value: Word) -> None:
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    write_whole(path, orjson.dumps(msgspec.to_builtins(value), option=options))
