"""Arrivals in the vault: pages of payloads in, the next ones to mask out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select, update

from casemill.domain.arrival import Arrival, ArrivalState, Payload
from casemill.domain.word import Word
from casemill.store.database import Db
from casemill.store.rows import hold
from casemill.store.seal import Seal
from casemill.store.vault_tables import arrivals

CHUNK = 500


class Stored(Word):
    """What became of a page: payloads of new conversations, new versions of known ones, and known ones."""

    new: int = 0
    changed: int = 0
    same: int = 0


class Page(NamedTuple):
    """What a source gave at once."""

    payloads: Sequence[Payload]
    fetched_at: datetime


class Stuck(NamedTuple):
    """An arrival that could not be read, and why; nothing of what it says."""

    source: str
    external_id: str
    version: int
    reason: str | None


def put(db: Db, seal: Seal, *, page: Page) -> Stored:
    """Adds what is not there yet; versions count on from those that are."""
    known = _known(db, page.payloads)
    rows: list[dict[str, Any]] = []
    new = same = 0
    for payload in page.payloads:
        digests = known[payload.source, payload.external_id]
        digest = payload.digest
        if digest in digests:
            same += 1
            continue
        new += not digests
        digests.append(digest)
        rows.append(_row(seal, payload, digest=digest, version=len(digests), fetched_at=page.fetched_at))
    if rows:
        db.execute(arrivals.insert(), rows)
    return Stored(new=new, changed=len(rows) - new, same=same)


def _known(db: Db, payloads: Sequence[Payload]) -> Mapping[tuple[str, str], list[str]]:
    """Digests by conversation, oldest version first."""
    known: dict[tuple[str, str], list[str]] = defaultdict(list)
    ids: dict[str, dict[str, None]] = defaultdict(dict)
    for payload in payloads:
        ids[payload.source][payload.external_id] = None
    for source in sorted(ids):
        hold(db, f"arrivals {source}")
        for some in _chunks(list(ids[source])):
            here = and_(arrivals.c.source == source, arrivals.c.external_id.in_(some))
            columns = select(arrivals.c.external_id, arrivals.c.digest).where(here).order_by(arrivals.c.version)
            for external_id, digest in db.execute(columns):
                known[source, external_id].append(digest)
    return known


def _chunks(items: list[Any]) -> Iterable[list[Any]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))


def _row(seal: Seal, payload: Payload, *, digest: str, version: int, fetched_at: datetime) -> dict[str, Any]:
    return {
        "source": payload.source,
        "external_id": payload.external_id,
        "version": version,
        "digest": digest,
        "content": seal.close_payload(payload.content, _identity(payload)),
        "fetched_at": fetched_at,
        "state": "arrived",
        "reason": None,
    }


def _identity(row: Any) -> tuple[str, ...]:
    return ("payload", row.source, row.external_id, row.digest)


def waiting(db: Db, seal: Seal, *, after: int, limit: int) -> tuple[Arrival, ...]:
    """Arrivals not masked yet, every version in the order they came."""
    here = and_(arrivals.c.state.in_(("arrived", "screened")), arrivals.c.id > after)
    return tuple(
        _word(seal, row) for row in db.execute(select(arrivals).where(here).order_by(arrivals.c.id).limit(limit))
    )


def one(db: Db, seal: Seal, *, which: tuple[str, str, int | None]) -> Arrival | None:
    """An arrival by source, external id and version; version None is the newest."""
    source, external_id, version = which
    here = and_(arrivals.c.source == source, arrivals.c.external_id == external_id)
    if version is not None:
        here = and_(here, arrivals.c.version == version)
    row = db.execute(select(arrivals).where(here).order_by(arrivals.c.version.desc()).limit(1)).one_or_none()
    return _word(seal, row) if row is not None else None


def stuck(db: Db, *, limit: int) -> tuple[Stuck, ...]:
    """The first arrivals that could not be read and that no newer version replaced; no payload is opened."""
    columns = select(arrivals.c.source, arrivals.c.external_id, arrivals.c.version, arrivals.c.reason)
    found = db.execute(columns.where(arrivals.c.state == "stuck", ~_replaced()).order_by(arrivals.c.id).limit(limit))
    return tuple(Stuck(*row) for row in found)


def _replaced() -> ColumnElement[bool]:
    """Whether a newer version of the same conversation came."""
    newer = arrivals.alias()
    same = and_(newer.c.source == arrivals.c.source, newer.c.external_id == arrivals.c.external_id)
    return exists().where(same, newer.c.version > arrivals.c.version)


def counts(db: Db) -> dict[ArrivalState, int]:
    """How many arrivals are in each state; what was stuck and came anew is no longer counted as stuck."""
    due = or_(arrivals.c.state != "stuck", ~_replaced())
    found = db.execute(select(arrivals.c.state, func.count()).where(due).group_by(arrivals.c.state))
    return {row[0]: row[1] for row in found}


def mark(db: Db, ids: Iterable[int], *, state: ArrivalState, reason: str | None) -> None:
    for some in _chunks(list(ids)):
        db.execute(update(arrivals).where(arrivals.c.id.in_(some)).values(state=state, reason=reason))


def _word(seal: Seal, row: Row[Any]) -> Arrival:
    content = seal.open_payload(row.content, _identity(row))
    payload = Payload(source=row.source, external_id=row.external_id, content=content)
    told = {name: getattr(row, name) for name in ("id", "version", "fetched_at", "state", "reason")}
    return Arrival(payload=payload, **told)
