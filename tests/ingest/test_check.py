"""`casemill ingest check` shows how rows would be read and writes nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import make
from casemill.cli import ingest_check
from casemill.cli.main import casemill
from casemill.errors import UsageError
from casemill.ingest.check import check_file
from casemill.settings import Ingest
from ingest.inbox import chat, lines

MAP = '[streams.tickets]\nid = "id"\ntext = "body"\n'


def command(project: Path, *words: str, input: str | None = None) -> Result:
    return CliRunner().invoke(casemill, ["--project", str(project), "ingest", *words], input=input)


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_roles_fields_and_what_is_missing_are_told_and_nothing_is_written(project: Path) -> None:
    path = project / "rows.jsonl"
    path.write_text(lines(chat(1, csat="bad", requester={"name": "Anna Karimova"}), chat(2)) + "{\n")
    before = files(project)
    done = command(project, "check", str(path))
    assert done.exit_code == 4
    assert done.stdout.splitlines() == [
        "Read as jsonl.",
        "Columns: id, messages, requester, csat",
        "1: customer 1, assistant 1; 1 person named",
        "  found: csat",
        "  missing: created_at, expected, resolution, trace",
        "2: customer 1, assistant 1; 0 people named",
        "  missing: created_at, expected, resolution, trace, requester",
        "Would be put aside:",
        f"  {path}:3: is not JSON: input data was truncated",
        "Looked at 2 tickets; nothing was written.",
    ]
    assert files(project) == before


def test_a_customers_words_are_shown_on_a_terminal_alone(project: Path) -> None:
    path = project / "rows.jsonl"
    path.write_text(lines(chat(1)))
    for words in (["check", str(path)], ["check", str(path), "--json"]):
        assert "where is my refund" not in command(project, *words).stdout
    look = check_file(path, None, settings=Ingest(), now=make.NOW)
    assert "“where is my refund”" in ingest_check._text(look, look.words)


def test_only_the_first_ten_are_told(project: Path) -> None:
    path = project / "rows.jsonl"
    path.write_text(lines(*(chat(n) for n in range(50))))
    told = json.loads(command(project, "check", str(path), "--json").stdout)
    assert [ticket["id"] for ticket in told["tickets"]] == [str(n) for n in range(10)]
    assert told["columns"] == {"id": "id", "messages": "messages"}


def test_a_pipe_is_checked_with_its_map(project: Path) -> None:
    (project / "map.toml").write_text(MAP)
    record = {"type": "RECORD", "stream": "tickets", "record": {"id": 1, "body": "help me"}}
    text = lines(record, {"type": "RECORD", "stream": "users", "record": {}}, {"type": "STATE", "value": 1})
    before = files(project)
    done = command(project, "check", "-", "--as", "singer", "--map", str(project / "map.toml"), input=text)
    assert done.exit_code == 0
    assert "1: customer 1" in done.stdout
    assert "Passed over, since the map does not name them: users (1)." in done.stdout
    assert files(project) == before


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["-"], "standard input is read as messages alone"),
        (["-", "--as", "singer"], "--as singer needs --map FILE"),
        (["nowhere.csv"], "there is no nowhere.csv"),
    ],
)
def test_what_cannot_be_checked_says_why(project: Path, words: list[str], why: str) -> None:
    done = command(project, "check", *words)
    assert isinstance(done.exception, UsageError | SystemExit)
    assert why in f"{done.output} {done.exception}"


def test_states_are_printed_for_the_pipe_and_the_summary_beside_it(project: Path) -> None:
    (project / "map.toml").write_text(MAP)
    record = {"type": "RECORD", "stream": "tickets", "record": {"id": 1, "body": "help me"}}
    words = ("singer", "--map", str(project / "map.toml"))
    done = command(project, *words, input=lines(record, {"type": "STATE", "value": {"a": 1}}))
    assert (done.exit_code, done.stdout) == (0, '{"a":1}\n'.replace(":", ": "))
    assert "Ingested 1 ticket from singer: 1 new" in done.stderr
    assert json.loads(command(project, *words, "--state").stdout) == {"a": 1}
    report = json.loads(command(project, *words, "--json", input=lines(record)).stdout)
    assert (report["same"], report["state"]) == (1, '{"a": 1}')


def test_help_shows_an_example() -> None:
    for name in ("check", "singer", "airbyte"):
        assert "Example:" in CliRunner().invoke(casemill, ["ingest", name, "--help"]).stdout
