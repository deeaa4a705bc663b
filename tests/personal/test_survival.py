"""Facts are read again after masking, and those that went are named."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.personal.masking import Masked, MaskedSpan, mask, mask_together
from casemill.personal.survival import facts_of, lost_facts, lost_in_ticket


def facts(text: str) -> list[tuple[str, str]]:
    return [(fact.kind, text[fact.start : fact.end]) for fact in facts_of(text)]


def masked_at(text: str, piece: str, *, label: str) -> Masked:
    """The text with one piece masked, as a masker that goes wrong would."""
    start = text.index(piece)
    span = MaskedSpan(start=start, end=start + len(piece), label=label, placeholder=f"[{label}_1]")
    return Masked(text=text.replace(piece, span.placeholder, 1), spans=(span,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("charged $49.99 on February 3rd", [("amount", "$49.99"), ("date", "February 3")]),
        ("1 200 000 ₸ and USD 1,200.50", [("amount", "1 200 000 ₸"), ("amount", "USD 1,200.50")]),
        ("2026-11-03 12:30, 03/11, 3.11.26", [("date", "2026-11-03"), ("time", "12:30"), ("date", "03/11")]),
        ("in 5-7 business days or 2h", [("duration", "5-7 business days"), ("duration", "2h")]),
        ("20 % off, 15 пайыз", [("percentage", "20 %"), ("percentage", "15 пайыз")]),
        ("KB-1042 says error code 503", [("article id", "KB-1042"), ("error code", "503")]),
        ("ERR_CONN_RESET at 5 p.m., HTTP 502", [("error code", "ERR_CONN_RESET"), ("time", "5 p.m")]),
        (
            "status: on_hold, delivered by Friday",
            [("status", "on_hold"), ("status", "delivered"), ("deadline", "Friday")],
        ),
        ("3 марта 2026 списали 500 рублей до пятницы", [("date", "3 марта 2026"), ("amount", "500 рублей")]),
        ("10 жұмыс күн, 5 наурыз, ертең", [("duration", "10 жұмыс күн"), ("date", "5 наурыз"), ("deadline", "ертең")]),
        ("in 2024, since May 2025", [("date", "2024"), ("date", "2025")]),
        ("15 тыс. тенге, 5 млн. руб.", [("amount", "15 тыс. тенге"), ("amount", "5 млн. руб")]),
        ("AED 1,249 or 1,249.00 AED", [("amount", "AED 1,249"), ("amount", "1,249.00 AED")]),
        ("5000 tg, 250 TL, 99 zł", [("amount", "5000 tg"), ("amount", "250 TL"), ("amount", "99 zł")]),
        ("5 жұмыс күні, 10 күнінен", [("duration", "5 жұмыс күні"), ("duration", "10 күнінен")]),
        ("15 маусымға дейін, 20 қарашаның", [("date", "15 маусымға"), ("date", "20 қарашаның")]),
        ("in two weeks, half an hour", [("duration", "two weeks"), ("duration", "half an hour")]),
        ("три рабочих дня, полгода", [("duration", "три рабочих дня"), ("duration", "полгода")]),
        ("екі апта, бір айдан кейін", [("duration", "екі апта"), ("duration", "бір айдан")]),
        (
            "Article 112, статья 25, ст. 26, 27-бап",
            [("article id", "Article 112"), ("article id", "статья 25"), ("article id", "ст. 26")],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_facts_are_known_in_three_languages(text: str, expected: list[tuple[str, str]]) -> None:
    found = facts(text)
    assert found[: len(expected)] == expected


@pytest.mark.parametrize(
    "text", ["8 701 123 45 67", "12 May Street", "order 548921", "room 12", "version 1.2", "two people", "одна Анна"]
)
def test_numbers_of_other_kinds_are_no_facts(text: str) -> None:
    assert facts(text) == []


def test_a_fact_that_went_with_a_placeholder_is_named_with_its_place() -> None:
    text = "paid on 2026-11-03, by card"
    [lost] = lost_facts(text, masked_at(text, "2026-11-03", label="ORDER"))
    assert (lost.kind, lost.text, lost.placeholder, text[lost.start : lost.end]) == (
        "date",
        "2026-11-03",
        "[ORDER_1]",
        "2026-11-03",
    )


def test_a_fact_inside_a_name_or_an_address_that_went_too_far_is_lost() -> None:
    text = "to Main Street 4 by Friday please"
    [lost] = lost_facts(text, masked_at(text, "Main Street 4 by Friday", label="ADDRESS"))
    assert lost.text == "Friday"


def test_what_is_only_part_of_a_number_that_had_to_go_is_no_loss() -> None:
    text = "order 2024-05-06-77 is late"
    assert lost_facts(text, masked_at(text, "2024-05-06-77", label="ORDER")) == ()


def test_a_date_of_birth_may_go() -> None:
    text = "born on 03/17/1985"
    assert lost_facts(text, masked_at(text, "03/17/1985", label="DOB")) == ()


def test_a_text_that_says_something_else_where_a_fact_stood_is_told() -> None:
    text = "paid 50 USD on 2026-11-03"
    [lost] = lost_facts(text, Masked(text="paid 60 USD on 2026-11-03"))
    assert (lost.text, lost.placeholder) == ("50 USD", "")


def test_facts_behind_placeholders_of_another_length_are_found_again() -> None:
    text = "Anna Karimova paid $5 to anna@shop.test on 2026-11-03 at 12:30"
    masked = mask(text, ["Anna Karimova"])
    assert masked.spans
    assert lost_facts(text, masked) == ()


def test_a_ticket_names_the_text_that_lost_a_fact() -> None:
    texts = ["hello", "due 2026-11-03"]
    results = [Masked(text="hello"), masked_at(texts[1], "2026-11-03", label="NAME")]
    assert [(number, lost.kind) for number, lost in lost_in_ticket(texts, results)] == [(1, "date")]


@given(st.text(max_size=300))
def test_any_text_masked_by_nothing_loses_nothing(text: str) -> None:
    assert lost_facts(text, Masked(text=text)) == ()


@given(st.text(alphabet="0123456789 .:/-%$дняmay", max_size=200))
def test_facts_are_inside_the_text_in_order_and_apart(text: str) -> None:
    places = [(fact.start, fact.end) for fact in facts_of(text)]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


@pytest.mark.parametrize("piece", ["1 ", "1-", "1.", "9:", "$", "may ", "a_"])
@pytest.mark.slow
def test_a_line_of_a_megabyte_is_read_in_linear_time(piece: str) -> None:
    """Four times the text takes no more than about four times as long; generous, for machines that are busy."""
    spent = []
    for size in (100_000, 400_000):
        text = piece * (size // len(piece))
        began = time.process_time()
        sum(1 for _ in facts_of(text))
        spent.append(time.process_time() - began)
    assert spent[1] < 40 * max(spent[0], 0.01)


def test_what_we_mask_ourselves_loses_no_fact() -> None:
    texts = [
        "I was charged $49.99 on February 3rd but my cycle resets on the 15th. Order #W6247578, call 8 701 123 45 67.",
        "Вернут 12 000 тенге до пятницы, за 10 рабочих дней; ошибка 17, заказ 548921, доставка на Абая 12.",
    ]
    assert lost_in_ticket(texts, mask_together(texts).texts) == ()
