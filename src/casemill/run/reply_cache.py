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

from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.run import RunHead
from casemill.domain.word import canonical, digest_of
from casemill.run.cache_lines import KeptLine, KeptLines, drop_before

log = logging.getLogger(__name__)

KINDS = frozenset({"openai", "anthropic", "http"})


class _Line(KeptLine):
    reply: Reply


class Kept:
    """The answers of one target in one epoch."""

    def __init__(self, path: Path) -> None:
        self._lines = KeptLines(path, _Line)

    def get(self, case: Case, number: int) -> Reply | None:
        """The answer to a trial, when it was given before."""
        line = self._lines.get(_key(case, number))
        return line.reply if line else None

    def put(self, case: Case, number: int, *, reply: Reply) -> None:
        """Keep an answer; a disk that does not take it costs a call another time, nothing else."""
        if self._lines.file is None:
            return
        try:
            self._lines.add_all((_Line(key=_key(case, number), reply=reply),), sync=False)
        except OSError as error:
            log.warning("no more answers are kept: %s", error.strerror)
            self._close()

    @contextmanager
    def opened(self) -> Iterator["Kept"]:
        """Ready to be added to as long as the block runs."""
        path = self._lines.path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lines.file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError as error:
            log.warning("no answers are kept: %s", error.strerror)
        try:
            yield self
        finally:
            self._close()

    def _close(self) -> None:
        if self._lines.file is not None:
            os.close(self._lines.file)
            self._lines.file = None


def kept_answers(folder: Path, head: RunHead) -> Kept:
    """The kept answers for the target and epoch of a run, in a folder of their own; those of days that are over go."""
    epoch = re.sub(r"[^A-Za-z0-9._-]", "-", head.epoch)[:80]
    about = digest_of(canonical([head.target_kind, head.target_digest, head.epoch])).partition(":")[2][:24]
    drop_before(folder, f"{head.started_at:%Y-%m-%d}")
    return Kept(folder / f"{epoch}-{about}.jsonl")


def _key(case: Case, number: int) -> str:
    """What a target is told of a case: its id, turns and context; not what is expected."""
    return f"{number}-{digest_of(canonical([case.id, case.input]))}"
