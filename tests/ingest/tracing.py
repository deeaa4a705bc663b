"""Traces for tests: OTLP envelopes by plain attributes, and a chat of the shop's bot in each of the conventions."""

import json
from typing import Any

TRACE = "0af7651916cd43dd8448eb211c80319c"
SPAN = "b7ad6b7169203331"
BEGUN = 1_793_527_200_000_000_000  # 2026-11-01T10:00:00Z
SECOND = 1_000_000_000
ASKED = "Where is my parcel? I ordered the blue kettle a week ago."
REPLIED = "Your refund for the blue kettle has been processed and will arrive in five days."
CALLED = {"name": "get_order", "arguments": {"order": "548921"}}
FOUND = '{"status":"lost","name":"Anna Karimova"}'


def value(told: Any) -> dict[str, Any]:
    """An attribute's value as OTLP writes it."""
    if isinstance(told, bool):
        return {"boolValue": told}
    if isinstance(told, int):
        return {"intValue": str(told)}
    if isinstance(told, float):
        return {"doubleValue": told}
    if isinstance(told, list):
        return {"arrayValue": {"values": [value(item) for item in told]}}
    if isinstance(told, dict):
        return {"kvlistValue": {"values": attributes(told)}}
    return {"stringValue": told}


def attributes(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": value(inner)} for key, inner in told.items()]


def span(number: int = 0, /, *, trace: str = TRACE, events: Any = (), **told: Any) -> dict[str, Any]:
    """A span with attributes, double underscores for dots; `number` is its second and part of its id."""
    plain = {key.replace("__", "."): inner for key, inner in told.items()}
    return {
        "traceId": trace,
        "spanId": f"{number + 1:016x}",
        "name": "chat",
        "startTimeUnixNano": str(BEGUN + number * SECOND),
        "endTimeUnixNano": str(BEGUN + number * SECOND + SECOND // 2),
        "attributes": attributes(plain),
        "events": [{"name": name, "attributes": attributes(own)} for name, own in events],
    }


def envelope(*spans: Any, **resource: Any) -> bytes:
    """`{"resourceSpans": …}` as an exporter posts it."""
    around = {"resource": {"attributes": attributes(resource)}, "scopeSpans": [{"spans": list(spans)}]}
    return json.dumps({"resourceSpans": [around]}).encode()


def said(role: str, *parts: dict[str, Any]) -> dict[str, Any]:
    return {"role": role, "parts": list(parts)}


def text(content: str) -> dict[str, Any]:
    return {"type": "text", "content": content}


def chat(**more: Any) -> list[dict[str, Any]]:
    """The bot's two model calls and its tool call, by the GenAI conventions of today."""
    asked = [said("system", text("You are the bot of a shop.")), said("user", text(ASKED))]
    call = said("assistant", {"type": "tool_call", "id": "c1", **CALLED})
    answer = said("tool", {"type": "tool_call_response", "id": "c1", "response": json.loads(FOUND)})
    model = {"gen_ai__operation__name": "chat", "gen_ai__response__model": "gpt-9"} | more
    prompt = {"gen_ai__prompt__name": "support", "gen_ai__prompt__version": "7"}
    first = {"gen_ai__input__messages": json.dumps(asked), "gen_ai__output__messages": json.dumps([call])}
    last = {"gen_ai__input__messages": json.dumps([*asked, call, answer])}
    last |= {"gen_ai__output__messages": json.dumps([said("assistant", text(REPLIED))])}
    tool = {"gen_ai__operation__name": "execute_tool", "gen_ai__tool__name": "get_order"}
    tool |= {"gen_ai__tool__call__id": "c1", "gen_ai__tool__call__result": FOUND}
    return [span(0, **model, **prompt, **first), span(1, **tool), span(2, **model, **prompt, **last)]


def talk(trace: str = TRACE, **fields: Any) -> dict[str, Any]:
    """The same chat as one line of casemill's own form."""
    messages = [
        {"role": "user", "content": ASKED},
        {"role": "assistant", "content": "", "tool_calls": [{"id": "c1", **CALLED}]},
        {"role": "tool", "tool_call_id": "c1", "content": FOUND},
        {"role": "assistant", "content": REPLIED},
    ]
    return {"trace_id": trace, "model": "gpt-9", "messages": messages, "started_at": "2026-11-01T10:00:00Z"} | fields
