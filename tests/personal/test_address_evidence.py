"""Words and numbers are an address where a kind of street says so or they are written as one; counted things stay."""

import pytest

from casemill import mask
from casemill.personal.address_evidence import is_address, names_street, street_of, tells_place
from casemill.personal.masking import mask_together


@pytest.mark.parametrize(
    "text",
    [
        "3 nonveg burger and 2 sprite",
        "2 lemonade",
        "130° field of view, Wi-Fi",
        "commande 448812",
        "siparişim 5512345",
        "обогреватель H1",
        "31 st aug",
        "Казахстану",
        "Astana",
        "жауап берді және жасамаған қайтаруды уәде етті",
        "Gift Card 7359776",
    ],
)
def test_counted_things_orders_towns_and_sentences_are_no_address(text: str) -> None:
    assert not is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "12 Rose Street",
        "12 rose street",
        "Abay 12",
        "Hauptstraße 5, 10115 Berlin",
        "1213 rua Augusta",
        "ул. Абая 12",
        "Абай көшесі 12",
        "Springfield, IL 62704",
        "Достық 5, 12 пәтер",
    ],
)
def test_streets_and_houses_are_an_address(text: str) -> None:
    assert is_address(text)


def test_a_kind_of_street_stands_behind_a_name() -> None:
    assert names_street("5 Park Lane")
    assert not names_street("field of view")


def test_a_number_alone_tells_no_place() -> None:
    assert not tells_place("2000")
    assert tells_place("Abay 12")


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("Abay Avenue 12, apt 44", "Abay Avenue"),
        ("12 Rose Street, Apt 4", "Rose Street"),
        ("ул. Абая 12", "ул. Абая"),
        ("Абай көшесі 12", "Абай көшесі"),
        ("Apt 4", ""),
        ("5th floor", ""),
        ("Abay 12", ""),
    ],
)
def test_a_street_is_known_without_its_house_where_a_word_says_that_it_is_one(address: str, street: str) -> None:
    assert street_of(address) == street


def test_the_street_alone_goes_where_its_address_was_told_before() -> None:
    texts = mask_together(["send it to Abay Avenue 12, apt 44", "done, it goes to Abay Avenue now"]).texts
    assert texts[1].text == "done, it goes to [ADDRESS_2] now"


@pytest.mark.parametrize(
    "text",
    [
        "i want 3 nonveg burger and 2 sprite",
        "130° field of view, Wi-Fi",
        "обогреватель H1 отключается каждые 5 минут",
        "ертең таңғы 9-да жеткіземіз",
        "commande 448812 pas arrivée",
    ],
)
def test_what_the_tagger_takes_for_an_address_stays_without_evidence(text: str) -> None:
    assert "ADDRESS" not in mask(text).text
