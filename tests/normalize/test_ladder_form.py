"""Rungs about form: language, length, shape."""

from typing import Any

import pytest

from normalize.written import bot, customer, drafted, rules, ticket

STEPS = "Open the app and then press the button and then wait."


@pytest.mark.parametrize(
    ("asked", "said", "note", "rule"),
    [
        ("где мой заказ?", "Your order is on its way.", "done", {"pattern": "[а-яё]{3,}", "ignore_case": True}),
        ("тапсырысым қайда?", "Заказ в пути.", "done", {"pattern": "[әғқңөұүһ]", "ignore_case": True}),
        ("where is my parcel", "Ваш заказ в пути.", "done", {"pattern": "[А-Яа-яЁё]{3,}", "absent": True}),
        ("привет", "Hello there.", "Must answer in Kazakh.", {"pattern": "[әғқңөұүһ]", "ignore_case": True}),
    ],
)
def test_a_reply_in_the_wrong_language_is_known_by_its_script(
    asked: str, said: str, note: str, rule: dict[str, Any]
) -> None:
    assert rules(drafted("wrong_language", ticket(customer(asked), bot(said), note=note))) == [{"regex": rule}]


def test_a_language_of_the_same_script_is_known_by_its_small_words() -> None:
    talk = ticket(customer("wo ist mein Paket, ich warte noch"), bot("Your parcel is on its way."), note="done")
    (rule,) = rules(drafted("wrong_language", talk))
    assert rule["regex"]["pattern"].startswith(r"\b(?:der|die|das|")


@pytest.mark.parametrize(
    ("said", "note", "rule"),
    [
        (STEPS, "Should be a numbered list.", {"regex": {"pattern": r"(?m)^\s*\d+[.)]\s"}}),
        (STEPS, "Нужно было по шагам.", {"regex": {"pattern": r"(?m)^\s*\d+[.)]\s"}}),
        ("**Sure**", "Expected: no markdown.", {"regex": {"pattern": r"\*\*|^#+\s|(?m:^\s*[*-]\s)", "absent": True}}),
        ("word " * 90, "Expected: at most 80 words.", {"word_count": {"max": 80}}),
        ("too short", "Expected: 50 to 500 words.", {"word_count": {"min": 50, "max": 500}}),
        ("too short", "Не менее 20 слов, как надо: полный ответ", {"word_count": {"min": 20}}),
        (
            "Sure, done!",
            'Must be JSON with "order" and "status".',
            {"json_schema": {"schema": {"type": "object", "required": ["order", "status"]}}},
        ),
        (
            "It comes {delivery_date}.",
            "an unfilled field",
            {"regex": {"pattern": r"\{\{?\s*\w[\w. ]*\}?\}", "absent": True}},
        ),
    ],
)
def test_the_form_that_was_asked_for_becomes_a_rule(said: str, note: str, rule: dict[str, Any]) -> None:
    assert rules(drafted("bad_format", ticket(customer("give me the steps"), bot(said), note=note))) == [rule]


def test_a_tone_rule_may_be_about_form() -> None:
    talk = ticket(customer("my baby is cold"), bot("On its way! 😊"), expected="Calm, sorry, no emoji.")
    assert rules(drafted("wrong_tone", talk)) == [
        {"regex": {"pattern": r"[\U0001F300-\U0001FAFF\u2600-\u27BF]", "absent": True}}
    ]
