"""Incident reports in YAML: one a file, a list of them, or several documents; strict, and each stands for itself.

A Markdown file is one postmortem with its front matter.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.errors import FileError
from casemill.ingest.encoding import decode
from casemill.ingest.json_file import whole_file
from casemill.ingest.readers.incident import read_incident, read_yaml
from casemill.ingest.readers.postmortem import is_postmortem, read_postmortem
from casemill.ingest.source import Page, Pull, paged
from casemill.ingest.values import from_the_future
from casemill.settings import Ingest

_ITEM = re.compile(r"^-(?=[ \t\n]|$)", re.MULTILINE)
_DOCUMENT = re.compile(r"^---[ \t]*(?:#.*)?$", re.MULTILINE)


_Language = Literal["yaml", "markdown"]


class Container(msgspec.Struct, omit_defaults=True):
    """The report's own text, as it stood."""

    form: str
    report: str
    written_in: _Language = "yaml"


class _Piece(NamedTuple):
    line: int
    text: str


class Incidents:
    """Reports with incident_id, failure_mode, input, actual_output, root_cause; more keys are kept unread."""

    default_name = "incident"

    def pages(self, pull: Pull) -> Iterator[Page]:
        yield from paged(payload for path in pull.paths for payload in _payloads(path, pull))

    def read(self, payload: Payload, settings: Ingest) -> Reading:  # noqa: ARG002 - the protocol's parameters
        container = msgspec.json.decode(payload.content, type=Container)
        report = _report(_Piece(1, container.report), payload.external_id, written_in=container.written_in)
        return read_incident(payload, report)


def _payloads(path: Path, pull: Pull) -> Iterator[Payload]:
    met: dict[str, int] = {}
    text = _text(path, pull)
    written_in: _Language = "markdown" if is_postmortem(path) else "yaml"
    for piece in _pieces(text) if written_in == "yaml" else [_Piece(1, text)] * bool(text.strip()):
        try:
            report = _report(piece, str(path), written_in=written_in)
        except FileError as error:
            pull.rejects.put_aside(path, error.reason, line=error.line)
            continue
        id = str(report["incident_id"])
        wrong = f"has the incident_id of line {met[id]}" if id in met else None
        if late := from_the_future(report.get("date"), now=pull.now):
            wrong = f"is dated {late:%Y-%m-%d}, which is not yet"
        if wrong:
            pull.rejects.put_aside(path, wrong, line=piece.line)
            continue
        met[id] = piece.line
        content = msgspec.json.encode(Container("incident", piece.text, written_in))
        yield Payload(source=pull.source, external_id=id, content=content)


def _report(piece: _Piece, path: str, *, written_in: _Language) -> dict[str, Any]:
    if written_in == "markdown":
        return read_postmortem(piece.text, path)
    return read_yaml(piece.text, path, first_line=piece.line)


def _text(path: Path, pull: Pull) -> str:
    text = decode(whole_file(path, pull)).replace("\r\n", "\n")
    if not text.strip():
        pull.rejects.put_aside(path, "the file is empty")
    return text


def _pieces(text: str) -> Iterator[_Piece]:
    """Each report's text and the line it begins on, so that one broken report does not spoil its neighbours."""
    for document in _cut(text, _DOCUMENT, blank="---"):
        first = next((line for line in document.text.split("\n") if line.strip() and line.lstrip()[0] != "#"), "")
        if not first:
            continue
        if not _ITEM.match(first):
            yield document
            continue
        for item in _cut(document.text, _ITEM, blank="-"):
            yield _Piece(document.line + item.line - 1, item.text)


def _cut(text: str, mark: re.Pattern[str], *, blank: str) -> Iterator[_Piece]:
    """Pieces that begin at a mark; the mark itself becomes spaces, so that columns stay where they were."""
    starts = [match.start() for match in mark.finditer(text)]
    head = text[: starts[0]] if starts else text
    if head.strip() and not all(line.lstrip().startswith("#") for line in head.split("\n") if line.strip()):
        yield _Piece(1, head)
    for start, end in pairwise([*starts, len(text)]):
        body = " " * len(blank) + text[start + len(blank) : end]
        if body.strip():
            yield _Piece(text.count("\n", 0, start) + 1, body)
