"""What `leaks` names in what a person wrote about a ticket, `anonymize --again` takes away: nothing is a dead end."""

import json
from pathlib import Path

import pytest

from anonymize.commands import READER, Shop
from casemill.domain.word import digest_of
from casemill.settings import Store
from casemill.store import open_desk
from casemill.store.desk_tables import reviews

ANNA = {
    "id": "1",
    "requester": {"name": "Anna Karimova", "phone": "+7 701 555 01 01"},
    "messages": [{"role": "customer", "text": "my order is late"}, {"role": "assistant", "text": "I see"}],
}
OTHER = {
    "id": "2",
    "requester": {"name": "Bruno Falk", "phone": "+7 702 444 11 22", "email": "bruno@mail.test"},
    "messages": [{"role": "customer", "text": "no reply, Bruno Falk"}, {"role": "assistant", "text": "sorry"}],
}
NOTE = "Bruno Falk says the same: call +7 702 444 11 22 or 8 (705) 123-45-67, bruno@mail.test, in 3 days"


@pytest.fixture
def shop(project: Path) -> Shop:
    shop = Shop(project)
    shop.take_in(ANNA, OTHER)
    shop.run("leaks", "--no-sample")
    path = project / "decisions.jsonl"
    told = {"ticket": "file:1", "decision": "note", "note": NOTE, "by": READER}
    path.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
    shop.run("review", "--from", str(path))
    return shop


def test_anothers_name_and_number_in_a_note_are_masked(shop: Shop) -> None:
    told = shop.run("leaks", "--no-sample", code=1)
    assert all(f"file:1, note: {label}" in told for label in ("NAME", "PHONE", "EMAIL"))
    shop.run("anonymize", "--again", "file:1")
    text = shop.desk_text()
    assert [value for value in ("Bruno", "Falk", "702 444", "444 11", "(705)", "bruno@") if value in text] == []
    assert "says the same: call [PHONE_" in text
    assert "in 3 days" in text
    shop.run("leaks", "--no-sample")


def test_masking_again_twice_is_masking_again_once(shop: Shop) -> None:
    shop.run("anonymize", "--again", "file:1")
    before = shop.desk_text()
    assert "in 0 rows" in shop.run("anonymize", "--again", "file:1")
    assert shop.desk_text() == before


def test_the_company_s_own_words_stay(shop: Shop) -> None:
    (shop.root / "casemill.toml").write_text('[anonymize]\nkeep = ["8 (705) 123-45-67"]\n')
    shop.run("anonymize", "--again", "file:1")
    assert "8 (705) 123-45-67" in shop.desk_text()


def test_who_is_masked_in_a_note_is_known_to_the_ticket_and_can_be_restored(shop: Shop) -> None:
    shop.run("anonymize", "--again", "file:1")
    (shop.root / "casemill.toml").write_text(f'[people]\nme = "{READER}"\nvault = ["{READER}"]\n')
    told = shop.run("restore", "file:1", "EMAIL_1", "--reason", "The note speaks of somebody else")
    assert "bruno@mail.test" in told


def test_a_masked_note_has_no_digest_of_its_words_and_read_again_is_the_same(shop: Shop) -> None:
    with open_desk(Store(), root=shop.root) as desk, desk.read() as db:
        before = db.execute(reviews.select()).one()
    assert before.digest == digest_of(before.body.encode())
    shop.run("anonymize", "--again", "file:1")
    assert before.digest not in shop.desk_text()
    shop.run("review", "--from", str(shop.root / "decisions.jsonl"))
    with open_desk(Store(), root=shop.root) as desk, desk.read() as db:
        assert len(db.execute(reviews.select()).all()) == 1


def test_an_erased_note_has_none_either_and_does_not_come_again(shop: Shop) -> None:
    (shop.root / "casemill.toml").write_text(f'[people]\nme = "{READER}"\nvault = ["{READER}"]\n')
    with open_desk(Store(), root=shop.root) as desk, desk.read() as db:
        before = db.execute(reviews.select()).one()
    shop.run("erase", "file:1", "--reason", "Erasure request 17", "--yes")
    assert before.digest not in shop.desk_text()
    shop.run("review", "--from", str(shop.root / "decisions.jsonl"))
    assert "702 444" not in shop.desk_text()
