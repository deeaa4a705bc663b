"""Telephone numbers and parts of them. English, Russian, Kazakh."""

import pytest

from personal.finding import found, only


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("call +7 701 123 45 67 now", "+7 701 123 45 67"),
        ("8-701-123-45-67", "8-701-123-45-67"),
        ("8 (727) 250-12-34", "8 (727) 250-12-34"),
        ("мой номер 87011234567", "87011234567"),
        ("701 123 45 67 это я", "701 123 45 67"),
        ("нөмірім 8 705 555 44 33 хабарласыңыз", "8 705 555 44 33"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("(415) 555-2671", "(415) 555-2671"),
        ("415.555.2671", "415.555.2671"),
        ("1-800-555-0199 hotline", "1-800-555-0199"),
        ("my phone is 4155552671", "4155552671"),
        ("can someone call me on 9472 7916?", "9472 7916"),
        ("345-899-3560x4587", "345-899-3560x4587"),
        ("телефон 7123456 домашний", "7123456"),
        ("+77011234567 12.05.2024 в 12:30", "+77011234567"),
    ],
)
def test_a_phone_is_found_in_the_forms_people_use(text: str, value: str) -> None:
    assert found(text) == only(value, "PHONE")


@pytest.mark.parametrize(
    "text",
    [
        "item 4602305039 is late",
        "4602305039",
        "change 4602305039 (Desk Lamp) please",
        '"Desk Lamp": "6817146515"',
        "on 12.05.2024 and 2024-05-12",
        "for 12 990 000 тенге",
        "1 234 567 views",
        "between 10:30 and 12:45",
        "call me tomorrow at 10",
    ],
)
def test_item_ids_dates_and_amounts_are_no_phones(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my number starts with 8701", "8701"),
        ("мой номер начинается с 8701", "8701"),
        ("телефон заканчивается на 45 67", "45 67"),
        ("нөмірім 8701-ден басталады", "8701"),
        ("my phone ends in 4471", "4471"),
        ("last four digits of my phone: 4471", "4471"),
        ("последние цифры телефона 4471", "4471"),
    ],
)
def test_a_part_of_a_phone_number_is_a_phone(text: str, value: str) -> None:
    assert found(text) == only(value, "PHONE")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("call me at eight seven oh one five five five two three", "eight seven oh one five five five two three"),
        ("мой номер восемь семьсот один пятьсот пятьдесят пять", "восемь семьсот один пятьсот пятьдесят пять"),
        ("нөмірім сегіз жеті жүз бір бес жүз елу", "сегіз жеті жүз бір бес жүз елу"),
    ],
)
def test_a_phone_number_in_words_is_a_phone(text: str, value: str) -> None:
    assert found(text) == only(value, "PHONE")


@pytest.mark.parametrize(
    "text", ["one two three four, testing", "the price is one two three four five", "order number one two three four"]
)
def test_other_numbers_in_words_stay(text: str) -> None:
    assert found(text) == []


def test_a_number_is_taken_out_of_a_longer_run() -> None:
    assert found("1 2 +7 701 123 45 67 3 4") == only("+7 701 123 45 67", "PHONE")
