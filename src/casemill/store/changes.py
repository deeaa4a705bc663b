"""What the suite is asked to become: whole files, waiting to be written."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from casemill.domain.change import Change, ChangeState
from casemill.domain.word import changed
from casemill.store.database import Db
from casemill.store.desk_tables import changes
from casemill.store.rows import hold, pack, unpack


def add(db: Db, change: Change) -> int:
    """Keeps a Change and gives its id; one of the same kind and digest as the path's newest is not kept twice."""
    hold(db, "changes")
    newest = select(changes.c.id, changes.c.kind, changes.c.digest).where(changes.c.path == change.path)
    there = db.execute(newest.order_by(changes.c.id.desc()).limit(1)).one_or_none()
    if there is not None and (there.kind, there.digest) == (change.kind, change.digest):
        known: int = there.id
        return known
    columns = {name: getattr(change, name) for name in ("kind", "path", "digest", "case", "at")}
    body = pack(changed(change, id=None, state="waiting"))
    row = changes.insert().values(state="waiting", body=body, **columns)
    made: int = db.execute(row.returning(changes.c.id)).scalar_one()
    return made


def waiting(db: Db) -> tuple[Change, ...]:
    """What was not written yet, in the order it was said."""
    found = db.execute(select(changes).where(changes.c.state == "waiting").order_by(changes.c.id))
    return tuple(_word(row) for row in found)


def mark_written(db: Db, id: int, now: datetime) -> None:  # noqa: PLR0917 - db is what self is to a method
    """The file is in the suite; a second time changes nothing."""
    here = update(changes).where(changes.c.id == id, changes.c.state == "waiting")
    db.execute(here.values(state="written", written_at=now))


def wait_again(db: Db, id: int) -> None:
    """The file does not stand as this Change wants it: it is to be written once more."""
    db.execute(update(changes).where(changes.c.id == id).values(state="waiting", written_at=None))


def counts(db: Db) -> dict[ChangeState, int]:
    """Changes by state; states with none are left out."""
    found = db.execute(select(changes.c.state, func.count()).group_by(changes.c.state))
    return {row[0]: row[1] for row in found}


def _word(row: Row[Any]) -> Change:
    return changed(unpack(row.body, Change), id=row.id, state=row.state)
