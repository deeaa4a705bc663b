"""The vault: pages of payloads with their cursor, the mapping, and nothing readable without the key."""

import os
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text, update

import make
from casemill.domain.arrival import Payload
from casemill.domain.placeholder import Entity
from casemill.errors import StoreError, VaultKeyError
from casemill.store import Vault, open_vault
from casemill.store.arrivals import Stored
from casemill.store.vault_tables import arrivals, entity_values
from store.killing import killed

ANNA = Entity(label="NAME", number=1, values=("Anna Test", "Anna"), role="customer")


def numbered(count: int, *, first: int = 0) -> list[Payload]:
    return [make.payload(str(number)) for number in range(first, first + count)]


def test_a_page_sent_again_changes_nothing(vault: Vault) -> None:
    page = [make.payload("1"), make.payload("2"), make.payload("1", content=b"changed"), make.payload("2")]
    assert vault.put_page(page, now=make.NOW) == Stored(new=2, changed=1, same=1)
    assert vault.put_page(page, now=make.NOW) == Stored(same=4)
    assert vault.put_page([], now=make.NOW) == Stored()
    assert vault.counts() == {"arrived": 3}


def test_every_version_is_handed_on_in_the_order_it_came(vault: Vault) -> None:
    vault.put_page([make.payload("1"), make.payload("2")], now=make.NOW)
    vault.put_page([make.payload("1", content=b"changed")], now=make.NOW + timedelta(days=1))
    told = [(one.payload.external_id, one.version, one.payload.content) for one in vault.waiting()]
    assert told == [("1", 1, make.payload("1").content), ("2", 1, make.payload("2").content), ("1", 2, b"changed")]
    newest = vault.arrival("zendesk", "1")
    assert newest
    assert (newest.version, newest.fetched_at) == (2, make.NOW + timedelta(days=1))
    assert vault.arrival("zendesk", "1", 1).payload == make.payload("1")  # type: ignore[union-attr]
    assert vault.arrival("zendesk", "3") is None


def test_waiting_goes_page_by_page_past_what_is_masked_or_stuck(vault: Vault) -> None:
    vault.put_page(numbered(6), now=make.NOW)
    first, second, third = vault.waiting(limit=3)
    vault.mark([first.id], state="masked")
    vault.mark([second.id], state="stuck", reason="not readable")
    vault.mark([third.id], state="screened")
    assert [one.payload.external_id for one in vault.waiting()] == ["2", "3", "4", "5"]
    assert [one.payload.external_id for one in vault.waiting(after=third.id, limit=2)] == ["3", "4"]
    assert vault.counts() == {"arrived": 3, "masked": 1, "screened": 1, "stuck": 1}
    assert vault.arrival("zendesk", "1").reason == "not readable"  # type: ignore[union-attr]
    vault.mark([], state="masked")


def test_the_cursor_moves_with_its_page(vault: Vault) -> None:
    assert vault.cursor("zendesk") is None
    vault.put_page(numbered(1), now=make.NOW, cursor=("zendesk", "page 1"))
    vault.put_page([], now=make.NOW, cursor=("zendesk", "page 2"))
    vault.put_page([], now=make.NOW, cursor=("file", "9"))
    assert (vault.cursor("zendesk"), vault.cursor("file")) == ("page 2", "9")


def test_any_bytes_come_back_as_they_were(vault: Vault) -> None:
    contents = [b"", b"\0\xff", os.urandom(2000), b"a" * 100_000, "юникод 🙂".encode()]
    vault.put_page([make.payload(str(n), content=raw) for n, raw in enumerate(contents)], now=make.NOW)
    assert [one.payload.content for one in vault.waiting()] == contents


def test_the_mapping_keeps_numbers_and_adds_forms(vault: Vault) -> None:
    other = Entity(label="EMAIL", number=1, values=("anna@shop.test",))
    vault.save_entities("zendesk", "1", [ANNA, other])
    vault.save_entities("zendesk", "1", [ANNA, Entity(label="NAME", number=1, values=("Anna", "A. Test"))])
    vault.save_entities("zendesk", "1", [Entity(label="NAME", number=2, values=("Anna",))])
    vault.save_entities("zendesk", "2", [Entity(label="NAME", number=1, values=("Bob",))])
    assert vault.entities("zendesk", "1") == (
        other,
        Entity(label="NAME", number=1, values=("Anna Test", "Anna", "A. Test"), role="customer"),
        Entity(label="NAME", number=2, values=("Anna",)),
    )
    assert vault.entities("zendesk", "3") == ()


def test_two_workers_that_number_differently_do_not_mix_people_up(vault: Vault) -> None:
    vault.save_entities("zendesk", "1", [ANNA])
    with pytest.raises(StoreError, match="another worker") as caught:
        vault.save_entities("zendesk", "1", [Entity(label="NAME", number=1, values=("Bob",))])
    assert "Bob" not in str(caught.value)
    assert vault.entities("zendesk", "1") == (ANNA,)


def test_a_person_key_tells_one_requester_from_another_and_nothing_else(vault: Vault) -> None:
    key = vault.person_key("zendesk", "anna@shop.test")
    assert key == vault.person_key("zendesk", "anna@shop.test")
    assert len(key) == 32
    assert len({key, vault.person_key("file", "anna@shop.test"), vault.person_key("zendesk", "bob@shop.test")}) == 3
    assert vault.person_key("a", "bc") != vault.person_key("ab", "c")


def test_nothing_real_can_be_read_in_the_files(vault: Vault, home: Any) -> None:
    secret = "Anna Karenina-Unmistakable"
    vault.put_page([make.payload("1", content=secret.encode())], now=make.NOW)
    vault.save_entities("zendesk", "1", [Entity(label="NAME", number=1, values=(secret,))])
    vault.close()
    held = b"".join(path.read_bytes() for path in (home.root / ".casemill").iterdir())
    assert secret.encode() not in held


def test_a_payload_moved_to_another_row_does_not_open(vault: Vault) -> None:
    vault.put_page(numbered(2), now=make.NOW)
    with vault._database.write() as db:
        sealed = db.execute(text("SELECT content FROM arrivals WHERE external_id = '0'")).scalar_one()
        db.execute(update(arrivals).where(arrivals.c.external_id == "1").values(content=bytes(sealed)))
    with pytest.raises(StoreError, match="altered"):
        vault.waiting()


def test_a_name_moved_to_another_number_does_not_open(vault: Vault) -> None:
    vault.save_entities("zendesk", "1", [ANNA, Entity(label="NAME", number=2, values=("Bob",))])
    with vault._database.write() as db:
        sealed = db.execute(text("SELECT value FROM entity_values ORDER BY id LIMIT 1")).scalar_one()
        db.execute(update(entity_values).values(value=bytes(sealed)))
    with pytest.raises(StoreError, match="altered"):
        vault.entities("zendesk", "1")


@pytest.mark.parametrize(("file", "called"), [("vault.key", "key"), ("person.pepper", "pepper")])
def test_another_key_or_pepper_is_told_at_the_door(file: str, called: str, home: Any) -> None:
    from casemill.store import create_keys

    create_keys(home.root / "elsewhere")
    (home.root / "elsewhere" / ".casemill" / file).replace(home.root / ".casemill" / file)
    with pytest.raises(VaultKeyError, match=f"written with another.*{called}"):
        open_vault(home.store, root=home.root)


def test_a_vault_without_a_key_says_how_to_get_one(home: Any) -> None:
    (home.root / ".casemill" / "vault.key").unlink()
    with pytest.raises(VaultKeyError) as caught:
        open_vault(home.store, root=home.root)
    assert "casemill init" in (caught.value.hint or "")


INGEST = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import make
from casemill.settings import Store
from casemill.store import open_vault
with open_vault(Store(vault=sys.argv[3]), root=Path(sys.argv[2])) as vault:
    for page in range(int(vault.cursor("zendesk") or 0), 40):
        payloads = [make.payload(f"{page}-{n}", content=b"x" * 1400) for n in range(250)]
        vault.put_page(payloads, now=make.NOW, cursor=("zendesk", str(page + 1)))
        print(page, flush=True)
"""


def test_a_kill_in_the_middle_of_a_page_loses_and_doubles_nothing(vault: Vault, home: Any) -> None:
    for _ in killed(INGEST, home.root, url=home.store.vault):
        assert vault.counts().get("arrived", 0) == 250 * int(vault.cursor("zendesk") or 0)
    assert vault.counts() == {"arrived": 40 * 250}
    assert vault.cursor("zendesk") == "40"


def test_what_is_stuck_is_told_with_its_reason_and_without_its_payload(vault: Vault) -> None:
    vault.put_page([make.payload("1"), make.payload("2"), make.payload("3")], now=make.NOW)
    first, second, _ = vault.waiting()
    vault.mark([first.id, second.id], state="stuck", reason="not readable")
    assert vault.stuck(limit=5) == (("zendesk", "1", 1, "not readable"), ("zendesk", "2", 1, "not readable"))
    assert len(vault.stuck(limit=1)) == 1


def test_what_was_stuck_and_came_anew_is_no_longer_told(vault: Vault) -> None:
    vault.put_page([make.payload("1")], now=make.NOW)
    vault.mark([vault.waiting()[0].id], state="stuck", reason="not readable")
    vault.put_page([make.payload("1", content=b"mended")], now=make.NOW)
    vault.mark([vault.waiting()[0].id], state="masked")
    assert vault.stuck(limit=5) == ()
    assert vault.counts() == {"masked": 1}
