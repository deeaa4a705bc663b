"""Calls of tools and what they gave back come together, in whatever order a source tells them."""

from casemill.domain.ticket import ToolCall, Turn
from casemill.ingest.conversation import Conversation
from casemill.ingest.speakers import Cast
from casemill.ingest.tools import Result


def told(talk: Conversation) -> list[tuple[str, str | None]]:
    return [
        (turn.call.name if turn.call else turn.text, turn.call.result if turn.call else None) for turn in talk.turns
    ]


def test_results_go_to_the_calls_before_them_in_order() -> None:
    talk = Conversation(Cast())
    for name in ("think", "a", "b"):
        talk.call(ToolCall(name=name, arguments={}))
    talk.result(Result("1"))
    talk.result(Result("2"))
    assert told(talk) == [("think", None), ("a", "1"), ("b", "2")]


def test_a_result_that_names_its_call_late_costs_no_other() -> None:
    talk = Conversation(Cast())
    talk.call(ToolCall(name="a", arguments={}), id="c1")
    talk.call(ToolCall(name="b", arguments={}), id="c2")
    for result in (Result("1"), Result("2"), Result("of a", call="c1")):
        talk.result(result)
    assert told(talk) == [("a", "of a"), ("b", "1"), ("2", None)]
    assert talk.turns[-1] == Turn(role="tool", text="2")
