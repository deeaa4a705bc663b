"""Taking what was deleted out of a database's own files, where it stays until they are written anew."""

import sqlite3
from pathlib import Path

from sqlalchemy import exc

from casemill.store.database import BUSY_SECONDS, Database


def wipe(database: Database) -> bool:
    """Writes the database's files anew, without old rows; False when that cannot be: somebody else reads them just now.

    SQLite leaves old rows in free pages and in its log, Postgres in its tables until VACUUM FULL. What lies in
    Postgres' archived log, in replicas and in backups is not reached.
    """
    file = database.place.file
    return wipe_file(file) if file is not None else _wipe_tables(database)


def wipe_file(file: Path) -> bool:
    try:
        raw = sqlite3.connect(file, timeout=1, isolation_level=None)
        try:
            raw.execute("VACUUM")
            busy: int = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            raw.close()
    except sqlite3.OperationalError:
        return False
    return busy == 0


def _wipe_tables(database: Database) -> bool:
    from casemill.store.desk_tables import desk
    from casemill.store.vault_tables import vault

    tables = (desk if database.place.name == "desk" else vault).sorted_tables
    try:
        with database.alone() as db:
            db.exec_driver_sql(f"SET lock_timeout = '{BUSY_SECONDS}s'")
            for table in tables:
                db.exec_driver_sql(f"VACUUM (FULL) {table.name}")
    except exc.DBAPIError:
        return False
    return True
