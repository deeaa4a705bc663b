"""`casemill review --leaks --from` and what the command refuses."""

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

import make
from casemill.cli.main import casemill
from casemill.errors import PUT_ASIDE, UsageError
from casemill.store import Desk, leaks, tickets

COMMAND = str(Path(sys.executable).with_name("casemill"))


def call(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = (COMMAND, "--project", str(project), "review", "--leaks", *arguments)
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def verdicts(project: Path, *records: object) -> str:
    path = project / "verdicts.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in records))
    return str(path)


def test_recorded_verdicts_bad_lines_and_a_second_time(project: Path, project_desk: Desk) -> None:
    with project_desk.write() as db:
        for name in "12":
            tickets.put(db, make.ticket(name, turns=make.turns(("customer", "write to Anna"))))
    path = verdicts(
        project,
        {"ticket": "zendesk:1", "verdict": "leak", "marks": [{"words": "Anna", "label": "NAME"}]},
        {"ticket": "zendesk:2", "verdict": "leak", "marks": [{"words": "Boris", "label": "NAME"}]},
        {"ticket": "zendesk:\x1b[2J", "verdict": "fine"},
    )
    first = call(project, "--from", path)
    assert first.returncode == PUT_ASIDE
    assert first.stdout == "Recorded 1 verdict, 2 put aside.\n"
    assert [line.split(" ")[0] for line in first.stderr.splitlines()] == [f"{path}:2:", f"{path}:3:"]
    assert not any(word in first.stdout + first.stderr for word in ("Anna", "Boris", "\x1b"))
    again = call(project, "--from", path, "--json")
    assert {**json.loads(again.stdout), "put_aside": None} == {"recorded": 0, "already": 1, "put_aside": None}
    with project_desk.read() as db:
        assert len(leaks.waiting_marks(db)) == 1


def test_without_a_terminal_or_a_file_it_says_what_to_do(project: Path) -> None:
    done = call(project)
    assert done.returncode == UsageError.exit_code
    assert "casemill review --leaks needs a terminal" in done.stderr
    assert "casemill review --leaks --from verdicts.jsonl" in done.stderr


def test_a_ticket_is_named_only_for_reading_at_the_terminal(project: Path) -> None:
    file = verdicts(project, {})
    for arguments in (["--ticket", "zendesk:1"], ["--leaks", "--ticket", "zendesk:1", "--from", file]):
        done = CliRunner().invoke(casemill, ["--project", str(project), "review", *arguments])
        assert isinstance(done.exception, UsageError)


def test_help_says_how(project: Path) -> None:
    done = CliRunner().invoke(casemill, ["review", "--help"])
    assert "Example: casemill review --leaks --from verdicts.jsonl" in done.output
