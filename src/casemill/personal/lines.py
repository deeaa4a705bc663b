"""Lines of a stream as the filter reads them: what cannot be read is withheld, never passed through."""

import codecs
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from casemill.errors import UsageError

# Signs that no text has: in two or four bytes a sign every other byte is one of them.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SHARE = 8
_REPLACED = "\ufffd"
_UTF_8 = "utf-8"


def is_read(line: bytes) -> bool:
    """Whether a line is UTF-8, and text at that."""
    if len(_CONTROL.findall(line)) * _SHARE > len(line):
        return False
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def readable(lines: Sequence[bytes]) -> tuple[str, tuple[int, ...]]:
    """The text of some lines, and which of them are withheld: of those the end of the line alone is left."""
    unread = tuple(number for number, line in enumerate(lines) if not is_read(line))
    if not unread:
        return b"".join(lines).decode(), ()
    hidden = frozenset(unread)
    kept = [_end(line) if number in hidden else line for number, line in enumerate(lines)]
    return b"".join(kept).decode(), unread


def _end(line: bytes) -> bytes:
    return b"\n" if line.endswith(b"\n") else b""


class Recoded(io.RawIOBase):
    """A stream in another encoding, read line by line as UTF-8; a line that is not in it cannot be read as such."""

    def __init__(self, source: BinaryIO, encoding: str) -> None:
        self._lines = io.TextIOWrapper(source, encoding=_known(encoding), errors="replace", newline="\n")

    def readable(self) -> bool:
        return True

    def readline(self, size: int | None = -1, /) -> bytes:
        line = self._lines.readline(-1 if size is None else size)
        if _REPLACED in line:
            return line.encode().replace(_REPLACED.encode(), b"\xff")
        return line.encode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[bytes]:
        while line := self.readline():
            yield line


def recoded(source: BinaryIO, encoding: str | None) -> BinaryIO:
    """The stream as UTF-8. Raises UsageError for an encoding that nobody knows."""
    if encoding is None or codecs.lookup(_known(encoding)).name == _UTF_8:
        return source
    return Recoded(source, encoding)  # type: ignore[return-value]


def _known(encoding: str) -> str:
    try:
        found = codecs.lookup(encoding)
    except (LookupError, ValueError):
        found = None
    if found is None or not found._is_text_encoding:
        raise UsageError(f"{encoding!r} is no encoding", hint="as windows-1251, latin-1, utf-16 or utf-8")
    return found.name


def without_mark(line: bytes) -> bytes:
    """The first line of a text without the mark that some programs put before it."""
    return line.removeprefix(BOM_UTF8)
