"""URLs that lead to somebody, and answers that are hardly more than a number."""

import pytest

from casemill.personal.answer import lead_of
from casemill.personal.links import links


def test_the_end_of_a_sentence_is_not_part_of_a_url() -> None:
    text = "(see https://shop.com/orders/548921). Or <https://shop.com/a_(b)>!"
    assert [text[link.start : link.end] for link in links(text)] == [
        "https://shop.com/orders/548921",
        "https://shop.com/a_(b)",
    ]


@pytest.mark.parametrize("text", ["anna@shop.com/x", "and/or", "1.5/2.5", "e.g. this", "file.txt", "12.05/13.05"])
def test_what_is_no_url_is_none(text: str) -> None:
    assert list(links(text)) == []


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Could I have your order number?", "order number: "),
        ("What is your account number so that I can look up the order", "order number: "),
        ("Укажите номер заказа, пожалуйста", "order number: "),
        ("ЖСН жазыңыз", "iin: "),
        ("And the last digits of your SSN?", "ssn: "),
        ("Your order is on its way.", ""),
        ("What is the zip code of your order?", "order number: "),
        ("For your order, which size?", ""),
        ("", ""),
    ],
)
def test_the_last_thing_asked_for_is_what_the_answer_gives(question: str, lead: str) -> None:
    assert lead_of(question, "it's 548921") == lead


def test_a_long_text_or_one_without_a_digit_is_no_answer() -> None:
    assert lead_of("Your order number?", "I do not know") == ""
    assert lead_of("Your order number?", "548921 " + "and many more words " * 8) == ""
