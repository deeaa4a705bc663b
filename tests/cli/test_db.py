"""`casemill db`: looking changes nothing, upgrading twice is upgrading once."""

import json
import shutil
from pathlib import Path

from click.testing import CliRunner

from casemill.cli.main import casemill
from casemill.store.schema import NEWEST


def call(project: Path, *command: str) -> str:
    done = CliRunner().invoke(casemill, ["--project", str(project), "db", *command])
    assert done.exit_code == 0, done.output
    return done.output


def test_looking_at_a_new_project_makes_no_database(project: Path) -> None:
    for file in (project / ".casemill").glob("*.db*"):
        file.unlink()
    assert "not laid out yet" in call(project, "status")
    assert list((project / ".casemill").glob("*.db")) == []


def test_upgrading_lays_both_out_and_then_has_nothing_to_do(project: Path) -> None:
    shutil.rmtree(project / ".casemill", ignore_errors=True)
    from casemill.store import create_keys

    create_keys(project)
    assert call(project, "upgrade").splitlines() == [
        f"vault  schema none -> {NEWEST['vault']}",
        f"desk   schema none -> {NEWEST['desk']}",
    ]
    assert call(project, "upgrade").splitlines() == [
        f"vault  schema {NEWEST['vault']}, nothing to do",
        f"desk   schema {NEWEST['desk']}, nothing to do",
    ]


def test_the_report_can_be_read_by_a_program(project: Path) -> None:
    told = json.loads(call(project, "status", "--json"))
    assert [(one["name"], one["version"] == one["newest"]) for one in told] == [("vault", True), ("desk", True)]
