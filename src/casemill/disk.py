"""Files are written whole and renamed: a reader sees the old file or the new one, never a half. Those that are only
added to take whole lines, one writer at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from casemill.errors import OutsideError


def write_whole(path: Path, content: str | bytes, *, private: bool = False, new: bool = False) -> None:
    """Write beside the file, sync, rename; `private` makes it readable by its owner alone (0600), `new` refuses to
    replace a file that another process wrote meanwhile.

    A full disk or a forbidden folder is an OutsideError, and the old file stays as it was.
    """
    raw = content.encode() if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _beside(path) as (file, temporary):
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
            temporary.chmod(0o600 if private else 0o644)
            if new:
                os.link(temporary, path)
                temporary.unlink()
            else:
                temporary.replace(path)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise OutsideError(
            f"{path} cannot be written: {why}", hint="make room or give the right, then run again"
        ) from None


def append_whole(path: Path, content: str | bytes) -> None:
    """Add to the end of a file, on a line of its own, one writer at a time: what two people add at once is both there.

    When the disk does not take it, nothing of it stays, and it is an OutsideError.
    """
    raw = content.encode() if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            size = file.seek(0, os.SEEK_END)
            torn = size > 0 and os.pread(file.fileno(), 1, size - 1) != b"\n"
            try:
                _write_all(file.fileno(), b"\n" * torn + raw)
                os.fsync(file.fileno())
            except OSError:
                file.truncate(size)
                raise
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise OutsideError(
            f"{path} cannot be written: {why}", hint="make room or give the right, then run again"
        ) from None


def _write_all(file: int, raw: bytes) -> None:
    while raw:
        raw = raw[os.write(file, raw) :]


@contextmanager
def _beside(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """An empty file beside the path, ours alone while it is open, gone when it was not renamed.

    Its name is always the same, so that what a killed writer left is written over by the next and nothing piles up.
    """
    temporary = path.with_name(f".{path.name}.part")
    while True:
        with os.fdopen(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if not _is_same(file, temporary):  # renamed by whoever held it before
                continue
            try:
                file.truncate()
                yield file, temporary
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
            return


def _is_same(file: BinaryIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
