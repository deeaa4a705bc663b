"""The schema's version: told by one look, brought to the newest by Alembic, which is imported only then."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, MetaData, Table, inspect, select

from casemill.domain.word import Word
from casemill.errors import StoreError
from casemill.settings import Store
from casemill.store.columns import Clean
from casemill.store.database import Database, Db, Place, find_place
from casemill.store.rows import hold

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = {"vault": "0007", "desk": "0004"}


class Schema(Word):
    """A database and its schema's version; None when it was not laid out yet."""

    name: str
    place: str
    version: str | None
    newest: str

    @property
    def told(self) -> str:
        """The version as a person would say it, with what to do about it."""
        if self.version is None:
            return "not laid out yet: casemill db upgrade"
        if self.version == self.newest:
            return f"schema {self.version}, the newest"
        if self.version > self.newest:
            return f"schema {self.version}, from a newer casemill: pip install -U casemill"
        return f"schema {self.version}, newest is {self.newest}: casemill db upgrade"


def look(settings: Store, *, root: Path) -> tuple[Schema, ...]:
    """Both databases as they stand; makes and changes nothing. StoreError when one cannot be read."""
    return tuple(
        Schema(name=name, place=place.where, version=_version_at(place), newest=NEWEST[name])
        for name, url in (("vault", settings.vault), ("desk", settings.desk))
        for place in (find_place(name, url, root=root),)
    )


def _version_at(place: Place) -> str | None:
    if place.file is not None and not place.file.exists():
        return None
    with Database(place) as database, database.read() as db:
        return version_of(db, place.name)


def version_table(name: str) -> str:
    """Each database has its own, so that both may live in one Postgres."""
    return f"alembic_version_{name}"


def version_of(db: Db, name: str) -> str | None:
    """The schema's version; None when nothing was laid out yet."""
    table = Table(version_table(name), MetaData(), Column("version_num", Clean))
    if not inspect(db).has_table(table.name):
        return None
    found: str | None = db.execute(select(table.c.version_num)).scalar_one_or_none()
    return found


def bring_to_newest(database: Database) -> bool:
    """Runs the migrations that are missing, in one transaction; True when there were any.

    Two processes may do this at once: the second waits, then finds nothing to do.
    """
    name = database.place.name
    with database.read() as db:
        if version_of(db, name) == NEWEST[name]:
            return False
    with database.write() as db:
        hold(db, f"casemill schema {name}")
        before = version_of(db, name)
        if before == NEWEST[name]:
            return False
        _upgrade(db, database, before=before)
    return True


def _upgrade(db: Db, database: Database, *, before: str | None) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = _config(db, database.place.name)
    try:
        if before is not None:
            ScriptDirectory.from_config(config).get_revision(before)
    except CommandError:
        raise StoreError(
            f"{database.place.shown} was written by a newer casemill (schema {before})",
            hint="upgrade casemill: pip install -U casemill",
        ) from None
    command.upgrade(config, "head")


def _config(db: Db, name: str) -> "Config":
    from alembic.config import Config

    config = Config(attributes={"connection": db})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations" / name).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def run_migrations(context: Any, *, name: str, metadata: MetaData) -> None:
    """What both env.py do: migrate on the connection they are given, inside its transaction."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        version_table=version_table(name),
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
