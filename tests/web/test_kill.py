"""`kill -9` at random moments of receiving and fetching: what was answered is in the vault in the end, once."""

import http.client
import random
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casemill.ingest import fetch_hinted
from casemill.ingest.hinted import HELD, Shift
from casemill.ingest.walk import Fetch, Outward
from casemill.settings import load
from casemill.store import open_desk, open_vault
from ingest.walking import HASTY, fake_of
from web.serving import ENVIRON, Serving, serving, write_settings

KILLS = 8
TICKETS = 120


def shower(server: Serving, answered: set[str], *, chance: random.Random) -> threading.Thread:
    """Sends webhooks of random tickets until nobody answers."""

    def send() -> None:
        while True:
            ticket = str(chance.randint(1, TICKETS))
            try:
                if server.hook("freshdesk", ticket).status == 200:
                    answered.add(ticket)
            except (OSError, http.client.HTTPException):
                return

    thread = threading.Thread(target=send)
    thread.start()
    return thread


@pytest.mark.slow
def test_killed_again_and_again_it_loses_nothing_and_doubles_nothing(project: Path) -> None:
    fakes, chance, answered = fake_of("freshdesk"), random.Random(41), set[str]()
    with fakes.running(fakes.shop(TICKETS)) as fake:
        write_settings(project, sources=fakes.settings(fake))
        for _ in range(KILLS):
            with serving(project, environ=ENVIRON | fakes.ENVIRON) as server:
                thread = shower(server, answered, chance=chance)
                time.sleep(chance.uniform(0.5, 4.0))
                server.kill()
                thread.join()
        settings = load(project, environ={}).settings
        with open_vault(settings.store, root=project) as vault, open_desk(settings.store, root=project) as desk:
            waiting = sum(vault.looks_due(now=datetime.now(UTC) + HELD).values())
            later = datetime.now(UTC) + HELD + timedelta(minutes=1)
            fetch = Fetch("freshdesk", project / "rejects", outward=Outward(fakes.ENVIRON, (), HASTY))
            shift = Shift("last", lambda: later, 10_000)
            done = fetch_hinted((vault, desk), fetch, settings=settings.ingest, shift=shift)
            arrived = [arrival.payload.external_id for arrival in vault.waiting(limit=10_000)]
            assert vault.looks_due(now=later + HELD) == {}
    print(f"{KILLS} kills, {len(answered)} tickets answered, {waiting} waited at the end, {done.new} of them new")
    assert len(arrived) == len(set(arrived))
    assert answered <= set(arrived)
    assert waiting


def test_other_commands_load_no_server() -> None:
    rooms = "casemill.cli.main, casemill.web, casemill.worker.looking, casemill.ingest.webhooks"
    code = f"import sys, {rooms}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"starlette", "uvicorn", "httpx2"} & set(loaded)
