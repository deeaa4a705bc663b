"""A Markdown postmortem as an incident report: the keys of its front matter, and what stands under known headings."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from casemill.errors import FileError
from casemill.ingest.readers.incident import checked, strict

MARKDOWN = (".md", ".markdown")
_EDGE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t]*#*")
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})(.*)")
_QUOTE = re.compile(r"[ \t]{0,3}>[ ]?")
_NUMBERING = re.compile(r"^[\d.)\s]+|[\s:?!*_`.]+$|^[*_`]+")
_SECTIONS: dict[str, str] = {
    "input": "input|prompt|question|customer|customer message|the customer asked|what the customer asked"
    "|what the customer said|запрос|вопрос|вопрос клиента|что спросил клиент|сообщение клиента",
    "actual_output": "actual output|output|actual|actual answer|answer|ai answer|ai reply|bot answer|bot reply"
    "|what the ai answered|what the ai said|what the bot answered|what the bot said|ответ|ответ бота|что ответил бот",
    "expected": "expected|expected behavior|expected output|expected answer|what should have happened"
    "|what the ai should have said|ожидаемое поведение|ожидаемый ответ|как надо|как должно быть",
    "root_cause": "root cause|cause|why it happened|причина|первопричина|почему это случилось",
    "resolution": "resolution|fix|remediation|mitigation|решение|исправление",
}
_KEYS = {name: key for key, names in _SECTIONS.items() for name in names.split("|")}


class _Part(NamedTuple):
    key: str
    lines: list[str]


def read_postmortem(text: str, path: str) -> dict[str, Any]:
    """The report; the front matter goes before the headings. A FileError names the line in the file."""
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines[1:], 1) if _EDGE.fullmatch(line)), None)
    if not _EDGE.fullmatch(lines[0]) or end is None:
        raise FileError(path, "a postmortem begins with its front matter: --- , incident_id: …, ---", line=1)
    front = strict("\n".join(lines[1:end]), path, first_line=2)
    told = {} if front is None else front
    if not isinstance(told, dict):
        raise FileError(path, "the front matter is no mapping with incident_id, …", line=2)
    return checked({**_body(lines[end + 1 :]), **told}, path, line=1)


def _body(lines: list[str]) -> dict[str, str]:
    """The text under each known heading, the first of a kind; the highest heading of all is the title."""
    found: dict[str, str] = {}
    for key, said in _parts(lines):
        if key not in found and (text := _said(said)):
            found[key] = text
    return found


def _parts(lines: list[str]) -> Iterator[_Part]:
    """A known heading's lines reach to the next known heading, or to one that is not below it."""
    part, depth, fence = None, 0, ""
    for line in lines:
        heading = None if fence else _HEADING.fullmatch(line)
        fence = _fence(line, fence)
        if heading is None:
            if part is not None:
                part.lines.append(line)
            continue
        level, key = len(heading[1]), _KEYS.get(_named(heading[2]))
        if key is None and part is not None and level > depth:
            part.lines.append(line)
            continue
        if part is not None:
            yield part
        part, depth = (_Part(key, []), level) if key else (None, 0)
        if key is None and level == 1:
            yield _Part("title", [heading[2]])
    if part is not None:
        yield part


def _named(heading: str) -> str:
    return _NUMBERING.sub("", heading).casefold().replace("behaviour", "behavior").replace("ё", "е")


def _fence(line: str, open: str) -> str:
    """The fence that is open behind a line: what stands in it is no heading."""
    match = _FENCE.fullmatch(line)
    if match is None:
        return open
    if not open:
        return match[1]
    return "" if match[1].startswith(open) and not match[2].strip() else open


def _said(lines: list[str]) -> str:
    """The words themselves: without the marks of a quotation, and out of a fence that holds them all."""
    text = "\n".join(lines).strip().split("\n")
    if all(not line.strip() or _QUOTE.match(line) for line in text):
        text = [_QUOTE.sub("", line, count=1) for line in text]
    if len(text) > 2 and (open := _FENCE.fullmatch(text[0])) and _fence(text[-1], open[1]) == "":
        inside = text[1:-1]
        text = text if any(_FENCE.fullmatch(line) for line in inside) else inside
    return "\n".join(text).strip()


def is_postmortem(path: Path) -> bool:
    """Whether a file is Markdown by its name, packed or not."""
    return Path(path.name.removesuffix(".gz")).suffix.lower() in MARKDOWN
