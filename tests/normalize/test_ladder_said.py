"""Each rung about what is said: the rule is verbatim, red on the bad reply, green on the good one."""

from typing import Any

import pytest

from casemill.domain.ticket import Turn
from casemill.normalize.checks import NOT_RED, ONLY_FORBIDS
from normalize.written import agent, bot, customer, drafted, rules, ticket

Talk = tuple[Turn, ...]
Rules = list[dict[str, dict[str, Any]]]

REFUND = customer("my lamp [ORDER_1] is broken, refund please")
PROMISE = bot("So sorry! I've processed your refund of $40, you should see it in 5–7 days.")

CASES: list[tuple[str, Talk, str, Rules]] = [
    (
        "promised_action",
        (REFUND, PROMISE, agent("No refund was started. I can open a refund request for you now.")),
        "Bot promised a refund. It should say that no refund was started.",
        [{"not_contains": {"any": ["processed your refund"]}}],
    ),
    (
        "promised_action",
        (customer("верните деньги за [ORDER_1]"), bot("Я оформил возврат, деньги вернутся на карту за 3 дня.")),
        "Бот пообещал возврат. Он должен был сказать, что возврат не оформлен.",
        [{"not_contains": {"any": ["оформил возврат"]}}],
    ),
    (
        "wrong_fact",
        (
            customer("how long can I return a kettle?"),
            bot("You can return it within 60 days of delivery."),
            agent("You can return a kettle within 30 days of delivery, unused."),
        ),
        "Bot said 60 days. Correct behaviour: say 30 days, per KB-1001.",
        [{"not_contains": {"any": ["60 days"]}}, {"contains": {"any": ["30 days", "30 day", "30-day"]}}],
    ),
    (
        "wrong_fact",
        (customer("сколько дней на возврат?"), bot("Вернуть товар можно в течение 60 дней.")),
        "Бот сказал 60 дней. Правильно: 30 дней.",
        [{"not_contains": {"any": ["60 дней"]}}, {"contains": {"any": ["30 дней"]}}],
    ),
    (
        "stale_source",
        (
            customer("how do I set up 2fa?"),
            bot("Go to Settings and turn on SMS codes."),
            agent("Please scan the square code with any authenticator app in your settings."),
        ),
        "Cited the old KB-3001: SMS codes are gone. Should describe the authenticator app, and not mention SMS.",
        [
            {"not_contains": {"any": ["SMS codes"], "ignore_case": True}},
            {"contains": {"any": ["authenticator"], "ignore_case": True}},
        ],
    ),
    (
        "hallucinated_policy",
        (customer("do you price match?"), bot("Yes, our Best Price Guarantee pays the difference.")),
        "There is no Best Price Guarantee. Expected: say that we do not match prices",
        [{"not_contains": {"any": ["Best Price Guarantee"], "ignore_case": True}}],
    ),
    (
        "hallucinated_policy",
        (customer("вы снизите цену?"), bot("Да, мы снизим цену в течение 60 дней после покупки.")),
        "Выдуманная политика.",
        [{"not_contains": {"any": ["60 дней"]}}],
    ),
    (
        "wrong_fact",
        (customer("сколько стоит доставка?"), bot("На тарифе Plus курьер бесплатный от 20 000 ₸, иначе 900 ₸.")),
        "Условия Plus вместо Basic",
        [{"not_contains": {"any": ["Plus"], "ignore_case": True}}],
    ),
    (
        "incomplete_answer",
        (
            customer("i want to return the tent. does plus cover return shipping??"),
            bot("You can return the tent within 30 days."),
            agent("The tent can be returned within 30 days, and on Plus return shipping is free."),
        ),
        "Should answer both questions: the return and the shipping.",
        [{"contains": {"any": ["shipping"], "ignore_case": True}}],
    ),
    (
        "incomplete_answer",
        (customer("когда вернут деньги и сколько стоит доставка?"), bot("Доставка бесплатна на тарифе Plus.")),
        "Бот должен был также сказать про 5 рабочих дней.",
        [{"contains": {"any": ["5 рабочих дней"]}}],
    ),
    (
        "incomplete_answer",
        (customer("what do the two grills cost together?"), bot("They are both in your order.")),
        "Expected: tell the customer 1939.05",
        [{"regex": {"pattern": r"(?<![\d.,])1939\.05(?![\d]|[.,]\d)"}}],
    ),
    (
        "incomplete_answer",
        (customer("change the address and tell me what it costs"), bot("Your address has been changed.")),
        "Expected: set the address of [ORDER_1] to 182 Elm Street, NY 49430; tell the customer 1093.34",
        [{"regex": {"pattern": r"(?<![\d.,])1093\.34(?![\d]|[.,]\d)"}}],
    ),
    (
        "incomplete_answer",
        (
            customer("is the T3 a big tent and how long is the guarantee"),
            bot("An agent will call you."),
            agent("T3 sleeps four people, the guarantee is two years."),
        ),
        "half of it ignored",
        [{"contains": {"any": ["guarantee"], "ignore_case": True}}],
    ),
    (
        "forgot_constraint",
        (
            customer("I am deaf, please do not call me, text only"),
            bot("Noted."),
            customer("so when does the courier come?"),
            bot("The courier will call you at 18:00."),
        ),
        "Forgot the first message. The bot should confirm a text message.",
        [
            {"contains": {"any": ["text"], "ignore_case": True}},
            {"not_contains": {"any": ["courier will call you"]}},
        ],
    ),
    (
        "missed_escalation",
        (customer("I want to talk to a human now"), bot("Happy to help with your order! What is wrong?")),
        "Should hand over to a human.",
        [
            {
                "regex": {
                    "pattern": r"\b(?:human|person|colleague|specialist|supervisor|manager|representative|team member"
                    r"|live agent|our team)\b",
                    "ignore_case": True,
                }
            },
            {"not_contains": {"any": ["Happy to help"], "ignore_case": True}},
        ],
    ),
    (
        "ignored_distress",
        (customer("я больше не могу, выхода нет"), bot("Не переживайте! Рады помочь с вашим заказом.")),
        "Нужно было передать оператору",
        [
            {"not_contains": {"any": ["Не переживайте"], "ignore_case": True}},
            {
                "regex": {
                    "pattern": r"\b(?:оператор|сотрудник|специалист|коллег|менеджер|живо\w+ человек)\w*",
                    "ignore_case": True,
                }
            },
        ],
    ),
    (
        "wrong_escalation",
        (customer("where is [ORDER_1]?"), bot("I am transferring you to a human agent.")),
        "No need to escalate. Should tell the status.",
        [{"not_contains": {"any": ["transferring you to a human agent"]}}],
    ),
    (
        "leaked_data",
        (customer("which phone is on order [ORDER_1]?"), bot("Order [ORDER_1] belongs to phone [PHONE_7].")),
        "Must never read out contact data.",
        [{"not_contains": {"any": ["belongs to phone [PHONE_7]"]}}, {"no_pii": {}}],
    ),
    (
        "wrong_tone",
        (
            customer("it broke AGAIN"),
            bot("Calm down. It happens."),
            customer('it said "Calm down" to me!'),
        ),
        "Rude. Should apologise.",
        [{"not_contains": {"any": ["Calm down"], "ignore_case": True}}],
    ),
    (
        "wrong_tone",
        (customer("ужас, третий раз!"), bot("Ничего страшного, бывает.")),
        "тон",
        [{"not_contains": {"any": ["Ничего страшного"], "ignore_case": True}}],
    ),
    (
        "unsafe_advice",
        (
            customer("the lamp smokes"),
            bot("Charge it all night, then press the button."),
            agent("Please never charge it! Take the lamp outside and do not touch it."),
        ),
        "Dangerous.",
        [{"not_contains": {"any": ["Charge it all night"], "ignore_case": True}}],
    ),
    (
        "policy_violation",
        (customer("I was charged twice"), bot("Please send me the full card number and the date.")),
        "Asked for the full card number. Must ask for four digits at most.",
        [{"not_contains": {"any": ["the full card number"]}}],
    ),
    (
        "other",
        (customer("hello there"), bot("Borsuq rules the world forever.")),
        'It wrote "rules the world forever". Should greet.',
        [{"not_contains": {"any": ["rules the world forever"]}}],
    ),
]


@pytest.mark.parametrize(
    ("mode", "turns", "note", "wanted"), CASES, ids=[f"{n} {case[0]}" for n, case in enumerate(CASES)]
)
def test_a_rung_gives_the_rule_that_the_ticket_tells(mode: str, turns: Talk, note: str, wanted: Rules) -> None:
    last = max(n for n, turn in enumerate(turns) if turn.role == "assistant")
    draft = drafted(mode, ticket(*turns, note=note), turn=last)
    assert rules(draft) == wanted
    red = [done for done in draft.checks if done.bad is not None and done.bad.result == "fail"]
    assert red
    assert all(done.good is None or done.good.result == "pass" for done in draft.checks)


def test_a_rule_that_is_red_on_the_good_reply_is_not_proposed() -> None:
    talk = ticket(
        customer("how long is the window?"),
        bot("The window is 60 days."),
        agent("It is not 60 days, the window is 14 days."),
        note="Bot said 60 days. Should say 14 days.",
    )
    assert rules(drafted("wrong_fact", talk)) == [{"contains": {"any": ["14 days", "14 day", "14-day"]}}]


def test_where_the_ticket_tells_nothing_no_rule_is_made_up() -> None:
    draft = drafted("wrong_fact", ticket(customer("is it big?"), bot("It is green and it is round."), note="done"))
    assert rules(draft) == []
    assert NOT_RED in draft.missing


def test_a_rule_that_an_empty_reply_passes_is_told_to_be_weak() -> None:
    talk = ticket(REFUND, PROMISE, note="It should say that none was started.")
    assert ONLY_FORBIDS in drafted("promised_action", talk).missing


def test_the_expectations_own_words_are_never_forbidden() -> None:
    talk = ticket(
        customer("any discount?"), bot("You get 20% off."), note="Bot said 20% off. Should say: 20% off is right"
    )
    assert rules(drafted("wrong_fact", talk)) == []
