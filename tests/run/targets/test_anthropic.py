from typing import Any

import pytest

import make
from casemill.domain.ticket import ToolCall
from casemill.errors import OutsideError, SettingsError
from llm.loopback import claude, saying, serving
from run.targets.asking import TALK, ask


def table(url: str, **more: Any) -> dict[str, Any]:
    return {"kind": "anthropic", "base_url": f"{url}/v1", "model": "m", **more}


def test_turns_become_messages_and_the_answer_a_reply() -> None:
    use = {"type": "tool_use", "id": "t", "name": "issue_refund", "input": {"order": "[ORDER_1]"}}
    with serving(saying(claude({"type": "text", "text": "Not yet."}, use))) as server:
        bot = table(server.url, system="Be kind.", api_key_env="BOT_KEY", params={"stop_sequences": ["END"]})
        (reply,) = ask(bot, TALK, environ={"BOT_KEY": "sk-secret"})
    seen = server.seen[0]
    assert seen.path == "/v1/messages"
    assert (seen.headers["x-api-key"], seen.headers["anthropic-version"]) == ("sk-secret", "2026-10-21")
    assert seen.headers["Authorization"] is None
    assert (seen.json["system"], seen.json["stop_sequences"], seen.json["max_tokens"]) == ("Be kind.", ["END"], 4096)
    assert [message["role"] for message in seen.json["messages"]] == ["user", "assistant", "user", "assistant", "user"]
    assert seen.json["messages"][-1]["content"] == [{"type": "text", "text": "and now?"}]
    assert (reply.text, reply.calls) == (
        "Not yet.",
        (ToolCall(name="issue_refund", arguments={"order": "[ORDER_1]"}),),
    )
    assert reply.usage is not None
    assert reply.latency_ms is not None


def test_context_may_stand_in_the_system_prompt() -> None:
    with serving(saying(claude({"type": "text", "text": "hi"}))) as server:
        ask(table(server.url, system="Be kind.", context="system"), TALK)
    body = server.seen[0].json
    assert body["system"].startswith("Be kind.\n\nWhat is known about this conversation: {")
    assert body["messages"][0]["content"][0]["text"].startswith("where is")


def test_a_missing_key_is_told_and_an_answer_that_is_none_is_an_error() -> None:
    with serving(saying({"type": "error", "error": {"message": "x"}})) as server:
        with pytest.raises(SettingsError, match="variable BOT_KEY is not set"):
            ask(table(server.url, api_key_env="BOT_KEY"))
        with pytest.raises(OutsideError, match="not a message"):
            ask(table(server.url))


def test_what_is_expected_is_never_told() -> None:
    with serving(saying(claude({"type": "text", "text": "hi"}))) as server:
        ask(table(server.url), make.case())
    assert b"No refund was started" not in server.seen[0].body
    assert b"processed your refund" not in server.seen[0].body


def test_how_an_answer_is_drawn_can_only_be_said_in_the_older_version() -> None:
    params = {"temperature": 0, "top_p": 1}
    with serving(saying(claude({"type": "text", "text": "hi"}))) as server:
        ask(table(server.url, params=params, version="2023-06-01"))
        assert server.seen[0].headers["anthropic-version"] == "2023-06-01"
        assert server.seen[0].json["temperature"] == 0
        with pytest.raises(
            SettingsError, match=r"may not hold temperature, top_p in version 2026-10-21; write version"
        ):
            ask(table(server.url, params=params))
        assert len(server.seen) == 1
