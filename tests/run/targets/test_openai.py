from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.ticket import ToolCall
from casemill.errors import OutsideError, SettingsError
from llm.loopback import chat, response, saying, serving
from run.targets.asking import ask


def table(url: str, **more: Any) -> dict[str, Any]:
    return {"kind": "openai", "base_url": f"{url}/v1/", "model": "m", **more}


def test_turns_become_messages_and_the_answer_a_reply() -> None:
    calls = [{"id": "1", "function": {"name": "issue_refund", "arguments": '{"order": "[ORDER_1]"}'}}]
    with serving(saying(chat("Not yet.", tool_calls=calls))) as server:
        (reply,) = ask(table(server.url, system="Be kind.", params={"temperature": 0}))
    seen = server.seen[0]
    assert seen.path == "/v1/chat/completions"
    assert seen.headers["Authorization"] is None
    assert seen.json["temperature"] == 0
    assert seen.json["messages"] == [
        {"role": "system", "content": "Be kind."},
        {
            "role": "user",
            "content": 'What is known about this conversation: {"plan":"Plus","articles":["KB-1@2"]}',
        },
        {"role": "user", "content": 'where is "[ORDER_1]"?\n{{context.plan}}'},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [
                {
                    "id": "call_2",
                    "type": "function",
                    "function": {"name": "find_order", "arguments": '{"id":"[ORDER_1]"}'},
                }
            ],
        },
        {"role": "tool", "tool_call_id": "call_2", "content": "lost"},
        {"role": "assistant", "content": "It is lost."},
        {"role": "assistant", "content": "We look for it."},
        {"role": "user", "content": "and now?"},
    ]
    assert reply.text == "Not yet."
    assert reply.calls == (ToolCall(name="issue_refund", arguments={"order": "[ORDER_1]"}),)
    assert reply.usage is not None
    assert reply.usage.input_tokens == 11
    assert reply.latency_ms is not None


def test_the_key_comes_from_its_variable_and_the_prompt_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "bot.md").write_text("Be brief.")
    with serving(saying(chat())) as server:
        bot = table(server.url, api_key_env="BOT_KEY", system="@bot.md", context="leave_out")
        ask(bot, make.case(), root=tmp_path, environ={"BOT_KEY": "sk-secret"})
        assert server.seen[0].headers["Authorization"] == "Bearer sk-secret"
        assert server.seen[0].json["messages"][0]["content"] == "Be brief."
        assert len(server.seen[0].json["messages"]) == 2
        with pytest.raises(SettingsError, match="variable BOT_KEY is not set"):
            ask(bot, root=tmp_path)
        with pytest.raises(SettingsError, match=r"system prompt gone\.md cannot be read"):
            ask(table(server.url, system="@gone.md"), root=tmp_path)


def test_an_answer_that_is_no_completion_is_an_error() -> None:
    with serving(saying(b"<html>")) as server, pytest.raises(OutsideError, match="not a chat completion"):
        ask(table(server.url))


def test_what_is_expected_is_never_told() -> None:
    with serving(saying(chat())) as server:
        ask(table(server.url), make.case())
    assert b"No refund was started" not in server.seen[0].body
    assert b"processed your refund" not in server.seen[0].body


def test_the_responses_form_is_chosen_by_one_key() -> None:
    call = {"type": "function_call", "call_id": "1", "name": "issue_refund", "arguments": '{"order": "[ORDER_1]"}'}
    said = {"type": "message", "content": [{"type": "output_text", "text": "Not yet."}]}
    tool = {"type": "function", "function": {"name": "issue_refund", "parameters": {"type": "object"}}}
    with serving(saying(response(said, call))) as server:
        bot = table(server.url, api="responses", system="Be kind.", tools=[tool], api_key_env="BOT_KEY")
        (reply,) = ask(bot, environ={"BOT_KEY": "sk-secret"})
    seen = server.seen[0]
    assert seen.path == "/v1/responses"
    assert seen.headers["Authorization"] == "Bearer sk-secret"
    assert (seen.json["instructions"], seen.json["store"]) == ("Be kind.", False)
    assert [item.get("role", item.get("type")) for item in seen.json["input"]] == [
        *("user", "user", "function_call", "function_call_output", "assistant", "assistant", "user")
    ]
    assert seen.json["tools"] == [{"type": "function", "name": "issue_refund", "parameters": {"type": "object"}}]
    assert (reply.text, reply.calls) == (
        "Not yet.",
        (ToolCall(name="issue_refund", arguments={"order": "[ORDER_1]"}),),
    )
    assert reply.usage is not None
    assert reply.usage.input_tokens == 11


def test_two_models_are_compared_by_changing_their_address_and_name_alone() -> None:
    with serving(saying(chat("one"))) as first, serving(saying(chat("two"))) as second:
        tables = {
            "a": table(first.url, system="Be kind.", params={"temperature": 0}),
            "b": {"like": "a", "base_url": f"{second.url}/v1", "model": "n"},
        }
        assert [ask(tables[name], name=name, tables=tables)[0].text for name in tables] == ["one", "two"]
        sent = [server.seen[0].json for server in (first, second)]
    assert [body.pop("model") for body in sent] == ["m", "n"]
    assert sent[0] == sent[1]
