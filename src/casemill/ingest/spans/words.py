"""A span as casemill reads it, whatever form it came in; and what makes one unfit."""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import msgspec

from casemill.errors import UsageError
from casemill.ingest.readers.people import is_personal
from casemill.ingest.values import moment

Kind = Literal["model", "tool", "other"]
Message = dict[str, Any]
MOST_SPAN = 8_000_000
# What messages call whom the model speaks as.
AI = frozenset({"assistant", "model", "ai"})
_ID = re.compile(r"[!-~]{1,200}")
_NAME = re.compile(r"[\w.:/@+-][\w.:/@+ -]{0,119}")
_HEX = re.compile(r"[0-9a-f]{16}|[0-9a-f]{32}")
_PARENT = re.compile(r"00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}", re.IGNORECASE)


class BadSpan(UsageError):
    """Something is no span that can be taken in; says why, and nothing of what it holds."""


class Tool(NamedTuple):
    """One call of a tool that a span of its own tells of; `result` None: nothing came back."""

    name: str
    arguments: Any
    result: str | None = None
    id: str | None = None


class Span(NamedTuple):
    """One step of the AI: a model call with its messages, a tool call, or a step around them.

    `input` and `output` are messages as chat APIs write them: role, content, tool_calls, tool_call_id.
    """

    trace: str
    span: str
    kind: Kind
    parent: str | None = None
    at: datetime | None = None
    until: datetime | None = None
    model: str | None = None
    prompt: str | None = None
    conversation: str | None = None
    user: str | None = None
    input: tuple[Message, ...] = ()
    output: tuple[Message, ...] = ()
    tool: Tool | None = None


class Held(NamedTuple):
    """A span on its way to the vault: how it was read, and the container with its original bytes."""

    span: Span
    content: bytes


def trace_id(value: Any) -> str:
    """A trace's id as it is compared: 32 hexadecimal digits without dashes where it is such a number in any spelling
    (UUID, base64, traceparent), else as it stands. BadSpan when it is none."""
    found = plain_id(value)
    if found is None:
        raise BadSpan("has no trace id")
    return found


def plain_id(value: Any) -> str | None:
    """The same, None when there is no id in it or when it is personal data."""
    if not isinstance(value, str) or not _ID.fullmatch(text := value.strip()):
        return None
    if parent := _PARENT.fullmatch(text):
        return parent[1].lower()
    bare = text.lower().replace("-", "")
    if _HEX.fullmatch(bare):
        return bare
    return _from_base64(text) or (None if is_personal(text) else text)


def _from_base64(text: str) -> str | None:
    """What protobuf's own JSON makes of the bytes of an id."""
    if len(text) not in (12, 24) or not text.endswith("="):
        return None
    try:
        return base64.b64decode(text, validate=True).hex()
    except (binascii.Error, ValueError):
        return None


def named(value: Any) -> str | None:
    """A name of a model or a prompt: provenance that goes to Git, so nothing that is not shaped like one."""
    return value.strip() if isinstance(value, str) and _is_name(value.strip()[:200]) else None


@lru_cache(maxsize=1024)
def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and not is_personal(text)


def prompt_of(name: Any, version: Any) -> str | None:
    """`support@7`."""
    told = named(name)
    number = str(version) if isinstance(version, int) and not isinstance(version, bool) else named(version)
    return f"{told}@{number}" if told and number else told or (f"@{number}" if number else None)


def text_of(value: Any) -> str | None:
    """A short text: None for nothing, numbers as they are written."""
    if value is None or isinstance(value, bool | dict | list) or value == "":
        return None
    return str(value)[:500]


def first(told: Mapping[str, Any], *names: str) -> Any:
    """The first of the names that says anything."""
    return next((told[name] for name in names if told.get(name) not in (None, "", [], {})), None)


def since_1970(nanoseconds: Any) -> datetime | None:
    """A moment from nanoseconds, a number or its digits."""
    try:
        number = int(nanoseconds or 0)
        return datetime.fromtimestamp(number / 1e9, UTC) if number > 0 else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def when(value: Any) -> datetime | None:
    """A moment as any exporter writes it."""
    if isinstance(value, str | int) and str(value).isdecimal() and len(str(value)) > 16:
        return since_1970(value)
    return moment(value)


def decoded(value: Any) -> Any:
    """What stands in a text that is JSON; anything else as it is."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            return msgspec.json.decode(value)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return value
    return value
