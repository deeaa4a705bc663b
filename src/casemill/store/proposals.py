"""What the classifier answered, newest last; nothing is overwritten."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, and_, func, select

from casemill.domain.proposal import Proposal
from casemill.domain.word import changed
from casemill.store.database import Db
from casemill.store.desk_tables import proposals, tickets
from casemill.store.rows import pack, unpack
from casemill.store.tickets import same_talk

CHUNK = 500


def add(db: Db, proposal: Proposal) -> int:
    """Keeps a proposal and gives its id; one that equals the version's newest is not kept twice."""
    body = pack(changed(proposal, id=None))
    of_version = and_(proposals.c.ticket == proposal.ticket, proposals.c.version == proposal.version)
    newest = select(proposals.c.id, proposals.c.body).where(of_version).order_by(proposals.c.id.desc()).limit(1)
    there = db.execute(newest).one_or_none()
    if there is not None and there.body == body:
        known: int = there.id
        return known
    columns = {name: getattr(proposal, name) for name in ("ticket", "version", "origin", "proposer", "at")}
    made: int = db.execute(proposals.insert().values(body=body, **columns).returning(proposals.c.id)).scalar_one()
    return made


def latest(db: Db, key: str, version: int) -> Proposal | None:  # noqa: PLR0917 - db is what self is to a method
    """The newest proposal about a version, or about an older one that tells the same talk."""
    first, last = same_talk(db, key, version=version)
    about = and_(proposals.c.ticket == key, proposals.c.version.between(first, last))
    row = db.execute(select(proposals).where(about).order_by(proposals.c.id.desc()).limit(1)).one_or_none()
    return _word(row) if row is not None else None


def of_tickets(db: Db, keys: Collection[str]) -> dict[str, Proposal]:
    """The newest proposal about each ticket as it stands now; tickets without one are left out."""
    wanted, found = list(dict.fromkeys(keys)), {}
    for start in range(0, len(wanted), CHUNK):
        for row in _newest(db, wanted[start : start + CHUNK]):
            found[row.ticket] = _word(row)
    return found


def _newest(db: Db, keys: list[str]) -> list[Row[Any]]:
    now = and_(tickets.c.key == proposals.c.ticket, tickets.c.latest, proposals.c.version >= tickets.c.since)
    ids = select(func.max(proposals.c.id)).join(tickets, now).where(proposals.c.ticket.in_(keys))
    return list(db.execute(select(proposals).where(proposals.c.id.in_(ids.group_by(proposals.c.ticket)))))


def _word(row: Row[Any]) -> Proposal:
    return changed(unpack(row.body, Proposal), id=row.id)
