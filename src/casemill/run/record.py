"""The run file: a head line, a line for each verdict as it comes, an end line; JSON each.

Lines are written whole and at once, so a killed run leaves at most a torn last line, which readers leave out. A file
without an end line was interrupted and can be continued.
"""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import msgspec

from casemill.disk import write_whole
from casemill.domain.run import Run, RunEnd, RunHead, Verdict
from casemill.domain.word import Word, changed
from casemill.errors import FileError, OutsideError, UsageError

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
    ended = len(whole) > 1 and whole[-1].startswith(b'{"finished_at"')
    verdicts: dict[str, Verdict] = {}
    for number, line in enumerate(whole[1 : -1 if ended else None], 2):
        verdict = _decoded(_verdict, line, path=path, number=number)
        if verdict.case in verdicts:
            raise FileError(path, f"a second verdict on {verdict.case}", line=number)
        verdicts[verdict.case] = verdict
    end = _decoded(_end, whole[-1], path=path, number=len(whole)) if ended else None
    if end is not None and end.verdicts != len(verdicts):
        raise FileError(path, f"ends with {end.verdicts} verdicts, holds {len(verdicts)}", line=len(whole))
    return Run(head=head, verdicts=tuple(verdicts.values()), end=end)


def newest_run(folder: Path) -> Path | None:
    """The run file that was written last, None when the folder holds none."""
    files = [(path.stat().st_mtime_ns, path.name, path) for path in folder.glob("*.jsonl")]
    return max(files)[2] if files else None


def _whole_lines(path: Path) -> list[bytes]:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise FileError(path, "there is no such run file", hint="make one: casemill run") from None
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror}") from None
    return raw[: raw.rfind(b"\n") + 1].split(b"\n")[:-1]


class Recorder:
    """Writes a run file line by line. Use as a context manager; `start` a new one or `resume` one that exists."""

    def __init__(self, path: Path, head: RunHead, *, verdicts: tuple[Verdict, ...] = ()) -> None:
        self.path = path
        self.head = head
        self.verdicts = list(verdicts)
        self._file: int | None = None
        self._new = False

    @classmethod
    def start(cls, path: Path, head: RunHead) -> "Recorder":
        """A new file; an existing one is never overwritten."""
        if path.exists():
            raise UsageError(f"{path} exists", hint=f"continue it with --resume {path}, or choose another --out")
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
    def resume(cls, run: Run, path: Path, *, head: RunHead, digests: Mapping[str, str]) -> "Recorder":
        """Continues an interrupted run of the same target: verdicts on cases that are still the same are kept,
        errors apart: those cases are asked again.

        `digests` are the cases' by id. A UsageError when the run was another target's or release's.
        """
        before = run.head
        for what, was, now in (
            ("target", before.target, head.target),
            ("target's settings", before.target_digest, head.target_digest),
            ("release", before.release, head.release),
            ("number of trials", before.trials, head.trials),
        ):
            if was != now:
                raise UsageError(f"{path} cannot be continued: another {what}", hint="start a new run: casemill run")
        kept = tuple(
            verdict
            for verdict in run.verdicts
            if digests.get(verdict.case) == verdict.digest and verdict.result != "error"
        )
        return cls(path, changed(head, id=before.id, started_at=before.started_at), verdicts=kept)

    def __enter__(self) -> "Recorder":
        lines = [_encoder.encode(word) for word in (self.head, *self.verdicts)]
        write_whole(self.path, b"\n".join(lines) + b"\n", new=self._new)
        self._file = os.open(self.path, os.O_WRONLY | os.O_APPEND)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def add(self, verdict: Verdict) -> None:
        """One more line; an OutsideError when it cannot be written, and the file stays valid."""
        self._append(verdict)
        self.verdicts.append(verdict)

    def finish(self, now: datetime) -> Run:
        """The end line, safely on the disk, and the run as it stands in the file."""
        end = RunEnd(finished_at=now, verdicts=len(self.verdicts))
        self._append(end)
        assert self._file is not None
        os.fsync(self._file)
        return Run(head=self.head, verdicts=tuple(self.verdicts), end=end)

    def _append(self, word: Word) -> None:
        assert self._file is not None
        line = _encoder.encode(word) + b"\n"
        size = os.fstat(self._file).st_size
        try:
            written = os.write(self._file, line)
            why = None if written == len(line) else "No space left on device"
        except OSError as error:
            why = error.strerror
        if why is not None:
            os.ftruncate(self._file, size)
            hint = f"make room, then go on: casemill run --resume {self.path}"
            raise OutsideError(f"{self.path} cannot be written: {why}", hint=hint)


def _decoded(decoder: "msgspec.json.Decoder[Line]", line: bytes, *, path: Path, number: int) -> Line:
    try:
        return decoder.decode(line)
    except msgspec.DecodeError as error:
        raise FileError(path, str(error), line=number) from None
