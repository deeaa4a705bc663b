"""`kill -9` while arrivals are screened, and between screening and masking: no danger is lost or told twice."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import make
from casemill.anonymize import mask_waiting
from casemill.ingest.pull import Intake, ingest_file
from casemill.ingest.screen import Watch, screen_waiting
from casemill.settings import Settings, Store
from casemill.store import open_desk, open_vault, tickets

# The process ends itself at a step, as hard as from outside: no cleaning up, no flush.
WORKER = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from casemill.ingest import screen
from casemill.settings import Settings, Store
from casemill.store import open_vault
from casemill.store.screening import Lease
root, step, now = Path(sys.argv[1]), sys.argv[2], datetime.fromisoformat(sys.argv[3])
vault = open_vault(Store(), root=root)
if step == "leased":
    vault.lease(Lease("killed", now, 10, 2))
elif step == "half":
    page = vault.lease(Lease("killed", now, 10, 2))
    flags = screen.look(page, settings=Settings())
    vault.settle(screen.Screened(flags, None, now, by="killed"))
    vault.lease(Lease("killed", now, 10, 1))
else:
    screen.screen_waiting(vault, settings=Settings(), watch=screen.Watch("killed", now))
os.kill(os.getpid(), signal.SIGKILL)
"""
SAID = ("I want to die", "where is my order", "я вас всех убью", "thanks")


@pytest.mark.parametrize("step", ["leased", "half", "screened"])
@pytest.mark.parametrize("again", ["screen", "mask"])
def test_a_worker_killed_before_masking_leaves_every_flag_and_one_notice_each(
    project: Path, step: str, again: str
) -> None:
    path = project / "tickets.jsonl"
    path.write_text("".join(json.dumps({"id": f"{n}", "text": text}) + "\n" for n, text in enumerate(SAID)))
    settings = Settings()
    with open_vault(Store(), root=project) as vault, open_desk(Store(), root=project) as desk:
        ingest_file((vault, desk), Intake(path, project / "rejects"), settings=settings.ingest, now=make.NOW)
    killed = subprocess.run([sys.executable, "-c", WORKER, str(project), step, make.NOW.isoformat()])
    assert killed.returncode == -signal.SIGKILL
    with open_vault(Store(), root=project) as vault, open_desk(Store(), root=project) as desk:
        for _ in range(2):
            if again == "screen":
                screen_waiting(vault, settings=settings, watch=Watch("next", make.NOW))
            mask_waiting(vault, desk, settings=settings, now=make.NOW)
        with desk.read() as db:
            found = {row.ticket.external_id: [f.danger for f in row.ticket.flags] for row in tickets.everything(db)}
        assert found == {"0": ["distress"], "1": [], "2": ["threat"], "3": []}
        assert vault.notices(limit=9)[0] == {"distress": 1, "threat": 1}
        assert vault.counts() == {"masked": 4}
