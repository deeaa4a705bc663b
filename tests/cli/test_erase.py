"""`casemill erase`: asks, erases, prints the certificate; what was erased does not come back."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from anonymize.intake import ROW
from casemill.cli.main import casemill

REASON = ("--reason", "Erasure request 17 of 20 November")


def command(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(casemill, ["--project", str(project), *arguments], standalone_mode=False)


def shown(project: Path, *arguments: str) -> str:
    done = command(project, *arguments)
    assert done.exception is None, done.exception
    return done.stdout


@pytest.fixture
def held(project: Path) -> Path:
    """A project with two tickets of one person; its lead has the vault role."""
    (project / "casemill.toml").write_text('[people]\nme = "lead@shop.test"\nvault = ["lead@shop.test"]\n')
    rows = (ROW, ROW | {"id": "T-2"})
    (project / "tickets.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    shown(project, "ingest", "file", str(project / "tickets.jsonl"))
    shown(project, "anonymize")
    return project


def test_a_ticket_is_erased_with_a_certificate_and_left_out_from_then_on(held: Path) -> None:
    told = shown(held, "erase", "file:T-1", *REASON, "--yes", "--out", str(held / "certificate.txt"))
    assert told == (held / "certificate.txt").read_text()
    assert "file:T-1: 1 payload, " in told
    assert "UTC by lead@shop.test: Erasure request 17 of 20 November" in told
    assert not [word for word in ("Karimova", "anna.k@", "701") if word in told]
    assert "1 erased once and left out" in shown(held, "ingest", "file", str(held / "tickets.jsonl"))
    assert "Nothing waits to be masked." in shown(held, "anonymize")
    assert "file:T-1 erased" in shown(held, "restore", "--audit")
    refused = command(held, "restore", "file:T-1", "[NAME_1]", *REASON)
    assert "the vault knows no [NAME_1]" in str(refused.exception)


def test_a_person_is_erased_from_every_ticket_and_no_leak_is_left(held: Path) -> None:
    told = json.loads(shown(held, "erase", "--person", "Anna Karimova", *REASON, "--yes", "--json"))
    assert [one["ticket"] for one in told["tickets"]] == ["file:T-1", "file:T-2"]
    assert command(held, "leaks").exit_code == 0
    again = command(held, "erase", "--person", "Anna Karimova", *REASON, "--yes")
    assert "no ticket in the vault names this person" in str(again.exception)
    for path in (held / ".casemill").rglob("*"):
        assert not path.is_file() or b"Karimova" not in path.read_bytes()


def test_the_certificate_as_json_goes_to_the_file_too(held: Path) -> None:
    out = held / "certificate.json"
    told = shown(held, "erase", "file:T-1", *REASON, "--yes", "--json", "--out", str(out))
    assert json.loads(told) == json.loads(out.read_text())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("file:T-1", *REASON), "nobody can be asked here"),
        (("file:T-1", "--yes"), "--reason are needed"),
        (REASON, "one ticket or more, or --person"),
        (("file:T-1", "--person", "Anna Karimova", *REASON), "one ticket or more, or --person"),
        (("file:T-404", *REASON, "--yes"), "nothing is known of a ticket file:T-404"),
        (("--person", "Anna", *REASON, "--yes"), "may be anybody's"),
    ],
    ids=["no terminal", "no reason", "nothing named", "both named", "unknown", "one word"],
)
def test_otherwise_nothing_is_erased(arguments: tuple[str, ...], told: str, held: Path) -> None:
    assert told in str(command(held, "erase", *arguments).exception)
    assert shown(held, "restore", "file:T-1", "[NAME_1]", *REASON) == "Anna Karimova\n"


def test_without_the_vault_role_nobody_erases(held: Path) -> None:
    (held / "casemill.toml").write_text('[people]\nme = "lead@shop.test"\n')
    assert "nobody has the vault role" in str(command(held, "erase", "file:T-1", *REASON, "--yes").exception)
