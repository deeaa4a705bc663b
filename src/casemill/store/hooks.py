"""What webhooks asked to be looked at: one row a ticket, held by one worker at a time, gone when it was fetched."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select, update

from casemill.store.database import Db
from casemill.store.rows import insert_new
from casemill.store.seal import Seal
from casemill.store.vault_tables import hook_deliveries, hooks


class Heard(NamedTuple):
    """A webhook that was believed: the ticket, and by which marks the same delivery would be known again."""

    source: str
    ticket: str
    marks: tuple[str, ...] = ()


class Look(NamedTuple):
    """A ticket that a worker holds: how often webhooks named it, and how often it could not be fetched."""

    id: int
    ticket: str
    heard: int
    tries: int
    held_by: str


def put(db: Db, seal: Seal, *, heard: Heard, times: tuple[datetime, datetime]) -> bool:
    """Keeps that a ticket is to be looked at; False when one of the delivery's marks is known. `times`: when it came,
    and when it may be looked at."""
    now, due = times
    if not _is_new(db, seal, heard=heard, now=now):
        return False
    values = {"source": heard.source, "external_id": heard.ticket, "received_at": now, "due_at": due}
    unique = (hooks.c.source, hooks.c.external_id)
    here = (hooks.c.source == heard.source, hooks.c.external_id == heard.ticket)
    while insert_new(db, hooks, values=values | {"heard": 1, "tries": 0}, unique=unique) is None:
        if db.execute(update(hooks).where(*here).values(heard=hooks.c.heard + 1, received_at=now)).rowcount:
            break
        # Whoever fetched it let go of the row between the two statements.
    return True


def _is_new(db: Db, seal: Seal, *, heard: Heard, now: datetime) -> bool:
    """Every mark is kept, also those of a delivery that another one tells."""
    digests = sorted({seal.lookup(mark, ("hook", heard.source)) for mark in heard.marks})
    unique = (hook_deliveries.c.digest,)
    kept = [
        insert_new(db, hook_deliveries, values={"digest": digest, "received_at": now}, unique=unique)
        for digest in digests
    ]
    return None not in kept


def claim(db: Db, *, source: str, by: str, times: tuple[datetime, datetime]) -> Look | None:
    """The ticket that is due for longest, held for `by`; None when there is none. `times`: now, and until when it is
    held: if nothing is heard of the holder until then, it is due again."""
    now, until = times
    pick = select(hooks.c.id).where(hooks.c.source == source, hooks.c.due_at <= now)
    chosen = db.execute(
        pick.order_by(hooks.c.due_at, hooks.c.id).limit(1).with_for_update(skip_locked=True)
    ).scalar_one_or_none()
    if chosen is None:
        return None
    held = update(hooks).where(hooks.c.id == chosen).values(held_by=by, due_at=until)
    row = db.execute(held.returning(hooks)).one()
    return Look(row.id, row.external_id, row.heard, row.tries, by)


def finish(db: Db, look: Look, *, due: datetime) -> None:
    """The ticket was fetched: gone, or due again when a webhook named it meanwhile. Nothing where another holds it."""
    mine = (hooks.c.id == look.id, hooks.c.held_by == look.held_by)
    if db.execute(delete(hooks).where(*mine, hooks.c.heard == look.heard)).rowcount == 0:
        db.execute(update(hooks).where(*mine).values(held_by=None, due_at=due, tries=0))


def postpone(db: Db, look: Look, *, due: datetime) -> None:
    """The ticket could not be fetched: it is tried again at `due`."""
    mine = (hooks.c.id == look.id, hooks.c.held_by == look.held_by)
    db.execute(update(hooks).where(*mine).values(held_by=None, due_at=due, tries=look.tries + 1))


def due(db: Db, *, now: datetime) -> dict[str, int]:
    """How many tickets are due by source; sources with none are left out."""
    counted = select(hooks.c.source, func.count()).where(hooks.c.due_at <= now).group_by(hooks.c.source)
    return {row[0]: row[1] for row in db.execute(counted)}


def forget(db: Db, *, before: datetime) -> int:
    """Lets go of deliveries that came before a moment; how many."""
    return db.execute(delete(hook_deliveries).where(hook_deliveries.c.received_at < before)).rowcount
