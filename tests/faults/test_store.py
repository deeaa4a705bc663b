"""The world fails under the store: full disk, locks, lost servers; a plain error, nothing half-written."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

import make
from casemill.errors import StoreError
from casemill.settings import Store
from casemill.store import Desk, create_keys, database, open_desk, open_vault, tickets

TESTS = Path(__file__).parents[1]


@contextmanager
def other_process(statement: str, file: Path) -> Iterator[None]:
    """Another process that has run a statement on an SQLite file and holds what it took."""
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute(sys.argv[2]); print('held', flush=True); sys.stdin.read()"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", code, str(file), statement], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert running.stdin
    assert running.stdout
    running.stdout.readline()
    try:
        yield
    finally:
        running.communicate()


def test_a_desk_that_another_process_holds_is_told_and_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.3)
    with open_desk(Store(), root=tmp_path) as desk:
        with other_process("BEGIN IMMEDIATE", tmp_path / ".casemill/desk.db"):
            with pytest.raises(StoreError, match="locked by another process") as caught, desk.write() as db:
                tickets.put(db, make.ticket())
            assert caught.value.hint
            with desk.read() as db:
                assert tickets.counts(db) == {}
            open_desk(Store(), root=tmp_path).close()
        with desk.write() as db:
            assert tickets.put(db, make.ticket()) == "new"


def test_a_new_file_that_another_process_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.3)
    file = tmp_path / ".casemill/desk.db"
    file.parent.mkdir()
    with other_process("BEGIN EXCLUSIVE", file), pytest.raises(StoreError, match="locked by another process"):
        open_desk(Store(), root=tmp_path)
    open_desk(Store(), root=tmp_path).close()


FILL = """
import json, os, resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import make
from casemill.errors import StoreError
from casemill.settings import Store
from casemill.store import open_vault
root = Path(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open_vault(Store(), root=root) as vault:
    limit = (root / ".casemill/vault.db-wal").stat().st_size + 300_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    told = None
    for page in range(100):
        try:
            payloads = [make.payload(f"{page}-{n}", content=os.urandom(1400)) for n in range(40)]
            vault.put_page(payloads, now=make.NOW, cursor=("zendesk", str(page + 1)))
        except StoreError as error:
            told = [str(error), error.hint]
            break
    print(json.dumps({"told": told, "cursor": vault.cursor("zendesk"), "held": vault.counts()}))
"""


def check_full(done: subprocess.CompletedProcess[str], root: Path) -> None:
    """The error is plain, whole pages stand with their cursor, and with room again the vault goes on."""
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert "disk is full" in seen["told"][0]
    assert "free some space" in seen["told"][1]
    pages = int(seen["cursor"] or 0)
    assert seen["held"].get("arrived", 0) == 40 * pages
    with open_vault(Store(), root=root) as vault:
        assert vault.counts().get("arrived", 0) == 40 * pages
        assert len(vault.waiting(limit=5000)) == 40 * pages
        vault.put_page([make.payload("after")], now=make.NOW)
    checked = sqlite3.connect(root / ".casemill/vault.db")
    assert checked.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    checked.close()


def test_a_file_that_may_not_grow_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    create_keys(tmp_path)
    done = subprocess.run([sys.executable, "-c", FILL, str(TESTS), str(tmp_path)], capture_output=True, text=True)
    check_full(done, tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """One megabyte, as a file system of its own."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"cannot mount a small disk here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_and_nothing_is_half_written(small_disk: Path) -> None:
    create_keys(small_disk)
    free = FILL.replace("resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))", "pass")
    done = subprocess.run([sys.executable, "-c", free, str(TESTS), str(small_disk)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert "disk is full" in seen["told"][0]
    assert seen["held"].get("arrived", 0) == 40 * int(seen["cursor"] or 0)
    subprocess.run(["mount", "-o", "remount,size=16m", str(small_disk)], check=True)
    check_full(done, small_disk)


def test_a_disk_too_full_to_lay_out_a_desk_is_told(small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(b"x" * (1024 * 1024 - 64 * 1024))
    with pytest.raises(StoreError, match="disk is full"):
        open_desk(Store(), root=small_disk)
    (small_disk / "filler").unlink()
    with open_desk(Store(), root=small_disk) as desk, desk.read() as db:
        assert tickets.counts(db) == {}


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / ".casemill").mkdir()
    (tmp_path / ".casemill/desk.db").write_bytes(b"this is no database at all\n" * 400)
    with pytest.raises(StoreError, match="damaged, or is not a database"):
        open_desk(Store(), root=tmp_path)


@pytest.mark.parametrize("there", ["a folder", "a file for a folder"])
def test_what_cannot_be_opened_is_told(there: str, tmp_path: Path) -> None:
    if there == "a folder":
        (tmp_path / ".casemill/desk.db").mkdir(parents=True)
    else:
        (tmp_path / ".casemill").write_text("")
    with pytest.raises(StoreError, match=r"the desk \(.casemill/desk.db\) cannot be opened"):
        open_desk(Store(), root=tmp_path)


def test_a_postgres_that_is_not_there_is_told_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql://ann:geheim@/shop?host={tmp_path}"
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        open_desk(Store(desk=url), root=tmp_path)
    assert "geheim" not in f"{caught.value} {caught.value.hint} {caught.value.__cause__}"


@pytest.mark.postgres
def test_a_postgres_database_or_user_that_is_missing_is_told(postgres: Any, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist in Postgres"):
        open_desk(Store(desk=postgres.database("nowhere")), root=tmp_path)
    stranger = postgres.url.replace("postgres:@", "stranger:@")
    with pytest.raises(StoreError, match="refuses this user"):
        open_desk(Store(desk=stranger), root=tmp_path)


@pytest.fixture
def team_desk(postgres: Any, blank_postgres: str, tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    name = f"faults_{os.getpid()}"
    postgres.command(f"CREATE DATABASE {name} TEMPLATE {blank_postgres}")
    url = postgres.database(name)
    with open_desk(Store(desk=url), root=tmp_path) as desk:
        yield desk, url
    postgres.command(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.postgres
def test_a_connection_that_breaks_takes_its_transaction_back(team_desk: tuple[Desk, str]) -> None:
    desk, url = team_desk

    def lay_two() -> None:
        with desk.write() as db:
            tickets.put(db, make.ticket("1"))
            with psycopg.connect(url, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
            tickets.put(db, make.ticket("2"))

    with pytest.raises(StoreError, match="connection to Postgres broke"):
        lay_two()
    with desk.read() as db:
        assert tickets.counts(db) == {}


@pytest.mark.postgres
def test_a_table_that_another_process_holds_is_told(
    team_desk: tuple[Desk, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, url = team_desk
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.3)
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE tickets IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreError, match="locked by another process"), desk.write() as db:
            tickets.put(db, make.ticket())
    with desk.write() as db:
        assert tickets.put(db, make.ticket()) == "new"


def test_too_many_files_open_is_told(tmp_path: Path) -> None:
    open_desk(Store(), root=tmp_path).close()
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    spare: list[int] = []
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, before[1]))
        with pytest.raises(OSError):  # noqa: PT012 - until the limit is met
            while True:
                spare.append(os.open("/dev/null", os.O_RDONLY))
        with pytest.raises(StoreError, match="cannot be opened"):
            open_desk(Store(), root=tmp_path)
    finally:
        for handle in spare:
            os.close(handle)
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
