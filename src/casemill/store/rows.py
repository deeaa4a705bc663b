"""Between rows and words: the body column, inserts that a twin does not stop, and locks by name."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Column, Table, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from casemill.domain.word import Word, canonical
from casemill.errors import StoreError
from casemill.store.columns import Clean
from casemill.store.database import Db

AnyWord = TypeVar("AnyWord", bound=Word)

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


def hold(db: Db, name: str) -> None:
    """Until the transaction ends, nobody else holds this name; on SQLite the one writer holds everything."""
    if db.dialect.name != "sqlite":
        db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(literal(name, Clean()), 0))))
