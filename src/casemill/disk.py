"""Files are written whole and renamed: a reader sees the old file or the new one, never a half. Those that are only
added to take whole lines, one writer at a time; one that is written for long is held by its writer meanwhile."""

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
    with _told(path), _beside(path) as (file, temporary):
        _write_beside(file, raw, temporary=temporary, mode=0o600 if private else 0o644)
        _rename(temporary, path, new=new)


def write_and_hold(path: Path, content: bytes, *, new: bool = False) -> int:
    """The same, and the file stays this process's alone (`hold`); the descriptor adds to its end.

    A BlockingIOError when another process is writing it at this moment, or with `new` has written it before.
    """
    with _told(path), _beside(path, wait=False) as (file, temporary):
        _write_beside(file, content, temporary=temporary, mode=0o644)
        held = os.dup(file.fileno())
        try:
            fcntl.fcntl(held, fcntl.F_SETFL, os.O_APPEND)
            _rename(temporary, path, new=new)
        except FileExistsError as error:
            os.close(held)
            raise BlockingIOError(error.errno, error.strerror) from None
        except OSError:
            os.close(held)
            raise
        return held


def hold(path: Path, flags: int = os.O_RDONLY) -> int:
    """A descriptor by which a file is this process's alone until it is closed; a process that is killed closes it too.

    A BlockingIOError when another process holds it. Only those who hold files ask: readers are not kept away.
    """
    while True:
        file = os.open(path, flags, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_same(file, path):
                return file
        except OSError:
            os.close(file)
            raise
        os.close(file)  # renamed over by whoever held it before


def is_held(path: Path) -> bool:
    """Whether a process holds a file at this moment."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def append_whole(path: Path, content: str | bytes) -> None:
    """Add to the end of a file, on a line of its own, one writer at a time: what two people add at once is both there.

    When the disk does not take it, nothing of it stays, and it is an OutsideError.
    """
    raw = content.encode() if isinstance(content, str) else content
    with _told(path), path.open("a+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        add_lines(file.fileno(), raw)


def add_lines(file: int, raw: bytes, *, sync: bool = True) -> None:
    """Add to the end of an open file, on a line of its own, whole or not at all; on the disk when this returns, unless
    `sync` is False. The file is to be open for reading too. Raises OSError."""
    size = os.fstat(file).st_size
    torn = size > 0 and os.pread(file, 1, size - 1) != b"\n"
    try:
        _write_all(file, b"\n" * torn + raw)
        if sync:
            os.fsync(file)
    except OSError:
        os.ftruncate(file, size)
        raise


def _write_all(file: int, raw: bytes) -> None:
    while raw:
        raw = raw[os.write(file, raw) :]


def _write_beside(file: BinaryIO, raw: bytes, *, temporary: Path, mode: int) -> None:
    file.write(raw)
    file.flush()
    os.fsync(file.fileno())
    temporary.chmod(mode)


def _rename(temporary: Path, path: Path, *, new: bool) -> None:
    if new:
        os.link(temporary, path)
        temporary.unlink()
    else:
        temporary.replace(path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """The file's folder is there; whatever the disk refuses is an OutsideError that names the file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except BlockingIOError:
        raise
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise OutsideError(
            f"{path} cannot be written: {why}", hint="make room or give the right, then run again"
        ) from None


@contextmanager
def _beside(path: Path, *, wait: bool = True) -> Iterator[tuple[BinaryIO, Path]]:
    """An empty file beside the path, ours alone while it is open, gone when it was not renamed.

    Its name is always the same, so that what a killed writer left is written over by the next and nothing piles up.
    Another's is waited for, or a BlockingIOError.
    """
    temporary = path.with_name(f".{path.name}.part")
    while True:
        with os.fdopen(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not _is_same(file.fileno(), temporary):  # renamed by whoever held it before
                continue
            try:
                file.truncate()
                yield file, temporary
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
            return


def _is_same(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False
