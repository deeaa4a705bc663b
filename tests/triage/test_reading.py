"""How a ticket is taken apart, and how a sentence of what should have happened is read."""

import pytest

import make
from casemill.triage.rules.duty import read_duty
from casemill.triage.rules.quoting import LONGEST, around, beginning
from casemill.triage.rules.sides import take_apart


def test_the_request_is_the_chats_and_the_complaint_comes_after_the_last_reply() -> None:
    chat = (("customer", "cancel it"), ("assistant", "ok"), ("customer", "both"), ("assistant", "done"))
    sides = take_apart(make.ticket(subject="help", turns=make.turns(*chat, ("customer", "it did only one"))))
    assert [said.text for said in sides.chat] == ["cancel it", "both"]
    assert [said.text for said in sides.complaint] == ["help", "it did only one"]
    assert sides.last_reply == 3


def test_a_complaint_that_comes_before_a_pasted_chat_is_still_one() -> None:
    chat = (("customer", "your bot did only one"), ("assistant", "done"), ("customer", "bye"))
    sides = take_apart(make.ticket(subject="", turns=make.turns(*chat)))
    assert [said.text for said in sides.complaint] == ["your bot did only one", "bye"]


def test_without_an_assistant_everything_the_customer_says_is_the_complaint() -> None:
    sides = take_apart(make.ticket(subject="", turns=make.turns(("customer", "a"), ("agent", "b"), ("customer", "c"))))
    assert [said.turn for said in sides.complaint] == [0, 2]
    assert sides.last_reply is None
    assert not sides.bot_took_part


def test_a_note_that_repeats_the_resolution_is_read_once() -> None:
    sides = take_apart(make.ticket(expected="Say no."))
    assert [(passage.turn, passage.text[:5]) for passage in sides.staff] == [(4, "Bot p"), (None, "Say n")]


@pytest.mark.parametrize(
    ("text", "deeds", "forbidden", "told", "handover"),
    [
        ("It should cancel order [ORDER_1].", 1, 0, False, None),
        ("It had to return the item; tell the customer the amount", 1, 0, True, None),
        ("should cancel A; cancel B; and must not cancel C", 2, 1, False, None),
        ("must not change the order; make no change and explain the policy", 0, 2, False, None),
        ("should book it, insurance no, paid by card", 1, 0, False, None),
        ("should cancel it with the reason 'no longer needed'", 1, 0, False, None),
        ("should exchange the item; without a transfer to a human agent", 1, 0, False, False),
        ("should have been handed over to a human", 0, 0, False, True),
        ("should say that no refund was started", 0, 0, True, None),
        ("должен был отменить заказ", 1, 0, False, None),
        ("должен был перевести на оператора", 0, 0, False, True),
    ],
)
def test_a_duty_is_deeds_things_forbidden_things_told_and_a_hand_over(
    text: str, deeds: int, forbidden: int, told: bool, handover: bool | None
) -> None:
    duty = read_duty(text)
    assert (len(duty.deeds), len(duty.forbidden), duty.told, duty.handover) == (deeds, forbidden, told, handover)


def test_a_quote_is_the_sentence_or_whole_words_of_it() -> None:
    text = "First. The bot never did it! Last."
    assert around(text, start=11, end=20) == "The bot never did it!"
    long = "word " * 200
    quote = around(long, start=500, end=504)
    assert quote in long
    assert LONGEST - 20 < len(quote) <= LONGEST + 10
    assert set(quote.split()) == {"word"}
    assert set(beginning(long).split()) == {"word"}
    assert beginning(" short ") == "short"
