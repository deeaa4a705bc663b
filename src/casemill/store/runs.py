"""Runs that came up from CI: head and verdicts, as the run file told them."""

from typing import Any

from sqlalchemy import Row, delete, func, select

from casemill.domain.run import Run, RunEnd, RunHead, Verdict
from casemill.store.database import Db
from casemill.store.desk_tables import runs, verdicts
from casemill.store.rows import hold, pack, unpack


def put(db: Db, run: Run, *, file_digest: str) -> bool:
    """Keeps a run; False when nothing new came.

    A run known from an interrupted file is written over by one that goes further, never by one that goes less far.
    """
    hold(db, f"run {run.head.id}")
    there = db.execute(select(runs).where(runs.c.run == run.head.id)).one_or_none()
    if there is not None and (there.digest == file_digest or not _goes_further(db, run, there=there)):
        return False
    if there is not None:
        db.execute(delete(verdicts).where(verdicts.c.run_id == there.id))
        db.execute(delete(runs).where(runs.c.id == there.id))
    id = db.execute(runs.insert().values(**_columns(run), digest=file_digest).returning(runs.c.id)).scalar_one()
    if run.verdicts:
        db.execute(verdicts.insert(), [_verdict(verdict) | {"run_id": id} for verdict in run.verdicts])
    return True


def heads(db: Db) -> tuple[RunHead, ...]:
    """Every run's first line, newest first."""
    found = db.execute(select(runs.c.body).order_by(runs.c.started_at.desc(), runs.c.id.desc())).scalars()
    return tuple(unpack(body, RunHead) for body in found)


def results(db: Db) -> dict[str, dict[str, int]]:
    """How many verdicts of each result every run has."""
    found = db.execute(
        select(runs.c.run, verdicts.c.result, func.count())
        .join(verdicts, verdicts.c.run_id == runs.c.id)
        .group_by(runs.c.run, verdicts.c.result)
    )
    told: dict[str, dict[str, int]] = {}
    for run, result, count in found:
        told.setdefault(run, {})[result] = count
    return told


def get(db: Db, run_id: str) -> Run | None:
    row = db.execute(select(runs).where(runs.c.run == run_id)).one_or_none()
    if row is None:
        return None
    told = db.execute(select(verdicts.c.body).where(verdicts.c.run_id == row.id).order_by(verdicts.c.id)).scalars()
    said = tuple(unpack(body, Verdict) for body in told)
    return Run(head=unpack(row.body, RunHead), verdicts=said, end=_end(row))


def _end(row: Row[Any]) -> RunEnd | None:
    """The last line; of a run that came before its whole was kept, when it ended."""
    if row.ending is not None:
        return unpack(row.ending, RunEnd)
    return RunEnd(finished_at=row.finished_at, verdicts=row.told) if row.finished_at is not None else None


def _goes_further(db: Db, run: Run, *, there: Row[Any]) -> bool:
    if there.finished_at is not None:
        return run.end is not None
    known = db.execute(select(verdicts.c.id).where(verdicts.c.run_id == there.id)).all()
    return run.end is not None or len(run.verdicts) > len(known)


def _columns(run: Run) -> dict[str, object]:
    return {
        "run": run.head.id,
        "release": run.head.release,
        "target": run.head.target,
        "started_at": run.head.started_at,
        "finished_at": run.end.finished_at if run.end else None,
        "told": run.end.verdicts if run.end else None,
        "body": pack(run.head),
        "ending": pack(run.end) if run.end else None,
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    columns: dict[str, object] = {
        name: getattr(verdict, name) for name in ("case", "failure_mode", "severity", "result")
    }
    return columns | {"body": pack(verdict)}
