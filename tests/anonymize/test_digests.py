"""Nobody can tell by anything that left the vault whether a guessed payload is the right one."""

import hashlib
import json
from pathlib import Path

import pytest

import make
from anonymize.commands import READER, Shop
from casemill.domain.case import Lineage
from casemill.domain.ticket import Attachment, Ticket, Traced
from casemill.domain.word import changed, digest_of
from casemill.review.leaks_decide import ask_to_read
from casemill.settings import Store
from casemill.store import Desk, asks, changes, drafts, open_desk, open_vault, tickets
from casemill.store.desk_digests import key_ticket
from casemill.store.desk_tables import asks as ask_rows
from casemill.store.desk_tables import tickets as ticket_rows
from casemill.store.rows import pack
from casemill.store.seal import keyed, keyed_digest
from casemill.suite import case_path, case_text, read_case

ROW = {
    "id": "1",
    "messages": [
        {"role": "customer", "text": "please call me, my phone is 87015550134"},
        {"role": "assistant", "text": "done"},
    ],
}
FILE = digest_of(b"a file")
SPANS = digest_of(b"spans")


@pytest.fixture
def shop(project: Path) -> Shop:
    shop = Shop(project)
    shop.take_in(ROW)
    return shop


def test_a_guessed_payload_is_told_by_nothing_on_the_desk(shop: Shop) -> None:
    plain = shop.plain_digest()
    assert shop.ticket().digest.startswith("hmac-sha256:")
    assert plain.removeprefix("sha256:") not in shop.desk_text()


def test_the_same_payload_is_the_same_ticket_for_ever(shop: Shop) -> None:
    before = shop.ticket()
    assert shop.take_in(ROW) == "Nothing waits to be masked.\n"
    # The vault is lost and begun anew: the pepper lies in a file of its own.
    (shop.root / ".casemill/vault.db").unlink()
    assert "1 the same" in shop.take_in(ROW)
    assert shop.ticket() == before


def test_a_digest_tells_nothing_without_the_pepper_and_is_no_person_key() -> None:
    one, other = b"p" * 32, b"q" * 32
    told = keyed_digest(one, "payload", digest=FILE)
    assert told == keyed_digest(one, "payload", digest=FILE)
    others = {keyed_digest(other, "payload", digest=FILE), keyed_digest(one, "attachment", digest=FILE)}
    assert told not in others
    assert len(others) == 2
    person_keys = {keyed(one, "payload", FILE), keyed(one, FILE), keyed(one, "casemill digest", FILE)}
    assert told.removeprefix("hmac-sha256:")[:32] not in person_keys


def test_files_and_spans_of_a_ticket_are_keyed_too(shop: Shop) -> None:
    ticket = changed(shop.ticket(), attachments=(Attachment(name="a.pdf", digest=FILE),), traced=Traced(digest=SPANS))
    with open_vault(Store(), root=shop.root) as vault:
        told = key_ticket(ticket, vault.outside)
        assert key_ticket(told, vault.outside) == told
    assert {FILE, SPANS}.isdisjoint((told.attachments[0].digest, told.traced.digest if told.traced else None))
    assert told.digest == ticket.digest


def old_desk(shop: Shop, traced: Traced | None = None) -> Ticket:
    """The desk as it was written before digests were keyed: a ticket, its draft, a waiting Change, a case file."""
    plain = shop.plain_digest()
    files = (Attachment(name="a.pdf", digest=FILE),)
    old = changed(shop.ticket(), digest=plain, attachments=files, traced=traced)
    made = make.case(lineage=Lineage(source="file", ticket="1", payload=plain))
    waits = changed(made, id="other-case-7q3k2d")
    path = shop.root / "evals" / case_path(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# payload stays a word\n{case_text(made)}")
    with open_desk(Store(), root=shop.root) as desk, desk.write() as db:
        column = digest_of(f"{plain} {traced.digest}".encode()) if traced else plain
        db.execute(ticket_rows.update().values(digest=column, body=pack(old)))
        drafts.put(db, make.draft("file:1", case=made))
        changes.add(db, make.change(case_path(waits), text=case_text(waits), case=waits.id))
        why = f"{READER} wants to read it"
        asks.ask(db, kind="leak", ticket="file:1", version=1, why=why, whom=READER, now=make.NOW)
    assert plain in shop.desk_text()
    return old


def test_a_desk_from_before_is_keyed_whole_and_no_ticket_is_doubled(shop: Shop) -> None:
    old = old_desk(shop)
    told = shop.run("anonymize")
    assert "The digest of the payload in 1 case file is keyed now" in told
    text = shop.desk_text()
    assert [digest for digest in (old.digest, FILE) if digest.removeprefix("sha256:") in text] == []
    assert f"{READER} wants" not in text
    assert shop.ticket().turns == old.turns
    assert shop.take_in(ROW | {"subject": "again"}).startswith("Masked 0 tickets: 1 changed")
    (shop.root / ".casemill/vault.db").unlink()
    shop.take_in(ROW)
    with open_desk(Store(), root=shop.root) as desk, desk.read() as db:
        assert len(list(tickets.everything(db))) == 1
        assert len(db.execute(ticket_rows.select()).all()) == 2


def test_what_a_trace_told_of_a_ticket_from_before_is_keyed_as_well(shop: Shop) -> None:
    old_desk(shop, Traced(ids=("t1",), digest=SPANS))
    shop.run("anonymize")
    assert SPANS.removeprefix("sha256:") not in shop.desk_text()
    now = shop.ticket()
    with open_desk(Store(), root=shop.root) as desk, desk.write() as db:
        assert tickets.put(db, now) == "same"


def test_case_files_from_before_get_a_change_once_and_keep_all_else(shop: Shop) -> None:
    old = old_desk(shop)
    path = shop.root / "evals" / case_path(make.case())
    before = path.read_text()
    shop.run("anonymize")
    shop.run("anonymize")
    assert "Pulled 2 files." in shop.run("suite", "pull")
    keyed_now = read_case(path).lineage
    assert keyed_now is not None
    assert keyed_now.payload == shop.ticket().digest
    assert path.read_text() == before.replace(old.digest, shop.ticket().digest)
    waited = read_case(shop.root / "evals" / case_path(make.case(id="other-case-7q3k2d"))).lineage
    assert waited is not None
    assert waited.payload == shop.ticket().digest
    assert shop.run("anonymize") == "Nothing waits to be masked.\n"


def test_old_digests_are_not_left_in_the_databases_own_files(shop: Shop) -> None:
    old = old_desk(shop)
    shop.run("anonymize")
    left = b"".join(file.read_bytes() for file in (shop.root / ".casemill").glob("desk.db*"))
    assert old.digest.encode() not in left.replace(b"hmac-sha256:", b"")


def test_keying_may_be_cut_short_anywhere(desk: Desk) -> None:
    from casemill.store import desk_digests

    with desk.write() as db:
        tickets.put(db, make.ticket("1", digest=FILE))

    def key(kind: str, digest: str) -> str:
        return keyed_digest(b"p" * 32, kind, digest=digest)

    def cut_short() -> None:
        with desk.write() as db:
            desk_digests.rewrite(db, key)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_short()
    with desk.read() as db:
        assert desk_digests.is_due(db)
    with desk.write() as db:
        assert desk_digests.rewrite(db, key) == 1
        assert desk_digests.rewrite(db, key) == 0
        assert not desk_digests.is_due(db)


def test_a_keyed_desk_is_erased_like_any_other(shop: Shop) -> None:
    (shop.root / "casemill.toml").write_text(f'[people]\nme = "{READER}"\nvault = ["{READER}"]\n')
    old_desk(shop)
    shop.run("anonymize")
    shop.run("erase", "file:1", "--reason", "Erasure request 17 of 20 November", "--yes")
    assert shop.ticket().digest == "erased:1"
    shop.run("suite", "pull")
    assert read_case(shop.root / "evals" / case_path(make.case())).lineage is None


def test_a_row_without_an_id_is_not_named_by_what_it_says(project: Path) -> None:
    shop = Shop(project)
    path = project / "rows.csv"
    path.write_text("text,answer\nmy phone is 87015550134,done\n")
    for _ in range(2):
        shop.run("ingest", "file", str(path))
    shop.run("anonymize")
    with open_desk(Store(), root=project) as desk, desk.read() as db:
        [row] = tickets.everything(db)
    id = row.ticket.external_id
    assert id.startswith("row-")
    assert len(id) == len("row-") + 16
    with open_vault(Store(), root=project) as vault:
        arrival = vault.arrival("file", id)
    assert arrival is not None
    data = json.loads(arrival.payload.content)["rows"][0]
    written = [json.dumps(data, ensure_ascii=False, separators=form).encode() for form in ((",", ":"), (", ", ": "))]
    assert id.removeprefix("row-") not in {hashlib.sha256(one).hexdigest()[:16] for one in written}


@pytest.mark.parametrize("erased", [False, True])
def test_a_row_that_is_held_under_its_plain_digest_stays_that_ticket(project: Path, erased: bool) -> None:
    from casemill.anonymize import Ground, Order, Places, erase_tickets
    from casemill.settings import People, Settings

    plain = hashlib.sha256(b"row").hexdigest()
    before, now = (make.payload(f"row-{id}", source="file", content=b"{}") for id in (plain[:16], plain))
    with open_vault(Store(), root=project) as vault, open_desk(Store(), root=project) as desk:
        vault.put_page([before], now=make.NOW)
        if erased:
            ground = Ground(Settings(people=People(vault=(READER,))), project / "evals", project / ".casemill")
            order = Order((f"file:row-{plain[:16]}",), READER, "Erasure request 17")
            erase_tickets(Places(vault, desk, ground), order, now=make.NOW)
        stored = vault.put_page([now], now=make.NOW)
        assert (stored.new, stored.same, stored.erased) == ((0, 0, 1) if erased else (0, 1, 0))


def test_who_asks_to_read_a_ticket_out_of_turn_is_no_finding(shop: Shop) -> None:
    (shop.root / "casemill.toml").write_text(f'[people]\nme = "{READER}"\n')
    with open_desk(Store(), root=shop.root) as desk:
        ask_to_read(desk, "file:1", by="other@shop.test", now=make.NOW)
    with open_desk(Store(), root=shop.root) as desk, desk.read() as db:
        assert [row.whom for row in db.execute(ask_rows.select()).all()] == ["other@shop.test"]
    assert shop.run("leaks", "--no-sample").startswith("Nothing in 2 rows")
