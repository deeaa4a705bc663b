"""The whole road through the commands, as its owner walks it, on SQLite and on Postgres."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from casemill.settings import FILE_NAME
from conftest import Home
from faults.road import SHOP, write_verdicts

CASEMILL = str(Path(sys.executable).with_name("casemill"))


class Owner(NamedTuple):
    """The engineer who owns the pipeline, in the project folder, with the stores named by variables."""

    root: Path
    environ: dict[str, str]

    def asks(self, *command: str, exits: int = 0) -> str:
        done = subprocess.run((CASEMILL, *command), cwd=self.root, env=self.environ, capture_output=True, text=True)
        assert done.returncode == exits, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def learns(self, *command: str, exits: int = 0) -> Any:
        return json.loads(self.asks(*command, "--json", exits=exits))

    def next(self) -> str | None:
        told = self.learns("status").get("command")
        return told if told is None else str(told)


@pytest.fixture
def owner(home: Home) -> Owner:
    shutil.copy(SHOP / "casemill.toml", home.root / FILE_NAME)
    stores = {"CASEMILL_STORE_DESK": home.store.desk, "CASEMILL_STORE_VAULT": home.store.vault}
    owner = Owner(home.root, os.environ | stores)
    owner.asks("init")
    return owner


def test_status_leads_from_the_first_ticket_to_an_open_gate(owner: Owner) -> None:
    assert owner.next() == "casemill ingest file PATH"
    owner.asks("ingest", "file", str(SHOP / "tickets.jsonl"), "--source", "borsuq")
    assert owner.next() == "casemill work"
    owner.asks("work")
    assert owner.next() == "casemill review"
    owner.asks("review", "--from", str(SHOP / "reviews.jsonl"))
    assert owner.next() == "casemill work"
    owner.asks("work")
    assert owner.next() == "casemill admit"
    owner.asks("admit", "--from", str(SHOP / "admissions.jsonl"))
    assert owner.learns("suite", "lint") == []
    owner.asks("suite", "freeze", exits=2)
    drawn = owner.learns("leaks", exits=1)
    assert (drawn["found"], drawn["sample"]["asked"]) == ([], 20)
    owner.asks("suite", "freeze", exits=2)
    read = owner.learns("review", "--leaks", "--from", write_verdicts(owner.root))
    assert (read["put_aside"], read["recorded"] >= 20) == ([], True)
    assert owner.learns("leaks")["sample"]["read"] == 20
    frozen = owner.learns("suite", "freeze")
    ran = owner.learns("run", "--target", "v1")
    judged = owner.learns("gate", exits=1)
    assert (frozen["release"], judged["state"]) == (1, "shut")
    assert judged["judged"] == ran["cases"] == len(judged["reds"])
    assert all(red["ticket"].startswith("borsuq:") for red in judged["reds"])
    ran = owner.learns("run", "--target", "v2")
    assert owner.learns("gate")["state"] == "open"
    assert owner.learns("runs", "import", ran["file"])["new"] is True
    assert owner.learns("runs", "import", ran["file"])["new"] is False
    owner.asks("baseline", "accept", ran["file"])
    assert "before" in owner.learns("gate")["reds"][0]


def test_each_stage_done_twice_changes_nothing(owner: Owner) -> None:
    stages = (
        ("ingest", "file", str(SHOP / "tickets.jsonl"), "--source", "borsuq"),
        ("anonymize",),
        ("triage",),
        ("review", "--from", str(SHOP / "reviews.jsonl")),
        ("normalize",),
        ("admit", "--from", str(SHOP / "admissions.jsonl")),
        ("leaks",),
        ("review", "--leaks", "--from", write_verdicts(owner.root)),
        ("suite", "freeze"),
    )
    for stage in stages:
        exits = 1 if stage == ("leaks",) else 0
        owner.asks(*stage, exits=exits)
        before = owner.learns("status")
        owner.asks(*stage, exits=exits)
        assert owner.learns("status") == before, stage


def test_nobody_of_the_payloads_is_named_outside_the_vault(owner: Owner) -> None:
    known: set[str] = set()
    for line in (SHOP / "tickets.jsonl").read_text().splitlines():
        requester = json.loads(line).get("requester", {})
        known |= {requester[field] for field in ("name", "email", "phone") if requester.get(field)}
    owner.asks("ingest", "file", str(SHOP / "tickets.jsonl"), "--source", "borsuq")
    said = owner.asks("work")
    owner.asks("review", "--from", str(SHOP / "reviews.jsonl"))
    owner.asks("normalize")
    said += owner.asks("admit", "--from", str(SHOP / "admissions.jsonl")) + owner.asks("leaks", exits=1)
    said += owner.asks("review", "--leaks", "--from", write_verdicts(owner.root)) + owner.asks("suite", "freeze")
    said += owner.asks("run", "--target", "v1") + owner.asks("gate", exits=1)
    private = {owner.root / ".casemill" / name for name in ("vault.db", "vault.db-wal", "vault.db-shm")}
    files = [path for path in owner.root.rglob("*") if path.is_file() and path not in private]
    held = said + "\n".join(path.read_bytes().decode("utf-8", "replace") for path in files)
    assert [name for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", held)] == []
