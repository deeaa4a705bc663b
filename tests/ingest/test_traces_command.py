"""`casemill ingest traces` and `casemill ingest langfuse`, and what a reviewer then sees."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casemill.cli.main import casemill
from ingest.fakes.langfuse import KEYS, Langfuse, observation
from ingest.fakes.server import FakeServer
from ingest.inbox import lines
from ingest.tracing import TRACE, chat, envelope, talk


def command(project: Path, *words: str) -> Result:
    return CliRunner().invoke(casemill, ["--project", str(project), *words], env=KEYS)


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    with FakeServer(Langfuse(*(observation(number, startTime="2099-01-01T00:00:00Z") for number in range(3)))) as fake:
        yield fake


def test_the_summary_tells_spans_and_which_tickets_are_read_again(project: Path) -> None:
    rows = project / "rows.jsonl"
    rows.write_text(lines({"id": 1, "trace": TRACE, "text": "Your bot lied to me."}))
    assert command(project, "ingest", "file", str(rows)).exit_code == 0
    assert command(project, "anonymize").exit_code == 0
    (project / "t.json").write_bytes(envelope(*chat()))
    done = command(project, "ingest", "traces", str(project / "t.json"))
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "Ingested 3 spans of traces: 3 new, 0 changed, 0 the same, 0 put aside.",
        "1 ticket is read again with them: casemill anonymize",
    ]
    assert command(project, "anonymize").exit_code == 0
    again = command(project, "ingest", "traces", str(project / "t.json"), "--json")
    assert json.loads(again.stdout)["same"] == 3


def test_something_put_aside_is_named_and_makes_exit_4(project: Path) -> None:
    path = project / "t.jsonl"
    path.write_text(lines(talk(), {"a": 1}))
    done = command(project, "ingest", "traces", str(path))
    assert done.exit_code == 4
    assert f"{path}:2: is no trace that casemill knows" in done.stdout
    assert "1 new, 0 changed, 0 the same, 1 put aside." in done.stdout


def test_spans_of_an_erased_ticket_are_counted(project: Path) -> None:
    rows, spans = project / "rows.jsonl", project / "t.json"
    rows.write_text(lines({"id": 1, "trace": TRACE, "text": "Your bot lied to me."}))
    assert command(project, "ingest", "file", str(rows)).exit_code == 0
    assert command(project, "anonymize").exit_code == 0
    toml = project / "casemill.toml"
    toml.write_text(f'{toml.read_text()}vault = ["lead@shop.test"]\n')
    assert command(project, "erase", "file:1", "--reason", "request 17", "--yes").exit_code in (0, 4)
    spans.write_bytes(envelope(*chat()))
    done = command(project, "ingest", "traces", str(spans))
    assert (done.exit_code, done.stdout.strip()) == (
        0,
        "Ingested 3 spans of traces: 0 new, 0 changed, 0 the same, 0 put aside, 3 erased once and left out.",
    )


def test_no_file_is_a_mistake_in_the_command(project: Path) -> None:
    assert command(project, "ingest", "traces").exit_code == 2
    assert command(project, "ingest", "traces", str(project / "none.json")).exit_code != 0


def test_langfuse_is_walked_by_the_settings(project: Path, fake: FakeServer) -> None:
    toml = project / "casemill.toml"
    toml.write_text(f'{toml.read_text()}\n[ingest.sources.langfuse]\nurl = "{fake.url}"\n')
    done = command(project, "ingest", "langfuse", "--since", "2026-08-01")
    assert done.exit_code == 0
    assert done.stdout == "Ingested 0 spans of traces: 0 new, 0 changed, 0 the same, 0 put aside (1 call).\n"


def test_both_stand_among_the_sources(project: Path) -> None:
    listed = command(project, "ingest", "--help").stdout
    assert "traces" in listed
    assert "langfuse" in listed


def test_the_worker_takes_trace_files_and_langfuse_in_where_the_settings_name_them(
    project: Path, fake: FakeServer
) -> None:
    toml = project / "casemill.toml"
    tables = f'[ingest.sources.langfuse]\nurl = "{fake.url}"\n\n[ingest.sources.bot]\npath = "t.json"\nas = "traces"\n'
    toml.write_text(f"{toml.read_text()}\n{tables}")
    (project / "t.json").write_bytes(envelope(*chat()))
    done = command(project, "work")
    assert "ingest langfuse" in done.output
    assert "3 new, 0 changed, 0 the same" in done.output
