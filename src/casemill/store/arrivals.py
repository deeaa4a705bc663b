"""Arrivals in the vault: pages of payloads in, the next ones to mask out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select, update

from casemill.domain.arrival import Arrival, ArrivalState, Payload
from casemill.domain.notice import Flag
from casemill.domain.word import Word
from casemill.store import tombstones
from casemill.store.database import Db
from casemill.store.rows import about, chunks, hold, insert_many
from casemill.store.seal import Seal
from casemill.store.vault_tables import arrivals


class Stored(Word):
    """What became of a page: payloads of new conversations, new versions of known ones, and known ones; `erased` are
    those that were erased once and are left out."""

    new: int = 0
    changed: int = 0
    same: int = 0
    erased: int = 0


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
    """Adds what is not there yet and was not erased; versions count on from those that are."""
    known = _known(db, page.payloads)
    gone = tombstones.among(db, ((payload.source, payload.external_id) for payload in page.payloads))
    rows: list[dict[str, Any]] = []
    new = same = 0
    kept = [payload for payload in page.payloads if (payload.source, payload.external_id) not in gone]
    for payload in kept:
        digests = known[payload.source, payload.external_id]
        digest = payload.digest
        if digest in digests:
            same += 1
            continue
        new += not digests
        digests.append(digest)
        rows.append(_row(seal, payload, digest=digest, version=len(digests), fetched_at=page.fetched_at))
    if rows:
        insert_many(db, arrivals, rows=rows)
    return Stored(new=new, changed=len(rows) - new, same=same, erased=len(page.payloads) - len(kept))


def _known(db: Db, payloads: Sequence[Payload]) -> Mapping[tuple[str, str], list[str]]:
    """Digests by conversation, oldest version first."""
    known: dict[tuple[str, str], list[str]] = defaultdict(list)
    ids: dict[str, dict[str, None]] = defaultdict(dict)
    for payload in payloads:
        ids[payload.source][payload.external_id] = None
    for source in sorted(ids):
        hold(db, f"arrivals {source}")
        for some in chunks(list(ids[source])):
            here = and_(arrivals.c.source == source, arrivals.c.external_id.in_(some))
            columns = select(arrivals.c.external_id, arrivals.c.digest).where(here).order_by(arrivals.c.version)
            for external_id, digest in db.execute(columns):
                known[source, external_id].append(digest)
    return known


def _row(seal: Seal, payload: Payload, *, digest: str, version: int, fetched_at: datetime) -> dict[str, Any]:
    return {
        "source": payload.source,
        "external_id": payload.external_id,
        "version": version,
        "digest": digest,
        "content": seal.close_payload(payload.content, _bound_to(payload.source, payload.external_id, digest=digest)),
        "fetched_at": fetched_at,
        "state": "arrived",
    }


def _bound_to(source: str, external_id: str, *, digest: str) -> tuple[str, ...]:
    return ("payload", source, external_id, digest)


def waiting(db: Db, seal: Seal, *, after: int, limit: int) -> tuple[Arrival, ...]:
    """Arrivals not masked yet, every version in the order they came."""
    here = and_(arrivals.c.state.in_(("arrived", "screened")), arrivals.c.id > after)
    return tuple(
        word_of(seal, row) for row in db.execute(select(arrivals).where(here).order_by(arrivals.c.id).limit(limit))
    )


def one(db: Db, seal: Seal, *, which: tuple[str, str, int | None]) -> Arrival | None:
    """An arrival by source, external id and version; version None is the newest."""
    source, external_id, version = which
    here = and_(arrivals.c.source == source, arrivals.c.external_id == external_id)
    if version is not None:
        here = and_(here, arrivals.c.version == version)
    row = db.execute(select(arrivals).where(here).order_by(arrivals.c.version.desc()).limit(1)).one_or_none()
    return word_of(seal, row) if row is not None else None


def versions(db: Db, seal: Seal, *, talks: Iterable[tuple[str, str]]) -> tuple[Arrival, ...]:
    """Every version of the conversations (source, external id), oldest first."""
    found = about(db, arrivals, talks=talks)
    return tuple(word_of(seal, row) for row in sorted(found, key=lambda row: row.id))


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
    for some in chunks(list(ids)):
        db.execute(update(arrivals).where(arrivals.c.id.in_(some)).values(state=state, reason=reason))


def mark_masked(db: Db, done: Iterable[Arrival]) -> None:
    """Those that were not to be read again since they were handed out."""
    seen: dict[int, list[int]] = defaultdict(list)
    for arrival in done:
        seen[arrival.again].append(arrival.id)
    for again, ids in seen.items():
        for some in chunks(ids):
            here = and_(arrivals.c.id.in_(some), arrivals.c.again == again)
            db.execute(update(arrivals).where(here).values(state="masked", reason=None))


def word_of(seal: Seal, row: Row[Any]) -> Arrival:
    content = seal.open_payload(row.content, _bound_to(row.source, row.external_id, digest=row.digest))
    payload = Payload(source=row.source, external_id=row.external_id, content=content)
    told = {name: getattr(row, name) for name in ("id", "version", "fetched_at", "state", "reason", "again")}
    return Arrival(payload=payload, flags=flags_in(row.flags), **told)


def flags_in(told: str | None) -> tuple[Flag, ...] | None:
    """What screening found; None where nobody has looked."""
    return None if told is None else msgspec.json.decode(told, type=tuple[Flag, ...])
