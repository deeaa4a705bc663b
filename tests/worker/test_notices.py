"""`casemill status` names what screening found, by id and danger, and who is told."""

import json
from pathlib import Path

from click.testing import CliRunner

from casemill.cli.main import casemill
from casemill.settings import Store
from casemill.store import open_vault

WORDS = "I want to die, said Anna Karimova"


def call(project: Path, *command: str) -> str:
    done = CliRunner().invoke(casemill, ["--project", str(project), *command], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_status_names_the_ticket_the_danger_and_who_is_told_and_no_word_of_it(project: Path) -> None:
    (project / "casemill.toml").write_text('[people]\nsafety = "safety@shop.test"\n')
    path = project / "tickets.jsonl"
    path.write_text(json.dumps({"id": "7", "text": WORDS}) + "\n")
    call(project, "ingest", "file", str(path))
    assert "Screening flagged 1 ticket (1 distress)" in call(project, "anonymize")
    told = call(project, "status")
    assert "1  distress" in told
    assert "safety@shop.test" in told
    assert "distress: file:7 (version 1)" in told
    assert "Anna" not in told
    assert "die" not in told
    (notice,) = json.loads(call(project, "status", "--json"))["notices"]
    assert (notice["danger"], notice["whom"]) == ("distress", "safety@shop.test")
    with open_vault(Store(), root=project) as vault:
        assert vault.notices(limit=1)[0] == {"distress": 1}
