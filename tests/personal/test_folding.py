"""Digits, blanks and hyphens as pasted text has them: read as plain ones, places as they were given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.personal import mask
from casemill.personal.folding import folded

BLANKS = (
    "\u00a0",
    "\u2007",
    "\u2009",
    "\u202f",
    "\u3000",
    "\t",
    "  ",
    "\u2013",
    "\u2011",
    "\u2010",
    "\u2212",
    "\u00b7",
    ".",
)


@given(st.text())
def test_it_stays_as_long_as_it_was_and_is_folded_once(text: str) -> None:
    assert len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_left_alone(text: str) -> None:
    assert folded(text) is text


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("card 4539 1488 0343 6467", "card [CARD_1]"),
        ("it was 4539 1488 0343 6467, thanks", "it was [CARD_1], thanks"),
        ("amex 3782 822463 10005", "amex [CARD_1]"),
        ("ИИН 880512 300127", "ИИН [IIN_1]"),
        ("это 850101 300005", "это [IIN_1]"),
        ("call +7 701 555 01 01", "call [PHONE_1]"),
    ],
)
def test_a_number_is_found_whatever_parts_its_groups(blank: str, text: str, wanted: str) -> None:
    digits = text.index(next(sign for sign in text if sign.isdigit()))
    end = max(place for place, sign in enumerate(text) if sign.isdigit())
    pasted = text[:digits] + text[digits : end + 1].replace(" ", blank) + text[end + 1 :]
    masked = mask(pasted).text
    assert masked == wanted
    assert mask(masked).text == masked


@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("card ４５３９ １４８８ ０３４３ ６４６７", "４５３９ １４８８ ０３４３ ６４６７", "CARD"),
        ("phone ٠١٢٣٤٥٦٧٨٩", "٠١٢٣٤٥٦٧٨٩", "PHONE"),
        ("4539 1488 0343\u00a06467", "4539 1488 0343\u00a06467", "CARD"),
        ("4539-1488 0343\u20116467", "4539-1488 0343\u20116467", "CARD"),
        ("write to ａｎｎａ＠ｓｈｏｐ．ｔｅｓｔ", "ａｎｎａ＠ｓｈｏｐ．ｔｅｓｔ", "EMAIL"),
        ("заказ №\u00a0548921", "548921", "ORDER"),
        ("заказ\u202f548\u2011921", "548\u2011921", "ORDER"),
    ],
)
def test_places_are_those_of_the_text_as_it_was_given(text: str, value: str, label: str) -> None:
    [span] = mask(text).spans
    assert (text[span.start : span.end], span.label) == (value, label)


@pytest.mark.parametrize(
    "text",
    [
        "between 2019\u20132021 and 2024\u20142026",
        "5\u20137 дней, 12\u00a0990\u00a0тенге, 1\u202f000\u202f000 тенге",
        "12.05.2026 14:05\t03.11.2026",
        "2019\t2020\t2021\t2022",
        "2019  2020  2021  2023",
        "4539.14 1488.03",
        "\u22125\u00a0000 тенге за 3\u00a0дня",
        "цены: 4990\t12990\t149990",
    ],
)
def test_facts_stay_whatever_parts_them(text: str) -> None:
    assert mask(text).text == text


def test_a_persons_name_is_one_with_a_hard_blank_in_it() -> None:
    assert mask("Анна\u00a0Каримова звонила", ["Анна Каримова"]).text == "[NAME_1] звонила"


def test_words_of_a_company_hold_in_either_writing() -> None:
    assert mask("take Fast\u00a0Fox today", always=["PARTNER:Fast Fox"]).text == "take [PARTNER_1] today"
    assert mask("take Fast Fox today", always=["PARTNER:Fast\u00a0Fox"]).text == "take [PARTNER_1] today"
