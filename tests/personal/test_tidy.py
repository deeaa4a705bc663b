"""What is found is cut to what a person would cover: an address with all of its block, a name without its title."""

import pytest

from casemill.domain.placeholder import Span
from casemill.personal import mask
from casemill.personal.addresses import addresses_of
from casemill.personal.masking import mask_together
from casemill.personal.page import Page
from casemill.personal.tidy import names_of, whole_addresses


def address(text: str, piece: str, *, towns: tuple[str, ...] = (), codes: tuple[str, ...] = ()) -> str:
    page = Page(text, searched=True)
    fresh = [_span(text, piece, "ADDRESS"), *(_span(text, code, "ZIP") for code in codes)]
    [whole] = [
        span
        for span in whole_addresses(page, fresh, towns=[_span(text, town, "PLACE") for town in towns])
        if span.label == "ADDRESS"
    ]
    return text[whole.start : whole.end]


def _span(text: str, piece: str, label: str) -> Span:
    start = text.index(piece)
    return Span(start=start, end=start + len(piece), label=label)


@pytest.mark.parametrize(
    ("text", "piece", "whole"),
    [
        ("to 12 Rose Street, Apt 4.", "12 Rose Street", "12 Rose Street, Apt 4"),
        ("на ул. Абая 12, кв. 5, завтра", "ул. Абая 12", "ул. Абая 12, кв. 5"),
        ("at 12 Rose Street within 5 days", "12 Rose Street", "12 Rose Street"),
        ("I paid at Rose Street 12 for it", "Rose Street", "Rose Street 12"),
    ],
)
def test_house_and_flat_go_with_their_street(text: str, piece: str, whole: str) -> None:
    assert address(text, piece) == whole


def test_town_state_and_code_go_with_the_street_but_a_town_elsewhere_stays() -> None:
    text = "12 Rose Street\nSpringfield, IL 62704. Springfield is big"
    assert address(text, "12 Rose Street", towns=("Springfield",), codes=("62704",)) == text[: text.index(".")]


def test_a_row_of_addresses_is_one_block_however_long() -> None:
    text = "12 Rose Street, " * 2000
    page = Page(text, searched=True)
    fresh = [Span(start=at, end=at + 14, label="ADDRESS") for at in range(0, len(text), 16)]
    [whole] = whole_addresses(page, fresh, towns=())
    assert (whole.start, whole.end) == (0, len(text) - 2)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dear Ms. Anna Karimova, hello", ["Anna Karimova"]),
        ("Anna. Boris came", ["Anna", "Boris"]),
        ("Jean-Marie Falk", ["Jean-Marie Falk"]),
        ("buy a Camera", []),
        ("Anna K. wrote", ["Anna K."]),
    ],
)
def test_a_name_stands_without_titles_things_and_everyday_words(text: str, names: list[str]) -> None:
    page = Page(text, searched=True)
    whole = [Span(start=0, end=len(text), label="NAME")]
    assert [text[span.start : span.end] for span in names_of(page, whole)] == names


def test_a_number_or_everyday_words_alone_are_no_address() -> None:
    text = "2000, the morning"
    page = Page(text, searched=True)
    assert list(addresses_of(page, [Span(start=0, end=len(text), label="ADDRESS")], known=())) == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Сәлем! Hi, I am Anna", "Сәлем! Hi, I am [NAME_1]"),
        ("Hello! Hi Anna, thanks", "Hello! Hi [NAME_1], thanks"),
        ("image: cid:1", "image: cid:1"),
        ("Bonjour, merci. Hallo, danke", "Bonjour, merci. Hallo, danke"),
    ],
)
def test_greetings_and_schemes_stay(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Anna Karimova wrote. Анна Каримова пишет.", "[NAME_1] wrote. [NAME_1] пишет."),
        ("айгүл ренжіді", "[NAME_1] ренжіді"),
        ("Ерболат де жазды", "[NAME_1] де жазды"),
        ("каримова недовольна.", "[NAME_1] недовольна."),
        ("Жанна Ли ждёт", "[NAME_1] ждёт"),
        ("Это Игорь Ян, заказ пришёл", "Это [NAME_1], заказ пришёл"),
        ("Дана ли скидка?", "Дана ли скидка?"),
    ],
)
def test_a_name_ends_where_it_ends(text: str, rest: str) -> None:
    assert mask_together([text]).texts[0].text == rest
