"""A talk played live: each recorded answer to the customer gives way to what the AI under test says now."""

from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.case import Case, Input, Said
from casemill.domain.reply import Reply, Usage
from casemill.domain.run import RunHead
from casemill.domain.ticket import ToolCall
from casemill.errors import TargetError
from casemill.run.live import MOST_ROUNDS, joined, recorded_answers, said_by
from casemill.run.record import Recorder, read_run
from casemill.run.targets import Around, read_target
from casemill.run.trials import Terms, Watch, run_suite
from casemill.suite.files import case_text, parse_case
from llm.loopback import Handler, chat, saying, serving
from run.targets.asking import ask

FIND = ToolCall(name="find_order", arguments={"id": "[ORDER_1]"}, result="lost")


def turns(*said: str | ToolCall) -> tuple[Said, ...]:
    """`c:`, `a:` and `h:` begin what customer, assistant and human agent say."""
    roles = {"c": "customer", "a": "assistant", "h": "agent"}
    return tuple(
        Said(tool=one) if isinstance(one, ToolCall) else Said(**{roles[one[0]]: one[2:]})  # type: ignore[arg-type]
        for one in said
    )


def talk(*said: str | ToolCall, live: bool = True) -> Case:
    return make.case(input=Input(turns=turns(*said), context={"plan": "Plus"}, live=live))


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        (("c:a",), []),
        (("c:a", "a:b", "c:c"), [(1, 2)]),
        (("c:a", FIND, "a:b", "c:c", "a:d", "c:e"), [(1, 3), (4, 5)]),
        (("c:a", "a:b", FIND, "a:c", "c:d"), [(1, 4)]),
        (("c:a", "c:b", "a:c", "c:d"), [(2, 3)]),
        (("a:hello", "c:a"), []),
        (("c:a", FIND, "c:b"), []),
        (("c:a", "h:b", "a:c", "c:d"), []),
        (("c:a", "a:b", "h:c", "c:d"), [(1, 2)]),
    ],
)
def test_an_answer_is_what_the_assistant_did_and_said_straight_after_the_customer(
    said: tuple[str | ToolCall, ...], answers: list[tuple[int, int]]
) -> None:
    assert list(recorded_answers(turns(*said))) == answers


def test_each_turn_is_asked_anew_with_what_was_said_before() -> None:
    case = talk("c:where is it?", FIND, "a:It is lost.", "c:and now?", "a:We pay it back.", "c:really?")
    with serving(saying(chat("Not found.")), saying(chat("I cannot say.")), saying(chat("No."))) as server:
        bot = {"kind": "openai", "base_url": server.url, "model": "m", "context": "leave_out"}
        (reply,) = ask(bot, case)
    sent = [[message["content"] for message in seen.json["messages"]] for seen in server.seen]
    assert sent == [
        ["where is it?"],
        ["where is it?", "Not found.", "and now?"],
        ["where is it?", "Not found.", "and now?", "I cannot say.", "really?"],
    ]
    assert reply.text == "No."
    assert [before.text for before in reply.before] == ["Not found.", "I cannot say."]
    assert all(one.latency_ms and one.usage for one in (reply, *reply.before))


def test_frozen_turns_are_sent_as_they_stand_and_asked_once() -> None:
    case = talk("c:where is it?", "a:It is lost.", "c:and now?", live=False)
    with serving(saying(chat("No."))) as server:
        (reply,) = ask({"kind": "openai", "base_url": server.url, "model": "m", "context": "leave_out"}, case)
    assert [message["content"] for message in server.seen[0].json["messages"]] == [
        "where is it?",
        "It is lost.",
        "and now?",
    ]
    assert (len(server.seen), reply.before) == (1, ())


def test_a_call_that_came_is_told_with_the_result_that_the_same_call_was_recorded_with() -> None:
    same = ToolCall(name="find_order", arguments={"id": "[ORDER_1]"})
    other = ToolCall(name="find_order", arguments={"id": "[ORDER_2]"})
    own = ToolCall(name="find_order", arguments={"id": "[ORDER_1]"}, result="found")
    assert list(said_by(Reply(text="x", calls=(same, other, own)), turns(FIND))) == [
        Said(tool=FIND),
        Said(tool=other),
        Said(tool=own),
        Said(assistant="x"),
    ]


def wants(*calls: tuple[str, str]) -> dict[str, Any]:
    """A completion that names tool calls and says nothing."""
    functions = [{"name": name, "arguments": arguments} for name, arguments in calls]
    return chat(None, tool_calls=[{"id": f"c{n}", "function": one} for n, one in enumerate(functions)])


LOST = ("find_order", '{"id": "[ORDER_1]"}')
OTHER = ("find_order", '{"id": "[ORDER_2]"}')
TALK = ("c:where is it?", FIND, "a:It is lost.", "c:and now?")


def test_a_model_that_wants_a_recorded_call_is_told_its_result_and_asked_on() -> None:
    acts = (wants(LOST), chat("I see that it is lost."), chat("We look for it."))
    with serving(*map(saying, acts)) as server:
        bot = {"kind": "openai", "base_url": server.url, "model": "m", "context": "leave_out"}
        (reply,) = ask(bot | {"price": {"input": 1.0, "output": 2.0}}, talk(*TALK))
    sent = [seen.json["messages"] for seen in server.seen]
    assert [[message["role"] for message in messages] for messages in sent] == [
        ["user"],
        ["user", "assistant", "tool"],
        ["user", "assistant", "tool", "assistant", "user"],
    ]
    assert sent[1][2]["content"] == "lost"
    (first,) = reply.before
    assert (first.text, first.calls) == ("I see that it is lost.", (FIND,))
    assert first.usage == Usage(input_tokens=22, output_tokens=10)
    assert first.cost == pytest.approx(42 / 1_000_000)
    assert reply.text == "We look for it."


def test_a_call_that_nobody_recorded_ends_the_answer() -> None:
    with serving(saying(wants(LOST)), saying(wants(LOST, OTHER)), saying(chat("We look for it."))) as server:
        (reply,) = ask({"kind": "openai", "base_url": server.url, "model": "m"}, talk(*TALK))
    assert len(server.seen) == 3
    assert [call.result for call in reply.before[0].calls] == ["lost", "lost", None]
    assert reply.text == "We look for it."


def test_a_model_that_wants_the_same_for_ever_is_not_asked_for_ever() -> None:
    with serving(saying(wants(LOST))) as server:
        (reply,) = ask({"kind": "openai", "base_url": server.url, "model": "m"}, talk(*TALK))
    assert len(server.seen) == 2 * MOST_ROUNDS
    assert reply.calls == (FIND,) * MOST_ROUNDS


def test_a_bot_makes_its_calls_itself_and_is_asked_once_a_turn() -> None:
    call = {"name": "find_order", "arguments": {"id": "[ORDER_1]"}}
    with serving(saying({"text": "", "calls": [call]})) as server:
        (reply,) = ask({"kind": "http", "url": server.url}, talk(*TALK))
        assert len(server.seen) == 2
        assert server.seen[1].json["turns"][1]["result"] == "lost"
    assert reply.before[0].calls[0].result is None


def test_a_frozen_talk_is_asked_once_whatever_the_model_wants() -> None:
    with serving(saying(wants(LOST))) as server:
        (reply,) = ask({"kind": "openai", "base_url": server.url, "model": "m"}, talk(*TALK, live=False))
        assert len(server.seen) == 1
    assert reply.calls[0].result is None


def test_a_draft_that_was_held_back_was_not_said() -> None:
    assert list(said_by(Reply(text="a draft", draft_shown=False), ())) == []
    assert list(said_by(Reply(text="a person takes over", escalated=True), ())) == [
        Said(assistant="a person takes over")
    ]


def test_a_turn_without_an_answer_ends_the_talk_and_is_named() -> None:
    case = talk("c:a", "a:b", "c:c", "a:d", "c:e")
    with serving(saying(chat("fine")), saying(chat(" "))) as server:
        bot = {"kind": "openai", "base_url": server.url, "model": "m"}
        with pytest.raises(TargetError, match="answer 2 of 3: the target answered nothing"):
            ask(bot, case)
        assert len(server.seen) == 2
    first = r"answer 1 of 3: 127\.0\.0\.1:\d+ answered 400"
    with serving(saying(b"", status=400)) as server, pytest.raises(TargetError, match=first):
        ask(bot | {"base_url": server.url}, case)


def test_the_tokens_of_every_turn_have_their_price() -> None:
    case = talk("c:a", "a:b", "c:c")
    with serving(saying(chat("x"))) as server:
        bot = {"kind": "openai", "base_url": server.url, "model": "m", "price": {"input": 1.0, "output": 2.0}}
        (reply,) = ask(bot, case)
    assert [one.cost for one in (reply, *reply.before)] == [pytest.approx(21 / 1_000_000)] * 2


def test_what_a_bot_says_of_its_own_cost_stands(tmp_path: Path) -> None:
    own = {"text": "x", "cost": 0.5, "usage": {"input_tokens": 10}}
    priced = {"kind": "http", "price": {"input": 1.0}}
    with serving(saying(own), saying({"text": "x"})) as server:
        assert ask(priced | {"url": server.url})[0].cost == 0.5
        assert ask(priced | {"url": server.url})[0].cost is None


@pytest.mark.parametrize("kind", ["http", "python", "command"])
def test_every_kind_of_target_can_play_live(kind: str, tmp_path: Path) -> None:
    import sys

    (tmp_path / "live_bot.py").write_text(
        "import json, sys\n"
        "def answer(turns, context):\n"
        "    return f\"{len(turns)} turns, last {turns[-1]['text']}\"\n"
        "if __name__ == '__main__':\n"
        "    case = json.load(sys.stdin)\n"
        "    print(answer(case['turns'], case['context']))\n"
    )

    def echo(handler: Handler) -> None:
        turns = handler.server.seen[-1].json["turns"]
        handler.answer({"text": f"{len(turns)} turns, last {turns[-1]['text']}"})

    with serving(echo) as server:
        tables: dict[str, dict[str, Any]] = {
            "http": {"kind": "http", "url": server.url},
            "python": {"kind": "python", "function": "live_bot:answer"},
            "command": {"kind": "command", "argv": [sys.executable, "live_bot.py"]},
        }
        (reply,) = ask(tables[kind], talk("c:one", "a:frozen", "c:two"), root=tmp_path)
    assert [one.text for one in (*reply.before, reply)] == ["1 turns, last one", "3 turns, last two"]


def test_a_case_file_says_live_and_the_run_file_holds_what_was_said(tmp_path: Path) -> None:
    case = talk("c:where is it?", "a:It is lost.", "c:and now?")
    text = case_text(case)
    assert "live: true" in text
    assert parse_case(text, tmp_path / "case.yaml") == case
    head = RunHead(id="r1", release=0, suite_digest="s", target="bot", target_kind="http", cases=1, started_at=make.NOW)
    with serving(saying({"text": "Not found."}), saying({"text": "No."})) as server:
        bot = read_target({"bot": {"kind": "http", "url": server.url}}, "bot").target
        recorder = Recorder.start(tmp_path / "run.jsonl", head)
        run_suite([case], bot, recorder=recorder, around=Around(tmp_path), terms=Terms(Watch(make.NOW)))
    (verdict,) = read_run(tmp_path / "run.jsonl").verdicts
    reply = verdict.trials[0].reply
    assert reply is not None
    assert [one.text for one in (*reply.before, reply)] == ["Not found.", "No."]


def test_a_sum_of_money_that_is_known_in_part_is_not_known() -> None:
    known, unknown = Reply(text="a", cost=0.25, latency_ms=1.0), Reply(text="b", latency_ms=2.0)
    assert joined([known, known]).cost == pytest.approx(0.5)
    assert joined([known, unknown]).cost is None
