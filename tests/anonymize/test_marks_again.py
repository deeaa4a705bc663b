"""What was masked once is masked again: a second mark, and what people wrote about a ticket themselves."""

import json
from pathlib import Path

import pytest

import make
from anonymize.intake import ROW, take_in
from anonymize.marked import Project, case, laid_out
from casemill.anonymize import Again, Folders, Ground, Leaks, Marked, find_leaks, mask_again
from casemill.domain.case import Expect, Lineage
from casemill.errors import UsageError
from casemill.settings import Settings
from casemill.store import Desk, Vault, changes, drafts, tickets
from casemill.suite import case_path, case_text
from casemill.sync import pull_changes

WROTE = "Does not tell Karimova that Anna is right."


def test_a_second_mark_reaches_the_case_files_too(vault: Vault, desk: Desk, tmp_path: Path) -> None:
    project: Project = laid_out(vault, desk, tmp_path)
    suite = project.folders.suite
    for words in ("Zubrowka", "next door"):
        project.mark(words)
        project.act()
        pull_changes(desk, suite, now=make.NOW)
        for path in (case_path(case()), "archive/old-one-7q3k2d.yaml"):
            assert words not in (suite / path).read_text()


class Written:
    """A ticket of Anna Karimova's, and a draft, a case file and a written Change in which a colleague names her."""

    def __init__(self, vault: Vault, desk: Desk, folder: Path) -> None:
        self.vault, self.desk = vault, desk
        self.folders = Folders(folder / "evals", folder / "private")
        self.folders.private.mkdir()
        take_in((vault, desk), folder, ROW)
        told = Expect(outcome="answer", behavior=WROTE, bad=make.BAD)
        made = make.case(expect=told, lineage=Lineage(source="file", ticket="T-1"))
        self.path = self.folders.suite / case_path(made)
        self.path.parent.mkdir(parents=True)
        self.path.write_text(case_text(made))
        with desk.write() as db:
            drafts.put(db, make.draft("file:T-1", case=made))
            id = changes.add(db, make.change(case_path(made), text=case_text(made), case=made.id))
            changes.mark_written(db, id, make.NOW)

    def leaks(self) -> Leaks:
        return find_leaks(self.vault, self.desk, ground=Ground(Settings(), self.folders.suite, self.folders.private))

    def again(self, key: str = "file:T-1") -> Marked:
        return mask_again(self.vault, self.desk, again=Again(key, Settings(), self.folders), now=make.NOW)


@pytest.fixture
def written(vault: Vault, desk: Desk, tmp_path: Path) -> Written:
    return Written(vault, desk, tmp_path)


def test_what_people_wrote_about_a_ticket_is_masked_again_until_no_leak_is_found(written: Written) -> None:
    assert {leak.where.split()[1] for leak in written.leaks().found if leak.where[:5] == "desk:"} == {
        "drafts",
        "changes",
    }
    before = json.dumps(ticket_text(written))
    done = written.again()
    assert (done.rows, len(done.cases)) == (2, 1)
    pull_changes(written.desk, written.folders.suite, now=make.NOW)
    assert "behavior: Does not tell [NAME_1] that [NAME_1] is right." in written.path.read_text().replace('"', "")
    assert written.leaks().found == ()
    assert json.dumps(ticket_text(written)) == before


def test_masked_again_and_again_nothing_moves(written: Written) -> None:
    written.again()
    pull_changes(written.desk, written.folders.suite, now=make.NOW)
    done = written.again()
    assert (done.rows, done.cases) == (0, ())


def test_a_ticket_that_is_not_there_cannot_be_masked_again(written: Written) -> None:
    with pytest.raises(UsageError, match="there is no ticket file:nope"):
        written.again("file:nope")


def ticket_text(written: Written) -> list[str]:
    with written.desk.read() as db:
        found = tickets.get(db, "file:T-1")
    assert found is not None
    return [turn.text for turn in found.turns]
