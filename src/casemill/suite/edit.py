"""A file that exists is edited key by key, so that comments and order survive."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

from casemill.domain.case import Case
from casemill.domain.word import Word
from casemill.errors import FileError
from casemill.suite.strict import compose, load
from casemill.suite.writing import entry_lines

ORDER = tuple(field.encode_name for field in msgspec.structs.fields(Case))  # type: ignore[arg-type]
Plain = dict[str, Any]


def edit_case(text: str, changes: Mapping[str, Any], *, path: Path | str = "case.yaml") -> str:
    """The text with some keys changed and everything else as it was.

    A key may be dotted (`dates.review_by`); a value is plain JSON or a word; None takes the key out. A FileError
    when the file cannot be read, or when it is laid out so that one key cannot be changed by itself.
    """
    wanted = _loaded(text, path)
    for key, value in changes.items():
        steps, plain = tuple(key.split(".")), _plain(value)
        text = _edited(text, steps, value=plain)
        _put(wanted, steps, value=plain)
        if _loaded(text, path) != wanted:
            raise FileError(path, f"the key {key!r} cannot be changed by itself; edit the file by hand")
    return text


def _plain(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value)) if isinstance(value, Word | tuple) else value


def _loaded(text: str, path: Path | str) -> Plain:
    value = load(text, path)
    if not isinstance(value, dict):
        raise FileError(path, "is not a mapping of keys")
    return value


def _put(plain: Plain, steps: Sequence[str], *, value: Any) -> None:
    for step in steps[:-1]:
        inner = plain.get(step)
        plain[step] = plain = inner if isinstance(inner, dict) else {}
    if value is None:
        plain.pop(steps[-1], None)
    else:
        plain[steps[-1]] = value


def _edited(text: str, steps: Sequence[str], *, value: Any) -> str:
    """The text with one key changed, at the deepest mapping in block style that leads to it."""
    node = compose(text)
    depth = 0
    while depth < len(steps) - 1:
        inner = _entry(node, steps[depth])
        if inner is None or not isinstance(inner[1], yaml.MappingNode) or inner[1].flow_style:
            break
        node, depth = inner[1], depth + 1
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        return text
    place = _Place(text, node, path=".".join(steps[:depth]))
    if rest := steps[depth + 1 :]:
        kept = _entry(node, steps[depth])
        whole: Plain = load(_source(text, kept[1]), "") if kept and isinstance(kept[1], yaml.MappingNode) else {}
        _put(whole, rest, value=value)
        value = whole or None
    return place.without(steps[depth]) if value is None else place.having(steps[depth], value)


def _entry(node: yaml.Node | None, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next(((name, value) for name, value in node.value if name.value == key), None)


def _source(text: str, node: yaml.Node) -> str:
    return text[node.start_mark.index : _end(text, node)]


def _end(text: str, node: yaml.Node) -> int:
    """Where what a node says ends: a block's own mark lies beyond the blank lines and comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        keeps = "+" in text[node.start_mark.index :].split("\n", 1)[0].split("#")[0]
        return end - text[:end].endswith("\n") if keeps else len(text[:end].rstrip(" \n\r"))
    return end


class _Place:
    """One mapping in block style inside a text."""

    def __init__(self, text: str, node: yaml.MappingNode, *, path: str) -> None:
        self.text = text
        self.node = node
        self.path = path
        self.indent = " " * node.start_mark.column

    def having(self, key: str, value: Any) -> str:
        """The text with the key at a new value, in its own place or where a new file would have it."""
        lines = list(entry_lines(key, value, place=self.path))
        entry = _entry(self.node, key)
        if entry is None:
            at = self._line_end(self._before(key))
            return self.text[:at] + "\n" + self._laid(lines) + self.text[at:]
        start, end = entry[0].start_mark.index, _end(self.text, entry[1])
        if entry[1].start_mark.index > end or end <= entry[0].end_mark.index:
            end = self.text.index(":", entry[0].end_mark.index) + 1
        return self.text[:start] + self._laid(lines).removeprefix(self.indent) + self.text[end:]

    def without(self, key: str) -> str:
        """The text without the key's lines; a comment on the key's own line goes with it."""
        entry = _entry(self.node, key)
        if entry is None:
            return self.text
        start = self.text.rfind("\n", 0, entry[0].start_mark.index) + 1
        end = self._line_end(max(_end(self.text, entry[1]), entry[0].end_mark.index))
        return self.text[:start] + self.text[end:].removeprefix("\r").removeprefix("\n")

    def _before(self, key: str) -> int:
        """Where the key that a new file would have just before this one ends; else the last key."""
        order = ORDER if not self.path else ()
        earlier = order[: order.index(key)] if key in order else ()
        entries = self.node.value
        found = [entry for entry in entries if entry[0].value in earlier]
        name, value = max(found, key=lambda entry: order.index(entry[0].value)) if found else entries[-1]
        return max(_end(self.text, value), int(name.end_mark.index))

    def _line_end(self, index: int) -> int:
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end

    def _laid(self, lines: list[str]) -> str:
        return "\n".join(f"{self.indent}{line}" if line else "" for line in lines)
