"""`casemill review --from` and what the command refuses."""

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from casemill.cli.main import casemill
from casemill.errors import PUT_ASIDE, UsageError
from casemill.store import Desk
from review.asked import ask, state

COMMAND = str(Path(sys.executable).with_name("casemill"))


def call(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (COMMAND, "--project", str(project), "review", *arguments),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def decisions(project: Path, *records: object) -> str:
    path = project / "decisions.jsonl"
    path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in records))
    return str(path)


def test_recorded_decisions_bad_lines_and_a_second_time(project: Path, project_desk: Desk) -> None:
    ask(project_desk, "1", "2")
    path = decisions(
        project,
        {"ticket": "zendesk:1", "decision": "accept"},
        "{oops",
        {"ticket": "zendesk:2", "decision": "not_a_case", "by": "anna@shop.test"},
        {"ticket": "zendesk:nowhere", "decision": "not_a_case"},
    )
    first = call(project, "--from", path)
    assert first.returncode == PUT_ASIDE
    assert first.stdout == "Recorded 2 decisions, 2 put aside.\n"
    assert [line.split(" ")[0] for line in first.stderr.splitlines()] == [f"{path}:2:", f"{path}:4:"]
    assert [state(project_desk, name) for name in "12"] == ["decided", "not_a_case"]
    again = call(project, "--from", path)
    assert again.stdout == "Recorded 0 decisions, 2 already there, 2 put aside.\n"


def test_the_report_as_json_and_who_decided(project: Path, project_desk: Desk) -> None:
    from casemill.store import reviews

    ask(project_desk, "1")
    path = decisions(project, {"ticket": "zendesk:1", "decision": "accept"})
    done = CliRunner().invoke(casemill, ["--project", str(project), "review", "--from", path, "--json"])
    assert done.exit_code == 0
    assert json.loads(done.output) == {"recorded": 1, "already": 0, "put_aside": []}
    with project_desk.read() as db:
        (review,) = reviews.of_ticket(db, "zendesk:1")
    assert (review.by, review.recorded) == ("lead@shop.test", True)


def test_a_mode_the_taxonomy_lacks_is_put_aside(project: Path, project_desk: Desk) -> None:
    ask(project_desk, "1")
    failures = [{"mode": "gremlins", "severity": "P1"}]
    path = decisions(project, {"ticket": "zendesk:1", "decision": "correct", "origin": "model", "failures": failures})
    done = call(project, "--from", path)
    assert done.returncode == PUT_ASIDE
    assert "no failure mode 'gremlins'" in done.stderr


def test_of_many_bad_lines_the_first_are_named_and_json_names_all(project: Path) -> None:
    path = decisions(project, *({"ticket": f"zendesk:{number}", "decision": "not_a_case"} for number in range(30)))
    told = call(project, "--from", path).stderr.splitlines()
    assert len(told) == 21
    assert told[-1] == "… and 10 more; --json names them all"
    assert len(json.loads(call(project, "--from", path, "--json").stdout)["put_aside"]) == 30


def test_what_is_put_aside_cannot_steer_the_terminal(project: Path) -> None:
    path = decisions(project, {"ticket": "zendesk:\x1b[2J", "decision": "not_a_case"})
    assert "\x1b" not in call(project, "--from", path).stderr


def test_without_a_terminal_or_a_file_it_says_what_to_do(project: Path) -> None:
    done = call(project)
    assert done.returncode == UsageError.exit_code
    assert "needs a terminal" in done.stderr
    assert "--from" in done.stderr


def test_help_has_an_example_and_needs_no_project() -> None:
    done = CliRunner().invoke(casemill, ["review", "--help"])
    assert done.exit_code == 0
    assert "Example: casemill review --from" in done.output


def test_standard_input_is_not_read_and_that_is_said(project: Path) -> None:
    done = call(project, "--from", "-")
    assert done.returncode == 2
    assert "--from needs a file" in done.stderr
