"""Run files come up: CI's results, brought to the desk."""

from datetime import datetime
from pathlib import Path

from casemill.domain.run import Run
from casemill.domain.word import Word, digest_of
from casemill.run.record import read_run
from casemill.store import runs
from casemill.store.desk import Desk


class Imported(Word):
    """The run, and whether it brought the desk anything new."""

    run: Run
    new: bool


class OnDesk(Word, omit_defaults=True):
    """One run of the desk's history, in a line."""

    run: str
    target: str
    release: int
    started_at: datetime
    results: dict[str, int] = {}


def runs_on_desk(desk: Desk) -> tuple[OnDesk, ...]:
    """Every run that was brought to the desk, newest first."""
    with desk.read() as db:
        heads, results = runs.heads(db), runs.results(db)
    return tuple(
        OnDesk(
            run=head.id,
            target=head.target,
            release=head.release,
            started_at=head.started_at,
            results=results.get(head.id, {}),
        )
        for head in heads
    )


def import_run(desk: Desk, path: Path) -> Imported:
    """A run file laid on the desk; the same file again changes nothing, a continued one takes the place of its start.

    FileError when it is not a run file, StoreError when the desk cannot be written.
    """
    run = read_run(path)
    file_digest = digest_of(path.read_bytes())
    with desk.write() as db:
        return Imported(run=run, new=runs.put(db, run, file_digest=file_digest))
