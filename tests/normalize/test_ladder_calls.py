"""Rungs about tools: what was called, what was missed, with which arguments."""

from typing import Any

import pytest

import make
from casemill.domain.ticket import Ticket
from casemill.normalize.ladder.facts import forbids, parts, tools_named
from normalize.written import agent, bot, called, customer, drafted, rules, ticket

Rule = dict[str, dict[str, Any]]
TOOLS = ("return_order_items", "cancel_pending_order", "get_order", "exchange_order_items", "transfer_to_human_agents")


def wrong_order(note: str | None = None, **fields: Any) -> Ticket:
    return ticket(
        customer("cancel [ORDER_2] please"),
        called("get_order", order_id="[ORDER_1]"),
        called("cancel_pending_order", order_id="[ORDER_1]", reason="no longer needed"),
        bot("Your order [ORDER_1] has been cancelled."),
        note=note,
        **fields,
    )


def test_the_wrong_argument_is_forbidden_and_the_right_one_required() -> None:
    talk = wrong_order(
        "cancel_pending_order was called with order [ORDER_1] instead of [ORDER_2].\n"
        "Expected: cancel order [ORDER_2] with the reason 'no longer needed'"
    )
    assert rules(drafted("wrong_tool_call", talk)) == [
        {"tool_not_called": {"name": "cancel_pending_order", "arguments": {"order_id": "[ORDER_1]"}}},
        {"tool_called": {"name": "cancel_pending_order", "arguments": {"order_id": "[ORDER_2]"}}},
        {"not_contains": {"any": ["order [ORDER_1] has been cancelled"]}},
    ]


def test_an_expectation_alone_shows_the_wrong_argument() -> None:
    draft = drafted("wrong_tool_call", wrong_order(expected="Must cancel order [ORDER_2]."))
    assert rules(draft)[0] == {
        "tool_not_called": {"name": "cancel_pending_order", "arguments": {"order_id": "[ORDER_1]"}}
    }


def test_the_only_write_of_the_reply_somebody_named_is_forbidden_as_it_was_made() -> None:
    rule: Rule = {
        "tool_not_called": {
            "name": "cancel_pending_order",
            "arguments": {"order_id": "[ORDER_1]", "reason": "no longer needed"},
        }
    }
    assert rules(drafted("wrong_tool_call", wrong_order("done"), turn=3)) == [rule]
    assert rules(drafted("wrong_tool_call", wrong_order("done"))) == []


def test_a_call_that_was_expected_is_never_forbidden() -> None:
    talk = ticket(
        customer("cancel both"),
        called("cancel_pending_order", order_id="[ORDER_1]", reason="mistake"),
        bot("Both orders have been cancelled."),
        note="Expected: cancel order [ORDER_1], reason mistake; cancel order [ORDER_2], reason mistake",
    )
    assert not any("tool_not_called" in rule for rule in rules(drafted("wrong_tool_call", talk, turn=2)))


def test_the_argument_that_the_note_names_is_swapped() -> None:
    talk = ticket(
        customer("swap my lamp"),
        called("exchange_order_items", item_ids=["11111111"], new_item_ids=["11111111"]),
        bot("Exchanged."),
        note="exchange_order_items was called with new item 11111111 instead of 22222222 for 11111111.",
    )
    assert rules(drafted("wrong_tool_call", talk)) == [
        {"tool_not_called": {"name": "exchange_order_items", "arguments": {"new_item_ids": ["11111111"]}}},
        {"tool_called": {"name": "exchange_order_items", "arguments": {"new_item_ids": ["22222222"]}}},
    ]


def test_a_missed_action_is_the_tool_that_the_note_speaks_of() -> None:
    talk = ticket(
        customer("return my headphones from [ORDER_1]"),
        called("get_order", order_id="[ORDER_1]"),
        bot("Sure, it is on its way."),
        note="assistant never did this: return item 12 of order [ORDER_1]. correct behaviour: return item 12.",
    )
    assert rules(drafted("missed_action", talk, tools=TOOLS)) == [{"tool_called": {"name": "return_order_items"}}]


def test_a_missed_action_may_be_named_outright() -> None:
    talk = ticket(
        customer("поменяйте адрес"), bot("Адрес меняют в кабинете."), note="должен был вызвать change_address"
    )
    assert rules(drafted("missed_action", talk)) == [{"tool_called": {"name": "change_address"}}]


def test_a_macros_general_words_name_no_missed_action() -> None:
    macro = make.article(
        "47", kind="macro", title="47: Cancel", text="Only a pending order can be cancelled, as a whole."
    )
    talk = ticket(customer("return it"), bot("I see, it will be done."), note="per macro 47")
    assert rules(drafted("missed_action", talk, tools=TOOLS, macro=macro)) == []


def test_a_tool_that_was_called_already_was_not_missed() -> None:
    talk = ticket(
        customer("cancel it"), called("cancel_pending_order"), bot("Done."), note="Should cancel the pending order."
    )
    assert rules(drafted("missed_action", talk, tools=TOOLS)) == []


def test_a_good_reply_without_recorded_calls_cannot_prove_a_call() -> None:
    talk = ticket(
        customer("cancel [ORDER_1] today"),
        bot("Sure, one moment."),
        agent("Your order [ORDER_1] is cancelled now, the money comes back in 5 days."),
        note="Should cancel the pending order.",
    )
    draft = drafted("missed_action", talk, tools=TOOLS)
    assert rules(draft) == []
    assert any(item.startswith("tool_called cancel_pending_order would be red") for item in draft.missing)


def test_an_extra_action_is_forbidden_with_what_made_it_extra() -> None:
    talk = ticket(
        customer("send me a certificate"),
        called("send_certificate", user="[USERNAME_1]", amount=50),
        called("book_flight", flight="HAT082", user="[USERNAME_1]", note="a long text about why it was booked"),
        bot("I've booked flight HAT082 for you and sent the certificate."),
        note="It made an extra change. Should have been: send a $50 certificate; and must not book HAT082.",
    )
    assert rules(drafted("unrequested_action", talk)) == [
        {"tool_not_called": {"name": "book_flight", "arguments": {"flight": "HAT082"}}},
        {"not_contains": {"any": ["booked flight HAT082"]}},
    ]


def test_a_forbidden_change_is_forbidden() -> None:
    talk = ticket(
        customer("cancel my booking"),
        called("cancel_reservation", reservation_id="[ORDER_1]"),
        bot("Your reservation [ORDER_1] has been cancelled."),
        note="Correct: should not cancel reservation [ORDER_1]; make no change and explain the policy.",
    )
    draft = drafted("policy_violation", talk)
    assert rules(draft)[0] == {
        "tool_not_called": {"name": "cancel_reservation", "arguments": {"reservation_id": "[ORDER_1]"}}
    }
    assert draft.case.expect.outcome == "refuse"


def test_a_promise_kept_by_a_forbidden_tool_forbids_the_tool() -> None:
    talk = ticket(
        customer("refund!"),
        called("issue_refund", order="[ORDER_1]", amount=40),
        bot("I've processed your refund."),
        note="The bot must not refund. Should offer a refund request.",
    )
    assert {"tool_not_called": {"name": "issue_refund", "arguments": {"order": "[ORDER_1]", "amount": 40}}} in rules(
        drafted("promised_action", talk)
    )


def test_a_refused_call_does_not_make_the_call_wrong() -> None:
    talk = ticket(
        customer("cancel [ORDER_1]"),
        called("cancel_order", order="[ORDER_1]"),
        bot("Done! Order [ORDER_1] is cancelled."),
        note="bot said Done although cancel_order came back refused. Must say it's with the courier.",
    )
    assert not any("tool_not_called" in rule for rule in rules(drafted("promised_action", talk)))


def test_a_needless_hand_over_is_forbidden() -> None:
    talk = ticket(
        customer("change the address of [ORDER_1]"),
        called("transfer_to_human_agents", summary="the customer wants another address"),
        bot("You are being transferred to a human agent."),
        note="No need for that.",
    )
    assert rules(drafted("wrong_escalation", talk)) == [
        {"tool_not_called": {"name": "transfer_to_human_agents"}},
        {"not_contains": {"any": ["transferred to a human agent"]}},
    ]


def test_a_missed_hand_over_asks_for_the_tool_where_there_is_one() -> None:
    talk = ticket(customer("a person please"), bot("What is it about?"), note="Must hand over.")
    assert rules(drafted("missed_escalation", talk, tools=TOOLS)) == [
        {"tool_called": {"name": "transfer_to_human_agents"}}
    ]


def test_a_wish_that_was_forgotten_forbids_the_call_against_it() -> None:
    talk = ticket(
        customer("no replacement please, I want my money"),
        bot("How can I help?"),
        customer("lamp [ORDER_1] is broken"),
        called("order_replacement", order="[ORDER_1]"),
        bot("A new one is coming."),
        expected="Opens a claim and confirms that no replacement is sent.",
    )
    assert {"tool_not_called": {"name": "order_replacement", "arguments": {"order": "[ORDER_1]"}}} in rules(
        drafted("forgot_constraint", talk)
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("cancel order [ORDER_1]", ("cancel_pending_order",)),
        ("hands over to a human agent", ("transfer_to_human_agents",)),
        ("must not cancel the pending order", ()),
        ("set the reservation to economy", ()),
        ("call refund_all", ("refund_all",)),
        ("look at the order", ()),
    ],
)
def test_a_tool_is_known_by_its_name_or_its_words(text: str, named: tuple[str, ...]) -> None:
    assert tools_named(text, TOOLS) == named


@pytest.mark.parametrize(
    ("part", "forbidden"),
    [
        ("must not book HAT082", True),
        ("doesn't mention SMS", True),
        ("say that no refund was started", False),
        ("cancel with the reason 'no longer needed'", False),
        ("book it with insurance no, paid by card", False),
        ("не обещать возврат", True),
    ],
)
def test_forbidding_is_not_saying_no(part: str, forbidden: bool) -> None:
    assert forbids(part) is forbidden


def test_an_expectation_is_cut_where_it_turns_to_forbidding() -> None:
    told = [part.strip() for part in parts("Describes the app, doesn't mention SMS; asks twice and promises nothing.")]
    assert told == ["Describes the app", "doesn't mention SMS", "asks twice", "promises nothing."]
