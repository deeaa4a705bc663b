"""Traces go to the vault, from files or from whoever sends them, and join the tickets that they explain."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from casemill.domain.arrival import Reading
from casemill.domain.progress import SILENT, Progress
from casemill.domain.word import Word
from casemill.errors import UsageError
from casemill.ingest.encoding import CutShort, encoding_of, read_chunks
from casemill.ingest.joining import joined
from casemill.ingest.json_file import as_utf8, is_document, objects
from casemill.ingest.links import choose, keys_of, wishes_of
from casemill.ingest.rejects import Rejects
from casemill.ingest.source import bounded
from casemill.ingest.spans.forms import spans_in
from casemill.ingest.spans.words import BadSpan, Held
from casemill.store.traces import SpanRow, TracesStored
from casemill.store.vault import Vault

MOST_LINE = 64_000_000
MOST_DOCUMENT = 256_000_000
PAGE_ROWS = 500
_ENDINGS = (".json", ".jsonl", ".ndjson")
Talk = tuple[str, str]


class IngestedTraces(Word):
    """What became of the spans met, those of erased tickets among them, and how many tickets are read again because of
    them."""

    files: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: int = 0
    erased: int = 0
    tickets: int = 0
    traces: int = 0
    calls: int = 0
    rejects_file: str | None = None


class Found(NamedTuple):
    """One piece of a file: the line it begins on and its bytes, or why it cannot be read."""

    line: int | None
    data: bytes
    broken: str | None = None


class Tally:
    """What spans came to, a page after another."""

    def __init__(self, vault: Vault, *, now: datetime) -> None:
        self.vault = vault
        self.now = now
        self.done = TracesStored()

    def store(self, rows: Sequence[SpanRow], *, cursor: tuple[str, str] | None = None) -> None:
        """A page is one transaction, the cursor behind it too."""
        if not rows and cursor is None:
            return
        more = self.vault.put_spans(rows, now=self.now, cursor=cursor)
        before = self.done
        self.done = TracesStored(
            new=before.new + more.new,
            changed=before.changed + more.changed,
            same=before.same + more.same,
            erased=before.erased + more.erased,
            tickets=before.tickets + more.tickets,
        )

    def report(self, rejects: Rejects, *, files: int = 0, calls: int = 0) -> IngestedTraces:
        """The summary."""
        done = self.done
        return IngestedTraces(
            files=files,
            new=done.new,
            changed=done.changed,
            same=done.same,
            rejected=rejects.count,
            erased=done.erased,
            tickets=done.tickets,
            traces=self.vault.traces()[0],
            calls=calls,
            rejects_file=str(rejects.path) if rejects.path else None,
        )


def ingest_traces(
    vault: Vault, paths: Sequence[Path], *, rejects: Path, now: datetime, progress: Progress = SILENT
) -> IngestedTraces:
    """Takes trace files in: JSON or JSON lines, plain or gzipped, files or folders of them. What is no span is named
    with file and line and the rest goes on; a span that is there is not kept twice. UsageError when there is no file.
    """
    files = [file for path in paths for file in _files(path)]
    progress.start(sum(file.stat().st_size for file in files))
    tally = Tally(vault, now=now)
    with Rejects(rejects, "traces") as aside:
        for file in files:
            for page in bounded(_rows(file, aside, progress=progress), most=PAGE_ROWS):
                tally.store(page)
    return tally.report(aside, files=len(files))


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise UsageError(f"there is no {path}")
    found = sorted(one for one in path.rglob("*") if one.is_file() and one.name.removesuffix(".gz").endswith(_ENDINGS))
    if not found:
        raise UsageError(f"{path} holds no trace files", hint="they end in .json, .jsonl or .ndjson, and .gz")
    return found


def _rows(file: Path, rejects: Rejects, *, progress: Progress) -> Iterator[SpanRow]:
    empty = True
    for found in _pieces(file, progress=progress):
        empty = False
        if found.broken:
            rejects.put_aside(file, found.broken, line=found.line)
            continue
        for one in spans_in(found.data):
            if isinstance(one, BadSpan):
                rejects.put_aside(file, f"a span {one}" if f"{one}".startswith("has") else f"{one}", line=found.line)
            else:
                yield row_of(one)
    if empty:
        rejects.put_aside(file, "the file is empty")


def row_of(held: Held) -> SpanRow:
    """A span with the keys by which its trace is found."""
    span = held.span
    return SpanRow(span.trace, span.span, held.content, span.at, keys_of(span))


def _pieces(file: Path, *, progress: Progress) -> Iterator[Found]:
    """The JSON objects of a file: one a line, or those of a document; never more in memory than the caps allow."""
    try:
        if _is_whole(file):
            yield from _document(file, progress=progress)
        else:
            yield from _lines(file, progress=progress)
    except CutShort as error:
        yield Found(None, b"", broken=error.reason)


def _is_whole(file: Path) -> bool:
    """Whether a file is one document: not where a second line begins an object, whatever is wrong with the first."""
    head = next(read_chunks(file), b"")
    if encoding_of(head)[1] != "utf-8":
        return True
    return is_document(file) and not (head.lstrip()[:1] == b"{" and b"\n{" in head)


def _document(file: Path, *, progress: Progress) -> Iterator[Found]:
    chunks: list[bytes] = []
    size = 0
    for chunk in read_chunks(file, seen=progress.step):
        size += len(chunk)
        if size > MOST_DOCUMENT:
            yield Found(None, b"", broken=f"is one document of over {MOST_DOCUMENT // 1_000_000} MB; write JSON lines")
            return
        chunks.append(chunk)
    for one in objects(as_utf8(b"".join(chunks))):
        yield Found(one.line, one.data, one.broken)


def _lines(file: Path, *, progress: Progress) -> Iterator[Found]:
    """Lines as they are read; of one that is too long nothing is kept."""
    number, size = 1, 0
    rest: list[bytes] = []
    for chunk in read_chunks(file, seen=progress.step):
        *ended, last = chunk.split(b"\n")
        for piece in ended:
            size += len(piece)
            yield from _line(number, [*rest, piece], size=size)
            number, size = number + 1, 0
            rest.clear()
        size += len(last)
        if size <= MOST_LINE:
            rest.append(last)
        else:
            rest.clear()
    yield from _line(number, rest, size=size)


def _line(number: int, pieces: list[bytes], *, size: int) -> Iterator[Found]:
    if size > MOST_LINE:
        yield Found(number, b"", broken=f"is over {MOST_LINE // 1_000_000} MB")
    elif bare := b"".join(pieces).removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").strip():
        yield Found(number, bare)


def join_traces(vault: Vault, readings: Mapping[Talk, Reading]) -> dict[Talk, Reading]:
    """Tickets as they were read, each with the traces that explain it, and with what none explains.

    What they look for is kept: a trace that comes later makes them be read again.
    """
    offers = vault.trace_offers({talk: wishes_of(reading) for talk, reading in readings.items()})
    links = {talk: choose(offers.get(talk, ())) for talk in readings}
    spans = vault.spans_of({trace for link in links.values() for trace in link.traces})
    return {
        talk: joined(reading, links[talk], contents=[spans.get(trace, ()) for trace in links[talk].traces])
        for talk, reading in readings.items()
    }
