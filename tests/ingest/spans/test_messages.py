"""Messages of any shape become a conversation or nothing, never an error."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemill.ingest.joining import merged
from casemill.ingest.links import keys_of
from casemill.ingest.spans.forms import read_span, spans_in
from casemill.ingest.spans.messages import messages_of
from casemill.ingest.spans.thread import thread_of
from casemill.ingest.spans.words import BadSpan
from ingest.inbox import said
from ingest.tracing import TRACE

names = st.sampled_from(
    (
        *("role", "content", "parts", "type", "tool_calls", "function", "name", "arguments", "id", "at", "call"),
        *("messages", "choices", "message", "text", "response", "result", "created_at", "functionCall", "author"),
    )
)
words = st.sampled_from(["user", "assistant", "tool", "text", "tool_call", "tool_call_response", "", "0", "[{", "2026"])
leaves = st.none() | st.booleans() | st.integers() | st.floats(-9, 9) | words | st.text(max_size=9)
loose = st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5))


@settings(max_examples=400, deadline=None)
@given(st.lists(loose, max_size=4), loose, st.booleans())
def test_no_message_stops_a_trace_from_being_read(told_in: list[Any], told_out: Any, quoted: bool) -> None:
    sent = json.dumps(told_in) if quoted else told_in
    own = {"gen_ai.operation.name": "chat", "gen_ai.input.messages": sent, "gen_ai.output.messages": told_out}
    tool = {"gen_ai.tool.name": "look", "gen_ai.tool.call.arguments": told_out, "gen_ai.tool.call.result": told_in}
    flat = [{"traceId": TRACE, "spanId": "1", "startTime": "2026-11-01T10:00:00Z", "attributes": own}]
    flat += [{"traceId": TRACE, "spanId": "2", "startTime": "2026-11-01T10:00:01Z", "attributes": tool}]
    flat += [{"trace_id": TRACE, "messages": [*told_in, told_out]}]
    found = [one for part in flat for one in spans_in(json.dumps(part).encode()) if not isinstance(one, BadSpan)]
    spans = [read_span(one.content) for one in found]
    assert len(spans) == 3
    turns = thread_of([spans, spans[:1]]).turns
    assert all(turn.text.strip() or turn.call for turn in turns)
    assert len(merged(turns, turns)) <= len(turns)
    assert [keys_of(span) for span in spans] == [keys_of(one.span) for one in found]


@pytest.mark.parametrize("depth", [50, 150, 900, 5_000])
def test_arguments_as_deep_as_they_like_cost_nobody_anything(depth: int) -> None:
    deep = '{"a":' * depth + "1" + "}" * depth
    call = {"id": "c1", "function": {"name": "dig", "arguments": deep}}
    talk = {"trace_id": TRACE, "messages": [{"role": "assistant", "tool_calls": [call]}]}
    (held,) = spans_in(json.dumps(talk).encode())
    assert not isinstance(held, BadSpan)
    (turn,) = thread_of([[held.span], [held.span]]).turns
    assert turn.call
    assert turn.call.name == "dig"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("hi", [("customer", "hi")]),
        ('[{"role": "user", "content": "hi"}]', [("customer", "hi")]),
        ({"messages": [{"role": "user", "content": "hi"}]}, [("customer", "hi")]),
        ({"query": "hi"}, [("customer", "hi")]),
        ([[{"role": "user", "content": "hi"}]], [("customer", "hi")]),
        ([{"type": "text", "content": "hi"}, {"type": "text", "content": "you"}], [("customer", "hi\nyou")]),
        ({"choices": [{"message": {"role": "assistant", "content": "yes"}}]}, [("assistant", "yes")]),
        ([{"role": "model", "parts": [{"text": "yes"}, {"text": "hm", "thought": True}]}], [("assistant", "yes")]),
        ([{"role": "model", "parts": [{"functionCall": {"name": "f", "args": {}}}]}], [("tool", "f → None")]),
        ({"unheard": {"of": 1}}, []),
        (None, []),
    ],
)
def test_loose_values_are_read_as_messages(value: Any, told: list[tuple[str, str]]) -> None:
    sent = {"trace_id": TRACE, "messages": list(messages_of(value, role="user"))}
    (held,) = spans_in(json.dumps(sent).encode())
    assert not isinstance(held, BadSpan)
    assert said(thread_of([[held.span]]).turns) == told
