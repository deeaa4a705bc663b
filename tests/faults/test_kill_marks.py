"""`kill -9` while what readers marked is masked: after a second run everything equals an undisturbed one."""

import json
import random
from pathlib import Path

import pytest

from casemill.domain.ticket import text_at
from casemill.review.leaks_marks import words_at
from casemill.settings import Store
from casemill.store import drafts, open_desk, tickets
from faults.road import STAGES, Stage, call, copied, held, kill_after, new_project

KILLS = 5
MARKS = Stage("marks", ("anonymize",))
PATH = "turns.0.text"


def verdicts_of(project: Path) -> Path:
    """A reader calls the first long word of every admitted ticket a name."""
    with open_desk(Store(), root=project) as desk, desk.read() as db:
        keys = {draft.ticket for draft in drafts.in_state(db, "admitted")}
        read = [ticket for key in sorted(keys) if (ticket := tickets.get(db, key))]
    path = project / "verdicts.jsonl"
    lines = []
    for ticket in read:
        text = text_at(ticket, PATH) or ""
        start, end = max(words_at(text), key=lambda place: place[1] - place[0])
        marks = [{"path": PATH, "start": start, "end": end, "label": "NAME"}]
        lines.append({"ticket": ticket.key, "verdict": "leak", "marks": marks, "note": text[start:end]})
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.mark.slow
def test_masking_what_was_marked_ends_the_same_wherever_it_is_killed(tmp_path: Path) -> None:
    marked = new_project(tmp_path / "marked")
    for stage in STAGES[:6]:
        call(marked, stage.command)
    call(marked, ("review", "--leaks", "--from", str(verdicts_of(marked))))
    undisturbed = copied(marked, tmp_path / "undisturbed")
    seconds = call(undisturbed, MARKS.command)
    call(undisturbed, ("suite", "pull"))
    wanted = held(undisturbed)
    assert not any('"state": "waiting"' in row for row in wanted["desk"]["leak_marks"])
    chance = random.Random("marks")
    project = copied(marked, tmp_path / "project")
    killed = 0
    for number in range(KILLS):
        share = (number + chance.uniform(0.6, 1.4)) / (KILLS + 1)
        killed += kill_after(project, MARKS.command, seconds=max(0.12, share * seconds))
    for _ in range(2):
        call(project, MARKS.command)
    call(project, ("suite", "pull"))
    found = held(project)
    for place, holds in wanted.items():
        assert found[place] == holds, place
    assert not (project / ".casemill/wipe.due").exists()
    assert killed, "no kill met a running process; the stage is too quick for this test to mean anything"
