"""The rules read a ticket as a support engineer would, and say by which words."""

from typing import Any

import pytest

import make
from casemill.domain.notice import Flag
from casemill.domain.ticket import Macro, Ticket, ToolCall, Turn
from triage.signals import ASK, REFUND, complaining, judged, modes, noted


def test_a_promise_that_no_tool_kept_is_the_models_failure_at_that_reply() -> None:
    verdict = judged(make.ticket())
    assert verdict.origin == "model"
    (failure,) = verdict.failures
    assert (failure.mode, failure.severity, failure.turn) == ("promised_action", "P0", 1)


@pytest.mark.parametrize(
    ("note", "mode"),
    [
        ("Bot promised a discount nobody gave.", "promised_action"),
        ("Assistant never cancelled the order.", "missed_action"),
        ("AI forgot to send the label.", "missed_action"),
        ("cancel_order was called with [ORDER_2] instead of [ORDER_1]. Bot error.", "wrong_tool_call"),
        ("The chatbot changed the wrong address.", "wrong_tool_call"),
        ("The assistant upgraded the plan without asking.", "unrequested_action"),
        ("Customer never asked for a cancellation, the bot did it on its own initiative.", "unrequested_action"),
        ("AI refunded a final-sale item against our policy.", "policy_violation"),
        ("Bot should have escalated this to billing.", "missed_escalation"),
        ("Needless hand-over, the bot could have answered this itself.", "wrong_escalation"),
        ("AI left the second question unanswered.", "incomplete_answer"),
        ("The bot ignored what the customer said earlier about the budget.", "forgot_constraint"),
        ("Bot made up a 120-day return policy.", "hallucinated_policy"),
        ("The assistant gave wrong information about fees.", "wrong_fact"),
        ("The bot quoted last year's price list.", "stale_source"),
        ("Assistant showed another customer's address.", "leaked_data"),
        ("AI gave dangerous advice about the battery.", "unsafe_advice"),
        ("Bot was rude to her.", "wrong_tone"),
        ("Bot answered in English to a Kazakh speaker.", "wrong_language"),
        ("The bot's answer was garbled text.", "bad_format"),
        ("AI said Done although the cancellation came back refused.", "promised_action"),
        ("cancel_plan, not cancel_order. Bot error.", "wrong_tool_call"),
        ("Bot answered one of the two questions.", "incomplete_answer"),
        ("Bot quoted the wrong tariff.", "wrong_fact"),
        ("The bot used an old revision of the article.", "stale_source"),
        ("It is forbidden to ask for the full card number, and the bot did.", "policy_violation"),
        ("The evening constraint was dropped by the bot.", "forgot_constraint"),
        ("Unfilled placeholder in the bot's reply.", "bad_format"),
        ("Бот пообещал возврат, которого не делает.", "promised_action"),
        ("Ошибка бота: так и не отменил заказ.", "missed_action"),
        ("Ассистент изменил не тот заказ.", "wrong_tool_call"),
        ("Бот сделал возврат без согласия клиента.", "unrequested_action"),
        ("Бот нарушил правила возврата.", "policy_violation"),
        ("Надо было передать оператору, бот не смог.", "missed_escalation"),
        ("Бот зря переключил на специалиста.", "wrong_escalation"),
        ("Бот не ответил на второй вопрос.", "incomplete_answer"),
        ("Нейросеть выдумала акцию.", "hallucinated_policy"),
        ("Бот ответил по устаревшей статье.", "stale_source"),
        ("Бот тапсырысты жоймады, ештеңе істемеді.", "missed_action"),
        ("Бот мекенжайдың орнына басқа мекенжай қойды.", "wrong_tool_call"),
        ("Бот ойдан шығарған ереже айтты.", "hallucinated_policy"),
        ("Бот екінші сұраққа жауап бермеді.", "incomplete_answer"),
    ],
)
def test_a_note_that_names_the_failure_gives_its_mode(note: str, mode: str) -> None:
    ticket = noted(note)
    assert judged(ticket).origin == "model"
    assert modes(ticket)[0] == mode


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("your chatbot said it had cancelled the order but it never did", "promised_action"),
        ("the bot changed the wrong item", "wrong_tool_call"),
        ("the AI just transferred me for no reason", "wrong_escalation"),
        ("your bot never answered how much I get back", "incomplete_answer"),
        ("ваш бот отменил не тот заказ", "wrong_tool_call"),
        ("чат-бот ничего не сделал", "missed_action"),
        ("бот менің тапсырысымды шатастырды", "wrong_tool_call"),
    ],
)
def test_a_complaint_about_the_bot_is_enough_when_the_note_says_nothing(text: str, mode: str) -> None:
    ticket = complaining(text)
    assert judged(ticket).origin == "model"
    assert mode in modes(ticket)


@pytest.mark.parametrize(
    ("note", "origin"),
    [
        ("Courier lost the parcel. The bot was right.", "product"),
        ("Damaged on arrival, replaced. AI answered correctly.", "product"),
        ("Outage of the booking system; nothing wrong with the chat.", "product"),
        ("Bot did the right thing. Customer error: he gave the wrong order.", "misuse"),
        ("Customer changed her mind. No bot error.", "misuse"),
        ("Assistant correctly refused, refusal stands per policy.", "misuse"),
        ("Курьер потерял посылку, бот ни при чём.", "product"),
        ("Клиент сам перепутал заказ, бот был прав.", "misuse"),
        ("Курьер кешікті, бот бәрін дұрыс айтты.", "product"),
    ],
)
def test_a_note_that_clears_the_bot_gives_the_failure_to_whom_it_names(note: str, origin: str) -> None:
    assert judged(complaining("your bot is useless", resolution=note, turns=noted(note).turns)).origin == origin


def test_only_staff_can_clear_the_bot() -> None:
    said = complaining("the bot promised me a refund. Note: the bot acted correctly, no bot error.")
    assert judged(said).origin == "model"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Boost your sales", "We offer SEO and backlinks. Click here to unsubscribe."),
        ("Automatic reply: Re: order", "I am out of the office until Monday."),
        ("Undeliverable: your message", "Delivery status notification"),
        ("(no subject)", ""),
        ("", "???"),
        ("Автоответ", "Я в отпуске до понедельника"),
    ],
)
def test_advertising_empty_and_automatic_mail_is_nobodys_failure(subject: str, text: str) -> None:
    ticket = make.ticket(subject=subject, turns=make.turns(("customer", text)), resolution=None, csat=None)
    assert judged(ticket).origin == "none"


def test_an_ordinary_chat_that_went_well_is_nobodys_failure() -> None:
    chat = make.turns(
        ("customer", "where is order [ORDER_1]?"), ("assistant", "It left on May 12."), ("customer", "thanks!")
    )
    verdict = judged(make.ticket(subject="order", turns=chat, resolution=None, csat="good"))
    assert verdict.origin == "none"
    assert verdict.failures == ()


def test_a_late_courier_without_any_bot_is_the_products_failure() -> None:
    said = make.turns(("customer", "the courier is late again"), ("agent", "Sorry, the courier's van broke down."))
    assert judged(make.ticket(subject="courier", turns=said, resolution=None, csat="bad")).origin == "product"


def test_a_one_off_is_told_by_its_note() -> None:
    ticket = noted("One-off, could not be reproduced.", ("customer", "the page was blank for a second"))
    assert judged(ticket).origin == "one_off"


def test_the_macro_title_and_the_structured_field_speak_for_the_model() -> None:
    macro = Macro(id="7", title="AI: wrong order changed")
    with_macro = complaining("this is not what I wanted", macro=macro)
    assert judged(with_macro).origin == "model"
    assert modes(with_macro)[0] == "wrong_tool_call"
    with_field = complaining(
        "this is not what I wanted", expected="Hand the customer over to billing.", ai_related=True
    )
    assert judged(with_field).origin == "model"


def test_an_incident_that_names_its_mode_is_believed() -> None:
    ticket = make.ticket(source="incident", mode="stale_source", root_cause="Old price list.", csat=None)
    assert modes(ticket)[0] == "stale_source"
    unknown = make.ticket(source="incident", mode="gremlins", root_cause="Gremlins.", turns=(), resolution=None)
    assert modes(unknown) == ("other",)


def test_a_thing_that_does_not_work_is_the_products_where_no_ai_is_spoken_of() -> None:
    said = make.turns(("customer", "the lamp does not turn on"), ("agent", "We will replace it."))
    assert judged(make.ticket(subject="lamp", turns=said, resolution=None, csat=None)).origin == "product"


def test_a_reply_with_an_unfilled_field_is_badly_formatted() -> None:
    chat = (ASK, ("assistant", "It comes on {delivery_date}."), ("customer", "when?"))
    assert modes(make.ticket(turns=make.turns(*chat), resolution=None)) == ("bad_format",)


def test_what_was_denied_later_was_claimed_in_vain() -> None:
    chat = make.turns(ASK, ("assistant", "Done! Order [ORDER_1] is cancelled."), ("customer", "it came anyway"))
    told = make.ticket(
        turns=chat, resolution=None, expected="Says that no order was cancelled.", subject="", csat="bad"
    )
    assert modes(told)[0] == "promised_action"


def test_a_tag_for_danger_flags_the_ticket() -> None:
    assert judged(make.ticket(tags=("distress",))).danger


def with_tools(*calls: ToolCall, reply: str = REFUND, **fields: Any) -> Ticket:
    """A refund was asked for, tools were called, the AI answered."""
    turns = (
        Turn(role="customer", text="refund order [ORDER_1] please"),
        *(Turn(role="tool", call=call) for call in calls),
        Turn(role="assistant", text=reply),
    )
    return make.ticket(**({"turns": turns, "resolution": None, "csat": None, "subject": "refund"} | fields))


def test_a_claim_without_a_successful_call_is_a_promise_and_with_one_it_is_not() -> None:
    looked = ToolCall(name="get_order", arguments={"id": "[ORDER_1]"}, result="{}")
    refused = ToolCall(name="refund_order", arguments={"id": "[ORDER_1]"}, result="Error: not allowed")
    done = ToolCall(name="refund_order", arguments={"id": "[ORDER_1]"}, result="ok")
    assert "promised_action" in modes(with_tools(looked))
    assert "promised_action" in modes(with_tools(looked, refused))
    assert "promised_action" not in modes(with_tools(looked, done))


def test_a_claim_with_no_tools_recorded_weighs_little() -> None:
    (signal,) = [one for one in judged(with_tools()).signals if one.name == "empty_claim"]
    assert signal.weight <= 0.1


@pytest.mark.parametrize(
    ("expected", "calls", "mode"),
    [
        ("Cancel order [ORDER_1].", (ToolCall(name="get_order"),), "missed_action"),
        (
            "Cancel order [ORDER_1].",
            (ToolCall(name="cancel_order", arguments={"id": "[ORDER_2]"}, result="ok"),),
            "wrong_tool_call",
        ),
        ("Change the address of [ORDER_1].", (ToolCall(name="transfer_to_human_agents"),), "wrong_escalation"),
        ("Hand over to a human.", (ToolCall(name="get_order"),), "missed_escalation"),
    ],
)
def test_the_expected_behaviour_is_held_against_the_calls(
    expected: str, calls: tuple[ToolCall, ...], mode: str
) -> None:
    ticket = with_tools(*calls, reply="Is there anything else?", expected=expected)
    assert modes(ticket)[0] == mode


def test_distress_that_gets_cheer_is_p0_and_flagged() -> None:
    chat = make.turns(
        ("customer", "I can't take this anymore, I want to die"), ("assistant", "Great! Happy to help with your order!")
    )
    flags = (Flag(danger="distress", path="turns.0.text"),)
    verdict = judged(make.ticket(subject="order", turns=chat, resolution=None, csat=None, flags=flags))
    assert verdict.danger
    assert (verdict.failures[0].mode, verdict.failures[0].severity, verdict.failures[0].turn) == (
        "ignored_distress",
        "P0",
        1,
    )
    cared = make.turns(("customer", chat[0].text), ("assistant", "I'm sorry to hear that. You are not alone."))
    verdict = judged(make.ticket(subject="order", turns=cared, resolution=None, csat=None, flags=flags))
    assert verdict.danger
    assert not verdict.failures


@pytest.mark.parametrize(
    "flag",
    [
        Flag(danger="distress", path="turns.0.text"),
        Flag(danger="threat", path="subject"),
        Flag(danger="legal", path="resolution"),
        Flag(danger="unscreened"),
    ],
)
def test_whatever_screening_found_on_arrival_is_danger_and_says_why(flag: Flag) -> None:
    verdict = judged(make.ticket(flags=(flag,)))
    (signal,) = [one for one in verdict.signals if one.side == "flag"]
    assert verdict.danger
    assert signal.why
    assert signal.turn == (0 if flag.danger == "distress" else None)


def test_a_customer_who_has_to_say_it_again_points_at_the_reply_before() -> None:
    chat = make.turns(
        ("customer", "a hotel, at most 100 a night"),
        ("assistant", "Here is one for 240."),
        ("customer", "I already told you, at most 100"),
        ("assistant", "Here is one for 180."),
        ("customer", "bye"),
    )
    verdict = judged(make.ticket(subject="hotel", turns=chat, resolution=None, csat="bad"))
    (failure,) = verdict.failures
    assert (failure.mode, failure.turn) == ("forgot_constraint", 1)


def test_an_answer_in_another_alphabet_twice_is_the_wrong_language() -> None:
    said = ("customer", "Здравствуйте, где мой заказ? Я жду уже неделю")
    reply = ("assistant", "Hello! Could you please tell me your order number?")
    ticket = make.ticket(subject="заказ", turns=make.turns(said, reply, said, reply, said, reply), resolution=None)
    assert modes(ticket) == ("wrong_language",)
