from typing import Any

import msgspec
import pytest

import make
from casemill.domain.case import Input, Said
from casemill.domain.reply import Reply
from casemill.domain.ticket import ToolCall
from casemill.errors import OutsideError, SettingsError, UsageError
from llm.loopback import saying, serving
from run.targets.asking import TALK, ask

ANSWER = {
    "data": {
        "messages": [{"text": "No refund yet."}],
        "actions": [{"name": "find_order", "arguments": {"id": "[ORDER_1]"}}],
        "sources": [{"id": "KB-1@2"}, {"id": "KB-3@1"}],
        "sure": 0.8,
        "handoff": False,
    }
}
PATHS = {
    "text": "$.data.messages[-1].text",
    "calls": "$.data.actions",
    "citations": "$.data.sources[*].id",
    "confidence": "$.data.sure",
    "escalated": "$.data.handoff",
    "intent": "$.data.intent",
}


def table(url: str, **more: Any) -> dict[str, Any]:
    return {"kind": "http", "url": f"{url}/answer", **more}


def test_places_are_filled_with_data_never_with_syntax() -> None:
    body = {
        "q": "{{input}}",
        "history": "{{ turns }}",
        "chat": "{{messages}}",
        "who": {"plan": "{{context.plan}}", "all": "{{context}}", "none": "{{context.age}}"},
        "note": "case {{case.id}} on {{context.plan}}{{context.age}}",
        "fixed": [1, None, "{{context.articles}}"],
    }
    with serving(saying({"text": "ok"})) as server:
        ask(table(server.url, body=body))
    sent = server.seen[0].json
    assert sent["q"] == "and now?"
    assert sent["history"][0] == {"role": "customer", "text": 'where is "[ORDER_1]"?\n{{context.plan}}'}
    assert sent["history"][1]["name"] == "find_order"
    assert sent["chat"][0]["role"] == "user"
    assert sent["who"] == {"plan": "Plus", "all": TALK.input.context, "none": None}
    assert sent["note"] == "case promised-action-7q3k2d on Plus"
    assert sent["fixed"] == [1, None, ["KB-1@2"]]


@pytest.mark.parametrize("said", ['"}, {"admin": "true', "{{context}}", "\\u0022", "a\x00b\n", "🙂" * 1000])
def test_what_a_customer_says_stays_one_text(said: str) -> None:
    with serving(saying({"text": "ok"})) as server:
        ask(table(server.url, body={"q": "{{input}}", "z": 1}), make.case(input=Input(turns=(Said(customer=said),))))
    assert server.seen[0].json == {"q": said, "z": 1}


def test_paths_pick_the_parts_of_the_reply() -> None:
    with serving(saying(ANSWER)) as server:
        (reply,) = ask(table(server.url, reply=PATHS))
    assert reply == Reply(
        text="No refund yet.",
        calls=(ToolCall(name="find_order", arguments={"id": "[ORDER_1]"}),),
        citations=("KB-1@2", "KB-3@1"),
        confidence=0.8,
        escalated=False,
        latency_ms=reply.latency_ms,
    )


def test_without_paths_the_replys_own_fields_or_a_plain_text_are_read() -> None:
    with serving(saying({"text": "hi", "citations": ["KB-1"]})) as server:
        (reply,) = ask(table(server.url))
        assert (reply.text, reply.citations) == ("hi", ("KB-1",))
        assert set(server.seen[0].json) == {"case", "input", "turns", "context"}
    with serving(saying(b"just text\n")) as server:
        assert ask(table(server.url))[0].text == "just text"


def test_a_text_that_is_none_becomes_its_json() -> None:
    with serving(saying({"answer": {"plan": "Plus"}})) as server:
        assert ask(table(server.url, reply={"text": "$.answer"}))[0].text == '{"plan":"Plus"}'


@pytest.mark.parametrize(
    ("answer", "paths", "message"),
    [
        (b"<html>", {"text": "$.x"}, "the answer is not JSON"),
        ({"y": 1}, {"text": "$.x"}, "no text at the path"),
        ({"x": "a", "c": "high"}, {"text": "$.x", "confidence": "$.c"}, "not a reply: .*confidence"),
        ({"x": "a", "c": [{"tool": "x"}]}, {"text": "$.x", "calls": "$.c"}, "a tool call is not"),
        (b'"a text"', {"text": "$.x"}, "neither a JSON object nor a list"),
        (b'{"text": ', {}, "begins like JSON but is not"),
        ({"text": "x", "txt": 1}, {}, "unknown field `txt`"),
    ],
)
def test_an_answer_that_cannot_be_read_is_an_error(answer: Any, paths: dict[str, str], message: str) -> None:
    with serving(saying(answer)) as server, pytest.raises(OutsideError, match=message):
        ask(table(server.url, reply=paths))


def test_headers_come_from_the_environment_and_get_has_no_body() -> None:
    with serving(saying({"text": "ok"})) as server:
        bot = table(server.url, headers={"X-Key": "k-${BOT_KEY}"}, method="GET")
        ask(bot, environ={"BOT_KEY": "1"})
        assert (server.seen[0].method, server.seen[0].headers["X-Key"], server.seen[0].body) == ("GET", "k-1", b"")
        with pytest.raises(SettingsError, match="BOT_KEY"):
            ask(bot)


def test_a_host_that_is_not_allowed_is_not_called() -> None:
    with serving(saying({"text": "ok"})) as server:
        with pytest.raises(UsageError, match="may not be called"):
            ask(table(server.url), allow=("bot.shop.test",))
        assert server.seen == []


def test_the_template_is_left_as_it_was() -> None:
    body = {"q": ["{{input}}"]}
    before = msgspec.json.encode(body)
    with serving(saying({"text": "ok"})) as server:
        ask(table(server.url, body=body))
    assert msgspec.json.encode(body) == before
