"""Erasing tickets from the vault, and the tombstones that keep them out: all of a ticket or nothing of it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Row, Table, and_, delete, exists, func, or_, select, update

from casemill.domain.erasure import Erased, ErasureState
from casemill.domain.placeholder import Entity
from casemill.domain.word import Word, canonical, changed
from casemill.store import known, mapping, restores, tombstones, trace_tombstones
from casemill.store.database import Db
from casemill.store.mapping import Talk
from casemill.store.restores import Restoring
from casemill.store.rows import CHUNK, chunks, hold
from casemill.store.seal import Seal
from casemill.store.trace_tombstones import STRONG
from casemill.store.vault_tables import (
    arrivals,
    entities,
    entity_values,
    erasures,
    trace_keys,
    trace_wishes,
    vault,
)
from casemill.store.vault_tables import known as known_digests

# A notice tells an id and a category.
_STAY = frozenset({"erasures", "restores", "notices"})


class Journal(Word, omit_defaults=True):
    """What is known of an erasure. `values` are still to be taken out elsewhere and are gone when that is done; `files`
    were rewritten or deleted, `left` is for a person."""

    erased: Erased
    values: tuple[Entity, ...] = ()
    files: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    state: ErasureState = "due"


class Erasing(NamedTuple):
    """A ticket to erase: what was counted so far (who, why), its values, and the traces known to be its own."""

    erased: Erased
    values: tuple[Entity, ...]
    traces: frozenset[str] = frozenset()


class Held(NamedTuple):
    """Digests that were asked about, those of them that other conversations need, and up to which row was looked."""

    asked: frozenset[str]
    held: frozenset[str] = frozenset()
    last: int = 0


def talk_of(key: str) -> Talk:
    source, _, external_id = key.partition(":")
    return source, external_id


def all_of(db: Db, seal: Seal, *, states: Collection[ErasureState] = ()) -> tuple[Journal, ...]:
    """Every erasure, oldest first; or those in some states."""
    wanted = select(erasures).order_by(erasures.c.id)
    if states:
        wanted = wanted.where(erasures.c.state.in_(states))
    return tuple(_word(seal, row) for row in db.execute(wanted))


def erase(db: Db, seal: Seal, *, wanted: Sequence[Erasing], held: Held, now: datetime) -> None:
    """Payloads, mapping, traces and digests go; tombstone and audit line come. What is erased stays as it was."""
    _hold(db, wanted)
    held = _read_on(db, seal, held=held, wanted=wanted)
    gone = tombstones.among(db, (talk_of(one.erased.ticket) for one in wanted))
    for one in sorted(wanted, key=lambda each: each.erased.ticket):
        if talk_of(one.erased.ticket) not in gone:
            _erase(db, seal, one=one, held=held, now=now)


def close(db: Db, seal: Seal, *, journal: Journal) -> None:
    """How an erasure stands now; what another worker that had read the payload wrote meanwhile goes, too."""
    talk = talk_of(journal.erased.ticket)
    _delete_rows(db, talk)
    values = {"state": journal.state, "body": _body(seal, journal)}
    db.execute(update(erasures).where(_is(erasures, talk)).values(**values))


def _hold(db: Db, wanted: Sequence[Erasing]) -> None:
    """The locks that storing, masking and joining take, each in the order in which they take them."""
    talks = sorted({talk_of(one.erased.ticket) for one in wanted})
    for source in sorted({source for source, _ in talks}):
        hold(db, f"arrivals {source}")
    for source, external_id in talks:
        hold(db, f"mapping {source}:{external_id}")
    hold(db, "traces")


def _erase(db: Db, seal: Seal, *, one: Erasing, held: Held, now: datetime) -> None:
    talk = talk_of(one.erased.ticket)
    values = _merged(one.values, mapping.read(db, seal, talk=talk))
    told = {
        "versions": _count(db, talk),
        "people": len(values),
        "values": sum(len(each.values) for each in values),
        "spans": _delete_traces(db, seal, one=one),
    }
    _delete_rows(db, talk)
    told["known"] = _forget(db, seal, values=values, held=held)
    journal = Journal(erased=changed(one.erased, at=now, **told), values=values)
    body = _body(seal, journal)
    db.execute(erasures.insert().values(source=talk[0], external_id=talk[1], state="due", body=body))
    line = Restoring(talk, *restores.ERASED, one.erased.by, one.erased.why)
    restores.add(db, seal, wanted=line, now=now)


def _merged(given: Iterable[Entity], there: Iterable[Entity]) -> tuple[Entity, ...]:
    found: dict[tuple[str, int], Entity] = {}
    for one in (*given, *there):
        before = found.get((one.label, one.number), one)
        values = tuple(dict.fromkeys((*before.values, *one.values)))
        found[one.label, one.number] = changed(before, values=values)
    return tuple(found.values())


def _is(table: Table, talk: Talk) -> ColumnElement[bool]:
    return and_(table.c.source == talk[0], table.c.external_id == talk[1])


def _count(db: Db, talk: Talk) -> int:
    found: int = db.execute(select(func.count()).select_from(arrivals).where(_is(arrivals, talk))).scalar_one()
    return found


def _delete_rows(db: Db, talk: Talk) -> None:
    """Whatever tables there are: those that name the conversation, and those that hang on an arrival."""
    mine = select(arrivals.c.id).where(_is(arrivals, talk)).scalar_subquery()
    for table in reversed(vault.sorted_tables):
        for key in table.foreign_keys:
            if key.column is arrivals.c.id:
                db.execute(delete(table).where(key.parent.in_(mine)))
        if table.name not in _STAY and {"source", "external_id"} <= set(table.columns.keys()):
            db.execute(delete(table).where(_is(table, talk)))


def _delete_traces(db: Db, seal: Seal, *, one: Erasing) -> int:
    """The spans of its own traces go and do not come again, nor do those of traces that it names and that are still to
    come; what another ticket names by more than its user stays."""
    mine = _is(trace_wishes, talk_of(one.erased.ticket))
    doomed = set(one.traces) | _traces_of(db, mine)
    others = and_(~mine, trace_wishes.c.kind.in_(STRONG))
    doomed -= _traces_of(db, and_(others, trace_keys.c.trace.in_(sorted(doomed))))
    named = select(trace_wishes.c.lookup).where(trace_wishes.c.kind == "id")
    trace_tombstones.keep_out(db, db.execute(named.where(mine)).scalars())
    return trace_tombstones.forget(db, seal, traces=doomed)


def _traces_of(db: Db, which: ColumnElement[bool]) -> set[str]:
    joined = and_(trace_wishes.c.kind == trace_keys.c.kind, trace_wishes.c.lookup == trace_keys.c.lookup)
    at = trace_keys.c.at
    begun = or_(trace_wishes.c.since.is_(None), at.is_(None), at >= trace_wishes.c.since)
    ended = or_(trace_wishes.c.until.is_(None), at.is_(None), at <= trace_wishes.c.until)
    found = select(trace_keys.c.trace).select_from(trace_keys.join(trace_wishes, joined))
    return set(db.execute(found.where(which, begun, ended).distinct()).scalars())


def look_elsewhere(db: Db, seal: Seal, *, wanted: Sequence[Erasing]) -> Held:
    """Which digests of the tickets' values others need, too. Opens every value: before the transaction that erases."""
    values = (one for each in wanted for one in each.values)
    mine = {digest for one in values for value in one.values for digest in known.digests(seal, (one.label, value))}
    asked: set[str] = set()
    for some in chunks(sorted(mine)):
        asked |= set(db.execute(select(known_digests.c.digest).where(known_digests.c.digest.in_(some))).scalars())
    return _read_on(db, seal, held=Held(frozenset(asked)), wanted=wanted)


def _read_on(db: Db, seal: Seal, *, held: Held, wanted: Sequence[Erasing]) -> Held:
    talks = {talk_of(one.erased.ticket) for one in wanted}
    lonely, last = set(held.asked - held.held), held.last
    while lonely and (rows := _values_after(db, last)):
        for row in rows:
            if (row.source, row.external_id) not in talks:
                bound = ("value", row.source, row.external_id, row.label, str(row.number))
                lonely -= known.digests(seal, (row.label, seal.open_value(row.value, bound)))
        last = rows[-1].id
    return Held(held.asked, held.asked - lonely, last)


def _forget(db: Db, seal: Seal, *, values: Iterable[Entity], held: Held) -> int:
    """Deletes the known digests of values that no other conversation holds; how many."""
    mine = {digest for one in values for value in one.values for digest in known.digests(seal, (one.label, value))}
    lonely = mine & (held.asked - held.held)
    some = (delete(known_digests).where(known_digests.c.digest.in_(part)) for part in chunks(sorted(lonely)))
    return sum(db.execute(one).rowcount for one in some)


def _values_after(db: Db, after: int) -> list[Row[Any]]:
    columns = (entity_values.c.id, entity_values.c.value)
    names = (entities.c.source, entities.c.external_id, entities.c.label, entities.c.number)
    joined = select(*columns, *names).join(entities, entities.c.id == entity_values.c.entity_id)
    return list(db.execute(joined.where(entity_values.c.id > after).order_by(entity_values.c.id).limit(CHUNK)))


def _body(seal: Seal, journal: Journal) -> bytes:
    return seal.close_payload(canonical(journal), ("erasure", journal.erased.ticket))


def _word(seal: Seal, row: Row[Any]) -> Journal:
    body = seal.open_payload(row.body, ("erasure", f"{row.source}:{row.external_id}"))
    return changed(msgspec.json.decode(body, type=Journal), state=row.state)


def talks_after(db: Db, after: Talk) -> list[Talk]:
    """The next conversations of which the vault holds anything, by source and id."""
    found: set[Talk] = set()
    for table in (arrivals, entities):
        names = (table.c.source, table.c.external_id)
        later = or_(names[0] > after[0], and_(names[0] == after[0], names[1] > after[1]))
        page = select(*names).where(later).distinct().order_by(*names).limit(CHUNK)
        found |= {(row.source, row.external_id) for row in db.execute(page)}
    return sorted(found)[:CHUNK]


def holds_any(db: Db, talk: Talk) -> bool:
    """Whether the vault holds a payload or a mapping of the conversation."""
    there = or_(exists().where(_is(arrivals, talk)), exists().where(_is(entities, talk)))
    return bool(db.execute(select(there)).scalar_one())
