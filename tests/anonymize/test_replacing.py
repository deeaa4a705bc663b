"""A value is replaced wherever and however it is written, and nothing beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.anonymize.replacing import replacements
from casemill.domain.placeholder import Entity


def replaced(label: str, value: str, text: str, *, inside: bool = False) -> str:
    entity = Entity(label=label, number=1, values=(value,))
    return replacements([entity], inside={value} if inside else ()).apply(text)


@pytest.mark.parametrize(
    ("label", "value", "text", "wanted"),
    [
        ("NAME", "Anna", "anna, ANNA's and Annabel", "[NAME_1], [NAME_1]'s and Annabel"),
        ("NAME", "Анна Каримова", "Анне Каримовой и анна\nкаримова", "[NAME_1] и [NAME_1]"),
        ("NAME", "Will", "Will will come", "[NAME_1] will come"),
        ("PHONE", "+7 701 123 45 67", "+7(701)123-45-67, 7 701 1234567", "[PHONE_1], [PHONE_1]"),
        ("ADDRESS", "Abay 12", "to abay  12, not Abay 123", "to [ADDRESS_1], not Abay 123"),
        ("ORDER", "#W12", "#w12 and #W123", "[ORDER_1] and #W123"),
        ("EMAIL", "a.k@x.test", "A.K@x.test, ba.k@x.test", "[EMAIL_1], ba.k@x.test"),
        ("STORE", "the (old) mall", "at The (Old) Mall.", "at [STORE_1]."),
    ],
)
def test_any_writing_of_the_value_is_replaced(label: str, value: str, text: str, wanted: str) -> None:
    assert replaced(label, value, text) == wanted


def test_a_value_met_inside_a_longer_word_is_replaced_there() -> None:
    assert replaced("NAME", "Marbury", "the Marburys", inside=True) == "the [NAME_1]s"


def test_the_longer_value_goes_first() -> None:
    both = [Entity(label="NAME", number=1, values=("Anna", "Anna Karimova"))]
    assert replacements(both).apply("Anna Karimova and Anna") == "[NAME_1] and [NAME_1]"


@given(st.text(min_size=3).filter(lambda value: value.strip()), st.text())
def test_replacing_twice_is_replacing_once(value: str, text: str) -> None:
    once = replaced("ORG", value, f"{text} {value} {text}")
    if "[ORG_1]" not in value and value.strip().casefold() not in "[org_1]":
        assert replaced("ORG", value, once) == once
