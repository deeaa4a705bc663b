"""Every text on the desk, table by table, whatever tables there are: for who looks for what should not be there."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, Table, func, select

from casemill.domain.ticket import Ticket
from casemill.store.columns import Clean
from casemill.store.database import Db
from casemill.store.desk_tables import desk, drafts, leak_marks, leak_reviews, tickets
from casemill.store.rows import unpack

PAGE = 500


class DeskRow(NamedTuple):
    """A row's texts by column; `ticket` and `case` say whose it is, where the table tells."""

    table: str
    id: int
    ticket: str | None
    case: str | None
    texts: dict[str, str]


def count(db: Db) -> int:
    """How many rows there are."""
    return sum(db.execute(select(func.count()).select_from(table)).scalar_one() for table in desk.sorted_tables)


def pages(db: Db) -> Iterator[tuple[DeskRow, ...]]:
    """All rows of all tables, a page at a time, each table by id."""
    for table in desk.sorted_tables:
        after = 0
        while page := _page(db, table, after=after):
            yield page
            after = page[-1].id


def _page(db: Db, table: Table, *, after: int) -> tuple[DeskRow, ...]:
    texts = text_columns(table)
    wanted = select(table.c.id, *texts).where(table.c.id > after).order_by(table.c.id).limit(PAGE)
    return tuple(_row(table, row._asdict()) for row in db.execute(wanted))


def text_columns(table: Table) -> list[Column[Any]]:
    """The columns that can hold words."""
    return [column for column in table.columns if isinstance(column.type, Clean)]


def _row(table: Table, row: dict[str, Any]) -> DeskRow:
    id = row.pop("id")
    texts = {name: text for name, text in row.items() if text}
    ticket = texts.get("key" if table is tickets else "ticket")
    return DeskRow(table.name, id, ticket, texts.get("case"), texts)


def ticket_keys(db: Db) -> Iterator[list[str]]:
    """The keys of all tickets, a page at a time."""
    after = ""
    while page := list(
        db.execute(
            select(tickets.c.key).distinct().where(tickets.c.key > after).order_by(tickets.c.key).limit(PAGE)
        ).scalars()
    ):
        yield page
        after = page[-1]


class _CaseId(msgspec.Struct):
    id: str


class _Drafted(msgspec.Struct):
    case: _CaseId


_drafted = msgspec.json.Decoder(_Drafted)


def tickets_of_cases(db: Db) -> dict[str, str]:
    """Which ticket each drafted case came from, by the case's id."""
    rows = db.execute(select(drafts.c.ticket, drafts.c.body).order_by(drafts.c.id))
    return {_drafted.decode(row.body).case.id: row.ticket for row in rows}


def versions_of(db: Db, key: str) -> tuple[Ticket, ...]:
    """Every version of a ticket, oldest first."""
    bodies = db.execute(select(tickets.c.body).where(tickets.c.key == key).order_by(tickets.c.version)).scalars()
    return tuple(unpack(body, Ticket) for body in bodies)


def marked_by(db: Db, mark: int) -> str | None:
    """Who set a mark."""
    joined = leak_reviews.join(leak_marks, leak_marks.c.review_id == leak_reviews.c.id)
    found: str | None = db.execute(
        select(leak_reviews.c.by).select_from(joined).where(leak_marks.c.id == mark)
    ).scalar_one_or_none()
    return found
