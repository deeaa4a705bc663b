"""The packaged shop, stage by stage, in a process that a test may kill; and what a project holds, without clocks."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

CASEMILL = str(Path(sys.executable).with_name("casemill"))
SHOP = Path(str(files("casemill.demo"))) / "shop"
CLOCKS = {"at", "created_at", "fetched_at", "answered_at", "settled_at", "written_at", "leased_until", "updated_at"} | {
    "done_at"
}
SEALED = {"content", "value", "lookup"}
RUN = ".casemill/runs/killed.jsonl"
VERDICTS, AT = "verdicts.jsonl", "2026-11-20T09:00:00Z"


class Stage(NamedTuple):
    """One command of the road; `again` is what a person types after a kill, when it differs."""

    name: str
    command: tuple[str, ...]
    again: tuple[str, ...] | None = None


STAGES = (
    Stage("ingest", ("ingest", "file", str(SHOP / "tickets.jsonl"), "--source", "borsuq")),
    Stage("anonymize", ("anonymize",)),
    Stage("triage", ("triage",)),
    Stage("review", ("review", "--from", str(SHOP / "reviews.jsonl"))),
    Stage("normalize", ("normalize",)),
    Stage("admit", ("admit", "--from", str(SHOP / "admissions.jsonl"))),
    Stage("leaks", ("leaks",)),
    Stage("read", ("review", "--leaks", "--from", VERDICTS)),
    Stage("freeze", ("suite", "freeze")),
    Stage("run", ("run", "--target", "v1", "--out", RUN), ("run", "--target", "v1", "--resume", RUN)),
)


def call(project: Path, command: tuple[str, ...]) -> float:
    """Run a command to its end; seconds. Exits 0 and 4 (some put aside) are both an end; so is 1 for `leaks`: somebody
    has to read what it drew."""
    begun = time.perf_counter()
    done = subprocess.run((CASEMILL, *command), cwd=project, capture_output=True, text=True)
    assert done.returncode in ((0, 1, 4) if command == ("leaks",) else (0, 4)), (
        f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
    )
    return time.perf_counter() - begun


def kill_after(project: Path, command: tuple[str, ...], *, seconds: float) -> bool:
    """Start a command and kill -9 it; True when it was still running."""
    running = subprocess.Popen(
        (CASEMILL, *command), cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        running.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
        return True
    return False


def due(project: Path, stage: Stage) -> tuple[str, ...]:
    """What a person types now: a run that has begun is resumed."""
    return stage.again if stage.again and (project / stage.command[-1]).exists() else stage.command


def new_project(folder: Path) -> Path:
    folder.mkdir(parents=True)
    shutil.copy(SHOP / "casemill.toml", folder)
    call(folder, ("init",))
    write_verdicts(folder)
    return folder


def write_verdicts(folder: Path) -> str:
    """Somebody has read every ticket of a case and found nothing; the file's name."""
    lines = (SHOP / "admissions.jsonl").read_text().splitlines()
    read = sorted({json.loads(line)["ticket"] for line in lines})
    said = [{"ticket": key, "verdict": "fine", "by": "aigerim@borsuq.test", "at": AT} for key in read]
    (folder / VERDICTS).write_text("".join(json.dumps(one) + "\n" for one in said))
    return VERDICTS


def copied(project: Path, to: Path) -> Path:
    shutil.copytree(project, to)
    return to


def held(project: Path) -> dict[str, Any]:
    """Everything a project holds that must not depend on when or how often a stage ran."""
    return {
        "vault": rows(project / ".casemill" / "vault.db", skip=("vault_meta", "alembic_version_vault")),
        "desk": rows(project / ".casemill" / "desk.db", skip=("alembic_version_desk",)),
        "suite": {
            str(path.relative_to(project)): path.read_text()
            for path in (project / "evals").rglob("*")
            if path.is_file()
        },
        "run": verdicts(project / RUN),
    }


def rows(database: Path, *, skip: tuple[str, ...]) -> dict[str, list[str]]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    tables = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
    kept = [table for table in tables if table not in skip and not table.startswith("sqlite_")]
    try:
        return {table: sorted(plain(row) for row in connection.execute(f"select * from {table}")) for table in kept}
    finally:
        connection.close()


def plain(row: sqlite3.Row) -> str:
    told = {name: value for name, value in dict(row).items() if name not in CLOCKS | SEALED | {"digest", "id"}}
    if isinstance(told.get("body"), str):
        told["body"] = timeless(json.loads(told["body"]))
    return json.dumps(told, sort_keys=True, ensure_ascii=False)


def timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: timeless(item) for key, item in value.items() if key not in CLOCKS | {"id"}}
    return [timeless(item) for item in value] if isinstance(value, list) else value


def verdicts(path: Path) -> list[tuple[str, str]]:
    """Case and result of each verdict line; a case twice would show."""
    if not path.exists():
        return []
    from casemill.run import read_run

    return sorted((verdict.case, verdict.result) for verdict in read_run(path).verdicts)
