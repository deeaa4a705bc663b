"""The whole road on a folder of tickets: seconds and peak memory of each stage, as its command prints it.

usage: road.py [EXPORT]   (default: ../shared/data/zendesk_resolved, else the packaged shop)

Nobody reviews here: every proposal is accepted and every draft is put to admission as it was drafted, so what is
admitted active is what the machine alone would get past the red-and-green check. The target answers one sentence.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CASEMILL = str(Path(sys.executable).with_name("casemill"))
REAL = Path(__file__).parents[2] / "shared" / "data" / "zendesk_resolved"
SHOP = Path(__file__).parents[1] / "src" / "casemill" / "demo" / "shop" / "tickets.jsonl"
BOT = "def answer(turns, context):\n    return 'Thank you. A colleague will look at this and write to you today.'\n"


def stage(project: Path, *arguments: str) -> str:
    """Run one command, print its cost and its summary line, and give its output."""
    begun = time.perf_counter()
    running = subprocess.Popen((CASEMILL, *arguments), cwd=project, stdout=subprocess.PIPE, text=True)
    assert running.stdout
    output = running.stdout.read()
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    said = output.strip().splitlines()[0][:150] if output.strip() else ""
    cost = f"{time.perf_counter() - begun:7.2f} s  {used.ru_maxrss / 1024:6.0f} MB  exit {running.returncode}"
    print(f"{' '.join(arguments)[:34]:<36}{cost}  {said}", flush=True)
    return output


def decisions(project: Path) -> tuple[Path, Path]:
    """Accept whatever is asked, admit whatever is drafted: two files in the recorded form."""
    reviews, admissions = project / "reviews.jsonl", project / "admissions.jsonl"
    from casemill.settings import load
    from casemill.store import drafts, open_desk, tickets

    loaded = load(project)
    with open_desk(loaded.settings.store, root=project) as desk, desk.read() as db:
        asked = [row.ticket.key for row in tickets.everything(db) if row.state == "proposed"]
        drafted = drafts.in_state(db, "open")
    lines = [{"ticket": key, "decision": "accept", "by": "bench@casemill.test"} for key in asked]
    reviews.write_text("".join(json.dumps(line) + "\n" for line in lines))
    yes = [
        {"ticket": draft.ticket, "failure": draft.failure, "decision": "admit", "by": "bench@casemill.test"}
        for draft in drafted
    ]
    admissions.write_text("".join(json.dumps(line) + "\n" for line in yes))
    return reviews, admissions


def red_drafts(project: Path) -> str:
    """How many drafts hold an assertion that is red on the recorded bad reply."""
    from casemill.settings import load
    from casemill.store import drafts, open_desk

    with open_desk(load(project).settings.store, root=project) as desk, desk.read() as db:
        made = drafts.in_state(db, "open")
    red = sum(any(done.bad and done.bad.result == "fail" for done in draft.checks) for draft in made)
    return f"  {len(made):,} drafts, {red:,} with a red assertion ({red / max(1, len(made)):.0%})"


def main() -> None:
    export = Path(sys.argv[1]) if len(sys.argv) > 1 else REAL if REAL.exists() else SHOP
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "bench_bot.py").write_text(BOT)
        stage(project, "init")
        with (project / "casemill.toml").open("a") as toml:
            toml.write('\n[targets.bot]\nkind = "python"\nfunction = "bench_bot:answer"\n')
        stage(project, "ingest", "file", str(export.resolve()))
        if traces := sorted(export.glob("*traces*")) if export.is_dir() else []:
            stage(project, "ingest", "traces", *(str(path.resolve()) for path in traces))
        stage(project, "anonymize")
        stage(project, "triage")
        stage(project, "review", "--from", str(decisions(project)[0]))
        stage(project, "normalize")
        print(red_drafts(project))
        stage(project, "admit", "--from", str(decisions(project)[1]))
        print(stage(project, "suite", "list"))
        stage(project, "suite", "freeze", "--unread")
        stage(project, "run", "--target", "bot")
        stage(project, "gate")
        print(stage(project, "status"))


if __name__ == "__main__":
    main()
