"""Spans in every form that tracing writes are read as the same model calls."""

import json
from typing import Any

import pytest

from casemill.ingest.spans.forms import read_span, spans_in
from casemill.ingest.spans.thread import thread_of
from casemill.ingest.spans.words import BadSpan, Span, plain_id
from ingest.inbox import said as told
from ingest.tracing import ASKED, CALLED, FOUND, REPLIED, TRACE, chat, envelope, span, talk

FLAT = {
    "openinference.span.kind": "LLM",
    "llm.model_name": "gpt-9",
    "session.id": "talk-7",
    "user.id": "u77",
    "llm.input_messages.0.message.role": "system",
    "llm.input_messages.0.message.content": "You are the bot of a shop.",
    "llm.input_messages.1.message.role": "user",
    "llm.input_messages.1.message.contents.0.message_content.type": "text",
    "llm.input_messages.1.message.contents.0.message_content.text": ASKED,
    "llm.input_messages.2.message.role": "assistant",
    "llm.input_messages.2.message.tool_calls.0.tool_call.id": "c1",
    "llm.input_messages.2.message.tool_calls.0.tool_call.function.name": "get_order",
    "llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments": json.dumps(CALLED["arguments"]),
    "llm.input_messages.3.message.role": "tool",
    "llm.input_messages.3.message.tool_call_id": "c1",
    "llm.input_messages.3.message.content": FOUND,
    "llm.output_messages.0.message.role": "assistant",
    "llm.output_messages.0.message.content": REPLIED,
}
LLMETRY = {
    "llm.request.type": "chat",
    "gen_ai.response.model": "gpt-9",
    "gen_ai.prompt.0.role": "user",
    "gen_ai.prompt.0.content": ASKED,
    "gen_ai.prompt.1.role": "assistant",
    "gen_ai.prompt.1.tool_calls.0.id": "c1",
    "gen_ai.prompt.1.tool_calls.0.name": "get_order",
    "gen_ai.prompt.1.tool_calls.0.arguments": json.dumps(CALLED["arguments"]),
    "gen_ai.prompt.2.role": "tool",
    "gen_ai.prompt.2.tool_call_id": "c1",
    "gen_ai.prompt.2.content": FOUND,
    "gen_ai.completion.0.role": "assistant",
    "gen_ai.completion.0.content": REPLIED,
}
API_CALL = {"id": "c1", "type": "function", "function": {"name": "get_order", "arguments": '{"order": "548921"}'}}
API = [
    {"role": "system", "content": "You are the bot of a shop."},
    {"role": "user", "content": ASKED},
    {"role": "assistant", "content": None, "tool_calls": [API_CALL]},
    {"role": "tool", "tool_call_id": "c1", "content": FOUND},
]
EVENTS = [
    ("gen_ai.user.message", {"content": ASKED}),
    ("gen_ai.assistant.message", {"tool_calls": json.dumps([API_CALL])}),
    ("gen_ai.tool.message", {"id": "c1", "content": FOUND}),
    ("gen_ai.choice", {"index": 0, "message": json.dumps({"role": "assistant", "content": REPLIED})}),
]
DETAILS = ("gen_ai.client.inference.operation.details", {"gen_ai.input.messages": json.dumps(API)})
OBSERVATION = {
    "id": "obs-1",
    "traceId": TRACE,
    "type": "GENERATION",
    "startTime": "2026-11-01T10:00:00.000Z",
    "providedModelName": "gpt-9",
    "promptName": "support",
    "promptVersion": 7,
    "sessionId": "talk-7",
    "userId": "u77",
    "input": json.dumps(API),
    "output": json.dumps({"role": "assistant", "content": REPLIED}),
}
SNAKE = {
    "id": "obs-1",
    "trace_id": TRACE,
    "type": "GENERATION",
    "start_time": "2026-11-01 10:00:00.000000",
    "model": "gpt-9",
    "input": {"messages": API},
    "output": {"choices": [{"message": {"role": "assistant", "content": REPLIED}}]},
}
PHOENIX = {
    "name": "ChatCompletion",
    "context": {"trace_id": TRACE, "span_id": "b7ad6b7169203331"},
    "start_time": "2026-11-01T10:00:00+00:00",
    "attributes": {
        "openinference": {"span": {"kind": "LLM"}},
        "llm": {
            "model_name": "gpt-9",
            "input_messages": [{"message": {"role": "user", "content": ASKED}}],
            "output_messages": [{"message": {"role": "assistant", "content": REPLIED}}],
        },
    },
}
WHOLE = [("customer", ASKED), ("tool", f"get_order → {FOUND}"), ("assistant", REPLIED)]
FORMS: dict[str, Any] = {
    "GenAI conventions": envelope(*chat()),
    "GenAI, structured": envelope(
        span(gen_ai__operation__name="chat", gen_ai__response__model="gpt-9", gen_ai__input__messages=API[1:]),
        span(1, gen_ai__operation__name="chat", gen_ai__output__messages=[{"role": "assistant", "content": REPLIED}]),
    ),
    "GenAI, old events": envelope(span(gen_ai__operation__name="chat", gen_ai__response__model="gpt-9", events=EVENTS)),
    "GenAI, details event": envelope(
        span(
            gen_ai__operation__name="chat",
            gen_ai__response__model="gpt-9",
            gen_ai__completion=REPLIED,
            events=[DETAILS],
        )
    ),
    "OpenInference in OTLP": envelope(span(**{key.replace(".", "__"): own for key, own in FLAT.items()})),
    "OpenInference, flat": {"traceId": TRACE, "spanId": "b7ad6b7169203331", "attributes": FLAT},
    "OpenLLMetry": envelope(span(**{key.replace(".", "__"): own for key, own in LLMETRY.items()})),
    "Langfuse API": {"data": [OBSERVATION], "meta": {"cursor": None}},
    "Langfuse export": SNAKE,
    "Langfuse trace": {"id": TRACE, "sessionId": "talk-7", "observations": [{**OBSERVATION, "traceId": None}]},
    "casemill's own": talk(),
}


def spans(told: Any) -> list[Span]:
    data = told if isinstance(told, bytes) else json.dumps(told).encode()
    found = [*spans_in(data)]
    assert not [one for one in found if isinstance(one, BadSpan)]
    return [read_span(one.content) for one in found if not isinstance(one, BadSpan)]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_the_same_conversation(form: str) -> None:
    found = spans(FORMS[form])
    assert told(thread_of([found]).turns) == WHOLE
    assert {one.trace for one in found} == {TRACE}
    assert "gpt-9" in {one.model for one in found}


def test_nested_attributes_are_read_as_flat_ones() -> None:
    (one,) = spans(PHOENIX)
    assert (one.kind, one.model, one.span) == ("model", "gpt-9", "b7ad6b7169203331")
    assert told(thread_of([[one]]).turns) == [WHOLE[0], WHOLE[2]]


def test_prompt_conversation_and_user_come_along() -> None:
    own = {"gen_ai__conversation__id": "talk-7", "user__id": "u77"}
    found = spans(envelope(*chat(**own)))
    assert [(one.kind, one.prompt, one.conversation, one.user) for one in found] == [
        ("model", "support@7", "talk-7", "u77"),
        ("tool", None, None, None),
        ("model", "support@7", "talk-7", "u77"),
    ]
    (langfuse,) = spans(OBSERVATION)
    assert (langfuse.prompt, langfuse.conversation, langfuse.user) == ("support@7", "talk-7", "u77")


@pytest.mark.parametrize(
    ("given", "id"),
    [
        (TRACE, TRACE),
        (TRACE.upper(), TRACE),
        ("0af76519-16cd-43dd-8448-eb211c80319c", TRACE),
        ("CvdlGRbNQ92ESOshHIAxnA==", TRACE),
        (f"00-{TRACE}-b7ad6b7169203331-01", TRACE),
        ("trc_9f31c0", "trc_9f31c0"),
        ("anna.k@example.com", None),
        ("+77011234567", None),
        ("two words", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_an_id_is_the_same_in_every_spelling_and_never_personal(given: Any, id: str | None) -> None:
    assert plain_id(given) == id


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{", "cannot be read"),
        (b"[1]", "is no JSON object"),
        (b"7", "is no JSON object"),
        (b"{}", "is no trace that casemill knows"),
        (b'{"resourceLogs": []}', "holds logs or metrics"),
        (b'{"resourceSpans": 7}', "cannot be read"),
        (b"[" * 100_000, "is nested too deep"),
        (b'{"a": "\xff"}', "is not UTF-8 text"),
        (envelope(7), "is no JSON object"),
        (envelope({}), "has no trace id"),
        (envelope({"traceId": TRACE}), "has no span id"),
        (envelope({"traceId": "anna@example.com", "spanId": "1"}), "has no trace id"),
        (b'{"data": [7]}', "is in a form"),
    ],
)
def test_what_is_no_span_says_why_and_nothing_of_itself(data: bytes, why: str) -> None:
    (bad,) = spans_in(data)
    assert isinstance(bad, BadSpan)
    assert why in f"{bad}"
    assert "anna" not in f"{bad}"


def test_a_bad_span_does_not_cost_its_neighbours() -> None:
    found = [*spans_in(envelope(*chat(), {"traceId": TRACE}, 7))]
    assert [isinstance(one, BadSpan) for one in found] == [False, False, False, True, True]


@pytest.mark.parametrize("hostile", [None, 7, "x", [], {}, [7], {"a": {"b": {}}}, [[[]]], True, "[{", '{"role": 7}'])
def test_attributes_of_any_kind_are_read_or_passed_over(hostile: Any) -> None:
    names = (
        *("gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.prompt.name", "gen_ai.response.model"),
        *("session.id", "user.id", "llm.input_messages.0.message.tool_calls.0.tool_call.function.arguments"),
        *("input.value", "gen_ai.tool.name", "gen_ai.tool.call.arguments", "gen_ai.prompt.version"),
    )
    for kind in ("chat", "execute_tool", "retrieval"):
        told_by = dict.fromkeys(names, hostile) | {"gen_ai.operation.name": kind}
        flat = {"traceId": TRACE, "spanId": "1", "attributes": told_by}
        thread_of([spans(flat)])
        observation = {"id": "o", "traceId": TRACE, "type": "TOOL" if kind == "execute_tool" else "GENERATION"}
        thread_of([spans(observation | dict.fromkeys(("input", "output", "name", "model", "startTime"), hostile))])


def test_a_name_that_is_somebodys_is_no_model_and_no_prompt() -> None:
    own = {"gen_ai__response__model": "anna.k@example.com", "gen_ai__prompt__name": "+7 701 123 45 67"}
    (one,) = spans(envelope(span(gen_ai__operation__name="chat", **own)))
    assert (one.model, one.prompt) == (None, None)


@pytest.mark.parametrize("events", [7, "x", {"name": "gen_ai.choice"}, True])
def test_events_that_are_no_list_are_none(events: Any) -> None:
    (held,) = spans_in(envelope(span(gen_ai__request__model="gpt-9") | {"events": events}))
    assert not isinstance(held, BadSpan)
    assert held.span.model == "gpt-9"


def test_a_long_name_is_not_written_once_more_for_all_that_stands_under_it() -> None:
    under = {"k" * 400_000: {str(number): 1 for number in range(100_000)}, "llm": {"model_name": "gpt-9"}}
    (held,) = spans_in(json.dumps({"traceId": TRACE, "spanId": "1" * 16, "attributes": under}).encode())
    assert not isinstance(held, BadSpan)
    assert held.span.model == "gpt-9"


def test_attributes_are_followed_as_deep_as_any_convention_goes_and_no_deeper() -> None:
    deep: Any = {str(number): 1 for number in range(50_000)}
    for _ in range(200):
        deep = {"a": [deep]}
    (held,) = spans_in(json.dumps({"traceId": TRACE, "spanId": "1" * 16, "attributes": deep | FLAT}).encode())
    assert not isinstance(held, BadSpan)
    assert held.span.model == "gpt-9"
