"""JSON documents that hold many objects: the objects as they stand in the file, each with its line; cut files too."""

import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import NamedTuple

import msgspec

from casemill.ingest.encoding import CutShort, encoding_of, read_chunks
from casemill.ingest.source import Pull

_NEXT = re.compile(r"[\s,]*(?=\{)")


class Found(NamedTuple):
    """One object's original bytes and the line it begins on; `broken` says why what follows cannot be read."""

    line: int
    data: bytes
    broken: str | None = None


def as_utf8(content: bytes) -> bytes:
    """A document's bytes without a byte-order mark, recoded only when they are not UTF-8."""
    mark, name = encoding_of(content)
    body = content[len(mark) :]
    return body if name == "utf-8" else body.decode(name, "replace").encode("utf-8", "replace")


def whole_file(path: Path, pull: Pull) -> bytes:
    """A whole file as UTF-8; of a cut one what came before the cut, which is told."""
    chunks: list[bytes] = []
    try:
        for chunk in read_chunks(path, seen=pull.progress.step):
            chunks.append(chunk)
    except CutShort as error:
        pull.rejects.put_aside(path, error.reason)
    return as_utf8(b"".join(chunks))


def is_document(path: Path) -> bool:
    """Whether a file is one JSON list or one object over several lines, rather than an object a line."""
    try:
        head = as_utf8(next(read_chunks(path), b"")[:4096]).lstrip()
    except CutShort:
        return False
    first, newline, _ = head.partition(b"\n")
    return head[:1] == b"[" or (head[:1] == b"{" and bool(newline) and not first.rstrip().endswith(b"}"))


def objects(content: bytes, key: str | None = None) -> Iterator[Found]:
    """The items of a document: the list under `key`, else the list that it is, else itself; of a broken document
    those before the break.

    The last item of a broken document has empty data and says in `broken` what is wrong.
    """
    try:
        items = _whole(content, key)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield from _until_broken(content, key, why=_reason(error))
        return
    at = 0
    line = 1
    for item in items:
        data = bytes(item)
        start = content.find(data, at)
        line += content.count(b"\n", at, start)
        yield Found(line, data)
        at = start + len(data)
        line += data.count(b"\n")


def _whole(content: bytes, key: str | None) -> list[msgspec.Raw]:
    if key is not None:
        document = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
        content = bytes(document.get(key, b"[]"))
    elif content.lstrip()[:1] == b"{":
        return [msgspec.json.decode(content, type=msgspec.Raw)]
    return msgspec.json.decode(content, type=list[msgspec.Raw])


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "is nested too deep to be read"
    if isinstance(error, UnicodeDecodeError):
        return "is not UTF-8 text"
    return f"is not JSON: {str(error).lower()}"


def _until_broken(content: bytes, key: str | None, *, why: str) -> Iterator[Found]:
    """One object after another as far as they are whole."""
    text = content.decode("utf-8", "surrogateescape")
    start = re.search(rf'"{re.escape(key)}"\s*:\s*\[' if key else r"\s*\[?", text)
    decoder = JSONDecoder(strict=False)
    at = start.end() if start else len(text)
    while begin := _NEXT.match(text, at):
        at = begin.end()
        try:
            _, end = decoder.raw_decode(text, at)
        except (JSONDecodeError, RecursionError):
            break
        yield Found(_line(text, at), text[at:end].encode("utf-8", "surrogateescape"))
        at = end
    yield Found(_line(text, at), b"", broken=why)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
