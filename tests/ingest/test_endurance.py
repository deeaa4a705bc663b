"""Each helpdesk at length: 2,000 tickets through eleven faults, and a walk that is killed ten times."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from casemill.ingest.helpdesks import helpdesks
from casemill.settings import Store
from casemill.store import open_vault
from ingest.inbox import Inbox
from ingest.walking import HASTY, fake_of, open_shop

MANY, KILLED = 2_000, 600


@pytest.mark.slow
@pytest.mark.parametrize("name", helpdesks())
def test_two_thousand_tickets_through_eleven_faults_come_once_each(inbox: Inbox, name: str) -> None:
    fakes = fake_of(name)
    with open_shop(inbox, fakes.shop(MANY, **fakes.FAULTY), name=name) as shop:
        shop.fake.add(*fakes.ELEVEN)
        began = time.monotonic()
        done = shop.walk(limits=HASTY._replace(whole=2))
        seconds = time.monotonic() - began
        assert len(fakes.ELEVEN) == 11
        assert sorted(shop.fake.struck) == sorted(fault.kind for fault in fakes.ELEVEN)
        assert (done.new, done.changed, done.rejected) == (MANY, 0, 0)
        assert shop.versions == {str(id): 1 for id in range(1, MANY + 1)}
        print(f"\n{name}: {MANY:,} tickets, 11 faults: {seconds:.1f} s, {done.calls:,} requests")


@pytest.mark.slow
@pytest.mark.parametrize("name", helpdesks())
def test_ten_kills_at_random_lose_nothing_and_double_nothing(project: Path, name: str) -> None:
    fakes, chance = fake_of(name), random.Random(20261121)
    with fakes.running(fakes.shop(KILLED)) as fake:
        write_settings(project, fakes.settings(fake, **fakes.SMALL))
        for _ in range(10):
            goal = fake.calls() + chance.randrange(4, 200)
            running = start(project, name, environ=fakes.ENVIRON)
            while fake.calls() < goal and running.poll() is None:
                time.sleep(0.001)
            running.kill()
            running.communicate()
            found = versions(project)
            assert len(found) == len(set(found))
            assert {version for _, version in found} <= {1}
        before = len(versions(project))
        last = start(project, name, environ=fakes.ENVIRON)
        _, said = last.communicate(timeout=120)
        assert last.returncode == 0, said
        assert sorted(versions(project)) == sorted((str(id), 1) for id in range(1, KILLED + 1))
        print(f"\n{name}: killed 10 times at {before} of {KILLED} tickets; {fake.calls():,} requests in all")


def write_settings(project: Path, sources: Mapping[str, Mapping[str, Any]]) -> None:
    """The tables of sources into casemill.toml; texts, numbers and flags are in TOML what they are in JSON."""
    lines = []
    for name, table in sources.items():
        lines.append(f"[ingest.sources.{name}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in table.items()]
    (project / "casemill.toml").write_text("\n".join(lines))


def start(project: Path, name: str, *, environ: Mapping[str, str]) -> "subprocess.Popen[str]":
    """The command in a process of its own."""
    command = [sys.executable, "-m", "casemill", "--project", str(project), "ingest", name, "--since", "2026-04-01"]
    return subprocess.Popen(
        command, env={**os.environ, **environ}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def versions(project: Path) -> list[tuple[str, int]]:
    with open_vault(Store(), root=project) as vault:
        return [(one.payload.external_id, one.version) for one in vault.waiting(limit=100_000)]
