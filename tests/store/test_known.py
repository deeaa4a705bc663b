"""Whether a piece of text is anybody's is answered by digest: no value, no count, no ticket can be read from it."""

import pytest
from sqlalchemy import delete, select

from casemill.domain.placeholder import Entity
from casemill.store import Vault
from casemill.store.known import Form, forms, plain
from casemill.store.vault_tables import entity_values, known, meta

ANNA = Entity(label="NAME", number=1, values=("Anna Test",))


@pytest.mark.parametrize(
    ("label", "value", "wanted"),
    [
        ("PHONE", "+7 701 123-45-67", {Form("digits", "7011234567")}),
        ("CARD", "4111 1111 1111 1111", {Form("digits", "4111111111111111")}),
        ("EMAIL", "Anna.K@Shop.test", {Form("token", "anna.k@shop.test")}),
        ("ORDER", "#W548921", {Form("token", "w548921")}),
        (
            "NAME",
            "Anna Test",
            {Form("words", "anna test"), Form("head", "anna"), Form("words", "test anna"), Form("head", "test")},
        ),
        ("ADDRESS", "12 Abay street, flat 5", {Form("words", "12 abay street flat"), Form("head", "12")}),
        ("NAME", "Анна Алёшина", {Form(*f) for f in forms("NAME", "анна алешина")}),
    ],
    ids=["phone", "card", "email", "order", "name", "address", "one writing"],
)
def test_a_value_is_known_by_its_telling_forms(label: str, value: str, wanted: set[Form]) -> None:
    assert set(forms(label, value)) == wanted


@pytest.mark.parametrize(
    ("label", "value"), [("NAME", "Anna"), ("CARD_LAST4", "4471"), ("NAME", "Li W"), ("ADDRESS", "Main Street")]
)
def test_what_is_short_or_common_is_known_nowhere_else(label: str, value: str) -> None:
    assert list(forms(label, value)) == []


def test_a_saved_value_is_known_and_others_are_not(vault: Vault) -> None:
    vault.save_entities("zendesk", "1", [ANNA, Entity(label="PHONE", number=1, values=("+7 701 123 45 67",))])
    values = vault.known()
    assert values.label(Form("words", plain("ANNA TEST"))) == "NAME"
    assert values.label(Form("digits", "7011234567")) == "PHONE"
    assert values.label(Form("words", "bob test")) is None


def test_the_digests_of_all_values_are_a_set_without_any_way_back(vault: Vault) -> None:
    vault.save_all({("zendesk", str(number)): [ANNA] for number in range(3)})
    with vault._database.read() as db:
        digests = [row.digest for row in db.execute(select(known))]
        lookups = [row.lookup for row in db.execute(select(entity_values))]
    assert len(digests) == 4
    assert set(known.columns.keys()) == {"digest", "label"}
    assert len(set(lookups)) == 3, "the same person in three tickets is three digests"
    assert not set(digests) & {lookup[:32] for lookup in lookups}


def test_values_saved_before_digests_were_kept_become_known(vault: Vault) -> None:
    vault.save_all({("zendesk", str(number)): [ANNA] for number in range(1200)})
    with vault._database.write() as db:
        db.execute(delete(known))
        db.execute(delete(meta).where(meta.c.name == "known"))
    assert vault.known().label(Form("words", "anna test")) == "NAME"


def test_only_what_a_payload_names_is_sure(vault: Vault) -> None:
    vault.save_entities("zendesk", "1", [ANNA])
    values = vault.known()
    assert not values.is_sure(Form("words", "anna test"))
    values.learn("NAME", "Anna Test")
    assert values.is_sure(Form("words", "anna test"))
    assert not vault.known().is_sure(Form("words", "anna test"))


def test_what_a_reader_called_personal_is_sure_from_then_on(vault: Vault) -> None:
    vault.save_entities("zendesk", "1", [ANNA])
    for _ in range(2):
        vault.confirm(["anna TEST", "Zed"])
    values = vault.known()
    assert values.is_sure(Form("words", "test anna"))
    assert values.is_confirmed("Zed")
    assert not values.is_confirmed("Anna")
