"""A database behind one door: SQLite or Postgres, one transaction at a time, errors told in plain words."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeAlias

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from casemill.errors import SettingsError, StoreError
from casemill.store.trouble import explain, is_busy, told

Db: TypeAlias = Connection

BUSY_SECONDS = 5
CONNECT_SECONDS = 10
# Twice what SQLite takes: a ticket fits in one, and the vault fills an eighth faster.
PAGE_BYTES = 8192


class Place(NamedTuple):
    """Which database: `name` is `desk` or `vault`, `where` tells a person without secrets, `file` is SQLite's."""

    name: str
    url: URL
    where: str
    file: Path | None

    @property
    def shown(self) -> str:
        """How messages call it."""
        return f"the {self.name} ({self.where})"


def find_place(name: str, url: str, *, root: Path) -> Place:
    """Where a `[store]` URL points; a relative SQLite path is taken from `root`. SettingsError when there is none."""
    try:
        read = make_url(url)
    except ArgumentError:
        raise SettingsError(f"[store] {name} is not a database URL", hint="as sqlite:///.casemill/desk.db") from None
    if read.get_backend_name() == "sqlite":
        if not read.database or read.database.startswith((":memory:", "file:")):
            raise SettingsError(f"[store] {name} needs a file", hint="as sqlite:///.casemill/desk.db")
        file = root / read.database
        return Place(name, URL.create("sqlite", database=str(file)), read.database, file)
    if read.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        where = f"{read.host or 'Postgres'}/{read.database}"
        return Place(name, read.set(drivername="postgresql+psycopg"), where, None)
    raise SettingsError(
        f"[store] {name} is neither SQLite nor Postgres: {read.drivername}",
        hint="use sqlite:///PATH or postgresql://USER@HOST/DATABASE",
    )


class Database:
    """The desk's or the vault's connections. Each `read` and `write` is one transaction; threads may share it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._engine = _connect(place)
        self._reader = self._engine.execution_options(postgresql_readonly=True)
        self._writer = self._engine.execution_options(casemill_writes=True)
        self._lasting = self._engine.execution_options(casemill_writes=True, casemill_lasts=True)

    @contextmanager
    def read(self) -> Iterator[Db]:
        """One consistent look; writing through it fails. StoreError when the database cannot be read."""
        with told(self.place.shown), self._reader.connect() as db:
            yield db

    @contextmanager
    def write(self, *, lasting: bool = False) -> Iterator[Db]:
        """One transaction: all of it or nothing, and never one inside another. StoreError when locked, full, lost.

        It outlives the process; a `lasting` one outlives a power cut too, for what nobody would send again.
        """
        with told(self.place.shown), (self._lasting if lasting else self._writer).begin() as db:
            yield db

    @contextmanager
    def alone(self) -> Iterator[Db]:
        """Each statement by itself, as upkeep of the database needs it; what fails is told as it is."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            yield db

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _connect(place: Place) -> Engine:
    if place.file is None:
        return _postgres(place)
    _make_file(place, place.file)
    _use_wal(place, place.file)
    engine = create_engine(place.url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgres(place: Place) -> Engine:
    try:
        waits = {} if "connect_timeout" in place.url.query else {"connect_timeout": CONNECT_SECONDS}
        engine = create_engine(place.url, hide_parameters=True, pool_pre_ping=True, connect_args=waits)
    except ModuleNotFoundError:
        raise StoreError(f"{place.shown} needs psycopg", hint='pip install "casemill[postgres]"') from None
    event.listen(engine, "begin", _begin_postgres)
    return engine


def _make_file(place: Place, file: Path) -> None:
    """An empty file only its owner can read; SQLite gives the same rights to the files it lays beside it."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        hint = "look at the folder's permissions, and at [store] in casemill.toml"
        raise StoreError(f"{place.shown} cannot be opened: {error.strerror}", hint=hint) from None


def _prepare_sqlite(connection: Any, _: object) -> None:
    # None: the driver opens no transactions of its own, so that BEGIN IMMEDIATE and transactional DDL are ours.
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A reader that writes would have to upgrade its lock and fail at random; query_only makes it fail always.
    writes = connection.get_execution_options().get("casemill_writes", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {int(not writes)}")
    if writes:
        lasts = connection.get_execution_options().get("casemill_lasts", False)
        connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if lasts else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    if connection.get_execution_options().get("casemill_writes", False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")


def _use_wal(place: Place, file: Path) -> None:
    """Switches the file to WAL, which it remembers, as a new file does the size of its pages. SQLite does not wait for
    a lock here, so we do."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with closing(sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)) as raw:
                if raw.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                    raw.execute(f"PRAGMA page_size = {PAGE_BYTES}")
                    raw.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.Error as error:
            if not is_busy(error) or time.monotonic() > until:
                raise explain(place.shown, error) from None
            time.sleep(0.02)
