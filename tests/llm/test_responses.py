from typing import Any

import msgspec
import pytest

from casemill.domain.reply import Usage
from casemill.domain.ticket import ToolCall
from casemill.errors import OutsideError
from casemill.llm.chat import Ask
from casemill.llm.responses import read_responses, responses_body
from llm.loopback import response

FIND = {"name": "find_order", "description": "Finds it.", "parameters": {"type": "object"}}


def test_chat_messages_become_instructions_and_input_items() -> None:
    messages: list[dict[str, Any]] = [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "where is it?"},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "call_2", "type": "function", "function": {"name": "find_order", "arguments": "{}"}}],
        },
        {"role": "tool", "tool_call_id": "call_2", "content": "lost"},
        {"role": "assistant", "content": "It is lost."},
        {"role": "user", "content": "and now?"},
    ]
    tools = ({"type": "function", "function": FIND}, {"type": "web_search"})
    body = msgspec.json.decode(responses_body(Ask("m", tools, {"temperature": 0}), messages))
    assert body == {
        "model": "m",
        "store": False,
        "temperature": 0,
        "instructions": "Be kind.",
        "input": [
            {"role": "user", "content": "where is it?"},
            {"type": "function_call", "call_id": "call_2", "name": "find_order", "arguments": "{}"},
            {"type": "function_call_output", "call_id": "call_2", "output": "lost"},
            {"role": "assistant", "content": "It is lost."},
            {"role": "user", "content": "and now?"},
        ],
        "tools": [{"type": "function", **FIND}, {"type": "web_search"}],
    }


def test_nothing_is_stored_on_the_other_side_unless_it_is_asked_for() -> None:
    def stored(**params: object) -> object:
        return msgspec.json.decode(responses_body(Ask("m", (), params), [{"role": "user", "content": "hi"}]))["store"]

    assert stored() is False
    assert stored(store=True) is True


def test_text_calls_and_usage_are_read_and_reasoning_is_not() -> None:
    reply = read_responses(
        msgspec.json.encode(
            response(
                {"type": "reasoning", "summary": [], "content": None},
                {
                    "type": "message",
                    "content": [{"type": "output_text", "text": "a"}, {"type": "output_text", "text": "b"}],
                },
                {"type": "function_call", "call_id": "1", "name": "find_order", "arguments": '{"id": 7}'},
                {"type": "mcp_call", "name": "ask_shop", "arguments": "{}", "output": "open"},
            )
        )
    )
    assert reply.text == "ab"
    assert reply.calls == (
        ToolCall(name="find_order", arguments={"id": 7}),
        ToolCall(name="ask_shop", arguments={}, result="open"),
    )
    assert reply.usage == Usage(input_tokens=11, output_tokens=5)


def test_a_refusal_is_what_was_said() -> None:
    refusal = {"type": "message", "content": [{"type": "refusal", "refusal": "I cannot help."}]}
    assert read_responses(msgspec.json.encode(response(refusal))).text == "I cannot help."


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>", "not a response"),
        (b"{}", "not a response"),
        (
            b'{"output": [{"type": "message", "content": [{"type": "output_text", "text": "caf\xe9"}]}]}',
            "not a response",
        ),
        (b'{"output": [{"type": "message", "content": "text"}]}', "not a response"),
        (b'{"output": [{"type": "function_call", "name": "x", "arguments": "{torn"}]}', "not a response"),
        (b'{"output": [{"type": "function_call", "name": "x", "arguments": [1]}]}', "not a response"),
        (b'{"output": [], "status": "failed", "error": {"message": "overloaded"}}', "the model failed: overloaded"),
        (b'{"output": [], "status": "failed", "error": null}', "the model failed: no reason is given"),
        (
            b'{"output": [], "status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}}',
            "said nothing: it was ended by max_output_tokens",
        ),
    ],
)
def test_anything_else_is_an_error_of_the_outside(body: bytes, message: str) -> None:
    with pytest.raises(OutsideError, match=message):
        read_responses(body)
