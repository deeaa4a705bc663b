"""similarity, number and starts_with: near enough, and told how far off."""

from typing import Any

import pytest

import make
from casemill.domain.case import Assertion
from casemill.domain.grade import Grade
from casemill.run.graders import build
from casemill.run.numbers import numbers


def told(grader: str, said: str, **arguments: Any) -> Grade:
    return build(Assertion(grader=grader, arguments=arguments)).look(make.reply(said), make.case())


@pytest.mark.parametrize(
    ("said", "wanted", "by", "alike"),
    [
        ("Your order is on its way.", "your order is on its way", "letters", True),
        ("Your order is on its way.", "Returns are free for 30 days.", "letters", False),
        ("on its way your order is", "your order is on its way", "words", True),
        ("on its way your order is", "your order is on its way", "letters", False),
        ("your order your order is on its way now", "your order is on its way", "word_set", True),
        ("Hello! Your order is on its way. Anything else?", "your order is on its way", "part", True),
        ("Hello! Your order is on its way. Anything else?", "your order is on its way", "letters", False),
        ("I", "your order is on its way", "part", False),
        ("order", "your order is on its way", "word_set", False),
        ("is your order", "your order is on its way", "word_set", False),
        ("On its way: is your order, Anna?", "your order is on its way", "word_set", True),
        ("", "your order is on its way", "word_set", False),
        ("Заказ уже в пути", "заказ уже в пути", "letters", True),
        ("it’s here", "it's here", "letters", True),
    ],
)
def test_likeness_goes_by_letters_or_words(said: str, wanted: str, by: str, *, alike: bool) -> None:
    answer = told("similarity", said, text=wanted, by=by, threshold=0.85)
    assert answer.result == ("pass" if alike else "fail")
    assert "alike" in answer.reason


def test_the_nearest_of_several_counts_and_a_case_brings_its_own_reference() -> None:
    assert told("similarity", "yes", any=["no", "Yes"]).result == "pass"
    assert told("similarity", make.GOOD).result == "pass"
    far = told("similarity", "Bananas!")
    assert far.result == "fail"
    assert "less than 0.75" in far.reason


def test_without_anything_to_compare_with_it_is_an_error() -> None:
    grader = build(Assertion(grader="similarity", arguments={}))
    case = make.case(expect=make.case().expect.__class__())
    assert grader.look(make.reply("x"), case).result == "error"
    assert told("similarity", "a" * 20_001, text="a").result == "error"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is $49.99.", [49.99]),
        ("49,99 €", [49.99]),
        ("1 500 ₸ or 1\u00a0500,50", [1500, 1500.5]),
        ("1,500", [1500, 1.5]),
        ("1,234,567.5", [1234567.5]),
        ("1.234.567", [1234567]),
        ("−3 degrees, -4", [-3, -4]),
        ("5–7 days", [5, 7]),
        ("KB-1042, version 1.2.3", [1042]),
        ("order 10.", [10]),
        ("3.5, then 4", [3.5, 4]),
        ("- 50 ₸\n- 60 ₸", [50, 60]),
        ("none", []),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, found: list[float]) -> None:
    assert [reading for _, readings in numbers(text) for reading in readings] == found


@pytest.mark.parametrize(
    ("said", "arguments", "there"),
    [
        ("You pay 49.99 in all.", {"value": 49.99}, True),
        ("You pay 50 in all.", {"value": 49.99}, False),
        ("You pay 50 in all.", {"value": 49.99, "tolerance": 0.01}, True),
        ("You pay 50 in all.", {"value": 49, "percent": 1}, False),
        ("You pay 49.4 in all.", {"value": 49, "percent": 1}, True),
        ("2 boxes at 1,500 ₸", {"value": 1500}, True),
        ("2 boxes at 1,500 ₸", {"value": 1500, "every": True}, False),
        ("It is 1,500 ₸", {"value": 1500, "every": True}, True),
        ("nothing", {"value": 0}, False),
        ("0 ₸", {"value": 0}, True),
    ],
)
def test_a_number_is_stated_within_what_is_allowed(said: str, arguments: dict[str, Any], *, there: bool) -> None:
    assert told("number", said, **arguments).result == ("pass" if there else "fail")


def test_a_wrong_number_is_told_beside_the_right_one() -> None:
    assert told("number", "It costs 60 or 70.", value=49.99, tolerance=0.5).reason == "states 60, 70, not 49.99 ± 0.5"


@pytest.mark.parametrize(
    ("said", "arguments", "begins"),
    [
        ("No refund was started.", {"any": ["No refund"]}, True),
        ("\n  No refund", {"any": ["Yes", "No"]}, True),
        ("no refund", {"any": ["No"]}, False),
        ("no refund", {"any": ["No"], "ignore_case": True}, True),
        ("It’s no use", {"any": ["It's no"]}, True),
        ("Well, No", {"any": ["No"]}, False),
        ("", {"any": ["No"]}, False),
    ],
)
def test_a_reply_begins_with_a_text(said: str, arguments: dict[str, Any], *, begins: bool) -> None:
    assert told("starts_with", said, **arguments).result == ("pass" if begins else "fail")
