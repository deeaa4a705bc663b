"""The model calls of a trace become the conversation as the customer had it."""

from datetime import timedelta
from typing import Any

import pytest

import make
from casemill.ingest.spans import thread
from casemill.ingest.spans.thread import MOST_TURNS, thread_of
from casemill.ingest.spans.words import Span, Tool
from ingest.inbox import said


def message(role: str, content: str, **more: Any) -> dict[str, Any]:
    return {"role": role, "content": content, **more}


def model(second: int, *given: dict[str, Any], answer: str = "", calls: Any = (), trace: str = "t") -> Span:
    begun = make.NOW + timedelta(seconds=second)
    output = (message("assistant", answer, tool_calls=list(calls)),)
    return Span(
        trace, f"s{second}", "model", at=begun, until=begun + timedelta(seconds=0.5), input=given, output=output
    )


def tool(second: float, name: str, arguments: Any, result: str | None = None, id: str | None = None) -> Span:
    begun = make.NOW + timedelta(seconds=second)
    return Span("t", f"t{second}", "tool", at=begun, until=begun, tool=Tool(name, arguments, result, id))


def heard(*traces: list[Span]) -> list[tuple[str, str]]:
    return said(thread_of(traces).turns)


HI, WHERE = message("user", "hi"), message("user", "where is it?")
HELLO = message("assistant", "hello")


def test_history_told_again_by_every_call_is_told_once() -> None:
    spans = [model(0, HI, answer="hello"), model(2, HI, HELLO, WHERE, answer="on its way")]
    assert heard(spans) == [
        ("customer", "hi"),
        ("assistant", "hello"),
        ("customer", "where is it?"),
        ("assistant", "on its way"),
    ]
    assert heard(spans[::-1]) == heard(spans)


def test_history_that_was_trimmed_goes_on_where_it_overlaps() -> None:
    spans = [model(0, HI, answer="hello"), model(2, HELLO, WHERE, answer="on its way")]
    assert [text for _, text in heard(spans)] == ["hi", "hello", "where is it?", "on its way"]


def test_an_answer_that_no_later_call_remembers_was_no_reply() -> None:
    router = model(0, WHERE, answer='{"intent": "delivery"}')
    assert heard([router, model(1, WHERE, answer="on its way")]) == [
        ("customer", "where is it?"),
        ("assistant", "on its way"),
    ]


def test_traces_of_one_conversation_are_laid_in_the_order_of_time() -> None:
    first, second = [model(0, HI, answer="hello", trace="a")], [model(9, WHERE, answer="on its way", trace="b")]
    assert [text for _, text in heard(second, first)] == ["hi", "hello", "where is it?", "on its way"]


def test_a_tools_own_span_gives_its_result_to_the_call_that_the_model_made() -> None:
    call = {"id": "c1", "name": "get_order", "arguments": {"id": "7"}}
    spans = [model(0, WHERE, calls=[call]), tool(1, "get_order", {"id": "7"}, "lost", "c1")]
    assert heard(spans) == [("customer", "where is it?"), ("tool", "get_order → lost")]


def test_calls_alike_get_their_results_one_after_the_other() -> None:
    calls = [{"name": "look", "arguments": {}}, {"name": "look", "arguments": {}}]
    spans = [model(0, WHERE, calls=calls), tool(1, "look", {}, "first"), tool(2, "look", {}, "second")]
    assert heard(spans)[1:] == [("tool", "look → first"), ("tool", "look → second")]


def test_a_tool_call_that_no_message_holds_stands_before_what_was_said_after_it() -> None:
    spans = [
        model(0, HI, answer="hello"),
        tool(2, "refund", {"id": "7"}, "done"),
        model(3, HI, HELLO, WHERE, answer="ok"),
    ]
    assert heard(spans) == [
        ("customer", "hi"),
        ("assistant", "hello"),
        ("tool", "refund → done"),
        ("customer", "where is it?"),
        ("assistant", "ok"),
    ]


def test_a_trace_of_steps_alone_is_what_its_outermost_says() -> None:
    root = Span("t", "r", "other", input=(message("user", "hi"),), output=(message("assistant", "hello"),))
    inner = root._replace(span="i", parent="r", output=(message("assistant", "inner"),))
    assert heard([inner, root]) == [("customer", "hi"), ("assistant", "hello")]
    assert heard([]) == heard() == []


def test_of_a_trace_without_end_the_newest_is_kept_and_that_is_told() -> None:
    many = [message("user", f"question {number}") for number in range(MOST_TURNS + 50)]
    found = thread_of([[model(0, *many, answer="enough")]])
    assert found.is_cut
    assert len(found.turns) == MOST_TURNS
    assert found.turns[-1].text == "enough"


def test_arguments_without_bottom_are_cut_off() -> None:
    deep: Any = {}
    for _ in range(300):
        deep = {"a": deep}
    (turn,) = thread_of([[tool(0, "dig", deep, "x")]]).turns
    assert turn.call
    assert turn.call.arguments == {"text": "(nested too deep to be read)"}


def test_of_calls_that_repeat_a_long_history_the_last_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread, "MOST_REPEATED", 4)
    spans = [model(0, HI, answer="forgotten"), model(1, WHERE, answer="ok"), model(2, HELLO, answer="bye")]
    assert [text for _, text in heard(spans)] == ["where is it?", "ok", "hello", "bye"]
    monkeypatch.setattr(thread, "MOST_REPEATED", 0)
    assert [text for _, text in heard(spans)] == ["hello", "bye"]
