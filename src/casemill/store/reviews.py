"""What people decided: only ever added; an undo is one more."""

from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select

from casemill.domain.review import Review
from casemill.domain.word import changed, digest_of
from casemill.store.database import Db
from casemill.store.desk_tables import reviews
from casemill.store.rows import insert_or_find, pack, unpack
from casemill.store.tickets import same_talk


def add(db: Db, review: Review) -> int:
    """Keeps a review and gives its id; the very same one (a file read twice) is not kept twice."""
    body = pack(changed(review, id=None))
    columns = {name: getattr(review, name) for name in ("ticket", "version", "decision", "undoes", "by", "at")}
    values = columns | {"digest": digest_of(body.encode()), "body": body}
    return insert_or_find(db, reviews, values=values, unique=reviews.c.digest)[0]


def of_ticket(db: Db, key: str) -> tuple[Review, ...]:
    """Everything ever decided about a ticket, notes and undos too, oldest first."""
    found = db.execute(select(reviews).where(reviews.c.ticket == key).order_by(reviews.c.id))
    return tuple(_word(row) for row in found)


def standing(db: Db, key: str, *, version: int | None = None) -> Review | None:
    """The last decision about a ticket that was not undone; with `version`, only one about that talk."""
    which = and_(reviews.c.ticket == key, _stands())
    if version is not None:
        which = and_(which, reviews.c.version.between(*same_talk(db, key, version=version)))
    return _last(db, which)


def all_standing(db: Db) -> tuple[Review, ...]:
    """Each decided ticket's standing decision, in the order they were made."""
    newest = select(func.max(reviews.c.id)).where(_stands()).group_by(reviews.c.ticket)
    found = db.execute(select(reviews).where(reviews.c.id.in_(newest)).order_by(reviews.c.id))
    return tuple(_word(row) for row in found)


def count(db: Db) -> int:
    """How many tickets have a standing decision."""
    found: int = db.execute(select(func.count(reviews.c.ticket.distinct())).where(_stands())).scalar_one()
    return found


def last_by(db: Db, by: str) -> Review | None:
    """A person's last decision that was not undone: what their undo takes back."""
    return _last(db, and_(reviews.c.by == by, _stands()))


def _stands() -> ColumnElement[bool]:
    undone: Any = select(reviews.c.undoes).where(reviews.c.undoes.is_not(None))
    return and_(reviews.c.decision.not_in(("note", "undo")), reviews.c.id.not_in(undone))


def _last(db: Db, which: ColumnElement[bool]) -> Review | None:
    row = db.execute(select(reviews).where(which).order_by(reviews.c.id.desc()).limit(1)).one_or_none()
    return _word(row) if row is not None else None


def _word(row: Row[Any]) -> Review:
    return changed(unpack(row.body, Review), id=row.id)
