"""tool_sequence, exact arguments, and slot_kept: what happened in which order, and what was said before."""

from typing import Any

import pytest

import make
from casemill.domain.case import Assertion, Input, Said
from casemill.domain.grade import Grade
from casemill.domain.reply import Reply
from casemill.domain.ticket import ToolCall
from casemill.run.graders import build

FIND = ToolCall(name="find_order", arguments={"order": "[ORDER_1]"})
CHECK = ToolCall(name="check_policy")
REFUND = ToolCall(name="issue_refund", arguments={"order": "[ORDER_1]", "amount": 40, "to": {"card": True}})
REPLY = Reply(text="Done.", calls=(FIND, CHECK, REFUND))
CHAT = make.case(
    input=Input(
        turns=(
            Said(customer="It is order [ORDER_1], deliver after 18:00, please."),
            Said(assistant="Noted: after 18:00. Your day is 06.11.2026."),
            Said(tool=ToolCall(name="find_order", arguments={"plan": "Plus"}, result="packed")),
            Said(customer="So when?"),
        )
    )
)


def told(grader: str, reply: Reply = REPLY, **arguments: object) -> Grade:
    return build(Assertion(grader=grader, arguments=arguments)).look(reply, CHAT)


@pytest.mark.parametrize(
    ("steps", "in_order", "exact"),
    [
        (["find_order", "check_policy", "issue_refund"], True, True),
        (["find_order", "issue_refund"], True, False),
        (["issue_refund", "find_order"], False, False),
        (["find_order", "find_order"], False, False),
        ([{"name": "issue_refund", "arguments": {"amount": 40.0}}], True, False),
        ([{"name": "issue_refund", "arguments": {"amount": 41}}], False, False),
        (["find_order", "check_policy", "issue_refund", "say_goodbye"], False, False),
    ],
)
def test_tools_are_called_in_order(steps: list[Any], *, in_order: bool, exact: bool) -> None:
    assert told("tool_sequence", steps=steps).result == ("pass" if in_order else "fail")
    assert told("tool_sequence", steps=steps, mode="exact").result == ("pass" if exact else "fail")


def test_the_step_that_is_missing_or_too_much_is_named() -> None:
    missing = told("tool_sequence", steps=["find_order", "ask_person"])
    assert missing.reason == ("did not call ask_person as step 2; it called find_order → check_policy → issue_refund")
    assert told("tool_sequence", steps=["find_order"], mode="exact").reason == (
        "called check_policy as call 2, one more than wanted"
    )
    assert "no tool" in told("tool_sequence", Reply(text="x"), steps=["find_order"]).reason


@pytest.mark.parametrize(
    ("arguments", "partial", "exact"),
    [
        ({"order": "[ORDER_1]", "amount": 40, "to": {"card": True}}, True, True),
        ({"order": "[ORDER_1]"}, True, False),
        ({"to": {}}, True, False),
        ({"order": "[ORDER_1]", "amount": 40, "to": {"card": 1}}, False, False),
    ],
)
def test_arguments_are_held_in_part_or_exactly(arguments: dict[str, Any], *, partial: bool, exact: bool) -> None:
    assert told("tool_called", name="issue_refund", arguments=arguments).result == ("pass" if partial else "fail")
    exactly = told("tool_called", name="issue_refund", arguments=arguments, mode="exact")
    assert exactly.result == ("pass" if exact else "fail")


@pytest.mark.parametrize(
    ("reply", "arguments", "result"),
    [
        (Reply(text="After 18:00, as you said."), {"turn": 1, "value": "after 18:00"}, "pass"),
        (Reply(text="In the morning."), {"turn": 1, "value": "after 18:00"}, "fail"),
        (Reply(text="At 18:00."), {"turn": 1, "pattern": r"\d\d:\d\d"}, "pass"),
        (Reply(text="At 10:00."), {"turn": 1, "pattern": r"\d\d:\d\d"}, "fail"),
        (Reply(calls=(FIND,)), {"turn": 1, "value": "[ORDER_1]"}, "pass"),
        (Reply(text="x", calls=(FIND,)), {"turn": 1, "value": "[ORDER_1]", "where": "text"}, "fail"),
        (Reply(text="[ORDER_1]"), {"turn": 1, "value": "[ORDER_1]", "where": "calls"}, "fail"),
        (Reply(text="On 06.11.2026."), {"turn": 2, "value": "06.11.2026"}, "pass"),
        (Reply(text="You are on Plus."), {"turn": 3, "value": "Plus"}, "pass"),
        (Reply(text="Surplus."), {"turn": 3, "value": "Plus"}, "fail"),
        (Reply(text="[ORDER_12]"), {"turn": 1, "pattern": "ORDER_1"}, "fail"),
        (Reply(text="x"), {"turn": 1, "value": "leas"}, "error"),
        (Reply(text="x"), {"turn": 1, "value": "Kaspi"}, "error"),
        (Reply(text="x"), {"turn": 1, "pattern": r"\d{9}"}, "error"),
        (Reply(text="x"), {"turn": 9, "value": "a"}, "error"),
    ],
)
def test_what_was_said_before_is_kept(reply: Reply, arguments: dict[str, Any], result: str) -> None:
    answer = told("slot_kept", reply, **arguments)
    assert answer.result == result
    assert answer.result == "pass" or answer.reason


def test_an_assistants_turn_that_was_answered_anew_counts_as_it_was_answered() -> None:
    anew = (Reply(text="Noted. Your day is 09.11.2026."),)
    day = {"turn": 2, "pattern": r"\d\d\.\d\d\.\d{4}"}
    assert told("slot_kept", Reply(text="On 09.11.2026.", before=anew), **day).result == "pass"
    assert told("slot_kept", Reply(text="On 06.11.2026.", before=anew), **day).reason == 'lost "09.11.2026" of turn 2'


def test_a_greeting_was_not_answered_anew() -> None:
    turns = (
        Said(assistant="Hello, this is branch 7."),
        Said(customer="Which day?"),
        Said(assistant="Day 6."),
        Said(tool=ToolCall(name="note", arguments={"day": 6})),
        Said(customer="And where?"),
    )
    case, anew = make.case(input=Input(turns=turns, live=True)), (Reply(text="Day 9."),)
    for turn, said, result in (
        (1, "Branch 7.", "pass"),
        (1, "Day 9.", "fail"),
        (3, "Day 9.", "pass"),
        (3, "6", "fail"),
    ):
        grader = build(Assertion(grader="slot_kept", arguments={"turn": turn, "pattern": r"\d"}))
        assert grader.look(Reply(text=said, before=anew), case).result == result
