"""Strict YAML: texts, JSON scalars, lists and mappings; nothing is guessed, everything else is refused with its line.

`on`, `yes`, `12:30`, `0123` and `2026-11-20` stay text; only `true`, `false`, `null` and numbers as JSON writes them
are typed. Anchors, aliases, tags, merge keys, twin keys and second documents are refused. The parser's events are
read directly: half the time of PyYAML's loader, and every event knows its line.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import yaml
from yaml._yaml import CParser

from casemill.errors import FileError

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 32
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
LARGEST = 2**63
WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "": None}


def load(text: str, path: Path | str) -> Any:
    """The one document of a YAML text as plain values; a FileError with the line for whatever is not strict."""
    if len(text) > MAX_CHARACTERS:
        raise FileError(path, f"holds {len(text):,} characters; at most {MAX_CHARACTERS:,} are read")
    try:
        return _Document(CParser(text), path).read()
    except yaml.MarkedYAMLError as error:
        line = _line(error, text)
        raise FileError(path, _problem(error, text, line=line), line=line) from None
    except yaml.reader.ReaderError as error:
        code = _code(error)
        line = text.count("\n", 0, text.find(chr(code))) + 1
        raise FileError(path, f"holds a character that YAML does not allow (U+{code:04X})", line=line) from None
    except UnicodeEncodeError:
        raise FileError(path, "holds half a character (a lone surrogate)") from None


def compose(text: str) -> yaml.Node | None:
    """The nodes of a text that `load` has read, with their marks: for finding lines and for editing."""
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def _code(error: yaml.reader.ReaderError) -> int:
    return error.character if isinstance(error.character, int) else ord(error.character[:1] or "\0")


def _line(error: yaml.MarkedYAMLError, text: str) -> int | None:
    """Where it went wrong; for what is never closed, where it was opened."""
    unclosed = "flow" in (error.context or "") or "quoted" in (error.context or "")
    mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
    return max(1, min(mark.line + 1, len(text.splitlines()))) if mark else None


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!", 1)


def _problem(error: yaml.MarkedYAMLError, text: str, *, line: int | None) -> str:
    lines = text.splitlines()
    if line is not None and line <= len(lines) and "\t" in lines[line - 1][: _indent(lines[line - 1])]:
        return "a tab indents this line; YAML wants spaces"
    said = ", ".join(part for part in (error.context, error.problem) if part)
    return f"is not YAML: {said}"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


class _Document:
    """One pass over the events of one text."""

    def __init__(self, parser: Any, path: Path | str) -> None:
        self.next: Callable[[], Any] = parser.get_event
        self.path = path

    def read(self) -> Any:
        """The document's value; None for an empty file."""
        self.next()
        event = self.next()
        if type(event) is yaml.StreamEndEvent:
            return None
        value = self.value(self.next(), 0)
        self.next()
        event = self.next()
        if type(event) is not yaml.StreamEndEvent:
            self.refuse(event, "a second document begins here; one file holds one")
        return value

    def value(self, event: Any, depth: int) -> Any:
        kind = type(event)
        if kind is yaml.AliasEvent:
            self.refuse(event, f"the alias *{event.anchor} is not allowed; write the value out")
        if event.anchor is not None:
            self.refuse(event, f"the anchor &{event.anchor} is not allowed; write the value where it is needed")
        if event.tag is not None:
            self.refuse(
                event, f"the tag {_short(event.tag)} is not allowed; only texts, numbers, true, false and null are"
            )
        if kind is yaml.ScalarEvent:
            return self.scalar(event)
        if depth == MAX_DEPTH:
            self.refuse(event, f"is nested deeper than {MAX_DEPTH} levels")
        return self.mapping(depth + 1) if kind is yaml.MappingStartEvent else self.sequence(depth + 1)

    def scalar(self, event: Any) -> Any:
        text = event.value
        if not event.implicit[0]:
            return text
        if text in WORDS:
            return WORDS[text]
        if text[0] in "-0123456789" and (match := NUMBER.fullmatch(text)):
            return self.number(event, whole=match[1] is None and match[2] is None)
        return text

    def number(self, event: Any, *, whole: bool) -> int | float:
        if len(event.value) > 400:
            self.refuse(event, "this number is too long; quote it")
        value = int(event.value) if whole else float(event.value)
        if abs(value) >= LARGEST if whole else value in (float("inf"), float("-inf")):
            self.refuse(event, "this number is too large; quote it")
        return value

    def sequence(self, depth: int) -> list[Any]:
        items: list[Any] = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            items.append(self.value(event, depth))
        return items

    def mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            key = self.key(event)
            if key in found:
                self.refuse(event, f"the key {key!r} is there twice")
            found[key] = self.value(self.next(), depth)
        return found

    def key(self, event: Any) -> str:
        """A key is always text, as it is written."""
        if type(event) is not yaml.ScalarEvent or event.anchor is not None or event.tag is not None:
            self.refuse(event, "a key must be plain text, with no anchor, alias or tag")
        if event.value == "<<" and event.implicit[0]:
            self.refuse(event, "the merge key << is not allowed; write the values out")
        return str(event.value)

    def refuse(self, event: Any, message: str) -> NoReturn:
        raise FileError(self.path, message, line=event.start_mark.line + 1)
