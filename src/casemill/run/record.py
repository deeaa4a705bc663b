"""The run file: a head line, a line for each verdict as it comes, an end line; JSON each.

Lines are written whole and at once, so a killed run leaves at most a torn last line, which readers leave out. A file
without an end line was interrupted and can be continued, by one process at a time.
"""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import msgspec

from casemill.disk import hold, write_and_hold
from casemill.domain.run import JudgeHead, Run, RunEnd, RunHead, SelfTest, Trial, Verdict
from casemill.domain.word import Word, changed
from casemill.errors import FileError, OutsideError, UsageError
from casemill.run.plain import plain

Line = TypeVar("Line", bound=Word)

_head = msgspec.json.Decoder(RunHead)
_verdict = msgspec.json.Decoder(Verdict)
_end = msgspec.json.Decoder(RunEnd)
_encoder = msgspec.json.Encoder()


def read_run(path: Path) -> Run:
    """A run file read strictly; a FileError names file and line. A torn last line is left out."""
    whole = _whole_lines(path)
    if not whole:
        raise FileError(path, "is not a run file: it has no head line", line=1)
    head = _decoded(_head, whole[0], path=path, number=1)
    yardsticks = head.yardsticks or {}
    _refuse_controls((head.id, head.target, head.narrowed, *yardsticks), path=path, number=1)
    ended = len(whole) > 1 and whole[-1].startswith(b'{"finished_at"')
    verdicts: dict[str, Verdict] = {}
    for number, line in enumerate(whole[1 : -1 if ended else None], 2):
        verdict = _decoded(_verdict, line, path=path, number=number)
        _refuse_controls((verdict.case, verdict.failure_mode), path=path, number=number)
        if not yardsticks.keys() >= set(verdict.yardsticks):
            raise FileError(path, f"{verdict.case} is graded by files that the head does not tell", line=number)
        if verdict.case in verdicts:
            raise FileError(path, f"a second verdict on {verdict.case}", line=number)
        if verdict.result == "pass" and any(map(_fails, verdict.trials)):
            raise FileError(path, f"says that {verdict.case} passes, and holds a trial that fails", line=number)
        verdicts[verdict.case] = verdict
    end = _decoded(_end, whole[-1], path=path, number=len(whole)) if ended else None
    if end is not None and end.verdicts != len(verdicts):
        raise FileError(path, f"ends with {end.verdicts} verdicts, holds {len(verdicts)}", line=len(whole))
    return Run(head=head, verdicts=tuple(verdicts.values()), end=end)


def newest_run(folder: Path) -> Path | None:
    """The run file that was written last, None when the folder holds none."""
    files = [(path.stat().st_mtime_ns, path.name, path) for path in folder.glob("*.jsonl")]
    return max(files)[2] if files else None


def _refuse_controls(names: tuple[str, ...], *, path: Path, number: int) -> None:
    """Names are printed as they are, in terminals and logs; what a target said may hold anything."""
    together = "".join(names)
    if "\n" in together or plain(together) != together:
        raise FileError(path, "a name in it holds a line end or a control character", line=number)


def _fails(trial: Trial) -> bool:
    return any(grade.result == "fail" for grade in trial.grades)


def _whole_lines(path: Path) -> list[bytes]:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise FileError(path, "there is no such run file", hint="make one: casemill run") from None
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror}") from None
    return raw[: raw.rfind(b"\n") + 1].split(b"\n")[:-1]


class Recorder:
    """Writes a run file line by line. Use as a context manager; `start` a new one or `resume` one that exists.

    `kept` are the verdicts of an interrupted run that stand; `verdicts` all that the file holds, without their trials.
    """

    def __init__(self, path: Path, head: RunHead, *, kept: tuple[Verdict, ...] = ()) -> None:
        self.path = path
        self.head = head
        self.kept = kept
        self.verdicts = [changed(verdict, trials=()) for verdict in kept]
        self._file: int | None = None
        self._new = False

    @classmethod
    def start(cls, path: Path, head: RunHead) -> "Recorder":
        """A new file; an existing one is never overwritten."""
        if path.exists():
            raise UsageError(f"{path} exists", hint=f"continue it with --resume {path}, or choose another --out")
        return cls.begin(path, head)

    @classmethod
    def begin(cls, path: Path, head: RunHead) -> "Recorder":
        """The same for a file that was looked for and is not there; one that comes meanwhile is not overwritten."""
        recorder = cls(path, head)
        recorder._new = True
        return recorder

    @classmethod
    def among(cls, folder: Path, head: RunHead) -> "Recorder":
        """A new file of the folder, named by the run's id; the second run of a second gets a number behind its id."""
        id, number = head.id, 1
        while (folder / f"{head.id}.jsonl").exists():
            number += 1
            head = changed(head, id=f"{id}-{number}")
        return cls.start(folder / f"{head.id}.jsonl", head)

    @classmethod
    def resume(
        cls, run: Run, path: Path, *, head: RunHead, digests: Mapping[str, str], otherwise: Collection[str] = ()
    ) -> "Recorder":
        """Continues an interrupted run of the same target: verdicts on cases that are still the same are kept, errors
        and what a judge said that missed a self-test apart: those cases are asked again.

        `digests` are the cases' by id; those of `otherwise` would be graded otherwise today and are asked again too. A
        UsageError when the run was another target's, release's or commit's, or when it would be narrowed anew, which
        would throw verdicts away.
        """
        before = run.head
        for what, was, now in (
            ("target", before.target, head.target),
            ("target's settings", before.target_digest, head.target_digest),
            ("release", before.release, head.release),
            ("number of trials", before.trials, head.trials),
            ("rule for trials", before.confirm, head.confirm),
            ("judge", _judges(before, head), _judges(head, before)),
            ("commit", before.commit, head.commit or before.commit),
            ("choice of cases", False, _loses(run, head, digests=digests)),
        ):
            if was != now:
                raise UsageError(f"{path} cannot be continued: another {what}", hint="start a new run: casemill run")
        missed = [test for test in run.end.self_tests if not test.held] if run.end else []
        kept = tuple(
            verdict
            for verdict in run.verdicts
            if digests.get(verdict.case) == verdict.digest
            and verdict.case not in otherwise
            and verdict.result != "error"
            and not _rests_on(verdict, missed)
        )
        return cls(path, changed(head, id=before.id, started_at=before.started_at, epoch=before.epoch), kept=kept)

    def __enter__(self) -> "Recorder":
        lines = [_encoder.encode(word) for word in (self.head, *self.kept)]
        try:
            self._file = write_and_hold(self.path, b"\n".join(lines) + b"\n", new=self._new)
        except BlockingIOError:
            raise _busy(self.path) from None
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def add(self, verdict: Verdict) -> None:
        """One more line; an OutsideError when it cannot be written, and the file stays valid."""
        self.add_all((verdict,))

    def add_all(self, verdicts: Sequence[Verdict]) -> None:
        """More lines, written at once; when there is no room for all, those that fit are kept whole."""
        lines = [_encoder.encode(verdict) + b"\n" for verdict in verdicts]
        if lines:
            self._append(lines, verdicts)

    def finish(self, end: RunEnd) -> Run:
        """The end line, safely on the disk, and the run; the trials of its verdicts are left in the file."""
        self._append([_encoder.encode(end) + b"\n"], ())
        assert self._file is not None
        os.fsync(self._file)
        return Run(head=self.head, verdicts=tuple(self.verdicts), end=end)

    def _append(self, lines: Sequence[bytes], verdicts: Sequence[Verdict]) -> None:
        assert self._file is not None
        size = os.fstat(self._file).st_size
        written, why = _written(self._file, b"".join(lines))
        whole = 0
        for number, line in enumerate(lines):
            whole += len(line)
            if whole > written:
                whole -= len(line)
                break
            self.verdicts += [changed(verdict, trials=()) for verdict in verdicts[number : number + 1]]
        if why is not None:
            os.ftruncate(self._file, size + whole)
            hint = f"make room, then go on: casemill run --resume {self.path}"
            raise OutsideError(f"{self.path} cannot be written: {why}", hint=hint)


@contextmanager
def one_writer(resumed: str | None) -> Iterator[None]:
    """A run file that is to be continued, if it is there, is nobody else's as long as the block runs; an OutsideError
    when another process writes it. Who only reads a file asks nobody."""
    held = _held(Path(resumed)) if resumed else None
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def _held(path: Path) -> int | None:
    try:
        return hold(path)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        raise _busy(path) from None
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror}") from None


def _busy(path: Path) -> OutsideError:
    hint = f"wait until that one ends, or stop it, then go on: casemill run --resume {path}"
    return OutsideError(f"{path} is being written by another run", hint=hint)


def _judges(head: RunHead, other: RunHead) -> tuple[JudgeHead, ...]:
    """Who judges; a rubric is told apart from the judge where both runs record by which files cases are graded."""
    if head.yardsticks is None or other.yardsticks is None:
        return head.judges
    return tuple(changed(judge, rubrics={}) for judge in head.judges)


def _loses(run: Run, head: RunHead, *, digests: Mapping[str, str]) -> bool:
    """Whether a narrower choice of cases would throw verdicts away."""
    return bool(head.narrowed) and any(verdict.case not in digests for verdict in run.verdicts)


def _rests_on(verdict: Verdict, missed: Collection[SelfTest]) -> bool:
    """Whether a judge had a say in a verdict that missed one of these tests, by what it missed it."""
    said = (grade.judged for trial in verdict.trials for grade in trial.grades if missed and grade.judged)
    return any(test.tells_of(judged) for judged in said for test in missed)


def _written(file: int, raw: bytes) -> tuple[int, str | None]:
    """How many bytes were written, and why not all."""
    done = 0
    while done < len(raw):
        try:
            count = os.write(file, raw[done:] if done else raw)
        except OSError as error:
            return done, error.strerror
        if not count:
            return done, "No space left on device"
        done += count
    return done, None


def _decoded(decoder: "msgspec.json.Decoder[Line]", line: bytes, *, path: Path, number: int) -> Line:
    try:
        return decoder.decode(line)
    except msgspec.DecodeError as error:
        raise FileError(path, str(error), line=number) from None
