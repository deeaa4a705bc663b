"""Answers of a target kept from one run to the next, so that a graders' change costs no call. Safe to delete.

A kept answer is used for the same target (its settings, prompt and model), the same case input, the same number of
trial and the same epoch, and for nothing else: the second trial never hears the first one's answer. Only targets
that their settings tell whole are kept; what a Python function or a command does may have changed meanwhile.
"""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.run import RunHead
from casemill.domain.word import Word, canonical, digest_of

log = logging.getLogger(__name__)

KINDS = frozenset({"openai", "anthropic", "http"})
DAY = re.compile(r"\d{4}-\d\d-\d\d")


class _Line(Word):
    key: str
    reply: Reply


_lines = msgspec.json.Decoder(_Line)
_encoder = msgspec.json.Encoder()


class Kept:
    """The answers of one target in one epoch: JSON lines, read when the run begins and added to as it goes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known = {line.key: line.reply for line in _read(path)}
        self._file: int | None = None

    def get(self, case: Case, number: int) -> Reply | None:
        """The answer to a trial, when it was given before."""
        return self._known.get(_key(case, number))

    def put(self, case: Case, number: int, *, reply: Reply) -> None:
        """Keep an answer; a disk that does not take it costs a call another time, nothing else."""
        if self._file is None:
            return
        line = _encoder.encode(_Line(key=_key(case, number), reply=reply)) + b"\n"
        try:
            os.write(self._file, line)
        except OSError as error:
            log.warning("no more answers are kept: %s", error.strerror)
            self._close()

    @contextmanager
    def opened(self) -> Iterator["Kept"]:
        """Ready to be added to as long as the block runs."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            _end_torn_line(self._file)
        except OSError as error:
            log.warning("no answers are kept: %s", error.strerror)
        try:
            yield self
        finally:
            self._close()

    def _close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def kept_answers(folder: Path, head: RunHead) -> Kept:
    """The kept answers for the target and epoch of a run, in a folder of their own; those of days that are over go."""
    epoch = re.sub(r"[^A-Za-z0-9._-]", "-", head.epoch)[:80]
    about = digest_of(canonical([head.target_kind, head.target_digest, head.epoch])).partition(":")[2][:24]
    today = f"{head.started_at:%Y-%m-%d}"
    for path in folder.glob("*.jsonl"):
        day = path.name[: len("2026-11-21")]
        if DAY.fullmatch(day) and day < today:
            path.unlink(missing_ok=True)
    return Kept(folder / f"{epoch}-{about}.jsonl")


def _key(case: Case, number: int) -> str:
    """What a target is told of a case: its id, turns and context; not what is expected."""
    return f"{number}-{digest_of(canonical([case.id, case.input]))}"


def _read(path: Path) -> Iterator[_Line]:
    """Every line that is whole; what a kill tore or a hand spoiled is left out."""
    try:
        raw = path.read_bytes()
    except OSError:
        return
    for line in raw.split(b"\n"):
        try:
            yield _lines.decode(line)
        except msgspec.DecodeError:
            continue


def _end_torn_line(file: int) -> None:
    size = os.fstat(file).st_size
    if size and os.pread(file, 1, size - 1) != b"\n":
        os.write(file, b"\n")
