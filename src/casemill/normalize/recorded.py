"""Admissions that somebody wrote down: a JSONL file, or a YAML list, one decision an entry."""

from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from casemill.domain.case import Case
from casemill.domain.word import Word
from casemill.errors import FileError, UsageError
from casemill.suite.strict import compose, load
from casemill.suite.text_file import read_text

FORM = "{ticket: zendesk:1, failure: 1, decision: admit or reject, edit: {…}, why: …, by: …}"


class Admission(Word, omit_defaults=True):
    """One decision about a draft: the ticket, which of its failures, yes or no. `edit` is a partial case, nested
    (`{expect: {good: …}}`) or dotted (`{"expect.good": …}`); `by` None means whoever reads the file."""

    ticket: str
    failure: int = 1
    decision: Literal["admit", "reject"]
    edit: dict[str, Any] = {}
    why: str | None = None
    by: str | None = None


class Entry(NamedTuple):
    """An admission and where it stands."""

    admission: Admission
    path: Path
    line: int

    def problem(self, message: str, *, hint: str | None = None) -> FileError:
        return FileError(self.path, message, line=self.line, hint=hint)


def read_recorded(path: Path) -> tuple[list[Entry], list[FileError]]:
    """The entries that can be read, and for each other one a FileError with its line; a file that is no list of
    entries at all is a FileError itself."""
    text = read_text(path)
    entries: list[Entry] = []
    problems: list[FileError] = []
    for line, raw in _lines(text) if path.suffix in (".jsonl", ".ndjson") else _items(text, path):
        try:
            entries.append(Entry(_admission(raw), path, line))
        except msgspec.DecodeError as error:
            problems.append(FileError(path, str(error), line=line, hint="see docs/reference/decisions.md for the form"))
    return entries, problems


def edited(case: Case, edit: dict[str, Any]) -> Case:
    """The case with nested or dotted keys laid over it; null takes a key out, a list replaces a list.

    A UsageError says which key cannot be.
    """
    plain: dict[str, Any] = msgspec.to_builtins(case)
    for key, value in edit.items():
        _lay_over(plain, key.split("."), value=value)
    try:
        return msgspec.convert(plain, Case)
    except msgspec.ValidationError as error:
        raise UsageError(f"the edit makes no case: {error}") from None


def _lay_over(plain: dict[str, Any], steps: list[str], *, value: Any) -> None:
    for step in steps[:-1]:
        inner = plain.get(step)
        if not isinstance(inner, dict):
            inner = plain[step] = {}
        plain = inner
    last, there = steps[-1], plain.get(steps[-1])
    if isinstance(value, dict) and isinstance(there, dict):
        for key, inner_value in value.items():
            _lay_over(there, [key], value=inner_value)
    elif value is None:
        plain.pop(last, None)
    else:
        plain[last] = value


def _admission(raw: Any) -> Admission:
    if isinstance(raw, bytes):
        raw = msgspec.json.decode(raw)
    return msgspec.convert(raw, Admission)


def _lines(text: str) -> list[tuple[int, Any]]:
    return [(number, line.encode()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _items(text: str, path: Path) -> list[tuple[int, Any]]:
    value = load(text, path)
    if value is None:
        return []
    if not isinstance(value, list):
        raise FileError(path, "is not a list of admissions", line=1, hint="begin each one with `- ticket: …`")
    node = compose(text)
    assert node is not None
    return [(item.start_mark.line + 1, raw) for item, raw in zip(node.value, value, strict=True)]
