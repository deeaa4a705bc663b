"""Many conversations are read and saved at once, all or none, and ciphertext does not tell a name's length."""

import pytest
from sqlalchemy import select, update

from casemill.domain.placeholder import Entity
from casemill.errors import StoreError
from casemill.store import Vault
from casemill.store.mapping import _row
from casemill.store.seal import _close
from casemill.store.vault_tables import entity_values

ANNA = Entity(label="NAME", number=1, values=("Anna Test", "Anna"), role="customer")
BOB = Entity(label="NAME", number=1, values=("Bob",))


def test_many_conversations_are_saved_and_read_at_once(vault: Vault) -> None:
    given = {("zendesk", str(number)): (ANNA,) for number in range(1100)} | {("file", "1"): (BOB,)}
    vault.save_all(given)
    vault.save_all(given)
    talks = [*given, ("file", "2")]
    assert vault.entities_of(talks) == given
    assert vault.entities("file", "1") == (BOB,)


def test_of_many_conversations_one_that_clashes_keeps_all_from_being_saved(vault: Vault) -> None:
    vault.save_entities("zendesk", "2", [ANNA])
    with pytest.raises(StoreError, match=r"another worker gave the placeholders of zendesk:2"):
        vault.save_all({("zendesk", "1"): [BOB], ("zendesk", "2"): [BOB]})
    assert vault.entities_of([("zendesk", "1"), ("zendesk", "2")]) == {("zendesk", "2"): (ANNA,)}


def sealed(vault: Vault) -> list[bytes]:
    with vault._database.read() as db:
        return [bytes(row.value) for row in db.execute(select(entity_values).order_by(entity_values.c.id))]


def test_names_of_any_usual_length_have_ciphertexts_of_one_length(vault: Vault) -> None:
    values = ("Li", "Anna", "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine", "Анна-Мария Каримова")
    vault.save_entities("zendesk", "1", [Entity(label="NAME", number=1, values=values)])
    assert len({len(value) for value in sealed(vault)}) == 1


def test_the_same_name_twice_is_two_ciphertexts(vault: Vault) -> None:
    vault.save_all({("zendesk", "1"): [BOB], ("zendesk", "2"): [BOB]})
    one, other = sealed(vault)
    assert one[:12] != other[:12]
    assert one[12:] != other[12:]


def test_a_value_sealed_before_lengths_were_hidden_still_opens(vault: Vault) -> None:
    vault.save_entities("zendesk", "1", [BOB])
    old = _close(vault._seal._values, b"Bob", row=(*_row(("zendesk", "1"), "NAME"), "1"))
    with vault._database.write() as db:
        db.execute(update(entity_values).values(value=old))
    assert vault.entities("zendesk", "1") == (BOB,)


def test_a_word_of_every_ticket_is_learned_once(vault: Vault) -> None:
    assert vault.learn("STORE", "Dostyk Plaza branch")
    assert not vault.learn("STORE", "dostyk plaza BRANCH")
    assert vault.learned() == (("STORE", "Dostyk Plaza branch"),)
