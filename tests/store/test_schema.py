"""Migrations lay out what the tables say, on both databases, and a newer schema is told."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from casemill.errors import StoreError
from casemill.settings import Store
from casemill.store import open_desk
from casemill.store.database import Database, find_place
from casemill.store.desk_tables import desk as desk_metadata
from casemill.store.schema import NEWEST, _config, bring_to_newest, look, version_table
from casemill.store.vault_tables import vault as vault_metadata

METADATA = {"desk": desk_metadata, "vault": vault_metadata}
both = pytest.mark.parametrize("name", ["desk", "vault"])


def database(name: str, home: Any) -> Database:
    return Database(find_place(name, getattr(home.store, name), root=home.root))


@both
def test_the_migrations_lay_out_the_tables_as_they_are_drawn(name: str, home: Any) -> None:
    metadata = METADATA[name]
    with database(name, home) as store, store.read() as db:
        context = MigrationContext.configure(
            db,
            opts={
                "include_name": lambda name, kind, _: kind != "table" or name in metadata.tables,
                "compare_type": False,
            },
        )
        assert compare_metadata(context, metadata) == []
        for table in metadata.tables.values():
            drawn = {constraint.name for constraint in table.constraints if "ck_" in str(constraint.name)}
            laid = {check["name"] for check in inspect(db).get_check_constraints(table.name)}
            assert drawn == laid, table.name
            kinds = {column["name"]: column["type"] for column in inspect(db).get_columns(table.name)}
            for column in table.columns:
                assert kinds[column.name]._type_affinity is column.type._type_affinity, column


@both
def test_the_checks_hold_the_same_values_as_the_words(name: str, tmp_path: Path) -> None:
    store = Store()
    path = tmp_path / ".casemill" / f"{name}.db"
    with Database(find_place(name, getattr(store, name), root=tmp_path)) as fresh:
        bring_to_newest(fresh)
        with fresh.read() as db:
            for table in METADATA[name].tables.values():
                drawn = {str(one.sqltext) for one in table.constraints if hasattr(one, "sqltext")}
                laid = {check["sqltext"] for check in inspect(db).get_check_constraints(table.name)}
                assert drawn == laid
    assert path.exists()


@both
def test_the_newest_version_is_the_last_script(name: str, home: Any) -> None:
    with database(name, home) as store, store.read() as db:
        assert ScriptDirectory.from_config(_config(db, name)).get_heads() == [NEWEST[name]]


@both
def test_a_schema_goes_down_to_nothing_and_up_again(name: str, home: Any) -> None:
    with database(name, home) as store:
        with store.write() as db:
            command.downgrade(_config(db, name), "base")
        with store.read() as db:
            assert set(METADATA[name].tables) & set(inspect(db).get_table_names()) == set()
        assert bring_to_newest(store)
        assert not bring_to_newest(store)


def test_a_newer_schema_is_told_and_left_alone(home: Any) -> None:
    with database("desk", home) as store, store.write() as db:
        db.execute(text(f"UPDATE {version_table('desk')} SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer casemill"):
        open_desk(home.store, root=home.root)
    desk = look(home.store, root=home.root)[1]
    assert (desk.version, "newer" in desk.told) == ("9999", True)


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy import event

    with Database(find_place("desk", "sqlite:///desk.db", root=tmp_path)) as store:

        def full(*given: Any) -> None:
            if "verdicts" in given[2]:
                raise RuntimeError("the disk went away")

        event.listen(store._engine, "before_cursor_execute", full)
        with pytest.raises(RuntimeError):
            bring_to_newest(store)
        event.remove(store._engine, "before_cursor_execute", full)
        with store.read() as db:
            assert inspect(db).get_table_names() == []
        assert bring_to_newest(store)


def test_two_that_open_a_new_desk_at_once_both_get_it(tmp_path: Path) -> None:
    errors: list[BaseException] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        try:
            open_desk(Store(), root=tmp_path).close()
        except StoreError as error:
            errors.append(error)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert errors == []


def test_looking_makes_nothing(tmp_path: Path) -> None:
    assert [one.version for one in look(Store(), root=tmp_path)] == [None, None]
    assert list(tmp_path.iterdir()) == []


def test_opening_at_the_newest_loads_no_alembic(tmp_path: Path) -> None:
    open_desk(Store(), root=tmp_path).close()
    code = (
        "import sys; from pathlib import Path\n"
        "from casemill.settings import Store; from casemill.store import open_desk\n"
        f"open_desk(Store(), root=Path({str(tmp_path)!r})).close(); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
