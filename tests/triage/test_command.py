"""`casemill triage` as a person and a program see it."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from casemill.cli.main import casemill
from casemill.settings import Store
from casemill.store import open_desk
from triage import shop


def triage(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(casemill, ["--project", str(project), "triage", *arguments])


def fill(project: Path, *numbers: int) -> None:
    with open_desk(Store(), root=project) as desk:
        shop.fill(desk, *numbers)


def test_it_says_how_many_ask_for_a_person_and_whose_failures_they_are(project: Path) -> None:
    fill(project, 0, 1, 2)
    done = triage(project)
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "Proposed on 3 tickets (rules@1): 3 ask for a person, 0 passed by themselves.",
        "  model         2",
        "  product       1",
    ]
    assert triage(project).output == "Nothing new to propose on.\n"


def test_one_ticket_is_told_in_the_singular(project: Path) -> None:
    fill(project, 0)
    first = triage(project).output.splitlines()[0]
    assert first == "Proposed on 1 ticket (rules@1): 1 asks for a person, 0 passed by itself."


def test_the_report_as_json(project: Path) -> None:
    fill(project, 0, 2)
    assert json.loads(triage(project, "--json").output) == {
        "proposed": 2,
        "asked": 2,
        "passed": 0,
        "by": {"rules@1": 2},
        "origins": {"model": 1, "product": 1},
    }


def test_help_has_an_example_and_needs_no_project() -> None:
    done = CliRunner().invoke(casemill, ["triage", "--help"])
    assert done.exit_code == 0
    assert "Example: casemill triage" in done.output
