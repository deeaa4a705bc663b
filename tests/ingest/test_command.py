"""`casemill ingest file`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casemill.cli.main import casemill
from ingest.helpdesk import TALK, export, ticket
from ingest.inbox import chat, lines


@pytest.fixture
def rows(project: Path) -> Path:
    path = project / "rows.jsonl"
    path.write_text(lines(chat(1), chat(2)))
    return path


def command(project: Path, *words: str) -> Result:
    return CliRunner().invoke(casemill, ["--project", str(project), "ingest", *words])


def test_the_summary_tells_the_form_and_the_counts(project: Path) -> None:
    folder = export(project / "z", [ticket(1), ticket(2)], comments={1: TALK})
    done = command(project, "file", str(folder))
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "Read as zendesk (say --as to read it as something else).",
        "Ingested 2 tickets: 2 new, 0 changed, 0 the same, 0 put aside (zendesk, 1 macro).",
    ]


def test_the_second_time_nothing_is_new(project: Path, rows: Path) -> None:
    command(project, "file", str(rows))
    done = command(project, "file", str(rows), "--as", "jsonl")
    assert "Ingested 2 tickets: 0 new, 0 changed, 2 the same, 0 put aside (jsonl)." in done.stdout
    assert "Read as" not in done.stdout


def test_the_columns_taken_are_shown(project: Path) -> None:
    path = project / "t.csv"
    path.write_text("No;Вопрос\n1;Где деньги?\n")
    assert "Columns: text ← Вопрос" in command(project, "file", str(path)).stdout


def test_something_put_aside_is_named_and_makes_exit_4(project: Path, rows: Path) -> None:
    rows.write_text(lines(chat(1)) + "{\n")
    done = command(project, "file", str(rows))
    assert done.exit_code == 4
    assert f"{rows}:2: is not JSON" in done.stdout
    assert str(project / ".casemill" / "rejects" / "rows-1.jsonl") in done.stdout


def test_json_is_the_report_alone(project: Path, rows: Path) -> None:
    done = command(project, "file", str(rows), "--source", "shop", "--json")
    told = json.loads(done.stdout)
    assert (told["form"], told["source"], told["new"], told["rejects_file"]) == ("jsonl", "shop", 2, None)
    assert told["mapping"] == {"id": "id", "messages": "messages"}


def test_help_shows_an_example() -> None:
    for words in (["ingest", "--help"], ["ingest", "file", "--help"]):
        assert "Example:" in CliRunner().invoke(casemill, words).stdout
