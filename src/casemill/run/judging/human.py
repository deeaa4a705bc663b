"""What people say of replies: their verdicts on file, and which replies of a run they are shown."""

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from casemill.disk import write_whole
from casemill.domain.calibration import HumanVerdict, Sample
from casemill.domain.case import Case
from casemill.domain.grade import Grade
from casemill.domain.reply import Reply
from casemill.domain.run import Run, Trial, Verdict
from casemill.domain.word import changed
from casemill.errors import FileError, OutsideError
from casemill.personal import mask, scan
from casemill.run.judging.plan import judges_of
from casemill.stats import draw

VERDICTS = "judges/verdicts.jsonl"
LUCK = 0.5  # the same for all; those drawn for sure (1) would come in the order of their names

_decoder = msgspec.json.Decoder(HumanVerdict)


class Graded(NamedTuple):
    """A reply of a run that can be graded: its case, the trial, what the judge said of it there."""

    case: Case
    trial: int
    reply: Reply
    grade: Grade | None


class Drawn(NamedTuple):
    """A reply that somebody is to grade, and its chance to be drawn."""

    graded: Graded
    chance: float


def read_verdicts(path: Path) -> tuple[HumanVerdict, ...]:
    """The verdicts of a file, in its order; a FileError with the line of the first bad one."""
    good, problems = read_lines(path)
    if problems:
        raise problems[0]
    return good


def read_lines(path: Path) -> tuple[tuple[HumanVerdict, ...], tuple[FileError, ...]]:
    """The good lines of a file, and what is wrong with each bad one."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise FileError(path, "there is no such file", hint="grade some replies: casemill judge grade RUN") from None
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror}") from None
    good: list[HumanVerdict] = []
    problems: list[FileError] = []
    for number, line in enumerate(raw.split(b"\n"), 1):
        if line.strip():
            try:
                good.append(_decoded(line, path, number=number))
            except FileError as error:
                problems.append(error)
    return tuple(good), tuple(problems)


def check_verdict(verdict: HumanVerdict) -> str | None:
    """What is wrong with a verdict that reads well, None when nothing is."""
    if verdict.case is None and verdict.expectation is None:
        return "names neither a case of the suite nor an expectation"
    if verdict.sample == "even" and verdict.chance is None:
        return "was drawn evenly and does not say with what chance"
    if verdict.chance is not None and not 0 < verdict.chance <= 1:
        return "has a chance that is none: above 0, at most 1"
    if verdict.score is not None and not 1 <= verdict.score <= 5:
        return "has a score that is none: 1 to 5"
    return None


def add_verdicts(folder: Path, verdicts: Iterable[HumanVerdict]) -> int:
    """Adds verdicts to those of a suite folder, whole or not at all; how many were not there already.

    Addresses, numbers and other values with a form of their own are masked: the file goes into Git.
    """
    path = folder / VERDICTS
    told = dict.fromkeys(_line(_masked(verdict)) for verdict in verdicts)
    with _alone(path.parent):
        before = dict.fromkeys(map(_line, read_verdicts(path) if path.exists() else ()))
        new = [line for line in told if line not in before]
        if new:
            write_whole(path, b"".join(line + b"\n" for line in [*before, *new]))
    return len(new)


def take_back(folder: Path, *, by: str, run: str, criterion: str, digest: str = "") -> HumanVerdict | None:
    """Removes a person's last verdict on a run by a criterion (by the words that `digest` is of, where it is given);
    None when they have none."""
    path = folder / VERDICTS
    with _alone(path.parent):
        verdicts = list(read_verdicts(path)) if path.exists() else []
        own = [
            at for at, one in enumerate(verdicts) if said_by(one, by=by, run=run, criterion=criterion, digest=digest)
        ]
        if not own:
            return None
        last = verdicts.pop(own[-1])
        write_whole(path, b"".join(_line(verdict) + b"\n" for verdict in verdicts))
    return last


def said_by(verdict: HumanVerdict, *, by: str, run: str, criterion: str, digest: str) -> bool:
    """Whether a verdict is a person's on a run by a criterion, and by these words where both are told."""
    same = (verdict.by, verdict.run, verdict.criterion) == (by, run, criterion)
    return same and (verdict.criterion_digest == digest or not (verdict.criterion_digest and digest))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time: a verdict that is added between another's reading and writing would be lost."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutsideError(f"{folder} cannot be written: {error.strerror}") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def gradable(run: Run, cases: Mapping[str, Case], *, criterion: str, rubric: str = "") -> tuple[Graded, ...]:
    """The first reply to each case of a run that asserts a criterion, of a rubric where one is named; where none does,
    to every case, for a judge is calibrated before it is relied on. Cases that changed since are left out."""
    standing = [
        (case, verdict)
        for verdict in run.verdicts
        if (case := cases.get(verdict.case)) is not None and case.digest == verdict.digest
    ]
    asserting = [
        one
        for one in standing
        if any(each.criterion == criterion and _of_rubric(each.rubric, rubric) for each in judges_of(one[0]))
    ]
    return tuple(
        Graded(case, trial.number, trial.reply, grade_by(trial, criterion, rubric=rubric))
        for case, verdict in asserting or standing
        if (trial := _first(verdict)) and trial.reply is not None
    )


def drawn(replies: Sequence[Graded], *, sample: Sample, wanted: int, seed: str) -> tuple[Drawn, ...]:
    """Some replies in an order that tells nothing: at random, or evenly from what the judge passed and failed."""
    if sample != "even":
        return _drawn(replies, wanted=wanted, seed=seed)
    passed = [each for each in replies if each.grade and each.grade.result == "pass"]
    failed = [each for each in replies if each.grade and each.grade.result == "fail"]
    few = min(len(failed), max(wanted // 2, wanted - len(passed)))
    both = [*_drawn(failed, wanted=few, seed=seed), *_drawn(passed, wanted=wanted - few, seed=seed)]
    order = draw({each.graded.case.id: LUCK for each in both}, wanted=len(both), seed=f"{seed} order")
    by_case = {each.graded.case.id: each for each in both}
    return tuple(by_case[id] for id in order)


def _drawn(replies: Sequence[Graded], *, wanted: int, seed: str) -> tuple[Drawn, ...]:
    if not replies:
        return ()
    chance = min(1.0, wanted / len(replies))
    by_case = {each.case.id: each for each in replies}
    return tuple(Drawn(by_case[id], chance) for id in draw(dict.fromkeys(by_case, LUCK), wanted=wanted, seed=seed))


def _first(verdict: Verdict) -> Trial | None:
    return next((trial for trial in verdict.trials if trial.reply is not None), None)


def grade_by(trial: Trial, criterion: str, *, rubric: str = "") -> Grade | None:
    """What the judge said of a trial by a criterion, None when it was not asked; where a rubric is given, by that one
    alone, in one version (`support@2`) or in any (`support`). A grade that tells no rubric is by any."""
    for grade in trial.grades:
        if grade.judged and grade.judged.criterion == criterion and _of_rubric(grade.judged.rubric, rubric):
            return grade
    return None


def _of_rubric(label: str | None, wanted: str) -> bool:
    return not (label and wanted) or wanted in (label, label.partition("@")[0])


def _decoded(line: bytes, path: Path, *, number: int) -> HumanVerdict:
    try:
        verdict = _decoder.decode(line)
    except msgspec.DecodeError as error:
        raise FileError(path, f"is not a verdict: {error}", line=number) from None
    if wrong := check_verdict(verdict):
        raise FileError(path, f"the verdict {wrong}", line=number)
    return verdict


def _masked(verdict: HumanVerdict) -> HumanVerdict:
    """The verdict without what looks personal in any of its texts."""
    told = {"reply": verdict.reply, "note": verdict.note, "input": verdict.input, "expectation": verdict.expectation}
    plain = {name: _covered(msgspec.to_builtins(value)) for name, value in told.items()}
    return changed(verdict, **(plain | {"reply": msgspec.convert(plain["reply"], str | Reply)}))


def _covered(value: Any) -> Any:
    """A JSON value with every text in it masked where something is found."""
    if isinstance(value, str):
        return mask(value).text if scan(value) else value
    if isinstance(value, list | tuple):
        return [_covered(one) for one in value]
    return {key: _covered(one) for key, one in value.items()} if isinstance(value, dict) else value


def _line(verdict: HumanVerdict) -> bytes:
    return msgspec.json.encode(verdict)
