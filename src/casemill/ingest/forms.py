"""Which form a file or folder is in, told by what stands in it and by its name."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from casemill.errors import UsageError
from casemill.ingest.encoding import CutShort, decode, read_chunks
from casemill.ingest.readers.postmortem import MARKDOWN, is_postmortem

_SUFFIXES = {
    **dict.fromkeys((".yaml", ".yml", *MARKDOWN), "incident"),
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), "jsonl"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
}
_ZENDESK_PAGE = re.compile(r'"tickets"\s*:\s*\[')
_ZENDESK_LINE = re.compile(r'"requester_id"\s*:')
_INCIDENT = re.compile(r"^(?:- +|  )?[\"']?incident_id[\"']?\s*:", re.MULTILINE)
_ZENDESK_NAME = re.compile(r"tickets.*\.jsonl?(?:\.gz)?$", re.IGNORECASE)
_ZENDESK_BESIDE = re.compile(r"(?:comments|users|ticket_fields|macros|audits|attachments).*\.jsonl?(?:\.gz)?$")
_PACKED = {b"PK\x03\x04": "a zip or Excel file", b"%PDF": "a PDF", b"SQLite": "a database"}
_PARQUET = b"PAR1"
_README = "readme"


class Inputs(NamedTuple):
    """Files of one form, to be read together."""

    form: str
    paths: tuple[Path, ...]


def find_inputs(path: Path, form: str | None) -> tuple[Inputs, ...]:
    """The files at a path by form; `form` given is believed. An empty folder gives nothing.

    UsageError when nothing is there, or when a file is in no form that can be told.
    """
    if not path.exists():
        raise UsageError(f"there is no {path}")
    if path.is_dir():
        return _folder(path, form)
    form = form or guess_form(path)
    if form == "zendesk":
        return (Inputs(form, (path, *(other for other in _beside(path.parent) if other != path))),)
    return (Inputs(form, (path,)),)


def _folder(folder: Path, form: str | None) -> tuple[Inputs, ...]:
    pages = [file for file in _files(folder) if _ZENDESK_NAME.search(file.name) and _is_zendesk(file)]
    if form == "zendesk" or (form is None and pages):
        return (Inputs("zendesk", (*pages, *_beside(folder))),)
    found: dict[str, list[Path]] = {}
    for file in _files(folder):
        if (kind := _SUFFIXES.get(_suffix(file))) and not _is_about(file):
            found.setdefault(form or guess_form(file, named=kind), []).append(file)
    return tuple(Inputs(kind, tuple(files)) for kind, files in found.items())


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))


def _beside(folder: Path) -> Iterable[Path]:
    return [file for file in _files(folder) if _ZENDESK_BESIDE.search(file.name)]


def _is_about(file: Path) -> bool:
    """A page that tells what the folder holds."""
    return is_postmortem(file) and file.name.casefold().startswith(_README)


def _suffix(file: Path) -> str:
    return Path(file.name.removesuffix(".gz")).suffix.lower()


def guess_form(path: Path, *, named: str | None = None) -> str:
    """The form by the first bytes, else by the suffix."""
    head = _head(path)
    for mark, what in _PACKED.items():
        if head.startswith(mark):
            raise UsageError(f"{path} is {what}", hint="save it as CSV (UTF-8) or JSON lines first")
    named = named or _SUFFIXES.get(_suffix(path))
    if head.startswith(_PARQUET) or named == "parquet":
        return "parquet"
    text = decode(head).lstrip()
    if text[:1] in ("{", "[") and not is_postmortem(path):
        return "zendesk" if _ZENDESK_PAGE.search(text) or _ZENDESK_LINE.search(text) else "jsonl"
    if named:
        return named
    if _INCIDENT.search(text):
        return "incident"
    first = text.split("\n", 1)[0]
    if any(mark in first for mark in (";", ",", "\t")):
        return "csv"
    raise UsageError(
        f"cannot tell what form {path} is in", hint="say it: --as zendesk, jsonl, csv, parquet or incident"
    )


def _is_zendesk(path: Path) -> bool:
    text = decode(_head(path)).lstrip()
    return bool(_ZENDESK_PAGE.search(text) or _ZENDESK_LINE.search(text))


def _head(path: Path) -> bytes:
    try:
        return next(read_chunks(path), b"")[:65_536]
    except CutShort:
        return b""
