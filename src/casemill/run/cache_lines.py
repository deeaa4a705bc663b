"""Answers kept by what makes them, a JSON line each: read when work begins, added to as it goes. Safe to delete."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from casemill.disk import add_lines
from casemill.domain.word import Word

DAY = re.compile(r"\d{4}-\d\d-\d\d")


class KeptLine(Word, omit_defaults=True):
    """One line: what it is an answer to, as a digest; the answer itself is the other fields."""

    key: str


Line = TypeVar("Line", bound=KeptLine)


class KeptLines(Generic[Line]):
    """The lines of a file by their key, the later of two of the same; what a kill tore or a hand spoiled is left out.

    `file` is what is added to, a descriptor of whoever keeps it open.
    """

    def __init__(self, path: Path, kind: type[Line], *, file: int | None = None) -> None:
        self.path = path
        self.file = file
        self._known = {line.key: line for line in _read(path, kind)}

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: str) -> Line | None:
        """What stood in the file when it was read."""
        return self._known.get(key)

    def add_all(self, lines: Sequence[Line], *, sync: bool = True) -> None:
        """More lines, whole or none; on the disk when this returns, unless that does not matter. Raises OSError."""
        assert self.file is not None
        add_lines(self.file, b"".join(msgspec.json.encode(line) + b"\n" for line in lines), sync=sync)


def drop_before(folder: Path, day: str) -> None:
    """Removes the files of a folder whose names begin with an earlier day."""
    for path in folder.glob("*.jsonl"):
        begun = path.name[: len("2026-11-21")]
        if DAY.fullmatch(begun) and begun < day:
            path.unlink(missing_ok=True)


def _read(path: Path, kind: type[Line]) -> Iterator[Line]:
    decoder = msgspec.json.Decoder(kind)
    try:
        raw = path.read_bytes()
    except OSError:
        return
    for line in raw.split(b"\n"):
        try:
            yield decoder.decode(line)
        except msgspec.DecodeError:
            continue
