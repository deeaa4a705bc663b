from collections import Counter
from typing import Any

import msgspec
import pytest

import make
from casemill.domain.case import Input, Said
from casemill.domain.reply import Reply, Usage
from casemill.domain.ticket import ToolCall
from casemill.errors import OutsideError, SettingsError, UsageError
from llm.loopback import Act, saying, serving
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


def test_tokens_and_cost_are_picked_by_paths_too() -> None:
    answer = {"answer": "x", "meta": {"usage": {"in": 100, "out": 20}, "usd": 0.002}}
    paths = {"text": "$.answer", "input_tokens": "$.meta.usage.in", "output_tokens": "$.meta.usage.out"}
    with serving(saying(answer)) as server:
        (reply,) = ask(table(server.url, reply=paths | {"cost": "$.meta.usd"}))
        assert (reply.usage, reply.cost) == (Usage(input_tokens=100, output_tokens=20), 0.002)
        assert ask(table(server.url, reply=paths, price={"input": 10.0, "output": 50.0}))[0].cost == 0.002


def test_a_charset_that_the_header_names_is_read_and_one_that_is_a_lie_is_an_error() -> None:
    plain = saying("Привет".encode("cp1251"), Content_Type="text/plain; charset=windows-1251")
    json = saying('{"text": "Привет"}'.encode("cp1251"), Content_Type="application/json; charset=windows-1251")
    lie = saying("Привет".encode("cp1251"), Content_Type="text/plain; charset=utf-8")
    with serving(plain, json, json, lie) as server:
        assert ask(table(server.url))[0].text == "Привет"
        assert ask(table(server.url))[0].text == "Привет"
        assert ask(table(server.url, reply={"text": "$.text"}))[0].text == "Привет"
        with pytest.raises(OutsideError, match="not UTF-8 text"):
            ask(table(server.url))


def test_a_page_to_sign_in_is_no_reply() -> None:
    page = saying(b"<!doctype html><title>Sign in</title>")
    with serving(page) as server, pytest.raises(OutsideError, match="the answer is a web page"):
        ask(table(server.url))


def stream(*events: str) -> Act:
    raw = "".join(f": keep alive\n\n{event}\n\n" for event in events).encode()
    return saying(raw, Content_Type="text/event-stream; charset=utf-8")


def test_a_stream_of_events_is_put_together_by_the_paths() -> None:
    events = (
        'event: delta\r\ndata: {"delta": "No\u2028refund "}',
        'data: {"delta": "yet.", "sources": ["KB-1@2"], "sure": 0.2}',
        'id: 3\ndata: {"sources": ["KB-3@1"], "sure": 0.8,\ndata:  "done": true}',
        "data: [DONE]",
    )
    paths = {"text": "$.delta", "citations": "$.sources", "confidence": "$.sure", "intent": "$.intent"}
    with serving(stream(*events), stream(*events[:1])) as server:
        (reply,) = ask(table(server.url, reply=paths))
        (short,) = ask(table(server.url, reply=paths))
    assert (reply.text, reply.citations, reply.confidence) == ("No\u2028refund yet.", ("KB-1@2", "KB-3@1"), 0.8)
    assert reply.intent is None
    assert short.text == "No\u2028refund "


def test_a_stream_of_plain_texts_needs_no_path_and_half_a_stream_is_an_error() -> None:
    with serving(stream("data: No refund", "data:  yet.\ndata: Sorry.", "data: [DONE]")) as server:
        assert ask(table(server.url))[0].text == "No refund yet.\nSorry."
    torn = stream('data: {"delta": "No"}', 'data: {"delta": "re')
    with serving(torn) as server, pytest.raises(OutsideError, match="event 2 of the answer is not JSON"):
        ask(table(server.url, reply={"text": "$.delta"}))


def test_a_talk_has_an_id_that_its_turns_share_and_no_other_talk_has() -> None:
    turns = (Said(customer="a"), Said(assistant="b"), Said(customer="c"))
    live = make.case(input=Input(turns=turns, live=True))
    bot = {"body": {"session": "{{talk}}", "say": "{{input}}"}}
    with serving(saying({"text": "ok"})) as server:
        for _ in range(2):
            ask(table(server.url, **bot), live, live)
        sent = [seen.json for seen in server.seen]
    sessions = Counter(one["session"] for one in sent)
    assert list(sessions.values()) == [2, 2, 2, 2]
    assert all({one["say"] for one in sent if one["session"] == session} == {"a", "c"} for session in sessions)
