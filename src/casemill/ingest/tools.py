"""Tool calls written into texts: `[tool call] name({...})`, `[tool result] {...}`, `v = name(a='b')`, `# v = {...}`."""

import ast
import re
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from casemill.domain.ticket import ToolCall

_MARKED = re.compile(r"^[ \t]*\[tool (call|result)\][ \t]*", re.MULTILINE | re.IGNORECASE)
_CALL = re.compile(r"([\w.\-]+)[ \t]*\((.*)\)\s*", re.DOTALL)
_LONGEST = 50_000  # characters that are read as code or JSON inside a text; longer ones stay text
_DEEPEST = 100
_ASSIGNED = re.compile(r"^[ \t]*([A-Za-z_]\w*)[ \t]*=[ \t]*([A-Za-z_][\w.]*)\((.*)\)[ \t]*$")


class Result(NamedTuple):
    """What a tool gave back, before it is paired with its call; `call` names the call when the source does."""

    text: str
    call: str | None = None


def has_tools(text: str) -> bool:
    """Whether a text holds marked tool calls or results."""
    return "[tool " in text and bool(_MARKED.search(text))


def pieces(text: str) -> Iterator[str | ToolCall | Result]:
    """A text with marked tool calls in the order they stand: plain parts, calls, results."""
    marks = list(_MARKED.finditer(text))
    if before := text[: marks[0].start() if marks else None].strip():
        yield before
    ends = [mark.start() for mark in marks[1:]]
    for mark, end in zip(marks, [*ends, len(text)], strict=False):
        body = text[mark.end() : end].strip()
        yield Result(body) if mark[1].lower() == "result" else marked_call(body)


def marked_call(body: str) -> ToolCall:
    """`name({...})`; what is not of that form is kept whole as the name's argument `text`."""
    match = _CALL.fullmatch(body)
    if match is None:
        name, _, rest = body.partition(" ")
        return ToolCall(name=name or "unnamed", arguments={"text": rest} if rest else {})
    return ToolCall(name=match[1], arguments=arguments_of(match[2]))


def arguments_of(given: Any) -> dict[str, Any]:
    """Arguments as a source writes them: an object, JSON text, Python's repr of a dict; else `{"text": ...}`."""
    if isinstance(given, dict):
        return given
    if given is None or given == "":
        return {}
    text = given if isinstance(given, str) else msgspec.json.encode(given).decode()
    for read in (msgspec.json.decode, _literal):
        try:
            found = read(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    return {"text": text}


def _literal(code: str) -> Any:
    """Plain Python values as JSON has them; ValueError for everything else."""
    if len(code) > _LONGEST:
        raise ValueError("too long to be a call")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = ast.literal_eval(code)
        return msgspec.json.decode(msgspec.json.encode(found))
    except (SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise ValueError(str(type(error))) from None


def code_pieces(text: str) -> Iterator[str | ToolCall]:
    """A reply in which the model wrote its calls as code: each call with its result line, and the text between."""
    said: list[str] = []
    lines = text.split("\n")
    skip = -1
    for index, line in enumerate(lines):
        if index == skip:
            continue
        call = _coded_call(line)
        if call is None:
            said.append(line)
            continue
        if plain := "\n".join(said).strip():
            yield plain
        said = []
        name, found = call
        answer = f"# {name} = "
        after = lines[index + 1].strip() if index + 1 < len(lines) else ""
        if after.startswith(answer):
            skip = index + 1
            found = ToolCall(name=found.name, arguments=found.arguments, result=after.removeprefix(answer))
        yield found
    if plain := "\n".join(said).strip():
        yield plain


def _coded_call(line: str) -> tuple[str, ToolCall] | None:
    """`var_6 = get_order(id='#W1')` with plain values only; anything else stays text."""
    match = _ASSIGNED.match(line) if len(line) <= _LONGEST else None
    if match is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(f"f({match[3]})", mode="eval").body
        if not isinstance(tree, ast.Call) or tree.args or not all(keyword.arg for keyword in tree.keywords):
            return None
        arguments = {str(keyword.arg): _literal(ast.unparse(keyword.value)) for keyword in tree.keywords}
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    return match[1], ToolCall(name=match[2], arguments=arguments)


def too_deep(value: Any) -> bool:
    """Whether plain JSON has more levels than whoever walks it later can be asked to go down."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return False
    return True
