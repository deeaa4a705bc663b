"""Who had a name shown or a ticket erased, and why: lines only ever added, each held to the one before by the key."""

import hmac
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select, update

from casemill.domain.placeholder import bracketed
from casemill.domain.word import Word
from casemill.store.database import Db
from casemill.store.rows import hold, insert_new
from casemill.store.seal import Seal
from casemill.store.vault_tables import meta, restores

HEAD = "restores"
# In the place of a placeholder, where not a name was shown but a whole ticket erased.
ERASED = ("ERASED", 0)


class Restoring(NamedTuple):
    """Who wants which placeholder's value shown, and why."""

    talk: tuple[str, str]
    label: str
    number: int
    by: str
    reason: str


class Restored(Word):
    """One line of the audit; the value that was shown is not in it. `placeholder` is `erased` for a whole ticket."""

    number: int
    ticket: str
    placeholder: str
    by: str
    at: datetime
    reason: str


class Audit(Word):
    """Every line, oldest first. `broken` says where the chain does not hold; `seal` is the last line's digest, to be
    noted elsewhere: a whole vault that was set back to an older copy is told by that alone."""

    lines: tuple[Restored, ...] = ()
    broken: str | None = None
    seal: str = ""


def add(db: Db, seal: Seal, *, wanted: Restoring, now: datetime) -> None:
    """One more line, in the transaction in which the value is read."""
    hold(db, HEAD)
    last = db.execute(select(restores).order_by(restores.c.id.desc()).limit(1)).one_or_none()
    count = _counted(db) + 1
    values = {
        "source": wanted.talk[0],
        "external_id": wanted.talk[1],
        "label": wanted.label,
        "number": wanted.number,
        "by": wanted.by,
        "at": now.astimezone(UTC),
        "reason": seal.close_value(wanted.reason, _bound(wanted.talk, wanted.label, number=wanted.number)),
    }
    chain = _link(seal, values, before=(count, last.chain if last is not None else ""))
    db.execute(restores.insert().values(**values, chain=chain))
    head = f"{count}:{seal.chained('head', str(count), chain)}"
    if insert_new(db, meta, values={"name": HEAD, "value": head}, unique=(meta.c.name,)) is None:
        db.execute(update(meta).where(meta.c.name == HEAD).values(value=head))


def audit(db: Db, seal: Seal) -> Audit:
    """All lines, and whether any was altered, taken out or put in."""
    rows = db.execute(select(restores).order_by(restores.c.id)).all()
    lines, broken, chain = [], None, ""
    for number, row in enumerate(rows, 1):
        holds = hmac.compare_digest(_link(seal, row._asdict(), before=(number, chain)), row.chain)
        if not holds and broken is None:
            broken = f"line {number} is not what was written, or lines before it are gone"
        chain = row.chain
        lines.append(_line(seal, row, number=number, holds=holds))
    told = db.execute(select(meta.c.value).where(meta.c.name == HEAD)).scalar_one_or_none()
    head = f"{len(rows)}:{seal.chained('head', str(len(rows)), chain)}" if rows else None
    if broken is None and told != head:
        broken = f"the last lines are gone or were put in: {_counted(db)} were written, {len(rows)} are here"
    return Audit(lines=tuple(lines), broken=broken, seal=chain)


def _line(seal: Seal, row: Row[Any], *, number: int, holds: bool) -> Restored:
    """An altered line is shown as it stands, without what may no longer open."""
    talk = (row.source, row.external_id)
    reason = seal.open_value(row.reason, _bound(talk, row.label, number=row.number)) if holds else "(altered)"
    placeholder = "erased" if (row.label, row.number) == ERASED else bracketed(row.label, row.number)
    return Restored(number=number, ticket=":".join(talk), placeholder=placeholder, by=row.by, at=row.at, reason=reason)


def _counted(db: Db) -> int:
    """How many lines were written, as the head tells."""
    told = db.execute(select(meta.c.value).where(meta.c.name == HEAD)).scalar_one_or_none()
    count = (told or "0").partition(":")[0]
    return int(count) if count.isdecimal() else 0


def _link(seal: Seal, row: dict[str, Any], *, before: tuple[int, str]) -> str:
    names = ("source", "external_id", "label", "number", "by")
    told = (*(str(row[name]) for name in names), row["at"].isoformat(), bytes(row["reason"]).hex())
    return seal.chained("line", str(before[0]), before[1], *told)


def _bound(talk: tuple[str, str], label: str, *, number: int) -> tuple[str, ...]:
    return ("reason", *talk, label, str(number))
