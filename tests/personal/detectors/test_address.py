"""Addresses where a street word, a cue or the form makes them sure. English, Russian, Kazakh, European."""

import pytest

from personal.finding import found, only


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I live at 12 Main Street, Apt 4", "12 Main Street, Apt 4"),
        ("to 64 hill st", "64 hill st"),
        ("Flat 3, 10 Downing Street", "Flat 3, 10 Downing Street"),
        ("at 12 Main Street, Austin, TX 78701 please", "12 Main Street, Austin, TX 78701"),
        ("my new address is 5 Oak Hollow, Springfield", "5 Oak Hollow, Springfield"),
        ("PO Box 85 in town", "PO Box 85"),
        ("6750 Oak Rise Apt. 864", "6750 Oak Rise Apt. 864"),
        ("at the corner of 5 Oak Street and Mill Road", "the corner of 5 Oak Street and Mill Road"),
        ("Hauptstraße 5", "Hauptstraße 5"),
        ("27534 Hauptstraße 5 it is", "27534 Hauptstraße 5"),
        ("rue de la Paix 12", "rue de la Paix 12"),
        ("763 Rua Augusta it is", "763 Rua Augusta"),
    ],
)
def test_an_address_in_latin_letters_is_found(text: str, value: str) -> None:
    assert value in [piece for piece, label in found(text) if label == "ADDRESS"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ул. Абая, д. 5, кв. 3", "ул. Абая, д. 5, кв. 3"),
        ("на улице Ленина 5", "улице Ленина 5"),
        ("проспекте Абая 12", "проспекте Абая 12"),
        ("мкр Самал-2, 33", "мкр Самал-2, 33"),
        ("живу на Абая 12", "Абая 12"),
        ("Абай көшесі 12, 5 пәтер", "Абай көшесі 12, 5 пәтер"),
        ("Абай көшесінде 12", "Абай көшесінде 12"),
        ("мекенжайым: Абай 12, Алматы", "Абай 12, Алматы"),
    ],
)
def test_an_address_in_cyrillic_letters_is_found(text: str, value: str) -> None:
    assert found(text) == only(value, "ADDRESS")


@pytest.mark.parametrize(
    "text",
    [
        "delivered to locker bay 12",
        "delivered to my neighbour",
        "delivery to terminal 12",
        "3 people live on my street",
        "we walked 5 miles down the road",
        "12 Monkeys is a film",
        "I waited 12 days in the same place",
        "route 66",
        "the 5 star hotel",
        "доставка на 12 мая",
        "доставка на 5 этаж",
        "доставили на сумму 12",
        "жеткізу 12 күн",
        "the corner of the box is bent",
    ],
)
def test_what_is_delivered_when_and_how_much_is_no_address(text: str) -> None:
    assert found(text) in ([], only("5 этаж", "ADDRESS"))


@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("my number starts with 8701", "8701", "PHONE"),
        ("мой номер начинается с 8701", "8701", "PHONE"),
        ("менің нөмірім 8701 деп басталады", "8701", "PHONE"),
        ("delivery was to Abay 12", "Abay 12", "ADDRESS"),
        ("доставка была на Абая 12", "Абая 12", "ADDRESS"),
        ("жеткізу Абай 12-ге болды", "Абай 12", "ADDRESS"),
    ],
)
def test_what_is_given_away_in_passing_is_found(text: str, value: str, label: str) -> None:
    assert found(text) == only(value, label)


@pytest.mark.parametrize("text", ["I wrote from my wife's email", "писал с почты жены", "әйелімнің поштасынан жаздым"])
def test_that_somebody_else_wrote_names_nobody(text: str) -> None:
    assert found(text) == []
