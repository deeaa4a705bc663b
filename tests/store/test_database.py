"""Opening databases: where they are, who may read them, what a transaction is."""

import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

import make
from casemill.errors import SettingsError, StoreError
from casemill.settings import Store
from casemill.store import Desk, open_desk, tickets
from casemill.store.database import find_place
from casemill.store.desk_tables import tickets as table

KEY = "zendesk:48213"


def test_a_relative_path_is_taken_from_the_project(tmp_path: Path) -> None:
    assert find_place("desk", "sqlite:///.casemill/desk.db", root=tmp_path).file == tmp_path / ".casemill/desk.db"
    assert find_place("desk", f"sqlite:///{tmp_path}/a b.db", root=Path("/nowhere")).file == tmp_path / "a b.db"


@pytest.mark.parametrize("url", ["", "desk.db", "sqlite://", "sqlite:///:memory:", "mysql://host/desk", "oracle://x"])
def test_what_cannot_be_a_database_is_a_settings_error(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"\[store\] desk"):
        find_place("desk", url, root=tmp_path)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgres_is_reached_by_psycopg_and_its_password_is_not_shown(scheme: str, tmp_path: Path) -> None:
    place = find_place("desk", f"{scheme}://ann:secret@db.test:5433/shop", root=tmp_path)
    assert place.url.drivername == "postgresql+psycopg"
    assert place.shown == "the desk (db.test/shop)"


def test_the_files_are_their_owners_alone(tmp_path: Path) -> None:
    with open_desk(Store(), root=tmp_path) as desk, desk.write() as db:
        tickets.put(db, make.ticket())
        files = sorted((tmp_path / ".casemill").iterdir())
        assert [file.name for file in files] == ["desk.db", "desk.db-shm", "desk.db-wal"]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / ".casemill").stat().st_mode) == 0o700


def test_sqlite_is_set_up_as_the_house_says(tmp_path: Path) -> None:
    with open_desk(Store(), root=tmp_path) as desk, desk.read() as db:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "page_size")
        assert [db.execute(text(f"PRAGMA {name}")).scalar_one() for name in asked] == ["wal", 1, 1, 5000, 8192]


def test_an_error_inside_takes_everything_back(desk: Desk) -> None:
    def fail() -> None:
        with desk.write() as db:
            tickets.put(db, make.ticket())
            raise KeyError("a bug")

    with pytest.raises(KeyError):
        fail()
    with desk.read() as db:
        assert tickets.counts(db) == {}


def test_a_reader_cannot_write(desk: Desk) -> None:
    with pytest.raises(StoreError, match="read-only"), desk.read() as db:
        tickets.put(db, make.ticket())
    with desk.write() as db:
        assert tickets.put(db, make.ticket()) == "new"


def test_a_reader_sees_nothing_of_a_writer_that_has_not_finished(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket())
        with desk.read() as reader:
            assert tickets.counts(reader) == {}
    with desk.read() as reader:
        assert tickets.counts(reader) == {"masked": 1}


def test_threads_share_a_desk(desk: Desk) -> None:
    def work(number: int) -> None:
        with desk.write() as db:
            tickets.put(db, make.ticket(str(number)))

    workers = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with desk.read() as db:
        assert tickets.counts(db) == {"masked": 8}


def test_the_same_ticket_laid_twice_at_once_is_one(desk: Desk) -> None:
    start, told = threading.Barrier(4), []

    def work() -> None:
        start.wait()
        for version in range(1, 6):
            with desk.write() as db:
                told.append(tickets.put(db, make.ticket(version=version, digest=f"sha256:{version}")))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(told) == ["changed"] * 4 + ["new"] + ["same"] * 15
    with desk.read() as db:
        assert db.execute(select(func.count()).select_from(table).where(table.c.latest)).scalar_one() == 1


def test_what_a_check_refuses_is_told_without_the_value(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket())
    with pytest.raises(StoreError) as caught, desk.write() as db:
        tickets.move(db, KEY, version=1, frm=("masked",), to="Anna Test")  # type: ignore[arg-type]
    assert "Anna" not in str(caught.value)
    assert "Anna" not in repr(caught.value.__cause__)


def test_a_broken_word_in_a_row_is_told(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket())
        db.execute(table.update().values(body='{"source": "zendesk", "surprise": "Anna"}'))
    with pytest.raises(StoreError, match="a stored ticket cannot be read") as caught, desk.read() as db:
        tickets.get(db, KEY)
    assert "Anna" not in str(caught.value)


def test_both_databases_may_live_in_one(tmp_path: Path) -> None:
    from casemill.store import create_keys, open_vault

    create_keys(tmp_path)
    one = Store(desk="sqlite:///one.db", vault="sqlite:///one.db")
    with open_desk(one, root=tmp_path) as desk, open_vault(one, root=tmp_path) as vault:
        with desk.write() as db:
            tickets.put(db, make.ticket())
        vault.put_page([make.payload()], now=make.NOW)
        assert vault.counts() == {"arrived": 1}
