"""Masked tickets by version, and where each stands on the way to a case."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, NotRequired, TypedDict, Unpack, cast

from sqlalchemy import and_, func, select, update

from casemill.domain.ticket import Ticket, TicketState
from casemill.domain.word import canonical, changed, digest_of
from casemill.store import asks, drafts
from casemill.store.database import Db
from casemill.store.desk_tables import tickets
from casemill.store.rows import hold, pack, unpack

PAGE = 500


class TicketRow(NamedTuple):
    """A ticket's newest version with where it stands. `id` grows with each version: a cursor."""

    id: int
    ticket: Ticket
    state: TicketState
    reason: str | None


class Step(TypedDict):
    """From where to where a ticket moves; `version` is the one that was looked at."""

    version: int
    frm: tuple[TicketState, ...]
    to: TicketState
    reason: NotRequired[str | None]


def put(db: Db, ticket: Ticket) -> Literal["new", "changed", "same"]:
    """Lays a ticket on the desk as its newest version; a digest that is there already changes nothing.

    A version that tells the same talk (equal turns) takes over the state of the one before. Any other starts as
    `masked`; then older versions' open asks are withdrawn and their open drafts rejected. A version number that
    another digest holds (the vault was begun anew, or a trace came later) becomes the next free one. A trace that
    changes no turn makes no version: what it tells is written to the newest one.
    """
    lock(db)
    columns = (tickets.c.version, tickets.c.since, tickets.c.digest, tickets.c.talk, tickets.c.state, tickets.c.reason)
    known = db.execute(select(*columns).where(tickets.c.key == ticket.key).order_by(tickets.c.version)).all()
    if any(row.digest == ticket.told_by for row in known):
        return "same"
    if known and _is_only_traced(db, ticket, newest=known[-1]):
        return "same"
    if any(row.version == ticket.version for row in known):
        ticket = changed(ticket, version=known[-1].version + 1)
    _insert(db, ticket, newest=known[-1] if known else None)
    return "changed" if known else "new"


def lock(db: Db) -> None:
    """Until the transaction ends nobody else lays a ticket on the desk or takes one away."""
    # One lock for all: a lock for each ticket would run over Postgres' lock table in a large transaction.
    hold(db, "tickets")


def _is_only_traced(db: Db, ticket: Ticket, *, newest: Any) -> bool:
    """Whether the newest version has the same payload and the same talk; then it takes over what a trace told."""
    if newest.talk != digest_of(canonical(ticket.turns)):
        return False
    here = and_(tickets.c.key == ticket.key, tickets.c.version == newest.version)
    before = unpack(db.execute(select(tickets.c.body).where(here)).scalar_one(), Ticket)
    if before.digest != ticket.digest:
        return False
    body = pack(changed(ticket, version=newest.version))
    db.execute(update(tickets).where(here).values(digest=ticket.told_by, body=body))
    return True


def _insert(db: Db, ticket: Ticket, *, newest: Any) -> None:
    late = newest is not None and newest.version > ticket.version
    talk = digest_of(canonical(ticket.turns))
    row = {"since": ticket.version, "talk": talk, "latest": not late, "state": "masked", "reason": None}
    if newest is not None and not late:
        db.execute(update(tickets).where(tickets.c.key == ticket.key).values(latest=False))
        if newest.talk == talk:
            row |= {"since": newest.since, "state": newest.state, "reason": newest.reason}
        else:
            asks.withdraw(db, ticket=ticket.key)
            drafts.reject_open(db, ticket.key, now=ticket.updated_at)
    same_named = {name: getattr(ticket, name) for name in ("key", "source", "external_id", "version")}
    same_named["digest"] = ticket.told_by
    told = {"person": ticket.person, "created_at": ticket.created_at, "body": pack(ticket)}
    db.execute(tickets.insert().values(**row, **same_named, **told))


def get(db: Db, key: str, version: int | None = None) -> Ticket | None:  # noqa: PLR0917 - db is what self is to a method
    """A ticket's newest version, or the one asked for."""
    which = tickets.c.latest if version is None else tickets.c.version == version
    body = db.execute(select(tickets.c.body).where(tickets.c.key == key, which)).scalar_one_or_none()
    return unpack(body, Ticket) if body is not None else None


def in_state(db: Db, state: TicketState, *, after: int = 0, limit: int = PAGE) -> tuple[TicketRow, ...]:
    """Newest versions in a state, oldest row first; `after` is the last id of the page before."""
    return _page(db, after=after, limit=limit, state=state)


def everything(db: Db) -> Iterator[TicketRow]:
    """Every ticket's newest version, page by page."""
    after = 0
    while page := _page(db, after=after, limit=PAGE):
        yield from page
        after = page[-1].id


def _page(db: Db, *, after: int, limit: int, state: TicketState | None = None) -> tuple[TicketRow, ...]:
    wanted = select(tickets.c.id, tickets.c.body, tickets.c.state, tickets.c.reason)
    wanted = wanted.where(tickets.c.latest, tickets.c.id > after).order_by(tickets.c.id).limit(limit)
    if state is not None:
        wanted = wanted.where(tickets.c.state == state)
    return tuple(TicketRow(row.id, unpack(row.body, Ticket), row.state, row.reason) for row in db.execute(wanted))


def state_of(db: Db, key: str) -> TicketState | None:
    found = db.execute(select(tickets.c.state).where(tickets.c.key == key, tickets.c.latest)).scalar_one_or_none()
    return cast(TicketState | None, found)


def move(db: Db, key: str, **step: Unpack[Step]) -> bool:
    """Compare and set: False when the ticket is not in one of `frm`, or its newest version tells another talk."""
    looked_at = and_(tickets.c.since <= step["version"], tickets.c.version >= step["version"])
    here = and_(tickets.c.key == key, tickets.c.latest, tickets.c.state.in_(step["frm"]), looked_at)
    moved = db.execute(update(tickets).where(here).values(state=step["to"], reason=step.get("reason")))
    return moved.rowcount == 1


def counts(db: Db) -> dict[TicketState, int]:
    """How many tickets stand where; states that nobody is in are left out."""
    found = db.execute(select(tickets.c.state, func.count()).where(tickets.c.latest).group_by(tickets.c.state))
    return {row[0]: row[1] for row in found}


def same_talk(db: Db, key: str, *, version: int) -> tuple[int, int]:
    """The versions, first and last, that tell the same talk as this one up to it."""
    one = select(tickets.c.since).where(tickets.c.key == key, tickets.c.version == version)
    since = db.execute(one).scalar_one_or_none()
    return (since if since is not None else version, version)
