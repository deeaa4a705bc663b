"""The second pass finds what is planted anywhere after the vault, tells where and never what, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import make
from anonymize.intake import ROW, on_desk, take_in
from casemill.anonymize import Ground, find_leaks
from casemill.anonymize.leaks import Leaks
from casemill.domain.case import Input, Lineage, Said
from casemill.domain.placeholder import Entity
from casemill.domain.run import Run
from casemill.domain.ticket import ToolCall, Turn
from casemill.domain.word import changed
from casemill.settings import Anonymize, People, Settings
from casemill.store import Desk, Vault, asks, changes, drafts, proposals, reviews, runs, tickets
from casemill.suite import case_text

OTHER: dict[str, Any] = {
    "id": "T-2",
    "requester": {"id": "u78", "name": "Berik Omarov", "email": "b.omarov@example.com", "phone": "+7 705 765 43 21"},
    "messages": [{"role": "customer", "content": "Berik Omarov here, order KZ-7719023, 05.11, is late"}],
}
Look = Callable[..., Leaks]


@pytest.fixture
def look(vault: Vault, desk: Desk, tmp_path: Path) -> Look:
    """Two masked tickets; call it to look for leaks."""
    take_in((vault, desk), tmp_path, ROW, OTHER)
    (tmp_path / "evals").mkdir()
    (tmp_path / "private").mkdir()

    def leaks(**sections: Any) -> Leaks:
        ground = Ground(Settings(**sections), tmp_path / "evals", tmp_path / "private")
        return find_leaks(vault, desk, ground=ground)

    return leaks


def found(leaks: Leaks) -> list[tuple[str, str]]:
    return [(leak.type, leak.how) for leak in leaks.found]


def lay(desk: Desk, text: str, **fields: Any) -> None:
    """One more version of the first ticket, as if masking had missed something."""
    ticket = on_desk(desk)
    turns = (*ticket.turns, Turn(role="note", text=text))
    with desk.write() as db:
        tickets.put(db, changed(ticket, version=ticket.version + 1, digest=f"sha256:{text}", turns=turns, **fields))


def write_run(folder: Path, run: Run) -> None:
    path = folder / "private/runs/1.jsonl"
    path.parent.mkdir()
    path.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in (run.head, *run.verdicts)))


def test_nothing_is_found_in_what_was_masked(look: Look) -> None:
    leaks = look()
    assert leaks.found == ()
    assert leaks.rows == 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("wrote from anna.k@example.com", [("EMAIL", "pattern")]),
        ("then anna said", [("NAME", "payload")]),
        ("KARIMOVA called", [("NAME", "payload")]),
        ("called on 701 123 4567", [("PHONE", "payload")]),
        ("it was 548921 all along", [("ORDER", "mapping")]),
        ("see Berik Omarov's ticket", [("NAME", "digest")]),
        ("omarov berik wrote", [("NAME", "digest")]),
        ("order kz-7719023 too", [("ORDER", "digest")]),
        ("not her 705-765-4321", [("PHONE", "pattern")]),
        ("card 4111 1111 1111 1111", [("CARD", "pattern")]),
        ("4111\u20091111\u20091111\u20091111", [("CARD", "pattern")]),
        ("[CARD_4111111111111111]", [("CARD", "pattern")]),
        ("[KARIMOVA_1] wrote", [("NAME", "payload")]),
        ("[ORDER_548921]", [("ORDER", "mapping")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_masking_missed_is_found_by_type_and_way(
    text: str, wanted: list[tuple[str, str]], look: Look, desk: Desk
) -> None:
    lay(desk, text)
    leaks = look()
    assert found(leaks) == wanted
    assert {leak.where for leak in leaks.found} == {"desk: tickets 3, file:T-1, turns.4.text"}


@pytest.mark.parametrize(
    "text",
    [
        "ticket T-1 of 03.11.2026, 12,990 tenge, item 6086499569, KB-1042@4",
        "[NAME_1] wrote to [EMAIL_1] from [PHONE_1]; refund in 5-7 days",
        "berik is not this ticket's, omarov neither",
        "$548921 and 548921.50",
        "sha256:79aee0d016952a18a4bcdb61631c17c35e405744a3d62ba468063dcbd3252c25",
    ],
)
def test_facts_provenance_and_placeholders_are_no_leaks(text: str, look: Look, desk: Desk) -> None:
    lay(desk, text)
    assert found(look()) == []


def test_a_name_that_masking_found_by_itself_is_missed_elsewhere_and_everyday_words_are_told_apart(
    look: Look, vault: Vault, desk: Desk
) -> None:
    guessed = (("NAME", 7, "Wanda Falkenrath"), ("NAME", 8, "Air Purifier"))
    vault.save_entities("other", "9", [Entity(label=label, number=n, values=(text,)) for label, n, text in guessed])
    lay(desk, "Wanda Falkenrath took the Air Purifier")
    with desk.write() as db:
        for number in ("1", "2"):
            tickets.put(db, make.ticket(number, turns=make.turns(("customer", "the air purifier is loud"))))
    leaks = look()
    assert found(leaks) == [("NAME", "digest")]
    assert [leak.where for leak in leaks.found] == ["desk: tickets 3, file:T-1, turns.4.text"]
    assert {leak.where.split(", ")[1] for leak in leaks.doubtful} == {"zendesk:1", "zendesk:2"}


def test_every_table_of_the_desk_is_looked_through(look: Look, desk: Desk) -> None:
    real, key = "Karimova", "file:T-1"
    case = make.case(why=real, lineage=Lineage(source="file", ticket="T-1"))
    evidence = make.proposal(key).evidence[0]
    with desk.write() as db:
        proposals.add(db, make.proposal(key, evidence=(changed(evidence, quote=real),)))
        asks.ask(db, kind="review", ticket=key, version=1, why=real, now=make.NOW)
        reviews.add(db, make.review(key, note=real))
        drafts.put(db, make.draft(key, case=case))
        changes.add(db, make.change(text=case_text(case), case=case.id))
        runs.put(db, make.run(verdicts=(make.verdict(trials=(), reason=real),)), file_digest="sha256:1")
    tables = {leak.where.split()[1] for leak in look().found}
    assert tables == {"proposals", "asks", "reviews", "drafts", "changes", "verdicts"}


def test_whoever_decided_is_no_leak(look: Look, desk: Desk) -> None:
    with desk.write() as db:
        id = asks.ask(db, kind="review", ticket="file:T-1", version=1, why="new", now=make.NOW, whom="anna@shop.test")
        asks.answer(db, id, by="anna@shop.test", now=make.NOW)
        reviews.add(db, make.review("file:T-1", by="anna@shop.test"))
    assert found(look()) == []


def test_a_tool_s_arguments_are_read_whatever_they_are_called_and_the_key_is_not_told(look: Look, desk: Desk) -> None:
    call = ToolCall(name="find", arguments={"by": {"b.omarov@example.com": 7057654321}, "digest": "Berik Omarov"})
    with desk.write() as db:
        tickets.put(db, make.ticket("9", source="file", turns=(Turn(role="tool", call=call),)))
    leaks = look()
    assert set(found(leaks)) == {("EMAIL", "pattern"), ("PHONE", "digest"), ("NAME", "digest")}
    assert "omarov" not in f"{leaks}".lower()


def test_files_are_looked_through_and_told_by_line(look: Look, tmp_path: Path) -> None:
    case = make.case(
        input=Input(turns=(Said(customer="Anna here, hello"),)), lineage=Lineage(source="file", ticket="T-1")
    )
    path = tmp_path / "evals/cases/promised_action" / f"{case.id}.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("# asked by Berik Omarov\n" + case_text(case))
    archived = tmp_path / "evals/archive/old.yaml"
    archived.parent.mkdir()
    archived.write_text("why: call 8 701 123 45 67\n")
    (tmp_path / "evals/releases").mkdir()
    (tmp_path / "evals/releases/1.md").write_text("# Release 1\n\nfrozen by lead@shop.test\n\nAnna Karimova\n")
    (tmp_path / "private/work.log").write_bytes(b"\xff\n\n12:00 b.omarov@example.com\n")
    (tmp_path / "private/cache.bin").write_bytes(b"\0\1Berik Omarov\0")
    run = make.run(verdicts=(make.verdict(case=case.id, trials=(), reason="says Anna"),))
    write_run(tmp_path, run)
    line = path.read_text().split("\n").index('    - customer: "Anna here, hello"') + 1
    assert {(leak.where, leak.type) for leak in look().found} == {
        (f"evals/cases/promised_action/{case.id}.yaml:1", "NAME"),
        (f"evals/cases/promised_action/{case.id}.yaml:{line}", "NAME"),
        ("evals/archive/old.yaml:1", "PHONE"),
        ("evals/releases/1.md:5", "NAME"),
        ("private/work.log:3", "EMAIL"),
        ("private/cache.bin", "NAME"),
        ("private/runs/1.jsonl:2", "NAME"),
    }


def test_keys_and_databases_are_no_texts(look: Look, tmp_path: Path) -> None:
    (tmp_path / "private/vault.key").write_text("sk_live_9aB3dE7fG1hJ5kL2mN8p=")
    (tmp_path / "private/desk.db").write_bytes(b"SQLite format 3\0 anna.k@example.com")
    (tmp_path / "private/desk.db-wal").write_bytes(b"anna.k@example.com")
    assert found(look()) == []


def test_what_the_ai_under_test_made_up_is_told_apart_and_what_is_known_is_a_leak(look: Look, tmp_path: Path) -> None:
    trial = make.verdict().trials[0]
    said = (
        changed(trial, reply=make.reply("write to staging@shop.test")),
        changed(trial, number=2, reply=make.reply("write to Berik Omarov")),
    )
    write_run(tmp_path, make.run(verdicts=(make.verdict(trials=said),)))
    leaks = look()
    assert found(leaks) == [("NAME", "digest")]
    assert [leak.type for leak in leaks.replied] == ["EMAIL"]


def test_the_company_s_own_words_stay(look: Look, desk: Desk, tmp_path: Path) -> None:
    lay(desk, "write to help@shop.test or lead@shop.test, Anna is our bot")
    articles = tmp_path / "evals/articles"
    articles.mkdir()
    (articles / "KB-1@1.md").write_text("Call +7 727 250 00 00 or write to sales@shop.test.\n")
    kept = Anonymize(keep=("help@shop.test", "Anna"))
    assert found(look(anonymize=kept, people=People(owner="lead@shop.test"))) == []


def test_a_kept_word_in_an_address_keeps_no_address(look: Look, desk: Desk) -> None:
    lay(desk, "write to olga@shop.test")
    assert found(look(anonymize=Anonymize(keep=("shop",)))) == [("EMAIL", "pattern")]


def test_a_finding_never_tells_the_value(look: Look, desk: Desk) -> None:
    lay(desk, "Karimova, b.omarov@example.com, 4111 1111 1111 1111, 8 705 765 43 21")
    told = msgspec.json.encode(look()).decode().lower()
    for real in ("karimova", "omarov", "4111", "705"):
        assert real not in told


def test_looking_changes_nothing(look: Look, desk: Desk) -> None:
    lay(desk, "Karimova")
    assert look() == look()
