"""Cases proposed by the normalizer, until a person admits or rejects them."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, and_, func, select, update

from casemill.domain.case import Draft
from casemill.domain.word import canonical, changed
from casemill.store.database import Db
from casemill.store.desk_tables import DraftState, drafts
from casemill.store.rows import insert_or_find, pack, unpack


def put(db: Db, draft: Draft) -> int:
    """Keeps a draft and gives its id; the open one of the same ticket, version and failure is written over."""
    slot = canonical([draft.ticket, draft.version, draft.failure]).decode()
    body = pack(changed(draft, id=None))
    columns: dict[str, Any] = {name: getattr(draft, name) for name in ("ticket", "version", "failure")}
    values = columns | {"slot": slot, "state": "open", "body": body}
    id, made = insert_or_find(db, drafts, values=values, unique=drafts.c.slot)
    if not made:
        db.execute(update(drafts).where(drafts.c.id == id).values(body=body))
    return id


def get(db: Db, id: int) -> Draft | None:
    return next(iter(_all(db, drafts.c.id == id)), None)


def state_of(db: Db, id: int) -> DraftState | None:
    found: DraftState | None = db.execute(select(drafts.c.state).where(drafts.c.id == id)).scalar_one_or_none()
    return found


def of_ticket(db: Db, key: str) -> tuple[Draft, ...]:
    """Every draft of a ticket, settled ones too, oldest first."""
    return _all(db, drafts.c.ticket == key)


def in_state(db: Db, state: DraftState) -> tuple[Draft, ...]:
    return _all(db, drafts.c.state == state)


def settle(db: Db, id: int, *, to: Literal["admitted", "rejected"], now: datetime) -> bool:
    """Closes an open draft; False when it was settled already."""
    return _settle(db, drafts.c.id == id, to=to, now=now) == 1


def reject_open(db: Db, key: str, *, now: datetime | None) -> int:
    """Rejects a ticket's open drafts, because the talk they were made of changed; how many."""
    return _settle(db, drafts.c.ticket == key, to="rejected", now=now)


def counts(db: Db) -> dict[str, int]:
    """Drafts by state; states with none are left out."""
    found = db.execute(select(drafts.c.state, func.count()).group_by(drafts.c.state))
    return {row[0]: row[1] for row in found}


def _settle(db: Db, which: ColumnElement[bool], *, to: DraftState, now: datetime | None) -> int:
    those = and_(which, drafts.c.state == "open")
    return db.execute(update(drafts).where(those).values(state=to, slot=None, settled_at=now)).rowcount


def _all(db: Db, which: ColumnElement[bool]) -> tuple[Draft, ...]:
    return tuple(_word(row) for row in db.execute(select(drafts).where(which).order_by(drafts.c.id)))


def _word(row: Row[Any]) -> Draft:
    return changed(unpack(row.body, Draft), id=row.id)
