"""Puts values into the places of a JSON template; a value stays data and never becomes syntax."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

PLACE = re.compile(r"\{\{\s*([a-z_]+(?:\.[A-Za-z0-9_-]+)*)\s*\}\}")
NAMES = ("case", "talk", "input", "turns", "context", "messages")


def fill(template: Any, values: Mapping[str, Any]) -> Any:
    """The template with its places filled. `"{{turns}}"` becomes the list itself, `"plan: {{context.plan}}"` a text;
    what the case does not have is null, or nothing inside a text."""
    if isinstance(template, dict):
        return {key: fill(value, values) for key, value in template.items()}
    if isinstance(template, list):
        return [fill(value, values) for value in template]
    if not isinstance(template, str):
        return template
    if whole := PLACE.fullmatch(template.strip()):
        return _value(whole[1], values)
    return PLACE.sub(lambda place: _as_text(_value(place[1], values)), template)


def check_places(template: Any) -> None:
    """A ValueError for a place that names nothing a case has."""
    if isinstance(template, dict | list):
        for value in template.values() if isinstance(template, dict) else template:
            check_places(value)
    elif isinstance(template, str):
        for place in re.findall(r"\{\{.*?\}\}", template):
            name = PLACE.fullmatch(place)
            if name is None or name[1].split(".")[0] not in NAMES:
                raise ValueError(f"the body's place {place} names none of {', '.join(NAMES)}")


def _value(path: str, values: Mapping[str, Any]) -> Any:
    value: Any = values
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
