"""`kill -9` before each step of masking what a reader marked, on SQLite and on Postgres: the next run ends it."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from anonymize.marked import MISSED, Project, case, laid_out
from casemill.domain.placeholder import Entity
from casemill.store import Desk, Vault, changes, leaks
from casemill.suite import case_path
from faults.dying import killed_at

if TYPE_CHECKING:
    from conftest import Home

STEPS = (
    "casemill.store.vault:Vault.save_entities",
    "casemill.store.vault:Vault.confirm",
    "casemill.store.vault:Vault.learn",
    "casemill.store.leaks:rewrite_notes",
    "casemill.store.remask:rewrite",
    "casemill.store.leaks:done_mark",
    "casemill.anonymize.marks:files_that_hold",
    "casemill.store.remask:wipe",
)


@pytest.fixture
def marked(vault: Vault, desk: Desk, tmp_path: Path) -> Project:
    project = laid_out(vault, desk, tmp_path)
    project.mark()
    project.mark("next door", label="BRANCH")
    return project


class Ended(NamedTuple):
    """What is left when all is done."""

    bodies: str
    waiting: list[tuple[str, str]]
    marks: int
    entities: tuple[Entity, ...]
    learned: tuple[tuple[str, str], ...]


def ends(project: Project) -> Ended:
    with project.desk.read() as db:
        waiting = sorted((change.path, change.text) for change in changes.waiting(db))
        marks = len(leaks.waiting_marks(db))
    return Ended(project.bodies(), waiting, marks, project.vault.entities("file", "T-9"), project.vault.learned())


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.rpartition(":")[2])
def test_killed_before_a_step_nothing_is_lost_and_nothing_done_twice(
    step: str, marked: Project, home: "Home", tmp_path: Path
) -> None:
    killed = killed_at(step, "anonymize.marked:Project.act", home=home, folder=tmp_path)
    assert killed.returncode == -9, killed.stderr
    done = marked.act()
    assert {told.split(": ")[0] for told in done.files} == {"evals/releases/1.md:3", "private/runs/1.jsonl:2"}
    ended = ends(marked)
    left = f"{ended.bodies}{ended.waiting}".casefold().replace("zubrowka@shop.test", "")
    assert MISSED.casefold() not in left
    assert ended.marks == 0
    assert [path for path, _ in ended.waiting] == ["archive/old-one-7q3k2d.yaml", case_path(case())]
    assert [one.placeholder for one in ended.entities] == ["[BRANCH_1]", "[NAME_2]"]
    assert ended.learned == (("BRANCH", "next door"),)
    assert not (tmp_path / "private/wipe.due").exists()
    assert marked.act().marks == 0
    assert ends(marked) == ended
