"""Many rows at once are the rows that one at a time would be."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import select

from casemill.store.rows import insert_many
from casemill.store.vault_tables import arrivals

ALMATY = timezone(timedelta(hours=5))
AT = datetime(2026, 11, 21, 14, 0, 0, 123456, tzinfo=ALMATY)


def arrival(number: int, **fields: Any) -> dict[str, Any]:
    told = {"source": "file", "external_id": f"t{number}", "version": number, "digest": f"sha256:{number}"}
    return told | {"content": bytes([number, 0, 255]), "fetched_at": AT, "state": "arrived", "reason": None} | fields


@pytest.fixture
def vault_db(vault: Any) -> Any:
    with vault._database.write() as db:
        yield db


def test_rows_come_back_as_rows_put_one_by_one_do(vault_db: Any) -> None:
    rows = [arrival(1), arrival(2, reason="a\0b", source="x\0"), arrival(3, fetched_at=AT + timedelta(days=1))]
    insert_many(vault_db, arrivals, rows=rows)
    at_once = vault_db.execute(select(arrivals).order_by(arrivals.c.id)).all()
    vault_db.execute(arrivals.delete())
    for row in rows:
        vault_db.execute(arrivals.insert(), row)
    one_by_one = vault_db.execute(select(arrivals).order_by(arrivals.c.id)).all()
    assert [row[1:] for row in at_once] == [row[1:] for row in one_by_one]
    assert (at_once[1].reason, at_once[1].source) == ("ab", "x")
    assert (at_once[2].fetched_at, at_once[2].fetched_at.tzinfo) == (AT + timedelta(days=1), UTC)


def test_a_page_of_one_row_is_a_page(vault_db: Any) -> None:
    insert_many(vault_db, arrivals, rows=[arrival(1)])
    assert vault_db.execute(select(arrivals.c.content)).scalar_one() == b"\1\0\xff"


def test_rows_with_columns_in_another_order_lie_in_their_own(vault_db: Any) -> None:
    insert_many(vault_db, arrivals, rows=[dict(reversed(arrival(1).items())), arrival(2)])
    found = vault_db.execute(select(arrivals.c.external_id, arrivals.c.digest).order_by(arrivals.c.id)).all()
    assert [tuple(row) for row in found] == [("t1", "sha256:1"), ("t2", "sha256:2")]
