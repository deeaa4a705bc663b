"""A piece of a number, another writing of it and what a covered card shows agree with what stands for the whole."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from personal.dressing import played

SEEDS = [f"seed {number}" for number in range(8)]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("call {PHONE_1 +7 701 123 45 67}, ends in {PHONE_2 4567}, with {PHONE_3 67}", 0, 4),
        ("{CARD_1 4539 1488 0343 6467}, card ends in {CARD_LAST4_1 6467}, in {CARD_LAST4_2 67}", 0, 4),
        ("ИИН {IIN_1 880512300127}, аяғы {DOC_LAST4_1 0127}, {DOC_LAST4_2 27}", 0, 4),
        ("заказ {ORDER_1 BX-20931}, заканчивается на {ORDER_2 0931}, на {ORDER_3 31}", 0, 4),
        ("ИИН {IIN_1 880512300127}, начинается с {DOC_LAST4_1 880512}", 6, 0),
        ("паспорт {PASSPORT_1 N08812345} begins with {DOC_LAST4_1 N088}", 4, 0),
        ("{CARD_1 4539 1488 0343 6467}, first digits {CARD_LAST4_1 453914}", 6, 0),
    ],
)
def test_a_piece_is_the_same_piece_of_the_surrogate(text: str, first: int, last: int, seed: str) -> None:
    whole, *pieces = (re.sub(r"\W", "", one) for one in played(text, seed=seed))
    assert pieces[0] == (whole[:first] if first else whole[-last:])
    assert all(whole.endswith(piece) for piece in pieces[1:])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_phone_begins_alike_however_its_country_is_written(seed: str) -> None:
    whole, eight, seven, national, other = map(
        digits,
        played(
            "{PHONE_1 +7 701 123 45 67}: {PHONE_2 8701}, {PHONE_3 7701}, {PHONE_4 70112}; {PHONE_5 8 (701) 123-45-67}",
            seed=seed,
        ),
    )
    assert eight == f"8{whole[1:4]}"
    assert seven == whole[:4]
    assert national == whole[1:6]
    assert other == f"8{whole[1:]}"


@pytest.mark.parametrize("seed", SEEDS)
def test_one_number_under_two_placeholders_is_one(seed: str) -> None:
    one, two, three = map(
        digits, played("{PHONE_1 87011234567} {PHONE_2 701 123 4567} {PHONE_1 +77011234567}", seed=seed)
    )
    assert one[1:] == two == three[1:]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_covered_card_shows_the_surrogates_digits(seed: str) -> None:
    whole, covered, tail = played(
        "{CARD_1 4539 1488 0343 6467}, {CARD_2 4539 **** **** 6467}, {CARD_3 **** 6467}", seed=seed
    )
    assert covered == f"{whole[:4]} **** **** {whole[-4:]}"
    assert tail == f"**** {whole[-4:]}"


def test_the_piece_that_comes_before_its_number_agrees_as_well() -> None:
    piece, whole = played("ends in {CARD_LAST4_1 6467}", "it is {CARD_1 4539 1488 0343 6467}")
    assert whole.endswith(piece)


@pytest.mark.parametrize(
    ("label", "value", "form"),
    [
        ("CARD_LAST4", "4471", r"\d{4}"),
        ("PHONE", "8701", r"87\d\d"),
        ("DOC_LAST4", "N088", r"[A-Z]\d{3}"),
        ("DOC_LAST4", "880512", r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d)"),
        ("ORDER", "931", r"\d{3}"),
    ],
)
def test_a_piece_of_nothing_in_the_ticket_keeps_its_form(label: str, value: str, form: str) -> None:
    for seed in SEEDS:
        [made] = played(f"{{{label}_1 {value}}}", seed=seed)
        assert re.fullmatch(form, made)
        assert made != value


def test_two_digits_alone_are_no_piece_of_another_kind_of_number() -> None:
    apart = [played("order {ORDER_1 548933}, card ends in {CARD_LAST4_1 33}", seed=seed) for seed in SEEDS]
    assert any(not order.endswith(last) for order, last in apart)


def test_pieces_of_two_numbers_do_not_mix() -> None:
    one, other, last, first = played(
        "{PHONE_1 +7 701 123 45 67}, {PHONE_2 +7 702 765 43 21}: {PHONE_3 4321}, {PHONE_4 8701}"
    )
    assert digits(other).endswith(last)
    assert digits(one)[1:4] == first[1:]


@settings(max_examples=80, deadline=None)
@given(
    number=st.from_regex(r"[2-9][0-9]{9}", fullmatch=True),
    size=st.integers(4, 8),
    seed=st.text(max_size=4),
    end=st.booleans(),
)
def test_whichever_piece_is_told_it_is_the_surrogates(number: str, size: int, seed: str, end: bool) -> None:
    told = number[-size:] if end else number[:size]
    whole, piece = played(f"{{ACCOUNT_1 {number}}} {{ACCOUNT_2 {told}}}", seed=seed)
    allowed = {whole[-size:] if number.endswith(told) else "", whole[:size] if number.startswith(told) else ""}
    assert piece in allowed
    assert len(whole) == len(number)
    assert whole != number
