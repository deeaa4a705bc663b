import msgspec
import pytest

from casemill.domain.reply import Usage
from casemill.domain.ticket import ToolCall
from casemill.errors import OutsideError
from casemill.llm.chat import Ask, chat_body, read_chat
from llm.loopback import chat


def raw(value: object) -> bytes:
    return msgspec.json.encode(value)


def test_a_call_carries_model_messages_tools_and_parameters() -> None:
    tools = ({"type": "function", "function": {"name": "find_order"}},)
    body = msgspec.json.decode(chat_body(Ask("m", tools, {"temperature": 0}), [{"role": "user", "content": "hi"}]))
    assert body == {
        "model": "m",
        "temperature": 0,
        "tools": list(tools),
        "messages": [{"role": "user", "content": "hi"}],
    }


def test_text_calls_and_usage_are_read() -> None:
    calls = [{"id": "1", "type": "function", "function": {"name": "find_order", "arguments": '{"id": 7}'}}]
    reply = read_chat(raw(chat(None, tool_calls=calls)))
    assert reply.text == ""
    assert reply.calls == (ToolCall(name="find_order", arguments={"id": 7}),)
    assert reply.usage == Usage(input_tokens=11, output_tokens=5)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}, "ab"),
        ({"content": None, "refusal": "I cannot help."}, "I cannot help."),
        ({"content": ""}, ""),
        ({"content": "x", "tool_calls": None, "reasoning": "of another server"}, "x"),
    ],
)
def test_every_form_of_text_is_read(message: object, text: str) -> None:
    assert read_chat(raw({"choices": [{"message": message}]})).text == text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>gateway</html>",
        b"{}",
        b'{"choices": []}',
        b'{"error": {"message": "overloaded"}}',
        raw(chat(None, tool_calls=[{"function": {"name": "x", "arguments": "{not json"}}])),
        raw(chat(None, tool_calls=[{"function": {"name": "x", "arguments": "[1]"}}])),
        b'{"choices": [{"message": {"content": 4}}]}',
        b"\xff\xfe",
        b'{"choices": [{"message": {"content": "caf\xe9"}}]}',
    ],
)
def test_anything_else_is_an_error_of_the_outside(body: bytes) -> None:
    with pytest.raises(OutsideError, match="answer is"):
        read_chat(body)


@pytest.mark.parametrize("reason", ["length", "content_filter"])
def test_silence_that_was_cut_off_or_held_back_is_told_with_its_reason(reason: str) -> None:
    silent = {"choices": [{"message": {"content": None}, "finish_reason": reason}]}
    with pytest.raises(OutsideError, match=f"said nothing: it was ended by {reason}"):
        read_chat(raw(silent))
    spoken = {"choices": [{"message": {"content": "No ref"}, "finish_reason": reason}]}
    assert read_chat(raw(spoken)).text == "No ref"


def test_silence_of_its_own_is_left_to_be_told_by_who_asked() -> None:
    assert read_chat(raw({"choices": [{"message": {"content": ""}, "finish_reason": "stop"}]})).text == ""
