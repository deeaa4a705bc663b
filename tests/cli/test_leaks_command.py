"""`casemill leaks`: what is found is told in a few lines, and what is open shuts."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import make
from anonymize.intake import ROW, take_in
from casemill.cli.main import casemill
from casemill.settings import Store
from casemill.store import leaks, open_desk, open_vault, tickets
from casemill.suite import case_path, case_text


@pytest.fixture
def masked(project: Path) -> Path:
    """A project with a masked ticket and its case."""
    with open_vault(Store(), root=project) as vault, open_desk(Store(), root=project) as desk:
        take_in((vault, desk), project, ROW)
    return project


def run(project: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(casemill, ["--project", str(project), "leaks", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout


def plant(project: Path, *texts: str) -> None:
    with open_desk(Store(), root=project) as desk, desk.write() as db:
        for number, text in enumerate(texts):
            turns = make.turns(("customer", text))
            tickets.put(
                db, make.ticket("T-1", source="file", version=number + 2, digest=f"sha256:{number}", turns=turns)
            )


def test_nothing_found_is_said_with_how_much_was_read(masked: Path) -> None:
    code, told = run(masked, "--no-sample")
    assert code == 0
    assert told.startswith("Nothing in 1 row and ")


def test_a_finding_shuts_and_tells_where_what_and_how_and_never_the_value(masked: Path) -> None:
    plant(masked, "Karimova called")
    code, told = run(masked, "--no-sample")
    assert code == 1
    assert "desk: tickets 2, file:T-1, turns.0.text: NAME, a person of this ticket\n" in told
    assert "1 finding in 2 rows" in told
    assert "arimova" not in told


def test_at_most_twenty_findings_are_named(masked: Path) -> None:
    plant(masked, *(f"Karimova called {number}" for number in range(25)))
    told = run(masked, "--no-sample")[1].splitlines()
    assert sum(line.startswith("desk: ") for line in told) == 20
    assert told[20] == "… and 5 more; --json names them all"
    assert max(map(len, told)) <= 100


def test_json_names_every_finding(masked: Path) -> None:
    plant(masked, *(f"Karimova called {number}" for number in range(25)))
    code, told = run(masked, "--no-sample", "--json")
    report: dict[str, Any] = json.loads(told)
    assert code == 1
    assert len(report["found"]) == 25
    assert report["found"][0] == {"where": "desk: tickets 2, file:T-1, turns.0.text", "type": "NAME", "how": "payload"}
    assert "sample" not in report


def add_case(project: Path) -> None:
    case = make.case()
    path = project / "evals" / case_path(case)
    path.parent.mkdir(parents=True)
    path.write_text(case_text(case))
    with open_desk(Store(), root=project) as desk, desk.write() as db:
        tickets.put(db, make.ticket())


def test_tickets_to_be_read_are_drawn_and_keep_it_shut_until_they_are(masked: Path) -> None:
    add_case(masked)
    assert run(masked, "--no-sample")[0] == 0
    code, told = run(masked)
    assert code == 1
    assert "1 ticket still to be read: casemill review --leaks" in told
    assert run(masked, "--no-sample")[0] == 0
    verdicts = masked / "verdicts.jsonl"
    verdicts.write_text('{"ticket": "zendesk:48213", "verdict": "fine"}\n')
    done = CliRunner().invoke(casemill, ["--project", str(masked), "review", "--leaks", "--from", str(verdicts)])
    assert done.exit_code == 0, done.output
    code, told = run(masked)
    assert code == 0
    assert "not enough" in told.lower()
    report = json.loads(run(masked, "--json")[1])
    assert report["sample"]["open"] == 0
    assert report["report"]["leaks"]["n"] == 1


def test_a_mark_that_nobody_masked_keeps_it_shut(masked: Path) -> None:
    with open_desk(Store(), root=masked) as desk, desk.write() as db:
        leaks.add(db, make.leak_review("file:T-1", verdict="leak", marks=(make.mark("subject"),)))
    code, told = run(masked)
    assert code == 1
    assert "1 mark not masked yet: casemill anonymize" in told
    done = CliRunner().invoke(casemill, ["--project", str(masked), "anonymize"])
    assert done.exit_code == 0
    assert done.stdout == "Masked 1 mark of readers in 1 ticket.\n"
