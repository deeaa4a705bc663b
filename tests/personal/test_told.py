"""Structured data names people: by its keys, in JSON, in Python text, in JSON inside of texts."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.domain.arrival import Identity
from casemill.personal.masking import Masker
from casemill.personal.records import mask_records
from casemill.personal.told import told

MIRA = {"first_name": "Mira", "last_name": "Orlovski"}


def names(*values: Any, known: tuple[Identity, ...] = ()) -> list[str]:
    return sorted(name for person in told(values, known).people for name in person.names)


def values(*given: Any) -> list[tuple[str, str]]:
    return [(value.label, value.value) for value in told(given).values]


@pytest.mark.parametrize(
    "data",
    [
        MIRA,
        {"firstName": "Mira", "surname": "Orlovski"},
        {"given-name": "Mira", "family-name": "Orlovski"},
        {"deep": [{"contact": {"full_name": "Mira Orlovski"}}]},
        {"recipient_name": "Mira Orlovski"},
        {"cardHolderName": "Mira Orlovski"},
        {"passenger1_first_name": "Mira", "passenger1_last_name": "Orlovski"},
        {"recipient": "Mira Orlovski"},
        {"name": {"first": "Mira", "last": "Orlovski"}},
        {"customer": {"name": "Mira Orlovski"}},
        {"name": "Mira Orlovski", "email": "m@x.test"},
        {"name": "Mira Orlovski", "address": {"city": "Riga"}},
    ],
)
@pytest.mark.parametrize("written", ["plain", "json", "python", "inside", "middle"])
def test_a_key_that_only_people_have_names_somebody(data: dict[str, Any], written: str) -> None:
    writings: dict[str, Any] = {
        "plain": data,
        "json": json.dumps(data),
        "python": repr(data),
        "inside": {"body": json.dumps({"payload": json.dumps(data)})},
        "middle": data if "name" in str(sorted(data)[-1:]) else f"Answer: {json.dumps(data)} (done)",
    }
    if written == "middle" and not {"first_name", "recipient_name", "surname"} & data.keys():
        pytest.skip("in the middle of a text only keys that need nothing beside them are believed")
    assert names(writings[written]) == ["Mira Orlovski"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"имя": "Анна", "фамилия": "Каримова", "отчество": "Сергеевна"}, "Анна Сергеевна Каримова"),
        ({"ФИО": "Каримова Анна"}, "Каримова Анна"),
        ({"имя_получателя": "Анна Каримова"}, "Анна Каримова"),
        ({"получатель": "Анна Каримова"}, "Анна Каримова"),
    ],
)
def test_russian_keys_name_people_too(data: dict[str, Any], name: str) -> None:
    assert names(data) == names(json.dumps(data)) == [name]


@pytest.mark.parametrize(
    "data",
    [
        {"items": [{"name": "Wristwatch"}]},
        {"customer": {"items": [{"name": "Wristwatch", "price": 5}], "plan": {"name": "Plus"}}},
        {"name": "get_order", "arguments": {}},
        {"product_name": "Wristwatch", "file_name": "a", "plan_name": "Plus", "username": "mira", "имя_файла": "a"},
        {"store": {"name": "Downtown", "address": "1 Main Road", "phone": "1"}},
        {"first_name": "N/A", "last_name": "None", "full_name": "octo/repo"},
        {"first_name": "[NAME_1]", "last_name": "[NAME_2]"},
        {"recipient": "warehouse"},
        {"name": "web", "ip_address": "10.0.0.1"},
        "the first name: Mira",
        "{'first_name': ",
    ],
)
def test_names_of_things_and_empty_values_name_nobody(data: Any) -> None:
    assert names(data) == []


def test_a_known_person_is_not_told_twice_and_a_longer_name_is_theirs() -> None:
    known = (Identity(role="customer", names=("Mira Orlovski",)), Identity(role="agent", names=("Tobias",)))
    found = told([MIRA, {"full_name": "Tobias Ferncastle"}], known)
    assert [(who.role, who.names) for who in found.people] == [("agent", ("Tobias", "Tobias Ferncastle"))]


def test_two_longer_names_are_two_people() -> None:
    data = [{"full_name": "Mira Orlovski"}, {"full_name": "Mira Tan"}]
    assert [who.role for who in told(data, (Identity(role="customer", names=("Mira",)),)).people] == ["other"] * 2


def test_streets_and_postal_codes_are_told_and_towns_stay() -> None:
    home = {"address1": "763 Broadway", "address2": "Suite 135", "city": "Riga", "state": "PA", "zip": "19122"}
    assert values({"address": home}) == [("ADDRESS", "763 Broadway"), ("ADDRESS", "Suite 135"), ("ZIP", "19122")]
    assert values({"streetAddress": "Sunset Drive", "postalCode": "SW1A 1AA", "country": "GB"}) == [
        ("ADDRESS", "Sunset Drive"),
        ("ZIP", "SW1A 1AA"),
    ]


@pytest.mark.parametrize(
    "data",
    [{"address2": "217"}, {"address1": ""}, {"email_address": "a@b.cc"}, {"ip_address": "10.2.3.4 x"}, {"zip": True}],
)
def test_what_is_no_street_is_not_told(data: dict[str, Any]) -> None:
    assert values(data) == []


def test_a_record_is_masked_by_what_its_data_tells() -> None:
    record = {
        "text": "Mira moved from 763 Broadway, Riga",
        "result": json.dumps({"name": MIRA, "address": {"address1": "763 Broadway", "city": "Riga"}}),
        "items": [{"name": "Wristwatch"}],
    }
    [masked] = mask_records([json.dumps(record).encode()], [])
    assert isinstance(masked, bytes)
    assert json.loads(masked)["text"] == "[NAME_1] moved from [ADDRESS_1]"
    assert b"Mira" not in masked
    assert b"Broadway" not in masked
    assert b"Wristwatch" in masked


@given(
    st.recursive(
        st.sampled_from(["Mira", "Orlovski", "Wristwatch", "12 Rose Street", "19122", "", "[NAME_1]", 7, None, True]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["first_name", "lastName", "name", "email", "street", "zip", "user", "items"]), inner
            )
            | inner.map(json.dumps)
        ),
        max_leaves=12,
    )
)
def test_masking_a_record_twice_is_masking_it_once(data: Any) -> None:
    [once] = mask_records([json.dumps({"text": "Mira, 12 Rose Street", "data": data}).encode()], [])
    assert isinstance(once, bytes)
    again = {key: value for key, value in json.loads(once).items() if key != "spans"}
    [twice] = mask_records([json.dumps(again).encode()], [])
    assert isinstance(twice, bytes)
    assert {key: value for key, value in json.loads(twice).items() if key != "spans"} == again


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000 + "name:",
        "{'name':" * 20_000,
        '"first_name": "' * 10_000,
        "\"name' :" * 20_000,
        "{" + "'name'," * 20_000,
    ],
)
def test_hostile_data_is_read_in_time(text: str) -> None:
    assert len(told([text]).people) <= 200


def test_values_told_are_masked_in_every_text() -> None:
    found = told([{"street": "12 March Street"}])
    [masked] = Masker(told=found).mask(["It is 12 march street, not 12 March."])
    assert masked.text == "It is [ADDRESS_1], not 12 March."
