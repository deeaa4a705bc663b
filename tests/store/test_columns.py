"""Types that mean the same on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

import make
from casemill.store import Desk, proposals
from casemill.store.columns import Utc
from casemill.store.desk_tables import proposals as table
from casemill.store.rows import pack, unpack


def test_a_datetime_comes_back_aware_and_in_utc(desk: Desk) -> None:
    almaty = datetime(2026, 11, 21, 14, 0, 0, 123456, tzinfo=timezone(timedelta(hours=5)))
    with desk.write() as db:
        proposals.add(db, make.proposal(at=almaty))
        at = db.execute(select(table.c.at)).scalar_one()
    assert at == almaty
    assert at.tzinfo == UTC


def test_a_naive_datetime_is_refused(desk: Desk) -> None:
    with pytest.raises(StatementError, match="without a time zone"), desk.write() as db:
        db.execute(table.insert().values(at=datetime(2026, 11, 21)))  # noqa: DTZ001
    with desk.read() as db:
        assert db.execute(select(table)).all() == []


def test_no_time_is_no_time() -> None:
    from sqlalchemy.dialects import sqlite

    assert Utc().process_bind_param(None, sqlite.dialect()) is None


@pytest.mark.parametrize("said", ["a\0b", "\0\0", "\\u0000", "\\\0", "\\\\u0000\0x", "plain"])
def test_a_body_loses_nul_and_nothing_else(said: str) -> None:
    from casemill.domain.ticket import Turn

    body = pack(Turn(role="customer", text=said))
    assert unpack(body, Turn).text == said.replace("\0", "")
