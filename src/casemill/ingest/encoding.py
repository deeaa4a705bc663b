"""Bytes of any origin become numbered UTF-8 lines: gzip, byte-order marks, UTF-16, Windows-1251, cut files."""

import codecs
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from casemill.errors import FileError, UsageError

CHUNK = 1 << 18
LEGACY = ["cp1251", "koi8_r", "cp866", "cp1252"]
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Zero-width, bidirectional and tag characters hide names from a reader and from the masker alike.
_HIDING = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
_UNSEEN = re.compile(f"[{_HIDING}]")
_ODD = re.compile(f"[{_HIDING}\r\x85\u2028\u2029\ud800-\udfff]")
_NEWLINES = re.compile("\r\n?|[\u0085\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")


class Line(NamedTuple):
    """One line without its end, as UTF-8 where that could be told; `number` counts from 1."""

    number: int
    data: bytes


class CutShort(FileError):
    """A compressed file ends too early or is damaged; everything before that place was read."""


def clean(text: str) -> str:
    """Text with one kind of newline and without control, zero-width and other characters that nobody sees."""
    if _ODD.search(text) is None:
        return text
    return _UNSEEN.sub("", _SURROGATES.sub("\ufffd", _NEWLINES.sub("\n", text)))


def read_chunks(path: Path, *, seen: Callable[[int], None] | None = None) -> Iterator[bytes]:
    """The file's bytes, unpacked when they are gzip; `seen` hears the bytes read from disk.

    Raises CutShort after the last whole piece when a gzip file ends early or is damaged, UsageError when the
    file cannot be opened.
    """
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            raw = iter(lambda: file.read(CHUNK), b"")
            told = _told(raw, seen) if seen else raw
            yield from _unpacked(told, path) if packed else told
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from None


def _told(chunks: Iterator[bytes], seen: Callable[[int], None]) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk
        seen(len(chunk))


def _unpacked(chunks: Iterator[bytes], path: Path) -> Iterator[bytes]:
    member = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        waiting = chunk
        while waiting:
            if member.eof:
                if not waiting.startswith(b"\x1f"):  # padding after the last member, as tape tools leave it
                    return
                member = zlib.decompressobj(wbits=31)
            yield _inflated(member, waiting, path=path)
            waiting = member.unused_data or member.unconsumed_tail
    while piece := _inflated(member, member.unconsumed_tail, path=path):
        yield piece
    if not member.eof:
        raise CutShort(path, "the gzip file is cut short here; what came before is kept")


def _inflated(member: "zlib._Decompress", data: bytes, *, path: Path) -> bytes:
    try:
        return member.decompress(data, CHUNK * 4)
    except zlib.error:
        raise CutShort(path, "the gzip data is damaged from here on; what came before is kept") from None


class Lines:
    """The lines of a file as UTF-8. `encoding` tells what the file was in, as far as it is read."""

    def __init__(self, path: Path, *, seen: Callable[[int], None] | None = None) -> None:
        self.path = path
        self.encoding = "utf-8"
        self.number = 0
        self._chunks = read_chunks(path, seen=seen)
        self._sample = b""
        self._is_utf8 = False

    def __iter__(self) -> Iterator[Line]:
        """Raises CutShort, with the number of the line, when a gzip file ends early; an unfinished line is dropped."""
        rest: list[bytes] = []
        try:
            for piece in self._recoded():
                first, *others = piece.split(b"\n")
                rest.append(first)
                for following in others:
                    yield self._line(b"".join(rest))
                    rest = [following]
        except CutShort as error:
            raise CutShort(self.path, error.reason, line=self.number + 1) from None
        if last := b"".join(rest):
            yield self._line(last)

    def _line(self, data: bytes) -> Line:
        self.number += 1
        return Line(self.number, self._as_utf8(data.removesuffix(b"\r")))

    def _recoded(self) -> Iterator[bytes]:
        decoder: codecs.IncrementalDecoder | None = None
        for index, chunk in enumerate(self._chunks):
            if index == 0:
                self._sample = chunk
                mark, wide = encoding_of(chunk)
                chunk = chunk[len(mark) :]
                if wide != "utf-8":
                    self.encoding = wide
                    decoder = codecs.getincrementaldecoder(wide)(errors="replace")
            yield decoder.decode(chunk).encode("utf-8", "replace") if decoder else chunk
        if decoder and (last := decoder.decode(b"", final=True)):
            yield last.encode("utf-8", "replace")

    def _as_utf8(self, data: bytes) -> bytes:
        """A line of a Windows-1251 file becomes UTF-8; in a file that was UTF-8 so far a broken line stays broken."""
        if data.isascii():
            return data
        if self.encoding in LEGACY:
            return data.decode(self.encoding, "replace").encode()
        try:
            data.decode()
        except UnicodeDecodeError:
            if self._is_utf8 or (legacy := guess_legacy(self._sample, data)) is None:
                return data
            self.encoding = legacy
            return data.decode(legacy, "replace").encode()
        self._is_utf8 = True
        return data


def encoding_of(head: bytes) -> tuple[bytes, str]:
    """The byte-order mark (or nothing) and the encoding that the first bytes of a file tell of; `utf-8` if none."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return mark, name
    sample = head[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    # In UTF-16 every space and newline has a zero, always on the same side; holes of zeros lie on both.
    if even + odd > max(3, len(sample) // 50) and not min(even, odd) * 20 > max(even, odd):
        return b"", "utf-16-le" if odd > even else "utf-16-be"
    return b"", "utf-8"


def guess_legacy(sample: bytes, line: bytes) -> str | None:
    """Which 8-bit encoding a file is in, by its first bytes and its first line that is not UTF-8."""
    from charset_normalizer import from_bytes

    telling = [part for part in sample.split(b"\n") if not part.isascii()][:50]
    best = from_bytes(b"\n".join([line, *telling])[:20_000], cp_isolation=LEGACY).best()
    return best.encoding if best else None


def decode(data: bytes) -> str:
    """All of a small file's bytes as text, whatever they are in; what fits nothing becomes U+FFFD."""
    mark, name = encoding_of(data)
    body = data[len(mark) :]
    if name == "utf-8":
        try:
            return body.decode()
        except UnicodeDecodeError:
            name = guess_legacy(body, b"") or "utf-8"
    return body.decode(name, "replace")
