"""Spans that stand by themselves: OpenInference's flat form, and a whole conversation as casemill writes it."""

from collections.abc import Mapping
from typing import Any

from casemill.ingest.spans.attributes import span_of
from casemill.ingest.spans.messages import messages_of
from casemill.ingest.spans.otlp import listed
from casemill.ingest.spans.words import BadSpan, Span, first, named, plain_id, prompt_of, text_of, trace_id, when

_DEEPEST, _LONGEST_NAME = 12, 300


def read_flat(told: Mapping[str, Any]) -> Span:
    """`{"traceId", "spanId", "attributes": {…}}`, or the same under `context`, with nested attributes or flat ones."""
    context = told.get("context")
    where = {**told, **(context if isinstance(context, Mapping) else {})}
    span = plain_id(first(where, "spanId", "span_id", "id"))
    if span is None:
        raise BadSpan("has no span id")
    bare = Span(
        trace=trace_id(first(where, "traceId", "trace_id")),
        span=span,
        kind="other",
        parent=plain_id(first(told, "parentSpanId", "parent_id", "parentId")),
        at=when(first(told, "start_time", "startTime", "startTimeUnixNano")),
        until=when(first(told, "end_time", "endTime", "endTimeUnixNano")),
    )
    return span_of(bare, _flattened(listed(told.get("attributes"))))


def _flattened(told: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested attributes with dotted names; a list of objects by number. What lies deeper than any convention goes stays
    as it is, and a name longer than any is left out: each would stand in the names of all that is under it."""
    flat: dict[str, Any] = {}
    for key, value in told.items():
        name = f"{prefix}{key}"
        if len(name) > _LONGEST_NAME:
            continue
        if isinstance(value, Mapping) and prefix.count(".") <= _DEEPEST:
            flat |= _flattened(value, f"{name}.")
        elif _is_objects(value) and prefix.count(".") <= _DEEPEST:
            for number, item in enumerate(value):
                flat |= _flattened(item, f"{name}.{number}.")
        else:
            flat[name] = value
    return flat


def _is_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, Mapping) for item in value)


def read_talk(told: Mapping[str, Any]) -> Span:
    """`{"trace_id", "messages": […], "model", "prompt", "conversation_id", "user_id", "started_at"}`."""
    at = when(first(told, "started_at", "at", "start_time", "startTime", "created_at"))
    return Span(
        trace=trace_id(first(told, "trace_id", "traceId")),
        span="talk",
        kind="model",
        at=at,
        until=when(first(told, "ended_at", "end_time", "endTime")) or at,
        model=named(told.get("model")),
        prompt=prompt_of(first(told, "prompt", "prompt_name"), told.get("prompt_version")),
        conversation=text_of(first(told, "conversation_id", "session_id")),
        user=text_of(told.get("user_id")),
        input=messages_of(told.get("messages"), role="user"),
    )
