"""What a run is compared with: `baseline.json`, and how steady each case is: `stability.json`."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
import orjson

from casemill.disk import write_whole
from casemill.domain.gate import GateState
from casemill.domain.run import Run, Verdict, VerdictResult
from casemill.domain.word import Word, changed
from casemill.domain.wording import counted
from casemill.domain.yardstick import told_apart
from casemill.errors import FileError, UsageError
from casemill.gate.stability import Steadiness
from casemill.run.compare import RESULTS, Side, Standing, votes_of

AnyFile = TypeVar("AnyFile", bound=Word)


class Kept(Word, omit_defaults=True):
    """A verdict as it was accepted, of which content of the case, graded by which files, and of several trials how many
    passed, could tell."""

    result: VerdictResult
    digest: str
    passes: int | None = None
    trials: int | None = None
    yardsticks: tuple[str, ...] = ()

    @property
    def rate(self) -> float | None:
        """The share of its trials that passed, None where none could tell."""
        if self.passes is None or self.trials is None:
            return RESULTS[self.result]
        return self.passes / self.trials if self.trials else None


class Accepted(Word, omit_defaults=True):
    """The run somebody accepted for a target; `verdicts` by case, `yardsticks` as its head told them."""

    run: str
    release: int
    at: str
    verdicts: dict[str, Kept]
    yardsticks: dict[str, str] | None = None

    def as_side(self) -> Side:
        """As a comparison sees it."""
        return Side(self.run, {case: _standing(kept) for case, kept in self.verdicts.items()}, self.yardsticks)


def _standing(kept: Kept) -> Standing:
    return Standing(kept.digest, kept.result, kept.rate, yardsticks=kept.yardsticks)


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


def accept(
    run: Run, folder: Path, *, now: datetime, state: GateState = "open", left: Collection[str] = ()
) -> Accepting:
    """Make a run what later runs on its target are compared with, and count its trials once.

    Other targets keep theirs. A UsageError when the run was interrupted, when cases were `left` out of it, or when the
    gate's `state` is not open: what nobody would ship is nothing to compare with. The trials are written first: killed
    between the two files, doing it again ends the same.
    """
    _refuse(run, state, left=left)
    counted = count_trials(run, folder)
    path = folder / "baseline.json"
    baseline = _read(path, _Baseline)
    verdicts = {verdict.case: _kept(verdict) for verdict in run.verdicts}
    before = baseline.targets.get(run.head.target)
    said, told = run.head.id, run.head.yardsticks
    if before is None or (before.run, before.yardsticks, before.verdicts) != (said, told, verdicts):
        at = now.date().isoformat()
        accepted = Accepted(run=said, release=run.head.release, at=at, verdicts=verdicts, yardsticks=told)
        _write(path, _Baseline(targets=baseline.targets | {run.head.target: accepted}))
    results: dict[str, int] = {}
    for verdict in run.verdicts:
        results[verdict.result] = results.get(verdict.result, 0) + 1
    known = before.verdicts if before else {}
    different = sum(known.get(case) != kept for case, kept in verdicts.items()) if before else 0
    return Accepting(run.head.id, run.head.target, results, different, counted, path)


def _refuse(run: Run, state: GateState, *, left: Collection[str]) -> None:
    if run.end is None:
        hint = "finish it first: casemill run --resume FILE"
        raise UsageError(f"run {run.head.id} was interrupted; a baseline is a whole run", hint=hint)
    if left:
        count = counted(len(left), "case was", many="cases were")
        raise UsageError(f"{count} left out of run {run.head.id}; a baseline is a whole run", hint="casemill run")
    if state != "open":
        hint = f"see why: casemill gate; its trials count all the same: casemill baseline count {run.head.id}"
        raise UsageError(f"the gate is {state} for run {run.head.id}; only an open run becomes the baseline", hint=hint)


def count_trials(run: Run, folder: Path) -> bool:
    """Add a run's trials to the history of its target, shut or open; False when this run was counted before."""
    path = folder / "stability.json"
    stability, target = _read(path, _Stability), run.head.target
    seen = stability.runs.get(target, ())
    if run.head.id in seen:
        return False
    cases = dict(stability.cases)
    for verdict in run.verdicts:
        before = cases.get(verdict.case, {}).get(target)
        now = _added(verdict, before, graded=told_apart(run.head.yardsticks, verdict.yardsticks))
        cases[verdict.case] = cases.get(verdict.case, {}) | {target: now}
    _write(path, _Stability(runs=stability.runs | {target: (*seen, run.head.id)}, cases=cases))
    return True


def _kept(verdict: Verdict) -> Kept:
    kept = Kept(result=verdict.result, digest=verdict.digest, yardsticks=verdict.yardsticks)
    if len(verdict.trials) < 2:
        return kept
    votes = votes_of(verdict)
    return changed(kept, passes=sum(votes), trials=len(votes))


def _added(verdict: Verdict, before: Steadiness | None, *, graded: str) -> Steadiness:
    if before is None or not before.is_of(verdict.digest, graded):
        before = Steadiness(digest=verdict.digest)
    before = changed(before, graded_by=graded or before.graded_by)
    fresh = tuple(trial for trial in verdict.trials if not trial.kept)  # an answer is counted in the run that asked
    return before.after(votes_of(changed(verdict, trials=fresh)))


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
