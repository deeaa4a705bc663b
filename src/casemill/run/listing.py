"""The run files of a project, newest first, a line each."""

from collections import Counter
from datetime import datetime
from pathlib import Path

from casemill.disk import is_held
from casemill.domain.run import Run
from casemill.domain.word import Word
from casemill.errors import FileError
from casemill.run.record import read_run


class Listed(Word, omit_defaults=True):
    """One run file: what it is of, or why it cannot be read. `whole` is false for a run that is `running`, or was
    interrupted."""

    file: str
    told: str
    run: str | None = None
    target: str | None = None
    release: int | None = None
    started_at: datetime | None = None
    whole: bool = False
    running: bool = False
    results: dict[str, int] = {}


def list_runs(folder: Path) -> tuple[Listed, ...]:
    """Every run file of a folder, newest first; one that cannot be read is listed with the reason."""
    found = [_listed(path) for path in folder.glob("*.jsonl")]
    return tuple(sorted(found, key=lambda row: (row.started_at.timestamp() if row.started_at else 0, row.file))[::-1])


def _listed(path: Path) -> Listed:
    try:
        running, run = is_held(path), read_run(path)
    except FileError as error:
        return Listed(file=path.name, told=f"cannot be read: {error.reason}")
    results: dict[str, int] = dict(Counter[str](verdict.result for verdict in run.verdicts).most_common())
    return Listed(
        file=path.name,
        told=_told(run, results, running=running),
        run=run.head.id,
        target=run.head.target,
        release=run.head.release,
        started_at=run.head.started_at,
        whole=run.end is not None,
        running=running,
        results=results,
    )


def _told(run: Run, results: dict[str, int], *, running: bool) -> str:
    head = run.head
    release = f"release {head.release}" if head.release else "working suite"
    counts = ", ".join(f"{count} {result}" for result, count in results.items()) or "no verdict"
    so_far = "running," if running else "interrupted after"
    state = "" if run.end else f"; {so_far} {len(run.verdicts)} of {head.cases}"
    if run.end and run.end.left:
        state = f"; {len(run.end.left):,} left out for want of time"
    state += f"; narrowed by {head.narrowed}" if head.narrowed else ""
    state += "; beside others" if head.together else ""
    return f"{head.started_at:%Y-%m-%d %H:%M}  {head.target} on {release}: {counts}{state}"
