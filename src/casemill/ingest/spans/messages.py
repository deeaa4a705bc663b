"""Messages in every shape that traces hold them become messages as chat APIs write them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from casemill.ingest.spans.words import Message, decoded, first, when

_TEXTS = ("content", "text", "query", "question", "input", "prompt", "output", "answer", "response", "result")
_INNER = ("messages", "input_messages", "output_messages", "input", "output", "kwargs")
MOST_MESSAGES = 2_000


def messages_of(value: Any, *, role: str) -> tuple[Message, ...]:
    """The messages in a loose value: a list, one message, JSON text of either, an API's answer, or a plain text, which
    is then said by `role`."""
    return tuple(_messages(decoded(value), role=role, depth=4))[:MOST_MESSAGES]


def _messages(value: Any, *, role: str, depth: int) -> Iterator[Message]:
    if isinstance(value, str):
        if value.strip():
            yield {"role": role, "content": value}
    elif isinstance(value, list):
        yield from _listed(value, role=role, depth=depth)
    elif isinstance(value, Mapping) and depth:
        yield from _in_object(value, role=role, depth=depth)


def _listed(value: list[Any], *, role: str, depth: int) -> Iterator[Message]:
    """Messages, lists of them (LangChain), or parts of one message."""
    if value and all(isinstance(item, Mapping) and "type" in item and "role" not in item for item in value):
        yield message_of({"role": role, "parts": value})
        return
    for item in value[:MOST_MESSAGES]:
        if depth:
            yield from _messages(item, role=role, depth=depth - 1)


def _in_object(value: Mapping[str, Any], *, role: str, depth: int) -> Iterator[Message]:
    if any(name in value for name in ("role", "parts", "tool_calls")):
        yield message_of({"role": role} | dict(value))
        return
    choices = value.get("choices")
    if isinstance(choices, list):
        yield from _messages(
            [one.get("message") for one in choices[:1] if isinstance(one, Mapping)], role=role, depth=2
        )
        return
    inner = next((value[name] for name in _INNER if isinstance(value.get(name), list | dict)), None)
    if inner is not None:
        yield from _messages(inner, role=role, depth=depth - 1)
        return
    told = first(value, *_TEXTS)
    if isinstance(told, str):
        yield from _messages(told, role=role, depth=0)


def message_of(told: Mapping[str, Any]) -> Message:
    """One message: the parts of OpenTelemetry and Google, the contents of OpenInference, or as OpenAI has it."""
    parts = [part for part in _list(told.get("parts")) if isinstance(part, Mapping)]
    message: Message = {"role": told.get("role") or "assistant"}
    content = told.get("content")
    if parts:
        content = [text for part in parts if (text := _text(part)) is not None]
    elif isinstance(content, str) and content.lstrip().startswith("[{"):
        content = decoded(content)
    message["content"] = content if content is not None else ""
    message["tool_calls"] = [*_list(told.get("tool_calls")), *(_call(part) for part in parts if _is_call(part))]
    for name in ("name", "tool_call_id"):
        if isinstance(told.get(name), str | int):
            message[name] = told[name]
    if (at := when(first(told, "at", "created_at", "timestamp"))) is not None:
        message["at"] = at.isoformat()
    answers = [part for part in parts if part.get("type") == "tool_call_response"]
    if answers:
        message |= {"role": "tool", "content": result_text(first(answers[0], "response", "result"))}
        message["tool_call_id"] = answers[0].get("id")
    return message


def results_of(told: Mapping[str, Any]) -> Iterator[Message]:
    """The messages of one that holds the answers of several tools at once."""
    parts = [part for part in _list(told.get("parts")) if isinstance(part, Mapping)]
    answers = [part for part in parts if part.get("type") == "tool_call_response"]
    if len(answers) < 2:
        yield message_of(told)
        return
    for part in answers:
        yield message_of({"role": "tool", "parts": [part]})


def unfolded(told: Iterable[Any], *, role: str) -> tuple[Message, ...]:
    """Messages of OpenTelemetry's own shape, each tool's answer one of its own."""
    found = [item for item in told if isinstance(item, Mapping)][:MOST_MESSAGES]
    return tuple(message for item in found for message in results_of({"role": role} | dict(item)))


def result_text(value: Any) -> str:
    """What a tool gave back, as text."""
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _is_call(part: Mapping[str, Any]) -> bool:
    return part.get("type") in ("tool_call", "server_tool_call") or "functionCall" in part or "function_call" in part


def _call(part: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = first(part, "functionCall", "function_call", "server_tool_call")
    told = inner if isinstance(inner, Mapping) else part
    return {
        "id": part.get("id") or told.get("id"),
        "name": told.get("name") or part.get("name"),
        "arguments": first(told, "arguments", "args"),
    }


def _text(part: Mapping[str, Any]) -> str | None:
    """The words of a part; what the model thought to itself is none of the conversation."""
    if part.get("type", "text") != "text" or part.get("thought"):
        return None
    told = first(part, "content", "text")
    return told if isinstance(told, str) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
