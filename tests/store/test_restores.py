"""No name without a line, and no line that can be altered, taken out or put in without showing."""

from collections.abc import Callable
from datetime import timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

import make
from casemill.domain.placeholder import Entity
from casemill.errors import StoreError
from casemill.store import Vault
from casemill.store.restores import Restoring
from casemill.store.vault_tables import entity_values, meta, restores

REASON = "Refund 5512 must go to the account holder"


@pytest.fixture
def filled(vault: Vault) -> Vault:
    """Three lines about two people."""
    people = [Entity(label="NAME", number=number, values=(name,)) for number, name in ((1, "Anna Test"), (2, "Bob"))]
    vault.save_entities("zendesk", "1", people)
    for minute, number in enumerate((1, 2, 1)):
        assert vault.restore(asked(number), now=make.NOW + timedelta(minutes=minute))
    return vault


def asked(number: int = 1) -> Restoring:
    return Restoring(("zendesk", "1"), "NAME", number, "dpo@shop.test", REASON)


def test_each_line_tells_who_when_what_and_why_and_never_the_value(filled: Vault) -> None:
    audit = filled.audit()
    assert audit.broken is None
    assert [(line.number, line.ticket, line.placeholder) for line in audit.lines] == [
        (1, "zendesk:1", "[NAME_1]"),
        (2, "zendesk:1", "[NAME_2]"),
        (3, "zendesk:1", "[NAME_1]"),
    ]
    assert {(line.by, line.reason) for line in audit.lines} == {("dpo@shop.test", REASON)}
    assert audit.lines[0].at == make.NOW
    assert "Anna" not in f"{audit}"


def test_the_reason_is_sealed(filled: Vault) -> None:
    with filled._database.read() as db:
        assert all(b"Refund" not in bytes(row.reason) for row in db.execute(select(restores)))


def test_nobody_behind_the_placeholder_writes_no_line(filled: Vault) -> None:
    assert filled.restore(asked(9), now=make.NOW) is None
    assert len(filled.audit().lines) == 3


def test_a_value_that_does_not_open_leaves_no_line(filled: Vault) -> None:
    with filled._database.write() as db:
        db.execute(update(entity_values).values(value=b"x" * 60))
    with pytest.raises(StoreError):
        filled.restore(asked(), now=make.NOW)
    assert len(filled.audit().lines) == 3


def test_a_time_in_another_zone_is_the_same_time(filled: Vault) -> None:
    filled.restore(asked(), now=make.NOW.astimezone(timezone(timedelta(hours=5))))
    assert filled.audit().broken is None


Harm = Callable[[Any], object]


def drop_first(db: Any) -> None:
    db.execute(delete(restores).where(restores.c.id == db.execute(select(restores.c.id)).scalars().first()))


def drop_last(db: Any) -> None:
    last = db.execute(select(restores.c.id).order_by(restores.c.id.desc())).scalars().first()
    db.execute(delete(restores).where(restores.c.id == last))


def swap(db: Any) -> None:
    first, second, _ = db.execute(select(restores).order_by(restores.c.id)).all()
    for row, id in ((first, second.id), (second, first.id)):
        told = {name: value for name, value in row._asdict().items() if name != "id"}
        db.execute(update(restores).where(restores.c.id == id).values(**told))


def copy_last(db: Any) -> None:
    row = db.execute(select(restores).order_by(restores.c.id.desc())).first()
    told = {name: value for name, value in row._asdict().items() if name != "id"}
    db.execute(insert(restores).values(**told))


@pytest.mark.parametrize(
    "harm",
    [
        lambda db: db.execute(update(restores).where(restores.c.number == 2).values(by="somebody@shop.test")),
        lambda db: db.execute(update(restores).where(restores.c.number == 2).values(number=1)),
        lambda db: db.execute(update(restores).where(restores.c.number == 2).values(at=make.NOW)),
        drop_first,
        drop_last,
        lambda db: db.execute(delete(restores)),
        lambda db: db.execute(delete(meta).where(meta.c.name == "restores")),
        swap,
        copy_last,
    ],
    ids=["who", "what", "when", "first gone", "last gone", "all gone", "head gone", "swapped", "put in"],
)
def test_a_line_altered_taken_out_or_put_in_shows(harm: Harm, filled: Vault) -> None:
    with filled._database.write() as db:
        harm(db)
    assert filled.audit().broken


def test_the_code_never_changes_or_removes_a_line() -> None:
    import inspect

    from casemill.store import restores as module
    from casemill.store import vault

    source = inspect.getsource(module) + inspect.getsource(vault)
    assert "update(restores)" not in source
    assert "delete(" not in source
