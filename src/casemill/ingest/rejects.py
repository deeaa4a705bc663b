"""What could not be taken in: file, line and reason, nothing of the content."""

from contextlib import suppress
from pathlib import Path
from typing import IO, Self

import msgspec

from casemill.domain.word import Word
from casemill.errors import OutsideError


class Reject(Word):
    """One thing put aside. `line` counts from 1; None is the file as a whole."""

    file: str
    line: int | None
    why: str


class Rejects:
    """Writes `<name>-<n>.jsonl` into a folder when the first thing is put aside; a context manager.

    A run that puts aside exactly what the run before it did leaves that run's file and no second one.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self.count = 0
        self.path: Path | None = None
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is None or self.path is None:
            return
        self._file.close()
        before = self._numbered(self._number(self.path) - 1)
        if before.is_file() and before.read_bytes() == self.path.read_bytes():
            self.path.unlink()
            self.path = before

    def put_aside(self, file: Path | str, why: str, *, line: int | None = None) -> None:
        """Name a thing by file (or `zendesk:7`), line and reason; the reason must hold nothing of the thing itself."""
        try:
            if self._file is None:
                self._file = self._open()
            self._file.write(msgspec.json.encode(Reject(file=str(file), line=line, why=why)) + b"\n")
            self._file.flush()
        except OSError as error:
            raise OutsideError(
                f"{self.folder} cannot be written: {error.strerror}", hint="make room or give the right, then run again"
            ) from None
        self.count += 1

    def _open(self) -> IO[bytes]:
        """The next number that is free, also when another run takes numbers at the same time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        number = max((self._number(path) for path in self.folder.glob(f"{self.name}-*.jsonl")), default=0)
        while True:
            number += 1
            self.path = self._numbered(number)
            with suppress(FileExistsError):
                return self.path.open("xb")

    def _numbered(self, number: int) -> Path:
        return self.folder / f"{self.name}-{number}.jsonl"

    def _number(self, path: Path) -> int:
        tail = path.stem.removeprefix(f"{self.name}-")
        return int(tail) if tail.isdecimal() else 0


def read_rejects(path: Path) -> tuple[Reject, ...]:
    """What a run put aside, in the order it was met."""
    return tuple(msgspec.json.decode(line, type=Reject) for line in path.read_bytes().splitlines())
