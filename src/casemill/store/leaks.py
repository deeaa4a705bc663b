"""What people found when they read masked tickets for leaks, and the marks that `anonymize` has yet to act on."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, func, select, update

from casemill.domain.leak import LeakReview, Mark, MarkState
from casemill.domain.word import changed, digest_of
from casemill.store import asks
from casemill.store.database import Db
from casemill.store.desk_tables import asks as ask_rows
from casemill.store.desk_tables import leak_marks, leak_reviews
from casemill.store.rows import hold, insert_or_find, pack, unpack

# Who asked stands in the Ask's `whom`: a reason is a text, and a text holds nobody's address.
ASKED = "a person asked to read it"
_OPEN = and_(ask_rows.c.kind == "leak", ask_rows.c.state == "open")


class Drawn(NamedTuple):
    """A ticket that somebody is to read whole: which version, why, and its chance to be drawn (None: not at random)."""

    ticket: str
    version: int
    why: str
    chance: float | None = None


class WaitingMark(NamedTuple):
    """A mark nobody has acted on: its row, the ticket and version that were read, and where in which text it stands."""

    id: int
    ticket: str
    version: int
    mark: Mark


def sample(db: Db, drawn: Sequence[Drawn], *, now: datetime) -> int:
    """Asks a person to read each of these tickets; one that is asked about already is not asked twice. How many are
    asked now that were not."""
    hold(db, "leak asks")
    before = open_count(db)
    already = asked_about(db)
    for one in drawn:
        if one.ticket not in already:
            asks.ask(db, kind="leak", ticket=one.ticket, version=one.version, why=one.why, chance=one.chance, now=now)
    return open_count(db) - before


def asked_about(db: Db) -> frozenset[str]:
    """The tickets with an open question."""
    return frozenset(db.execute(select(ask_rows.c.ticket).where(_OPEN)).scalars())


def open_count(db: Db) -> int:
    """Tickets that are to be read and were not."""
    return db.execute(select(func.count()).select_from(ask_rows).where(_OPEN)).scalar_one()


def add(db: Db, review: LeakReview) -> int:
    """Keeps a verdict and gives its id; the very same one is not kept twice. What it calls personal waits for
    `anonymize`; an undo takes that back too. Marks that wait from a reading of other texts of the ticket are dropped:
    their places are gone, and this reader has seen what stands there now."""
    body = pack(changed(review, id=None))
    columns = {name: getattr(review, name) for name in ("ticket", "version", "verdict", "undoes", "by", "at")}
    values = columns | {"digest": digest_of(body.encode()), "body": body}
    id, made = insert_or_find(db, leak_reviews, values=values, unique=leak_reviews.c.digest)
    if made and review.verdict not in ("note", "undo"):
        _drop_stale(db, review)
    if made and review.verdict == "leak":
        _add_marks(db, review, id=id)
    if made and review.undoes is not None:
        _settle(db, leak_marks.c.review_id == review.undoes, to="withdrawn", now=review.at)
    return id


def count_as_drawn(db: Db, id: int, *, chance: float) -> None:
    """A verdict that was given before its ticket was drawn counts for the draw too."""
    row = db.execute(select(leak_reviews).where(leak_reviews.c.id == id)).one()
    body = pack(changed(_word(row), id=None, chance=chance))
    db.execute(update(leak_reviews).where(leak_reviews.c.id == id).values(body=body, digest=digest_of(body.encode())))


def _add_marks(db: Db, review: LeakReview, *, id: int) -> None:
    about = {"review_id": id, "ticket": review.ticket, "version": review.version, "state": "waiting"}
    rows = [about | {"body": pack(mark)} for mark in review.marks if not mark.hides_none]
    if rows:
        db.execute(leak_marks.insert(), rows)


def _drop_stale(db: Db, review: LeakReview) -> None:
    other = [one.id for one in of_ticket(db, review.ticket) if one.read != review.read]
    which = and_(leak_marks.c.ticket == review.ticket, leak_marks.c.review_id.in_(other))
    _settle(db, which, to="withdrawn", now=review.at)


def all_reviews(db: Db) -> tuple[LeakReview, ...]:
    """Everything that was ever said, notes and undos too, oldest first."""
    return _all(db, leak_reviews.c.id > 0)


def of_ticket(db: Db, key: str) -> tuple[LeakReview, ...]:
    """Everything that was ever said of a ticket, notes and undos too, oldest first."""
    return _all(db, leak_reviews.c.ticket == key)


def standing(db: Db) -> tuple[LeakReview, ...]:
    """The verdicts that were not taken back, oldest first; of several on the same texts of a ticket the last, with what
    was found in them before: a leak is not forgotten because somebody finds a lost fact, too. `fine` clears them."""
    newest: dict[tuple[str, str | None], LeakReview] = {}
    for one in _all(db, _stands()):
        before = newest.get((one.ticket, one.read))
        newest[one.ticket, one.read] = _both(before, one) if before else one
    return tuple(sorted(newest.values(), key=lambda one: one.id or 0))


def _both(before: LeakReview, after: LeakReview) -> LeakReview:
    if "fine" in (before.verdict, after.verdict):
        return after
    marks = tuple(dict.fromkeys((*before.marks, *after.marks)))
    verdict = "leak" if "leak" in (before.verdict, after.verdict) else after.verdict
    return changed(after, verdict=verdict, marks=marks, chance=after.chance or before.chance)


def last_by(db: Db, by: str) -> LeakReview | None:
    """A person's last verdict that was not taken back: what their undo takes back."""
    found = select(leak_reviews).where(_stands(), leak_reviews.c.by == by).order_by(leak_reviews.c.id.desc()).limit(1)
    row = db.execute(found).one_or_none()
    return _word(row) if row is not None else None


def waiting_marks(db: Db) -> tuple[WaitingMark, ...]:
    """What somebody called personal and nobody has masked yet, in the order it was said.

    The places are those of the text as it was read (`read_digest`): a ticket's marks are looked up all at once, before
    the first of them moves the rest.
    """
    found = db.execute(select(leak_marks).where(leak_marks.c.state == "waiting").order_by(leak_marks.c.id))
    return tuple(WaitingMark(row.id, row.ticket, row.version, unpack(row.body, Mark)) for row in found)


def read_digest(db: Db, mark: int) -> str | None:
    """`texts_digest` of the ticket as it was read when a mark was set; None when nobody knows."""
    joined = leak_reviews.join(leak_marks, leak_marks.c.review_id == leak_reviews.c.id)
    body = db.execute(
        select(leak_reviews.c.body).select_from(joined).where(leak_marks.c.id == mark)
    ).scalar_one_or_none()
    return unpack(body, LeakReview).read if body is not None else None


def done_mark(db: Db, id: int, *, now: datetime) -> None:
    """A mark was acted on; a second time changes nothing."""
    _settle(db, leak_marks.c.id == id, to="done", now=now)


def acted_on(db: Db, review: int) -> bool:
    """Whether `anonymize` has acted on a mark of this verdict."""
    which = and_(leak_marks.c.review_id == review, leak_marks.c.state == "done")
    return db.execute(select(leak_marks.c.id).where(which).limit(1)).first() is not None


def rewrite_notes(db: Db, key: str, *, change: Callable[[str], str]) -> int:
    """Changes what the notes on a ticket say, for they may quote what was found to be personal; how many changed."""
    rewritten = 0
    for one in of_ticket(db, key):
        if one.note and (note := change(one.note)) != one.note:
            body = pack(changed(one, id=None, note=note))
            here = update(leak_reviews).where(leak_reviews.c.id == one.id)
            db.execute(here.values(body=body, digest=digest_of(body.encode())))
            rewritten += 1
    return rewritten


def _settle(db: Db, which: ColumnElement[bool], *, to: MarkState, now: datetime) -> None:
    those = and_(which, leak_marks.c.state == "waiting")
    db.execute(update(leak_marks).where(those).values(state=to, done_at=now))


def _stands() -> ColumnElement[bool]:
    undone: Any = select(leak_reviews.c.undoes).where(leak_reviews.c.undoes.is_not(None))
    return and_(leak_reviews.c.verdict.not_in(("note", "undo")), leak_reviews.c.id.not_in(undone))


def _all(db: Db, which: ColumnElement[bool]) -> tuple[LeakReview, ...]:
    return tuple(_word(row) for row in db.execute(select(leak_reviews).where(which).order_by(leak_reviews.c.id)))


def _word(row: Row[Any]) -> LeakReview:
    return changed(unpack(row.body, LeakReview), id=row.id)
