"""Questions to people: asked once, claimed by one, answered, withdrawn."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NotRequired, TypedDict, Unpack

from sqlalchemy import Row, and_, func, or_, select, update

from casemill.domain.review import Ask, AskKind
from casemill.domain.word import canonical, changed
from casemill.store.database import Db
from casemill.store.desk_tables import asks
from casemill.store.rows import hold, insert_or_find, pack, unpack

FREE = {"leased_by": None, "leased_until": None}


class Question(TypedDict):
    """What is asked, about what, and why. A lower rank is asked first."""

    kind: AskKind
    ticket: str
    version: int
    why: str
    now: datetime
    rank: NotRequired[int]
    whom: NotRequired[str | None]
    draft: NotRequired[int | None]
    case: NotRequired[str | None]
    chance: NotRequired[float | None]


class Claim(TypedDict):
    """Who wants the next question of a kind, and for how many minutes they hold it."""

    kind: AskKind
    by: str
    now: datetime
    minutes: float
    skip: NotRequired[Collection[int]]


def ask(db: Db, **question: Unpack[Question]) -> int:
    """Asks, and gives the Ask's id; the same question that is open already is not asked twice."""
    told: dict[str, Any] = {"rank": 0, "draft": None} | {k: v for k, v in question.items() if k != "now"}
    word = Ask(id=0, created_at=question["now"], **told)
    columns = {name: getattr(word, name) for name in ("kind", "ticket", "version", "draft", "state", "rank", "whom")}
    values = columns | {"slot": _slot(word), "created_at": word.created_at, "body": pack(word)}
    return insert_or_find(db, asks, values=values, unique=asks.c.slot)[0]


def _slot(word: Ask) -> str:
    return canonical([word.kind, word.ticket, word.version, word.draft, word.case]).decode()


def claim(db: Db, **wanted: Unpack[Claim]) -> Ask | None:
    """The next open question of a kind that nobody else holds, held from now on for `by`; None when there is none.

    One meant for somebody (`whom`) is given to nobody else. A lease that ran out counts as none.
    """
    by, now = wanted["by"], wanted["now"]
    free = or_(asks.c.leased_until.is_(None), asks.c.leased_until <= now, asks.c.leased_by == by)
    meant = or_(asks.c.whom.is_(None), asks.c.whom == by)
    open_ones = and_(asks.c.state == "open", asks.c.kind == wanted["kind"], free, meant)
    pick = select(asks.c.id).where(open_ones).order_by(asks.c.rank, asks.c.id).limit(1)
    if skip := wanted.get("skip"):
        pick = pick.where(asks.c.id.not_in(list(skip)))
    chosen = db.execute(pick.with_for_update(skip_locked=True)).scalar_one_or_none()
    if chosen is None:
        return None
    lease = {"leased_by": by, "leased_until": now + timedelta(minutes=wanted["minutes"])}
    taken = db.execute(update(asks).where(asks.c.id == chosen).values(**lease).returning(asks))
    return _word(taken.one())


def get(db: Db, id: int) -> Ask | None:
    row = db.execute(select(asks).where(asks.c.id == id)).one_or_none()
    return _word(row) if row is not None else None


def answer(db: Db, id: int, *, by: str, now: datetime) -> bool:
    """Closes an open question; False when it was closed already."""
    given = {"state": "answered", "slot": None, "answered_by": by, "answered_at": now}
    done = db.execute(update(asks).where(asks.c.id == id, asks.c.state == "open").values(**given, **FREE))
    return done.rowcount == 1


def reopen(db: Db, id: int) -> None:
    """Asks again; nothing happens when it is open, or when the same question was asked anew meanwhile."""
    found = get(db, id)
    if found is None or found.state == "open":
        return
    slot = _slot(found)
    hold(db, f"ask {slot}")
    if db.execute(select(asks.c.id).where(asks.c.slot == slot)).first() is None:
        again = {"state": "open", "slot": slot, "answered_by": None, "answered_at": None}
        db.execute(update(asks).where(asks.c.id == id).values(**again, **FREE))


def release(db: Db, id: int, *, by: str) -> None:
    """Gives a held question back; only its holder can."""
    db.execute(update(asks).where(asks.c.id == id, asks.c.leased_by == by).values(**FREE))


def withdraw(db: Db, *, ticket: str, kind: AskKind | None = None, draft: int | None = None) -> int:
    """Closes a ticket's open questions without an answer, all or those of a kind or a draft; how many."""
    which = and_(asks.c.ticket == ticket, asks.c.state == "open")
    if kind is not None:
        which = and_(which, asks.c.kind == kind)
    if draft is not None:
        which = and_(which, asks.c.draft == draft)
    return db.execute(update(asks).where(which).values(state="withdrawn", slot=None, **FREE)).rowcount


def open_counts(db: Db) -> dict[AskKind, int]:
    """Open questions by kind, held or not; kinds with none are left out."""
    found = db.execute(select(asks.c.kind, func.count()).where(asks.c.state == "open").group_by(asks.c.kind))
    return {row[0]: row[1] for row in found}


def of_ticket(db: Db, key: str) -> tuple[Ask, ...]:
    """Every question ever asked about a ticket, oldest first."""
    return tuple(_word(row) for row in db.execute(select(asks).where(asks.c.ticket == key).order_by(asks.c.id)))


LIVE = ("id", "state", "leased_by", "leased_until", "answered_by", "answered_at")


def _word(row: Row[Any]) -> Ask:
    """The body as it was asked, with what happened since."""
    return changed(unpack(row.body, Ask), **{name: getattr(row, name) for name in LIVE})
