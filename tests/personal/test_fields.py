"""Plain JSON masked value by value: what a program calls a value is not masked, people in keys are."""

from typing import Any

import pytest

from casemill.domain.arrival import Identity
from casemill.personal.fields import Field, change_value, mask_fields
from casemill.personal.masker import Masker


def masked(value: Any, *known: str) -> Any:
    fields: list[Field] = []

    def note(field: Field) -> str:
        fields.append(field)
        return field.text

    change_value(value, note)
    masker = Masker([Identity(role="customer", names=known)] if known else ())
    texts = iter(mask_fields(masker, fields))
    return change_value(value, lambda _: next(texts).text)


@pytest.mark.parametrize("key", ["nonfree_baggages", "total_baggages", "giftCardId", "shipping_address_country"])
def test_the_name_of_an_argument_is_no_persons(key: str) -> None:
    assert masked({key: 2, "note": "Anna Karimova and Peter Larsen called"}) == {
        key: 2,
        "note": "[NAME_1] and [NAME_2] called",
    }


def test_a_known_person_in_the_name_of_an_argument_is_masked() -> None:
    assert masked({"karimova_order": 1}, "Anna Karimova") == {"[NAME_1]_order": 1}


def test_a_key_that_is_somebodys_name_is_masked() -> None:
    found = masked({"Anna Karimova": {"seat": "window"}, "Peter Larsen": {"seat": "aisle"}})
    assert found == {"[NAME_1]": {"seat": "window"}, "[NAME_2]": {"seat": "aisle"}}
