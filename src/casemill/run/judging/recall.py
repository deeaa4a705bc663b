"""What judges said in a calibration that was cut off: on the disk as it comes, and not paid for twice.

An answer is kept by all that makes it: what was sent where (address, model, parameters, prompt, the very reply), the
criterion by which it is read, and whether it was the first, the second or a later answer to the same.
"""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from casemill import __version__
from casemill.disk import hold
from casemill.domain.rubric import Criterion
from casemill.domain.word import canonical, digest_of
from casemill.errors import OutsideError
from casemill.llm.http import Request
from casemill.run.cache_lines import KeptLine, KeptLines, drop_before
from casemill.run.judging.answer import Answer
from casemill.run.scribe import Scribe

DAYS = 7  # what is older may be another model's behind the same address
AGAIN = "the same command goes on; what the judge said is kept"


class _Said(KeptLine):
    answer: Answer


class Recall:
    """The answers of one calibration. `recalled` counts those that were not asked for again."""

    def __init__(self, path: Path, file: int) -> None:
        self.path = path
        self.recalled = 0
        self._lines = KeptLines(path, _Said, file=file)
        self._scribe = Scribe(self, lambda _: None)
        self._asked: Counter[str] = Counter()

    def next_key(self, request: Request, criterion: Criterion) -> str:
        """The key of one more answer to a request, as this process comes to it. Headers are left out: they hold a key
        of another kind."""
        asked = digest_of(canonical([__version__, request.url, criterion]) + (request.body or b""))
        self._asked[asked] += 1
        return f"{self._asked[asked]}-{asked}"

    def get(self, key: str) -> Answer | None:
        """What was said before."""
        said = self._lines.get(key)
        if said is None:
            return None
        self.recalled += 1
        return said.answer

    async def keep(self, key: str, answer: Answer) -> None:
        """One more answer, for the disk."""
        await self._scribe.take(_Said(key=key, answer=answer))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Answers are written as long as the block runs. A disk that takes no more ends it with an OutsideError: what
        cannot be kept is not paid for."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._scribe.through())
                yield
                self._scribe.end()
        except asyncio.CancelledError:
            self._scribe.flush()
            raise
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from None

    def add_all(self, lines: Sequence[_Said], /) -> None:
        """More lines, on the disk when this returns."""
        try:
            self._lines.add_all(lines)
        except OSError as error:
            raise OutsideError(f"{self.path} cannot be written: {error.strerror}", hint=f"make room; {AGAIN}") from None


@contextmanager
def recalling(folder: Path, about: Sequence[str], *, now: datetime) -> Iterator[Recall]:
    """The kept answers of a calibration, this process's alone as long as the block runs; what is too old goes.

    `about` tells it from others: the criterion, the judge, and what these are. An OutsideError when another process is
    at the same, or nothing can be written.
    """
    drop_before(folder, f"{now - timedelta(days=DAYS):%Y-%m-%d}")
    path = max(_files(folder, about), default=folder / f"{now:%Y-%m-%d}-{_name(about)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = hold(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
    except BlockingIOError:
        criterion, judge = about[:2]
        hint = "wait until that one ends, or stop it, then run again: what the judge said is kept"
        raise OutsideError(f"another process is calibrating {criterion} by {judge}", hint=hint) from None
    except OSError as error:
        why = f"{path} cannot be written: {error.strerror}"
        raise OutsideError(why, hint="make room or give the right, then run again") from None
    try:
        yield Recall(path, file)
    finally:
        os.close(file)


def forget(folder: Path, about: Sequence[str]) -> None:
    """The answers of a calibration are needed no more."""
    for path in _files(folder, about):
        path.unlink(missing_ok=True)


def _files(folder: Path, about: Sequence[str]) -> Iterator[Path]:
    return folder.glob(f"*-{_name(about)}")


def _name(about: Sequence[str]) -> str:
    return f"{digest_of(canonical(about)).partition(':')[2][:24]}.jsonl"
