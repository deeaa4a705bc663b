"""Traces in the vault: spans as they came, sealed; by which keys a trace is found; what tickets look for.

A key (a trace's id, a conversation, a user, a reply's words) is kept as a keyed digest. A ticket's wishes are kept when
it is masked, so that a trace that comes later finds it. Both sides hold the same lock: whichever comes second sees the
other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Row, and_, case, delete, func, or_, select, tuple_, update

from casemill.domain.word import Word, changed, digest_of
from casemill.store import known, trace_tombstones
from casemill.store.database import Db
from casemill.store.mapping import Talk
from casemill.store.rows import chunks, hold, insert_many
from casemill.store.seal import Seal
from casemill.store.trace_tombstones import lookup_of
from casemill.store.vault_tables import arrivals, spans, trace_keys, trace_wishes

LinkKind = Literal["id", "conversation", "words", "user"]
MOST_SPANS = 500
_LOCK = "traces"


class Key(NamedTuple):
    """By what a trace is found."""

    kind: LinkKind
    value: str


class SpanRow(NamedTuple):
    """A span to keep: the trace it belongs to, its own id, its container and the keys it gives the trace."""

    trace: str
    span: str
    content: bytes
    at: datetime | None = None
    keys: tuple[Key, ...] = ()


class Wish(NamedTuple):
    """What a ticket looks for; a user's traces only between two moments."""

    key: Key
    since: datetime | None = None
    until: datetime | None = None


class Offer(NamedTuple):
    """A trace that has a key that was looked for."""

    key: Key
    trace: str
    at: datetime | None


class TracesStored(Word):
    """What became of spans: new, changed, the same, those of erased tickets, which are left out; and how many tickets
    are read again because of them."""

    new: int = 0
    changed: int = 0
    same: int = 0
    erased: int = 0
    tickets: int = 0


def put(db: Db, seal: Seal, *, rows: Sequence[SpanRow], now: datetime) -> TracesStored:
    """Keeps spans, each once; one that came again with other content takes the place of the first. Tickets that look
    for what came are read again. Of a trace that turns out to be an erased ticket's nothing stays."""
    hold(db, _LOCK)
    came = len(rows)
    if gone := trace_tombstones.among(db, seal, rows=rows):
        trace_tombstones.forget(db, seal, traces=gone)
        rows = [row for row in rows if row.trace not in gone]
    return changed(_put(db, seal, rows=rows, now=now), erased=came - len(rows))


def _put(db: Db, seal: Seal, *, rows: Sequence[SpanRow], now: datetime) -> TracesStored:
    there = _digests(db, {row.trace for row in rows})
    done = {"new": 0, "changed": 0, "same": 0}
    fresh: dict[tuple[str, str], SpanRow] = {}
    for row in rows:
        place, digest = (row.trace, row.span), digest_of(row.content)
        before = there.get(place)
        done["new" if before is None else "same" if before == digest else "changed"] += 1
        if before != digest:
            there[place] = digest
            fresh[place] = row
    if not fresh:
        return TracesStored(same=done["same"])
    for some in chunks(list(fresh)):
        db.execute(delete(spans).where(tuple_(spans.c.trace, spans.c.span).in_(some)))
    insert_many(db, spans, rows=[_row(seal, row, now=now) for row in fresh.values()])
    _add_keys(db, seal, rows=fresh.values())
    return TracesStored(**done, tickets=_wake(db, {row.trace for row in fresh.values()}))


def _digests(db: Db, traces: Collection[str]) -> dict[tuple[str, str], str]:
    columns = select(spans.c.trace, spans.c.span, spans.c.digest)
    return {
        (row.trace, row.span): row.digest
        for some in chunks(sorted(traces))
        for row in db.execute(columns.where(spans.c.trace.in_(some)))
    }


def _row(seal: Seal, row: SpanRow, *, now: datetime) -> dict[str, Any]:
    digest = digest_of(row.content)
    content = seal.close_payload(row.content, ("span", row.trace, row.span, digest))
    told = {"trace": row.trace, "span": row.span, "digest": digest, "at": row.at}
    return told | {"content": content, "fetched_at": now}


def _add_keys(db: Db, seal: Seal, *, rows: Iterable[SpanRow]) -> None:
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        for key in (Key("id", row.trace), *row.keys):
            place = (key.kind, lookup_of(seal, key), row.trace)
            found.setdefault(place, dict(zip(("kind", "lookup", "trace", "at"), (*place, row.at), strict=True)))
    known.put_new(db, trace_keys, rows=list(found.values()))


def _wake(db: Db, traces: Collection[str]) -> int:
    """Marks the newest arrival of every ticket that looks for one of the traces to be read again."""
    told: set[Talk] = set()
    joined = and_(trace_wishes.c.kind == trace_keys.c.kind, trace_wishes.c.lookup == trace_keys.c.lookup)
    columns = (trace_wishes.c.source, trace_wishes.c.external_id)
    at = trace_keys.c.at
    begun = or_(trace_wishes.c.since.is_(None), at.is_(None), at >= trace_wishes.c.since)
    ended = or_(trace_wishes.c.until.is_(None), at.is_(None), at <= trace_wishes.c.until)
    for some in chunks(sorted(traces)):
        here = and_(trace_keys.c.trace.in_(some), begun, ended)
        told |= {(row.source, row.external_id) for row in db.execute(select(*columns).where(joined, here).distinct())}
    woken = [id for some in chunks(sorted(told)) for id in _newest(db, some)]
    for ids in chunks(woken):
        here = arrivals.c.id.in_(ids)
        db.execute(update(arrivals).where(here).values(again=arrivals.c.again + 1))
        waits = case((arrivals.c.flags.is_(None), "arrived"), else_="screened")
        db.execute(update(arrivals).where(here, arrivals.c.state == "masked").values(state=waits))
    return len(woken)


def _newest(db: Db, talks: Sequence[Talk]) -> Iterator[int]:
    here = tuple_(arrivals.c.source, arrivals.c.external_id).in_(talks)
    names = (arrivals.c.source, arrivals.c.external_id)
    newest = select(*names, func.max(arrivals.c.version).label("version")).where(here).group_by(*names).subquery()
    same = and_(*(arrivals.c[name] == newest.c[name] for name in ("source", "external_id", "version")))
    return iter(db.execute(select(arrivals.c.id).join(newest, same)).scalars().all())


def offers(db: Db, seal: Seal, *, wishes: Mapping[Talk, Sequence[Wish]]) -> dict[Talk, tuple[Offer, ...]]:
    """Keeps what tickets look for, in the place of what they looked for before; and what is there of it now."""
    hold(db, _LOCK)
    wanted: dict[tuple[str, str], list[tuple[Talk, Wish]]] = defaultdict(list)
    for talk, own in wishes.items():
        for wish in {one.key: one for one in own}.values():
            wanted[wish.key.kind, lookup_of(seal, wish.key)].append((talk, wish))
    _keep(db, wanted, talks=list(wishes))
    found: dict[Talk, list[Offer]] = defaultdict(list)
    for row in _keyed(db, sorted({lookup for _, lookup in wanted})):
        for talk, wish in wanted.get((row.kind, row.lookup), ()):
            if _is_meant(wish, row.at):
                found[talk].append(Offer(wish.key, row.trace, row.at))
    return {talk: tuple(own) for talk, own in found.items()}


def _keep(db: Db, wanted: Mapping[tuple[str, str], Sequence[tuple[Talk, Wish]]], *, talks: Sequence[Talk]) -> None:
    for some in chunks(list(talks)):
        db.execute(delete(trace_wishes).where(tuple_(trace_wishes.c.source, trace_wishes.c.external_id).in_(some)))
    rows = [
        {"source": talk[0], "external_id": talk[1], "kind": kind, "lookup": lookup}
        | {"since": wish.since, "until": wish.until}
        for (kind, lookup), own in wanted.items()
        for talk, wish in own
    ]
    if rows:
        db.execute(trace_wishes.insert(), rows)


def _keyed(db: Db, lookups: Sequence[str]) -> Iterator[Row[Any]]:
    order = (trace_keys.c.at.is_(None), trace_keys.c.at, trace_keys.c.trace)
    for some in chunks(list(lookups)):
        yield from db.execute(select(trace_keys).where(trace_keys.c.lookup.in_(some)).order_by(*order))


def _is_meant(wish: Wish, at: datetime | None) -> bool:
    return at is None or ((wish.since is None or at >= wish.since) and (wish.until is None or at <= wish.until))


def contents(db: Db, seal: Seal, *, traces: Collection[str]) -> dict[str, tuple[bytes, ...]]:
    """The containers of some traces' spans, oldest first, of each trace at most MOST_SPANS."""
    found: dict[str, tuple[bytes, ...]] = {}
    order = (spans.c.at.is_(None), spans.c.at, spans.c.id)
    for trace in sorted(traces):
        rows = db.execute(select(spans).where(spans.c.trace == trace).order_by(*order).limit(MOST_SPANS))
        own = [seal.open_payload(row.content, ("span", row.trace, row.span, row.digest)) for row in rows]
        if own:
            found[trace] = tuple(own)
    return found


def count(db: Db) -> tuple[int, int]:
    """How many traces and spans the vault holds."""
    traces, all_spans = db.execute(select(func.count(spans.c.trace.distinct()), func.count())).one()
    return int(traces), int(all_spans)
