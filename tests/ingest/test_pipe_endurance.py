"""A pipe that is killed anywhere goes on from the state it told, and every ticket is there once."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casemill.settings import Store
from casemill.store import open_vault

COUNT = 40_000
MAP = '[streams.tickets]\nid = "id"\ntext = "body"\n[streams.notes]\nid = "ticket"\nrole = "who"\ntext = "body"\n'


def messages(begin: int) -> bytes:
    """What a tap writes from a bookmark on: a ticket, its note, and now and then its state."""
    said = []
    for id in range(begin, COUNT):
        said.append({"type": "RECORD", "stream": "tickets", "record": {"id": id, "body": f"help {id} " * 40}})
        said.append(
            {"type": "RECORD", "stream": "notes", "record": {"id": id, "ticket": id, "who": "bot", "body": "no"}}
        )
        if id % 50 == 49:
            said.append({"type": "STATE", "value": {"next": id + 1}})
    said.append({"type": "STATE", "value": {"next": COUNT}})
    return b"".join(json.dumps(one).encode() + b"\n" for one in said)


def run(project: Path, *words: str, input: bytes = b"", kill_after: float | None = None) -> bytes:
    command = [sys.executable, "-m", "casemill", "--project", str(project), "ingest", "singer", *words]
    feed = project / "feed.jsonl"
    feed.write_bytes(input)
    with feed.open("rb") as lines:
        process = subprocess.Popen(command, stdin=lines, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if kill_after is not None:
            time.sleep(kill_after)
            process.kill()
        out, _ = process.communicate(timeout=120)
    return out


@pytest.mark.slow
def test_killed_ten_times_nothing_is_lost_and_nothing_is_there_twice(project: Path) -> None:
    (project / "map.toml").write_text(MAP)
    told = ("--map", str(project / "map.toml"))
    chance = random.Random(11)
    for _ in range(10):
        begin = json.loads(run(project, *told, "--state")).get("next", 0)
        shown = run(project, *told, input=messages(begin), kill_after=chance.uniform(0.4, 1.3))
        kept = json.loads(run(project, *told, "--state")).get("next", 0)
        whole = [line for line in shown.split(b"\n")[:-1] if line]
        assert not whole or json.loads(whole[-1])["next"] <= kept
    begin = json.loads(run(project, *told, "--state")).get("next", 0)
    run(project, *told, input=messages(begin))
    with open_vault(Store(), root=project) as vault:
        found = [(one.payload.external_id, one.version) for one in vault.waiting(limit=COUNT * 3)]
    assert sorted(found) == sorted((str(id), 1) for id in range(COUNT))
