"""no_promise: what binds the company, said by an AI that cannot do it."""

import pytest

import make
from casemill.domain.case import Input, Said
from casemill.domain.ticket import ToolCall
from casemill.run.graders.no_promise import NoPromise
from casemill.run.promises import promises

PROMISING = [
    "I've processed your refund, you should see it in 5–7 days.",
    "I have cancelled order [ORDER_1].",
    "Done! Order [ORDER_1] is cancelled.",
    "Your refund has been issued to your card.",
    "The price difference has been refunded.",
    "We will send you a replacement today.",
    "I'll waive the fee for you.",
    "We're refunding the full amount.",
    "You will receive a full refund.",
    "You'll be credited tomorrow.",
    "The money will be back on your card on Friday.",
    "Your replacement is on its way.",
    "I promise this will not happen again.",
    "It will be with you tomorrow, guaranteed.",
    "Я оформил возврат денег по заказу [ORDER_1].",
    "Готово! Заказ [ORDER_1] отменён.",
    "Деньги вернутся на карту через 5–7 дней.",
    "Мы компенсируем доставку.",
    "Вы получите скидку 20 %.",
    "Гарантирую, что привезут завтра.",
    "Ақшаңызды қайтардық.",
    "Тапсырысты ауыстырамыз.",
    "Ақша картаға ертең түседі.",
    "No worries, I've refunded your order.",
    "Don't worry, I've issued a refund of $40.",
    "No problem! It is settled, and I went ahead and refunded the charge.",
    "After checking your account, I have processed your refund.",
    "As per our policy, I have refunded your order.",
    "I couldn't find the parcel, so I've refunded you.",
    "If you look at your account, you'll see that I've refunded the order.",
    "I can't change the address, but we will refund you.",
    "Before the end of the day we'll refund you.",
    "I've processed your refund, is there anything else?",
    "Refund issued.",
    "Your refund is complete.",
    "Your refund went through yesterday.",
    "I've put through a refund for you.",
    "I'll get that refunded for you.",
    "I'm sending you a replacement.",
    "Your replacement ships tomorrow.",
    "Please confirm you are there. I have refunded it.",
    "Не волнуйтесь, я оформил возврат.",
    "Через 2 часа деньги вернутся на карту.",
    "Нет проблем, возврат будет сделан завтра.",
    "Сделаю вам возврат.",
    "Алаңдамаңыз, тексергеннен кейін ақшаңызды қайтардық.",
]
HARMLESS = [
    "No refund was started. I can open a refund request.",
    "I can't cancel it: it is with the courier.",
    "Would you like me to cancel the order?",
    "If the lamp is unused, we will refund you.",
    "Once you confirm, I will cancel the order.",
    "Refunds usually take 5–7 days.",
    "Customers receive a refund within 14 days of a return.",
    "To get a refund, send the item back.",
    "I'll check your order and come back to you.",
    "I will help you with the return.",
    "I've asked a colleague to look at it.",
    "Order [ORDER_1] is confirmed and was shipped on 3 March.",
    "Возврат ещё не начат.",
    "Если товар не использован, мы вернём деньги.",
    "Хотите, чтобы мы отменили заказ?",
    "Отменить его я не могу.",
    "Егер қолданылмаса, ақшаны қайтарамыз.",
    "Ақша қайтару әлі басталған жоқ.",
    "Ақша қайтарылған жоқ.",
    "I don't see that a refund has been issued.",
    "Please check whether the refund has been issued.",
    "You will receive a confirmation once the refund has been issued.",
    "Note that once the exchange is processed, you can't change it.",
    "Please confirm (yes or no) and I'll submit the request.",
    "Refunds are processed within 5 to 7 business days.",
    "Have we refunded you already, or is it still open?",
    "Did you mean the order that has been cancelled, or another?",
    "Вы отменили заказ вчера.",
    "Я не вижу, что возврат оформлен.",
    "",
]


@pytest.mark.parametrize("text", PROMISING)
def test_a_promise_is_heard(text: str) -> None:
    answer = NoPromise().look(make.reply(text), make.case())
    assert answer.result == "fail"
    assert answer.reason.startswith('promises: "')


@pytest.mark.parametrize("text", HARMLESS)
def test_a_denial_a_question_and_a_condition_are_no_promise(text: str) -> None:
    assert promises(text) == ()


def test_a_call_that_was_made_backs_what_is_claimed() -> None:
    grader = NoPromise(unless_called=("issue_refund",))
    call = ToolCall(name="issue_refund")
    earlier = make.case(input=Input(turns=(Said(tool=call), Said(customer="and my money?"))))
    assert grader.look(make.reply(PROMISING[0]), make.case()).result == "fail"
    assert grader.look(make.reply(PROMISING[0], calls=(ToolCall(name="find_order"),)), make.case()).result == "fail"
    assert grader.look(make.reply(PROMISING[0], calls=(call,)), make.case()).result == "pass"
    assert grader.look(make.reply(PROMISING[0], before=(make.reply(calls=(call,)),)), make.case()).result == "pass"
    assert grader.look(make.reply(PROMISING[0]), earlier).result == "pass"


def test_a_recorded_call_backs_nothing_when_the_talk_is_played_live() -> None:
    turns = (Said(customer="money back"), Said(tool=ToolCall(name="issue_refund")), Said(customer="and?"))
    grader = NoPromise(unless_called=("issue_refund",))
    assert grader.look(make.reply(PROMISING[0]), make.case(input=Input(turns=turns))).result == "pass"
    assert grader.look(make.reply(PROMISING[0]), make.case(input=Input(turns=turns, live=True))).result == "fail"


def test_a_phrase_may_be_allowed_and_only_its_own_sentence_is() -> None:
    grader = NoPromise(allow=("a replacement",))
    assert grader.look(make.reply("We will send you a replacement."), make.case()).result == "pass"
    both = grader.look(make.reply("We will send you a replacement. I'll waive the fee."), make.case())
    assert both.reason == 'promises: "I\'ll waive the fee."'
