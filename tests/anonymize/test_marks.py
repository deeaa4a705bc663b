"""What a reader calls personal goes everywhere it stands, once and for all, and nothing else moves."""

from pathlib import Path

import pytest
from sqlalchemy import select

import make
from anonymize.marked import KEY, MISSED, Project, case, laid_out, ticket
from casemill.anonymize import Ground, find_leaks
from casemill.domain.leak import Mark
from casemill.domain.placeholder import Entity
from casemill.domain.word import canonical, changed, digest_of
from casemill.settings import Settings
from casemill.store import Desk, Vault, changes, drafts, leaks, remask, tickets
from casemill.store.desk_tables import tickets as ticket_rows
from casemill.suite import case_path, parse_case
from casemill.sync import pull_changes


@pytest.fixture
def project(vault: Vault, desk: Desk, tmp_path: Path) -> Project:
    return laid_out(vault, desk, tmp_path)


def test_it_is_masked_in_every_version_quote_draft_note_and_case_on_the_desk(project: Project) -> None:
    project.mark()
    done = project.act()
    assert (done.marks, done.tickets, done.stale) == (1, 1, ())
    assert MISSED.casefold() not in project.bodies().casefold().replace("zubrowka@shop.test", "")
    with project.desk.read() as db:
        for version in (1, 2):
            masked = tickets.get(db, KEY, version)
            assert masked is not None
            assert masked.turns[0].text == "[NAME_2] from next door took order [ORDER_1]; ask [NAME_2]"
            assert masked.subject == "[NAME_2] took it"
            assert masked.tags == ("[NAME_2]",)
            assert masked.attachments[0].name == "[NAME_2].pdf"
            assert masked.turns[3].by == "[NAME_2]"
            assert masked.turns[2].call is not None
            assert masked.turns[2].call.arguments == {"who": "[NAME_2]", "[NAME_2]": [1]}


def test_a_number_that_a_text_writes_out_is_given_to_nobody_else(project: Project) -> None:
    project.mark()
    project.act()
    assert project.vault.entities("file", "T-9") == (Entity(label="NAME", number=2, values=(MISSED,)),)


def test_a_part_of_a_known_name_is_that_person(project: Project) -> None:
    known = Entity(label="NAME", number=1, values=(f"Olga {MISSED}",), role="customer")
    project.vault.save_entities("file", "T-9", [known])
    project.mark()
    project.act()
    assert project.vault.entities("file", "T-9") == (changed(known, values=(f"Olga {MISSED}", MISSED)),)


def test_a_version_that_tells_the_same_keeps_where_the_ticket_stands(project: Project) -> None:
    project.mark()
    project.act()
    with project.desk.write() as db:
        masked = tickets.get(db, KEY)
        assert masked is not None
        row = db.execute(select(ticket_rows).where(ticket_rows.c.version == 2)).one()
        assert row.talk == digest_of(canonical(masked.turns))
        tickets.move(db, KEY, version=2, frm=("masked",), to="decided")
        tickets.put(db, changed(masked, version=3, digest="sha256:3", status="closed"))
        assert tickets.state_of(db, KEY) == "decided"


def test_case_files_get_a_change_that_keeps_their_comments_and_the_rest_is_named(project: Project) -> None:
    project.mark()
    done = project.act()
    assert set(done.cases) == {case_path(case()), "archive/old-one-7q3k2d.yaml"}
    assert [told.split(": ")[0] for told in done.files] == ["evals/releases/1.md:3", "private/runs/1.jsonl:2"]
    assert MISSED not in "".join(done.files)
    pull_changes(project.desk, project.folders.suite, now=make.NOW)
    text = (project.folders.suite / case_path(case())).read_text()
    assert text.startswith("# [NAME_2] was asked\n")
    masked = parse_case(text, "case.yaml")
    assert masked.expect.behavior == "Does not blame [NAME_2]."
    assert masked.assertions[0].arguments == {"any": ["[NAME_2]'s fault"]}
    assert masked.id == case().id
    assert MISSED not in (project.folders.suite / "archive/old-one-7q3k2d.yaml").read_text()


def test_a_change_that_waits_is_masked_itself_and_gets_no_second_one(project: Project) -> None:
    newer = case(why=f"{MISSED} wrote twice")
    from casemill.suite import case_text

    with project.desk.write() as db:
        changes.add(db, make.change(case_path(newer), kind="supersede", text=case_text(newer), case=newer.id))
    project.mark()
    project.act()
    with project.desk.read() as db:
        waiting = [change for change in changes.waiting(db) if change.case == newer.id]
    assert len(waiting) == 1
    assert digest_of(waiting[0].text.encode()) == waiting[0].digest
    pull_changes(project.desk, project.folders.suite, now=make.NOW)
    text = (project.folders.suite / case_path(newer)).read_text()
    assert "[NAME_2] wrote twice" in text


def test_two_marks_on_one_text_are_acted_on_together(project: Project) -> None:
    project.mark()
    project.mark("next door", label="ADDRESS")
    assert project.act().marks == 2
    with project.desk.read() as db:
        masked = tickets.get(db, KEY)
        assert masked is not None
        assert masked.turns[0].text == "[NAME_2] from [ADDRESS_1] took order [ORDER_1]; ask [NAME_2]"


def test_copies_that_are_left_stay_a_finding_until_somebody_sees_to_them(project: Project) -> None:
    project.mark()
    project.act()
    pull_changes(project.desk, project.folders.suite, now=make.NOW)
    ground = Ground(Settings(), project.folders.suite, project.folders.private)
    found = find_leaks(project.vault, project.desk, ground=ground).found
    assert [leak.where for leak in found] == ["private/runs/1.jsonl:2"]


def test_run_again_nothing_is_left_to_do(project: Project) -> None:
    project.mark()
    project.act()
    before = (project.bodies(), project.vault.entities("file", "T-9"))
    assert project.act().marks == 0
    assert (project.bodies(), project.vault.entities("file", "T-9")) == before


def test_killed_after_the_mapping_it_ends_the_same(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.mark()

    class Stop(Exception):
        pass

    def stop(*_: object, **__: object) -> None:
        raise Stop

    with monkeypatch.context() as patch:
        patch.setattr(leaks, "done_mark", stop)
        with pytest.raises(Stop):
            project.act()
    with project.desk.read() as db:
        assert tickets.get(db, KEY) == ticket(2), "the desk's transaction is whole or not at all"
    assert project.act().marks == 1
    assert project.vault.entities("file", "T-9") == (Entity(label="NAME", number=2, values=(MISSED,)),)


def test_a_mark_whose_text_changed_since_is_told_and_nothing_is_masked(project: Project) -> None:
    with project.desk.write() as db:
        mark = Mark(path="turns.0.text", start=0, end=8, label="NAME")
        leaks.add(db, make.leak_review(KEY, verdict="leak", marks=(mark,), read="sha256:another"))
    done = project.act()
    assert (done.marks, done.stale) == (0, (f"{KEY}, turns.0.text",))
    assert MISSED in project.bodies()


@pytest.mark.parametrize(("start", "end"), [(500, 510), (0, 0), (24, 45)], ids=["beyond", "empty", "a placeholder"])
def test_a_mark_on_nothing_is_told(start: int, end: int, project: Project) -> None:
    with project.desk.write() as db:
        mark = Mark(path="turns.0.text", start=start, end=end, label="NAME")
        leaks.add(db, make.leak_review(KEY, verdict="leak", marks=(mark,)))
    assert len(project.act().stale) == 1


def test_a_person_is_masked_in_this_ticket_alone_and_a_branch_in_all(project: Project) -> None:
    other = ticket(source="other", digest="sha256:other", turns=make.turns(("customer", f"{MISSED} at Dostyk Plaza")))
    with project.desk.write() as db:
        tickets.put(db, other)
        tickets.put(db, ticket(3, turns=make.turns(("customer", f"{MISSED} was at dostyk plaza"))))
    project.mark(version=3)
    project.mark("dostyk plaza", label="STORE", version=3)
    project.act()
    with project.desk.read() as db:
        mine, theirs = tickets.get(db, KEY), tickets.get(db, "other:T-9")
    assert mine is not None
    assert theirs is not None
    assert mine.turns[0].text == "[NAME_2] was at [STORE_1]"
    assert theirs.turns[0].text == f"{MISSED} at [STORE_1]"
    assert project.vault.learned() == (("STORE", "dostyk plaza"),)
    assert project.vault.entities("other", "T-9")[0].placeholder == "[STORE_1]"


def test_nobody_who_decided_is_changed(project: Project) -> None:
    project.mark()
    project.act()
    assert "zubrowka@shop.test" in project.bodies()
    with project.desk.read() as db:
        assert drafts.of_ticket(db, KEY)[0].case.id == case().id


@pytest.mark.parametrize("killed", [False, True], ids=["", "killed before the files were wiped"])
def test_nothing_of_it_is_left_in_the_files_of_an_sqlite_desk(
    killed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casemill.settings import Store
    from casemill.store import create_keys, open_desk, open_vault

    create_keys(tmp_path)
    with open_vault(Store(), root=tmp_path) as vault, open_desk(Store(), root=tmp_path) as desk:
        project = laid_out(vault, desk, tmp_path)
        project.mark()
        if killed:
            with monkeypatch.context() as patch:
                patch.setattr(remask, "wipe", lambda _: False)
                project.act()
        project.act()
        assert not (project.folders.private / "wipe.due").exists()
        held = b"".join(path.read_bytes() for path in (tmp_path / ".casemill").iterdir())
    assert MISSED.encode() not in held
    assert b"ZUBROWKA" not in held
