"""A ticket is erased from the desk: what was made of it goes, or stays without the way back, as the policy says."""

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from sqlalchemy import Table, delete, func, or_, select, update

from casemill.domain.case import Draft
from casemill.domain.erasure import Keeps
from casemill.domain.leak import LeakReview
from casemill.domain.review import Review
from casemill.domain.ticket import Ticket
from casemill.domain.word import Word, canonical, changed, digest_of
from casemill.store import remask
from casemill.store.database import Db
from casemill.store.desk_tables import (
    asks,
    desk,
    drafts,
    leak_marks,
    leak_reviews,
    proposals,
    reviews,
    tickets,
)
from casemill.store.remask import Anew
from casemill.store.rows import pack, unpack

_BLANKED: tuple[tuple[Table, type[Review | LeakReview]], ...] = ((reviews, Review), (leak_reviews, LeakReview))


class Leaving(NamedTuple):
    """A ticket that leaves the desk: its key, its cases, what stays of it, how what stays is written anew."""

    key: str
    cases: Collection[str]
    keeps: Keeps
    anew: Anew


def rows_about(db: Db, key: str, *, cases: Collection[str]) -> int:
    """How many rows tell of a ticket or of its cases."""
    found = 0
    for table in desk.sorted_tables:
        columns = table.columns
        mine = [columns[name] == key for name in (("key",) if table is tickets else ("ticket",)) if name in columns]
        if "case" in columns and cases:
            mine.append(columns["case"].in_(sorted(cases)))
        if mine:
            found += db.execute(select(func.count()).select_from(table).where(or_(*mine))).scalar_one()
    return found


def traces_of(db: Db, key: str) -> frozenset[str]:
    """The traces that were joined to a ticket."""
    bodies = db.execute(select(tickets.c.body).where(tickets.c.key == key)).scalars()
    words = [unpack(body, Ticket) for body in bodies]
    told = {trace for word in words if word.traced is not None for trace in word.traced.ids}
    return frozenset(told | {word.trace for word in words if word.trace})


def leave(db: Db, leaving: Leaving) -> None:
    """Everything about a ticket, masked once more; then without its person, its payload's digest and its way back. A
    second time nothing changes."""
    remask.rewrite(db, leaving.key, cases=leaving.cases, anew=leaving.anew)
    if leaving.keeps == "tickets":
        _each(db, (tickets, Ticket), key=leaving.key, change=_without_way_back)
        _each(db, (drafts, Draft), key=leaving.key, change=_without_lineage)
        return
    _each(db, (tickets, Ticket), key=leaving.key, change=_stub)
    db.execute(update(tickets).where(tickets.c.key == leaving.key).values(state="erased", reason=None, since=1))
    for table in (leak_marks, asks, proposals, drafts):
        db.execute(delete(table).where(table.c.ticket == leaving.key))
    for each in _BLANKED:
        _each(db, each, key=leaving.key, change=_silent)


def _each(db: Db, of: tuple[Table, type[Word]], *, key: str, change: Callable[[Any], Word]) -> None:
    table, kind = of
    named = table.c.key if table is tickets else table.c.ticket
    for row in db.execute(select(table).where(named == key)).all():
        word = change(unpack(row.body, kind))
        values: dict[str, Any] = {"body": pack(word)}
        if isinstance(word, Ticket):
            values |= {"person": None, "created_at": word.created_at, "digest": word.digest}
            values["talk"] = digest_of(canonical(word.turns))
        elif "digest" in table.c:
            # In the place of one that tells whether a guessed note is the right one.
            values["digest"] = f"erased:{row.id}"
        db.execute(update(table).where(table.c.id == row.id).values(**values))


def _without_way_back(ticket: Ticket) -> Ticket:
    files = tuple(changed(one, digest=None) for one in ticket.attachments)
    gone = {"person": None, "trace": None, "traced": None, "link": None, "attachments": files}
    return changed(ticket, digest=_digest(ticket), **gone)


def _stub(ticket: Ticket) -> Ticket:
    return Ticket(source=ticket.source, external_id=ticket.external_id, version=ticket.version, digest=_digest(ticket))


def _digest(ticket: Ticket) -> str:
    """In the place of the payload's digest, by which somebody who has the payload could tell it."""
    return f"erased:{ticket.version}"


def _without_lineage(draft: Draft) -> Draft:
    return changed(draft, case=changed(draft.case, lineage=None), id=None)


def _silent(review: Review | LeakReview) -> Review | LeakReview:
    """What was decided counts on; what was written goes."""
    return changed(review, note=None, id=None)
