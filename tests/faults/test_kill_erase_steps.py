"""`kill -9` before each step of an erasure, on SQLite and on Postgres: never a tombstone beside a payload, and the next
run ends it with the same certificate."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import make
from anonymize.erasing import MAIL, TALK, erase, filled, places
from anonymize.marked import KEY, Project
from casemill.anonymize import finish_erasures
from casemill.store import Desk, Vault, changes, tickets
from faults.dying import killed_at

if TYPE_CHECKING:
    from conftest import Home

STEPS = (
    "casemill.store.vault:Vault.erase",
    "casemill.store.erasures:_forget",
    "casemill.store.restores:add",
    "casemill.store.vault:Vault.erasures",
    "casemill.store.desk_erase:leave",
    "casemill.store.changes:add",
    "casemill.anonymize.erase:tidy",
    "casemill.anonymize.erase:files_that_hold",
    "casemill.store.vault:Vault.close_erasure",
    "casemill.anonymize.erase:wipe",
    "casemill.store.vault:Vault.wipe",
    "casemill.anonymize.erase:_certificate",
)


def gone_whole(project: Project) -> bool:
    """Whether the tombstone stands; then nothing of the ticket may be left in the vault, else all of it."""
    tombstone = bool(project.vault.erased([TALK]))
    assert len(project.vault.versions([TALK])) == (0 if tombstone else 2)
    assert len(project.vault.entities(*TALK)) == (0 if tombstone else 3)
    assert len(project.vault.audit().lines) == int(tombstone)
    with project.desk.read() as db:
        assert tombstone or tickets.state_of(db, KEY) == "masked"
    return tombstone


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.rpartition(":")[2])
def test_killed_before_a_step_nothing_is_lost_and_nothing_done_twice(
    step: str, vault: Vault, desk: Desk, home: "Home", tmp_path: Path
) -> None:
    project = filled(vault, desk, tmp_path)
    killed = killed_at(step, "anonymize.erasing:erase", home=home, folder=tmp_path)
    assert killed.returncode == -9, killed.stderr
    gone_whole(project)
    done = erase(project)
    assert gone_whole(project)
    [told] = done.tickets
    assert (told.versions, told.people, told.values, told.spans, told.rows) == (2, 3, 5, 1, 8)
    assert done.whole
    assert sorted(done.changes) == [
        "archive/old-one-7q3k2d.yaml",
        "cases/promised_action/promised-action-7q3k2d.yaml",
    ]
    left = project.bodies().casefold().replace("zubrowka@shop.test", "")
    assert not [word for word in ("zubrowka", "wanda", MAIL) if word in left]
    assert [one.state for one in vault.erasures()] == ["done"]
    with desk.read() as db:
        assert len(changes.waiting(db)) == 2
    assert erase(project) == done


def test_the_worker_ends_what_a_killed_erasure_left(vault: Vault, desk: Desk, home: "Home", tmp_path: Path) -> None:
    project = filled(vault, desk, tmp_path)
    killed = killed_at("casemill.store.desk_erase:leave", "anonymize.erasing:erase", home=home, folder=tmp_path)
    assert killed.returncode == -9, killed.stderr
    assert [one.state for one in vault.erasures()] == ["due"]
    assert finish_erasures(places(project), now=make.NOW) == (KEY,)
    assert [one.state for one in vault.erasures()] == ["done"]
    assert finish_erasures(places(project), now=make.NOW) == ()
