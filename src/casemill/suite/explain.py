"""What a validation error means to the person who wrote the file: the line, the right names, plain words."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import inspect

from casemill.errors import FileError
from casemill.suite.strict import compose

WHERE = re.compile(r" - at `\$(.*)`$")
STEP = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")
FIELD = re.compile(r"^Object (?:contains unknown|missing required) field `(.+)`")
KINDS = re.compile(r"^Expected `([^`]+)`, got `([^`]+)`$")
PLAIN = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "null",
}
Step = str | int


def explained(error: msgspec.ValidationError, *, text: str, path: Path | str, kind: type) -> FileError:
    """The same refusal as a FileError: with the line in `text`, and what was probably meant."""
    message = str(error)
    found = WHERE.search(message)
    steps = tuple(name or (int(at) if at.isdigit() else ...) for name, at in STEP.findall(found[1] if found else ""))
    bare = message[: found.start()] if found else message
    here = _type_at(inspect.type_info(kind), steps)
    unknown = FIELD.match(bare) if "unknown field" in bare else None
    line = line_of(text, (*steps, unknown[1]) if unknown else steps)
    told, hint = _told(bare, here, steps=steps)
    return FileError(path, told, line=line, hint=hint)


def line_of(text: str, steps: Sequence[Any]) -> int | None:
    """The line (from 1) where the value at `steps` begins, or the nearest thing above it that is there."""
    node = compose(text)
    line = node.start_mark.line + 1 if node else None
    for step in steps:
        entry = _entry(node, step)
        if entry is None:
            return line
        key, node = entry
        line = key.start_mark.line + 1
    return line


def _entry(node: yaml.Node | None, step: Any) -> tuple[yaml.Node, yaml.Node] | None:
    """The key and value at one step; for a list the item stands for both; `...` is a mapping's first value."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if step in (..., key.value)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _told(bare: str, here: inspect.Type | None, *, steps: Sequence[Any]) -> tuple[str, str | None]:
    name = ".".join(str(step) for step in steps if isinstance(step, str)) or "the file"
    if field := FIELD.match(bare):
        where = "" if name == "the file" else f" in {name}"
        if "missing" in bare:
            return f"the key {field[1]!r} is missing{where}", None
        return f"there is no key {field[1]!r}{where}", _meant(field[1], _fields(here))
    if kinds := KINDS.match(bare):
        *others, last = (PLAIN.get(kind, kind) for kind in kinds[1].split(" | "))
        wanted = f"{', '.join(others)} or {last}" if others else last
        hint = "put it in quotes" if "str" in kinds[1] and kinds[2] in ("int", "float", "bool") else None
        if "object" in kinds[1] and "str" in kinds[1]:  # an assertion's arguments
            hint = "write each argument with its name, as contains: {any: [refund]}"
        return f"{name} must be {wanted}, not {PLAIN.get(kinds[2], kinds[2])}", hint
    if bare.startswith("Invalid enum value"):
        value = bare.removeprefix("Invalid enum value ").strip("'")
        return f"{name} cannot be {value!r}", _meant(value, _values(here))
    return (bare if name == "the file" else f"{name}: {bare}"), None


def _meant(given: str, known: Sequence[str]) -> str | None:
    close = get_close_matches(given, known, n=1)
    listed = ", ".join(known)
    if close:
        return f"did you mean {close[0]!r}? Known: {listed}"
    return f"known: {listed}" if known else None


def _type_at(here: inspect.Type | None, steps: Sequence[Any]) -> inspect.Type | None:
    for step in steps:
        here = _inner(_one_of(here, step), step)
    return here


def _one_of(here: inspect.Type | None, step: Any) -> inspect.Type | None:
    """Of a union, the member that has such a step."""
    if isinstance(here, inspect.UnionType):
        return next((kind for kind in here.types if _inner(kind, step) is not None), None)
    return here


def _inner(here: inspect.Type | None, step: Any) -> inspect.Type | None:
    if isinstance(here, inspect.StructType):
        return next((field.type for field in here.fields if field.encode_name == step), None)
    if isinstance(here, inspect.DictType):
        return here.value_type
    if isinstance(here, inspect.VarTupleType | inspect.ListType):
        return here.item_type
    return None


def _members(here: inspect.Type | None) -> tuple[inspect.Type | None, ...]:
    return here.types if isinstance(here, inspect.UnionType) else (here,)


def _fields(here: inspect.Type | None) -> tuple[str, ...]:
    structs = [kind for kind in _members(here) if isinstance(kind, inspect.StructType)]
    return tuple(field.encode_name for kind in structs for field in kind.fields)


def _values(here: inspect.Type | None) -> tuple[str, ...]:
    literals = [kind for kind in _members(here) if isinstance(kind, inspect.LiteralType)]
    return tuple(str(value) for kind in literals for value in kind.values)
