"""Stable YAML writing: the same value gives the same bytes, nothing wraps, nothing can be mistaken for something else.

Small mappings and lists stand in one line (flow style), what is said is quoted, a text of several lines is a `|`
block where a block can hold it. Every text that some YAML reader would take for a number, a date, a boolean or null
is quoted.
"""

import re
from collections.abc import Iterator
from typing import Any

from casemill.errors import UsageError

WIDTH = 100
BLOCKS = frozenset({"input", "input.turns", "expect", "assert", "modes"})
SAID = frozenset({"customer", "assistant", "agent", "good", "bad", "result", "phrases"})
MISTAKEN = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})

# Letters of any script may begin a plain text; of signs only those that no YAML reader gives a meaning there.
TOKEN = re.compile(r"[^\W\d_][\w./@+-]*")
SENTENCE = re.compile(r"[^\W\d_](?:[\w .,;()'’“”«»/@+%!?$€£–—-]*[\w.,;)’”»!?%])?")

# Controls, line separators, and marks that change how a line looks without being seen.
UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff"
    r"\ud800-\udfff\U000e0000-\U000e0fff"
)
ESCAPED = re.compile(rf'["\\{UNSEEN}]')
NOT_IN_BLOCK = re.compile(rf"(?!\n)[{UNSEEN}]")
LONGEST_KEY = 1000
SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def yaml_text(value: dict[str, Any]) -> str:
    """A mapping as a YAML document; UsageError when it holds what JSON cannot hold (NaN, infinity, huge numbers)."""
    return "".join(f"{line}\n" for line in block_lines(value, ""))


def block_lines(value: dict[str, Any], place: str) -> Iterator[str]:
    """The lines of a mapping in block style; `place` is its dotted path, which decides the style of what it holds."""
    for key, inner in value.items():
        yield from entry_lines(key, inner, place=place)


def entry_lines(key: str, value: Any, *, place: str) -> Iterator[str]:
    """`key: value`, in one line when that is the style of the place and it fits."""
    at = f"{place}.{key}" if place else key
    head = f"{_key(key)}:"
    if isinstance(value, str):
        yield from _text_lines(head, value, said=key in SAID)
    elif line := _one_line(value, at):
        yield f"{head} {line}"
    else:
        yield head
        yield from (f"  {line}" if line else "" for line in _inner_lines(value, at))


def _one_line(value: Any, at: str) -> str | None:
    """The value in flow style, or None when it must be a block."""
    if isinstance(value, dict | list | tuple) and value and (at in BLOCKS or _has_lines(value)):
        return None
    line = flow(value, said=at.rsplit(".", 1)[-1] in SAID)
    return line if len(line) <= WIDTH or not isinstance(value, dict | list | tuple) else None


def _has_lines(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_lines, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_has_lines, value))
    return isinstance(value, str) and "\n" in value


def _inner_lines(value: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from block_lines(value, at)
        return
    for item in value:
        first, *rest = _item_lines(item, at)
        yield f"- {first}"
        yield from (f"  {line}" if line else "" for line in rest)


def _item_lines(item: Any, at: str) -> Iterator[str]:
    """One item of a list: a mapping opens on the dash's own line, a text of several lines is a block."""
    if isinstance(item, dict) and item and (at in BLOCKS or _one_line(item, f"{at}.-") is None):
        return block_lines(item, f"{at}.-")
    if isinstance(item, list | tuple) and item and _one_line(item, f"{at}.-") is None:
        return _inner_lines(item, f"{at}.-")
    if isinstance(item, str):
        return _text_lines("", item, said=at.rsplit(".", 1)[-1] in SAID)
    return iter([flow(item)])


def _text_lines(head: str, text: str, *, said: bool) -> Iterator[str]:
    head = f"{head} " if head else ""
    if not _fits_block(text):
        yield head + (quoted(text) if said else scalar(text, plain=SENTENCE))
        return
    yield head + ("|" if text.endswith("\n") else "|-")
    yield from (f"  {line}" if line else "" for line in text.removesuffix("\n").split("\n"))


def _fits_block(text: str) -> bool:
    """A block must give back every character, and survive an editor that strips spaces at line ends."""
    lines = text.removesuffix("\n").split("\n")
    return (
        len(lines) > 1
        and not NOT_IN_BLOCK.search(text)
        and bool(lines[0] and lines[-1])
        and not lines[0].startswith(" ")
        and all(line == line.rstrip() for line in lines)
    )


def flow(value: Any, *, said: bool = False) -> str:
    """A value in one line: `{any: ["processed your refund"]}`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {flow(inner, said=key in SAID)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(inner, said=said) for inner in value) + "]"
    if isinstance(value, str):
        return quoted(value) if said else scalar(value, plain=TOKEN)
    return _number(value)


def scalar(text: str, *, plain: re.Pattern[str]) -> str:
    """The text bare where nobody can mistake it, else in double quotes."""
    bare = plain.fullmatch(text) and text.lower() not in MISTAKEN and not ESCAPED.search(text)
    return text if bare else quoted(text)


def quoted(text: str) -> str:
    """In double quotes, with everything unseen written as an escape."""
    return '"' + ESCAPED.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        raise UsageError("a text with half a character (a lone surrogate) cannot be written to a file")
    if character in SHORT:
        return SHORT[character]
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def _key(key: str) -> str:
    if len(key) > LONGEST_KEY:
        raise UsageError(f"a key of {len(key)} characters cannot be written to a file; at most {LONGEST_KEY}")
    return scalar(key, plain=TOKEN)


def _number(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value)
    if isinstance(value, int) and abs(value) < 2**63:
        return text
    if isinstance(value, float) and value == value and abs(value) != float("inf"):
        return text if "." in text or "e" not in text else text.replace("e", ".0e")
    raise UsageError(f"{type(value).__name__} {text[:40]} cannot be written to a file: JSON has no such number")
