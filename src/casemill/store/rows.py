"""Between rows and words: the body column, inserts that a twin does not stop, many rows at once, and locks by name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Column, Dialect, LargeBinary, Row, Table, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from casemill.domain.word import Word, canonical
from casemill.errors import StoreError
from casemill.store.columns import Clean
from casemill.store.database import Db

AnyWord = TypeVar("AnyWord", bound=Word)

CHUNK = 500
ESCAPED_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")


def pack(word: Word) -> str:
    """The whole word as canonical JSON, without NUL."""
    body = canonical(word)
    if b"\\u0000" in body:
        body = ESCAPED_NUL.sub(rb"\1", body)
    return body.decode()


def unpack(body: str, kind: type[AnyWord]) -> AnyWord:
    """The word a body holds; StoreError when another casemill wrote a form this one does not know."""
    try:
        word: AnyWord = _decoder(kind).decode(body)
    except msgspec.MsgspecError:
        raise StoreError(
            f"a stored {kind.__name__.lower()} cannot be read by this casemill",
            hint="upgrade casemill: pip install -U casemill",
        ) from None
    return word


@cache
def _decoder(kind: type[Any]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def insert_new(db: Db, table: Table, *, values: Mapping[str, Any], unique: tuple[Column[Any], ...]) -> Any:
    """Inserts a row and gives its primary key; None when one with the same `unique` columns is there already."""
    make = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    statement = make(table).values(**values).on_conflict_do_nothing(index_elements=list(unique))
    return db.execute(statement.returning(*table.primary_key)).scalar_one_or_none()


def insert_or_find(db: Db, table: Table, *, values: Mapping[str, Any], unique: Column[Any]) -> tuple[int, bool]:
    """The id of the row that holds this value in `unique`, and whether it was inserted just now."""
    while True:
        if (made := insert_new(db, table, values=values, unique=(unique,))) is not None:
            return made, True
        there = db.execute(select(table.c.id).where(unique == values[unique.name])).scalar_one_or_none()
        # None: whoever held the value let go of it between the two statements, so it is ours to take.
        if there is not None:
            return there, False


def insert_many(db: Db, table: Table, *, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows that all name the same columns. Values are made ready a column at a time, each only once: of 16 µs
    a row that SQLAlchemy's own way takes, 6 go into doing that row by row."""
    made = table.insert().compile(dialect=db.dialect, column_keys=list(rows[0]))
    names = made.positiontup or list(rows[0])
    columns = (_ready(table.c[name], [row[name] for row in rows], dialect=db.dialect) for name in names)
    ready = list(zip(*columns, strict=True))
    db.exec_driver_sql(str(made), ready if made.positional else [dict(zip(names, row, strict=True)) for row in ready])


def _ready(column: Column[Any], values: list[Any], *, dialect: Dialect) -> list[Any]:
    """A column's values as the driver takes them; every driver takes bytes."""
    turn = column.type.dialect_impl(dialect).bind_processor(dialect)
    if turn is None or isinstance(column.type, LargeBinary):
        return values
    turned = {value: turn(value) for value in set(values)}
    return [turned[value] for value in values]


def chunks(items: list[Any]) -> Iterator[list[Any]]:
    """As many at once as any database takes in one statement."""
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))


def about(db: Db, table: Table, *, talks: Iterable[tuple[str, str]]) -> list[Row[Any]]:
    """The rows about some conversations (source, external id), by source."""
    ids: dict[str, dict[str, None]] = defaultdict(dict)
    for source, external_id in talks:
        ids[source][external_id] = None
    found: list[Row[Any]] = []
    for source in sorted(ids):
        for some in chunks(list(ids[source])):
            here = (table.c.source == source) & table.c.external_id.in_(some)
            found += db.execute(select(table).where(here))
    return found


def hold(db: Db, name: str) -> None:
    """Until the transaction ends, nobody else holds this name; on SQLite the one writer holds everything."""
    if db.dialect.name != "sqlite":
        db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(literal(name, Clean()), 0))))
