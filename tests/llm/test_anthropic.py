from typing import Any

import msgspec
import pytest

from casemill.domain.reply import Usage
from casemill.domain.ticket import ToolCall
from casemill.errors import OutsideError
from casemill.llm.anthropic import GREETED, anthropic_body, read_anthropic
from casemill.llm.chat import Ask
from llm.loopback import claude

SCHEMA = {"type": "object", "properties": {"id": {"type": "string"}}}


def sent(*messages: dict[str, Any], tools: tuple[dict[str, Any], ...] = (), **params: Any) -> Any:
    return msgspec.json.decode(anthropic_body(Ask("m", tools, params), messages))


def text(said: str) -> dict[str, str]:
    return {"type": "text", "text": said}


def test_each_side_speaks_in_turn_and_calls_and_results_are_blocks() -> None:
    call = {"id": "call_2", "type": "function", "function": {"name": "find_order", "arguments": '{"id":"[ORDER_1]"}'}}
    body = sent(
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "What is known: {}"},
        {"role": "user", "content": "where is it?"},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_2", "content": "lost"},
        {"role": "assistant", "content": "It is lost."},
        {"role": "assistant", "content": "We look for it."},
        {"role": "user", "content": "and now?"},
    )
    assert body == {
        "model": "m",
        "max_tokens": 4096,
        "system": "Be kind.",
        "messages": [
            {"role": "user", "content": [text("What is known: {}"), text("where is it?")]},
            {
                "role": "assistant",
                "content": [{"type": "tool_use", "id": "call_2", "name": "find_order", "input": {"id": "[ORDER_1]"}}],
            },
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "call_2", "content": "lost"}]},
            {"role": "assistant", "content": [text("It is lost."), text("We look for it.")]},
            {"role": "user", "content": [text("and now?")]},
        ],
    }


def test_the_customers_side_begins_and_no_text_is_empty() -> None:
    body = sent(
        {"role": "assistant", "content": "Hello, I am the bot."},
        {"role": "user", "content": " "},
        {"role": "user", "content": "hi"},
    )
    assert body["messages"] == [
        {"role": "user", "content": [text(GREETED)]},
        {"role": "assistant", "content": [text("Hello, I am the bot.")]},
        {"role": "user", "content": [text("hi")]},
    ]


def test_tools_of_the_chat_form_are_put_into_this_form_and_parameters_win() -> None:
    tools = (
        {"type": "function", "function": {"name": "find_order", "description": "Finds it.", "parameters": SCHEMA}},
        {"type": "function", "function": {"name": "now"}},
        {"name": "own", "input_schema": SCHEMA},
    )
    body = sent({"role": "user", "content": "hi"}, tools=tools, max_tokens=50, temperature=0)
    assert (body["max_tokens"], body["temperature"]) == (50, 0)
    assert body["tools"] == [
        {"name": "find_order", "description": "Finds it.", "input_schema": SCHEMA},
        {"name": "now", "input_schema": {"type": "object", "properties": {}}},
        {"name": "own", "input_schema": SCHEMA},
    ]


def test_text_calls_and_usage_are_read_and_thinking_is_not() -> None:
    reply = read_anthropic(
        msgspec.json.encode(
            claude(
                {"type": "thinking", "thinking": "hm", "signature": "x"},
                text("I look. "),
                {"type": "tool_use", "id": "t1", "name": "find_order", "input": {"id": 7}},
                text("One moment."),
            )
        )
    )
    assert reply.text == "I look. One moment."
    assert reply.calls == (ToolCall(name="find_order", arguments={"id": 7}),)
    assert reply.usage == Usage(input_tokens=14, output_tokens=5)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>", "not a message"),
        (b'{"content": [{"type": "text", "text": "caf\xe9"}]}', "not a message"),
        (b'{"content": "text"}', "not a message"),
        (b'{"content": [{"type": "tool_use", "name": "x", "input": "y"}]}', "not a message"),
        (b'{"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}', "not a message"),
        (b'{"content": [], "stop_reason": "refusal"}', "said nothing: it was ended by refusal"),
        (b'{"content": [], "stop_reason": "max_tokens"}', "said nothing: it was ended by max_tokens"),
    ],
)
def test_anything_else_is_an_error_of_the_outside(body: bytes, message: str) -> None:
    with pytest.raises(OutsideError, match=message):
        read_anthropic(body)


def test_an_answer_that_was_cut_off_in_the_middle_is_what_the_customer_would_see() -> None:
    assert read_anthropic(msgspec.json.encode(claude(text("No ref"), stop_reason="max_tokens"))).text == "No ref"
