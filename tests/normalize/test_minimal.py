"""Cutting the input: up to the customer's turn before the failing reply, and no further."""

from typing import Any

import pytest

from casemill.domain.case import Said
from casemill.domain.ticket import Ticket, ToolCall, Turn
from casemill.normalize.minimal import NO_CUSTOMER, NO_REPLY, WRITE_IT, Told, cut
from normalize.written import agent, bot, called, customer, ticket

NOTE = Turn(role="note", text="private")


def said(found: Any) -> list[tuple[str, str]]:
    return [(turn.role, turn.text) for turn in found.turns]


def talk() -> Ticket:
    return ticket(
        customer("hi"),
        bot("hello, how can I help?"),
        customer("cancel [ORDER_1]"),
        NOTE,
        called("get_order", order="[ORDER_1]"),
        bot("Cancelled [ORDER_1]."),
        called("cancel_order", order="[ORDER_1]"),
        customer("thanks"),
        bot("You're welcome! Have a great day!"),
        agent("It was shipped already."),
    )


def test_the_input_ends_with_what_the_customer_said_before_the_failing_reply() -> None:
    found = cut(talk(), 5)
    assert said(found) == [
        ("customer", "hi"),
        ("assistant", "hello, how can I help?"),
        ("customer", "cancel [ORDER_1]"),
    ]
    assert found.bad == "Cancelled [ORDER_1]."


def test_calls_before_and_right_after_the_reply_belong_to_it() -> None:
    assert [call.name for call in cut(talk(), 5).bad_calls] == ["get_order", "cancel_order"]


def test_a_long_result_stays_in_the_trace() -> None:
    long = Turn(role="tool", call=ToolCall(name="find", result="x" * 300))
    (call,) = cut(ticket(customer("find it"), long, bot("Here it is.")), 2).bad_calls
    assert call == ToolCall(name="find")


def test_without_a_turn_the_last_reply_that_is_more_than_manners_failed() -> None:
    assert cut(talk(), None).bad == "Cancelled [ORDER_1]."


def test_without_a_turn_the_note_may_point_to_an_earlier_reply() -> None:
    long = ticket(
        customer("cancel [ORDER_1]"),
        called("cancel_order", order="[ORDER_2]"),
        bot("Done, it is cancelled."),
        customer("and the weather?"),
        bot("The weather in the shop is fine today."),
    )
    assert cut(long, None).bad == "The weather in the shop is fine today."
    assert cut(long, None, told=Told("cancel_order was called with [ORDER_2]")).bad == "Done, it is cancelled."
    assert cut(long, None, told=Told(wanted="cancel [ORDER_1]")).bad == "Done, it is cancelled."


@pytest.mark.parametrize("turn", [4, 6])
def test_a_tool_turn_stands_for_its_reply(turn: int) -> None:
    assert cut(talk(), turn).bad == "Cancelled [ORDER_1]."


def test_a_customers_turn_stands_for_the_reply_before_it() -> None:
    assert cut(talk(), 7).bad == "Cancelled [ORDER_1]."


def test_a_silent_call_is_a_failure_without_words() -> None:
    found = cut(ticket(customer("stop"), called("delete_account")), 1)
    assert (found.bad, found.bad_calls[0].name) == (None, "delete_account")
    assert found.missing == ()


def test_tool_turns_stay_in_the_input_and_notes_never_do() -> None:
    found = cut(ticket(customer("a b"), called("find"), bot("one two"), NOTE, customer("c d"), bot("three four")), None)
    assert [turn.role for turn in found.turns] == ["customer", "tool", "assistant", "customer"]
    assert found.turns[1] == Said(tool=ToolCall(name="find", result="ok"))


def test_a_complaint_without_a_chat_is_the_whole_input() -> None:
    found = cut(ticket(customer("your bot lied to me"), agent("sorry")), None)
    assert said(found) == [("customer", "your bot lied to me")]
    assert found.missing == (NO_REPLY,)
    assert found.bad is None


def test_a_reply_nobody_asked_for_needs_an_input() -> None:
    found = cut(ticket(bot("Your refund was sent."), customer("what refund?")), 0)
    assert (said(found), found.missing) == ([("customer", "what refund?")], (NO_CUSTOMER,))


def test_an_incident_that_nobody_said_anything_in_must_be_written() -> None:
    found = cut(ticket(NOTE), None)
    assert said(found) == [("customer", WRITE_IT)]
    assert found.missing == (NO_REPLY, NO_CUSTOMER)


@pytest.mark.parametrize("turn", [-1, 99])
def test_a_turn_that_is_not_there_counts_as_none(turn: int) -> None:
    assert cut(talk(), turn).bad == "Cancelled [ORDER_1]."
