"""Traces of erased tickets: known by a keyed digest of their id, so that spans which come later are left out."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, exists, select, tuple_

from casemill.store import known, tombstones
from casemill.store.database import Db
from casemill.store.rows import chunks
from casemill.store.seal import Seal
from casemill.store.vault_tables import erased_traces, erasures, spans, trace_keys, trace_wishes

if TYPE_CHECKING:
    from casemill.store.traces import SpanRow

# By these a trace is a ticket's own; what one user did about that time may be anybody's.
STRONG = ("id", "conversation", "words")


def lookup_of(seal: Seal, key: tuple[str, str]) -> str:
    """By which a key (kind, value) of a trace is found."""
    kind, value = key
    return seal.lookup(value, ("trace", kind))


def keep_out(db: Db, lookups: Iterable[str]) -> None:
    """Spans of the traces with these digests of their ids are not taken in again."""
    known.put_new(db, erased_traces, rows=[{"lookup": lookup} for lookup in sorted(set(lookups))])


def forget(db: Db, seal: Seal, *, traces: Collection[str]) -> int:
    """Deletes traces and keeps them out; how many spans there were."""
    keep_out(db, (lookup_of(seal, ("id", trace)) for trace in traces))
    deleted = 0
    for some in chunks(sorted(traces)):
        deleted += db.execute(delete(spans).where(spans.c.trace.in_(some))).rowcount
        db.execute(delete(trace_keys).where(trace_keys.c.trace.in_(some)))
    return deleted


def among(db: Db, seal: Seal, *, rows: Sequence["SpanRow"]) -> frozenset[str]:
    """The traces of some spans that were erased, or that name the conversation of a ticket that was.

    One that another ticket looks for by more than its user is not: it is that ticket's as well.
    """
    if not db.execute(select(exists().select_from(erasures))).scalar_one():
        return frozenset()
    ids = {lookup_of(seal, ("id", trace)): trace for trace in {row.trace for row in rows}}
    gone = {ids[lookup] for some in chunks(sorted(ids)) for lookup in _kept_out(db, some)}
    talks = tombstones.named(db, {key.value for row in rows for key in row.keys if key.kind == "conversation"})
    gone |= {row.trace for row in rows for key in row.keys if key.kind == "conversation" and key.value in talks}
    return frozenset(gone - _wanted(db, seal, rows=[row for row in rows if row.trace in gone]))


def _kept_out(db: Db, lookups: Collection[str]) -> Iterator[str]:
    yield from db.execute(select(erased_traces.c.lookup).where(erased_traces.c.lookup.in_(lookups))).scalars()


def _wanted(db: Db, seal: Seal, *, rows: Sequence["SpanRow"]) -> set[str]:
    """Those of the traces that some ticket looks for, by what they are known by now or by what they were before."""
    keyed = {(row.trace, (key[0], lookup_of(seal, key))) for row in rows for key in _strong_keys(row)}
    wishes = (trace_wishes.c.kind, trace_wishes.c.lookup)
    wished = {
        (row.kind, row.lookup)
        for some in chunks(sorted({place for _, place in keyed}))
        for row in db.execute(select(*wishes).where(tuple_(*wishes).in_(some)))
    }
    found = {trace for trace, place in keyed if place in wished}
    joined = and_(trace_wishes.c.kind == trace_keys.c.kind, trace_wishes.c.lookup == trace_keys.c.lookup)
    before = select(trace_keys.c.trace).join(trace_wishes, joined).where(trace_wishes.c.kind.in_(STRONG))
    for some in chunks(sorted({row.trace for row in rows})):
        found |= set(db.execute(before.where(trace_keys.c.trace.in_(some))).scalars())
    return found


def _strong_keys(row: "SpanRow") -> Iterator[tuple[str, str]]:
    yield "id", row.trace
    yield from (key for key in row.keys if key.kind in STRONG)
