"""Screening of arrivals: leased to one worker at a time, settled once, with a Notice in the same transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, and_, func, or_, select, update

from casemill.domain.arrival import Arrival
from casemill.domain.notice import Danger, Flag, Notice
from casemill.domain.word import canonical
from casemill.store.arrivals import flags_in, word_of
from casemill.store.database import Db
from casemill.store.rows import insert_new
from casemill.store.seal import Seal
from casemill.store.vault_tables import arrivals, notices


class Lease(NamedTuple):
    """Who looks at how many arrivals, from when, for how many minutes."""

    by: str
    now: datetime
    minutes: float
    limit: int


class Screened(NamedTuple):
    """What was found in arrivals, by their ids, whom to tell, and when. `by` holds them; None: whoever is first."""

    flags: Mapping[int, tuple[Flag, ...]]
    whom: str | None
    now: datetime
    by: str | None = None


def lease(db: Db, seal: Seal, *, wanted: Lease) -> tuple[Arrival, ...]:
    """The next arrivals that nobody has looked at and nobody else is looking at, held from now on."""
    free = or_(
        arrivals.c.leased_until.is_(None), arrivals.c.leased_until <= wanted.now, arrivals.c.leased_by == wanted.by
    )
    pick = select(arrivals).where(arrivals.c.state == "arrived", free).order_by(arrivals.c.id).limit(wanted.limit)
    rows = db.execute(pick.with_for_update(skip_locked=True)).all()
    held = {"leased_by": wanted.by, "leased_until": wanted.now + timedelta(minutes=wanted.minutes)}
    db.execute(update(arrivals).where(arrivals.c.id.in_([row.id for row in rows])).values(**held))
    return tuple(word_of(seal, row) for row in rows)


def settle(db: Db, *, found: Screened) -> int:
    """The arrivals are screened, and somebody is told of each flagged one; how many were still to be settled."""
    here = and_(arrivals.c.id.in_(list(found.flags)), arrivals.c.state == "arrived")
    if found.by is not None:
        here = and_(here, arrivals.c.leased_by == found.by)
    columns = (arrivals.c.id, arrivals.c.source, arrivals.c.external_id, arrivals.c.version)
    rows = db.execute(select(*columns).where(here).order_by(arrivals.c.id).with_for_update()).all()
    done = {"state": "screened", "leased_by": None, "leased_until": None}
    calm = [row.id for row in rows if not found.flags[row.id]]
    if calm:
        db.execute(update(arrivals).where(arrivals.c.id.in_(calm)).values(flags="[]", **done))
    for row in rows:
        if flags := found.flags[row.id]:
            told = canonical(list(flags)).decode()
            db.execute(update(arrivals).where(arrivals.c.id == row.id).values(flags=told, **done))
            _tell(db, row, flags=flags, found=found)
    return len(rows)


def _tell(db: Db, row: Any, *, flags: Sequence[Flag], found: Screened) -> None:
    """A Notice a danger. Another version tells again only when more of its texts hold it: the key counts them."""
    counts: dict[Danger, int] = {}
    for flag in flags:
        counts[flag.danger] = counts.get(flag.danger, 0) + 1
    for danger, texts in counts.items():
        names = {"source": row.source, "external_id": row.external_id, "danger": danger, "texts": texts}
        key = canonical([row.source, row.external_id, danger, texts]).decode()
        told = {"key": key, "version": row.version, "whom": found.whom, "state": "waiting", "at": found.now}
        insert_new(db, notices, values=names | told, unique=(notices.c.key,))


def flags_of(db: Db, ids: Sequence[int]) -> dict[int, tuple[Flag, ...]]:
    """What was found in arrivals that were screened, also where another worker did it meanwhile."""
    told = select(arrivals.c.id, arrivals.c.flags)
    rows = db.execute(told.where(arrivals.c.id.in_(list(ids)), arrivals.c.state != "arrived"))
    return {row.id: flags_in(row.flags) or () for row in rows}


def open_notices(db: Db, *, limit: int) -> tuple[Notice, ...]:
    """The newest Notices that were not sent yet."""
    wanted = select(notices).where(notices.c.state == "waiting").order_by(notices.c.id.desc()).limit(limit)
    return tuple(_notice(row) for row in db.execute(wanted))


def counts(db: Db) -> dict[Danger, int]:
    """How many Notices wait, by danger; those with none are left out."""
    waiting = select(notices.c.danger, func.count()).where(notices.c.state == "waiting")
    return {row[0]: row[1] for row in db.execute(waiting.group_by(notices.c.danger))}


def _notice(row: Row[Any]) -> Notice:
    same = {name: getattr(row, name) for name in ("id", "key", "version", "danger", "texts", "whom", "state", "at")}
    return Notice(ticket=f"{row.source}:{row.external_id}", sent_at=row.sent_at, **same)
