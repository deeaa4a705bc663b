"""One conversation a line as a JSON object: casemill's own form, or any columns through a mapping."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from casemill.ingest.encoding import CutShort, Lines
from casemill.ingest.json_file import is_document, objects, whole_file
from casemill.ingest.json_rows import JsonRows
from casemill.ingest.records import Record
from casemill.ingest.source import Pull


class Jsonl(JsonRows):
    """JSON lines, plain or gzipped; a file that is one JSON list or object is read the same way."""

    form = "jsonl"

    def records(self, path: Path, pull: Pull) -> Iterator[Record]:
        return _records(path, pull)


def _records(path: Path, pull: Pull) -> Iterator[Record]:
    """The objects of a file; a line that is none is put aside."""
    decode = msgspec.json.Decoder().decode
    found = _of_document(path, pull) if is_document(path) else _of_lines(path, pull)
    for line, data in found:
        try:
            values = decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            pull.rejects.put_aside(path, _why(error, data), line=line)
            continue
        if isinstance(values, dict):
            yield Record(line, data, values)
        else:
            pull.rejects.put_aside(path, "is not a JSON object", line=line)


def _why(error: Exception, data: bytes) -> str:
    try:
        data.decode()
    except UnicodeDecodeError:
        return "is not UTF-8 text"
    if isinstance(error, RecursionError):
        return "is nested too deep to be read"
    return f"is not JSON: {str(error).lower()}"


def _of_lines(path: Path, pull: Pull) -> Iterator[tuple[int, bytes]]:
    empty = True
    try:
        for line, data in Lines(path, seen=pull.progress.step):
            # Raw NULs are holes that a crash left in a file, never part of JSON.
            if bare := (data.replace(b"\0", b"") if b"\0" in data else data).strip():
                empty = False
                yield line, bare
    except CutShort as error:
        pull.rejects.put_aside(path, error.reason, line=error.line)
        return
    if empty:
        pull.rejects.put_aside(path, "the file is empty")


def _of_document(path: Path, pull: Pull) -> Iterator[tuple[int, bytes]]:
    for found in objects(whole_file(path, pull)):
        if found.broken:
            pull.rejects.put_aside(path, found.broken, line=found.line)
        else:
            yield found.line, found.data
