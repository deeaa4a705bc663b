"""Langfuse: observations of its API and its exports, in camel or snake case, and traces with what lies under them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from casemill.ingest.spans.messages import messages_of, result_text
from casemill.ingest.spans.words import (
    BadSpan,
    Kind,
    Span,
    Tool,
    decoded,
    first,
    named,
    plain_id,
    prompt_of,
    text_of,
    trace_id,
    when,
)

FORM = "langfuse"
_KINDS: dict[str, Kind] = {"GENERATION": "model", "TOOL": "tool"}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def parts(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The observations under a trace, and the trace itself: it knows the session and the user."""
    trace = told.get("trace")
    own = dict(trace) if isinstance(trace, Mapping) else {key: told[key] for key in told if key != "observations"}
    yield own
    for item in told.get("observations") or ():
        if isinstance(item, Mapping):
            yield dict(item) | {"traceId": item.get("traceId") or item.get("trace_id") or own.get("id")}


def read(told: Mapping[str, Any]) -> Span:
    """An observation; without a trace of its own it is a trace."""
    said = {_CAMEL.sub("_", key).lower(): value for key, value in told.items()}
    is_trace = not said.get("trace_id")
    kind = "other" if is_trace else _KINDS.get(str(said.get("type") or "").upper(), "other")
    trace = trace_id(said.get("id") if is_trace else said.get("trace_id"))
    span = plain_id(said.get("id"))
    if span is None:
        raise BadSpan("has no id")
    return Span(
        trace=trace,
        span="trace" if is_trace else span,
        kind=kind,
        parent=plain_id(said.get("parent_observation_id")),
        at=when(first(said, "start_time", "timestamp", "created_at")),
        until=when(first(said, "end_time", "updated_at")),
        model=named(first(said, "provided_model_name", "model", "model_id")),
        prompt=prompt_of(said.get("prompt_name"), said.get("prompt_version")),
        conversation=text_of(said.get("session_id")),
        user=text_of(said.get("user_id")),
        input=messages_of(said.get("input"), role="user") if kind != "tool" else (),
        output=messages_of(said.get("output"), role="assistant") if kind != "tool" else (),
        tool=_tool(said) if kind == "tool" else None,
    )


def _tool(said: Mapping[str, Any]) -> Tool | None:
    name, back = said.get("name"), said.get("output")
    if not isinstance(name, str):
        return None
    return Tool(name, decoded(said.get("input")), result=result_text(back) if back is not None else None)
