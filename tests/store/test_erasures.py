"""What was erased cannot be read in the databases' own files either."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from anonymize.erasing import erase, filled
from casemill.store import Desk, Vault, erasures
from casemill.store.database import Database
from casemill.store.vault_tables import arrivals, entity_values
from casemill.store.vault_tables import vault as vault_metadata


def on_disk(database: Database, tables: list[str]) -> bytes:
    """Every byte that the database keeps: SQLite's file with its log, Postgres' table files."""
    file = database.place.file
    if file is not None:
        return b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))
    with database.alone() as db:
        db.execute(text("CHECKPOINT"))
        return b"".join(
            db.execute(text("SELECT pg_read_binary_file(pg_relation_filepath(:name))"), {"name": name}).scalar_one()
            for name in tables
        )


def test_the_bytes_are_gone_from_the_files(vault: Vault, desk: Desk, tmp_path: Path) -> None:
    project = filled(vault, desk, tmp_path)
    database: Any = vault._database
    with database.read() as db:
        [first] = db.execute(select(arrivals.c.content).where(arrivals.c.external_id == "T-9").limit(1)).scalars()
        [value] = db.execute(select(entity_values.c.value).order_by(entity_values.c.id).limit(1)).scalars()
    planted = "next door took order"
    names = (["arrivals", "entity_values"], ["tickets", "drafts", "proposals"])
    before = on_disk(database, names[0]), on_disk(desk, names[1])
    assert bytes(first)[:64] in before[0]
    assert bytes(value)[:64] in before[0]
    assert planted.encode() in before[1]
    assert erase(project, keeps="nothing").whole
    after = on_disk(database, names[0]), on_disk(desk, names[1])
    assert bytes(first)[:64] not in after[0]
    assert bytes(value)[:64] not in after[0]
    assert planted.encode() not in after[1]


def test_while_somebody_reads_the_file_it_is_told_and_the_next_run_ends_it(
    vault: Vault, desk: Desk, tmp_path: Path
) -> None:
    if desk.place.file is None:
        pytest.skip("Postgres has no reader that stops a writer; VACUUM FULL waits for its lock")
    project = filled(vault, desk, tmp_path)
    with desk.read() as db:
        db.execute(text("SELECT count(*) FROM tickets")).scalar_one()
        assert not erase(project).whole
    assert [one.state for one in vault.erasures()] == ["emptied"]
    assert erase(project).whole
    assert [one.state for one in vault.erasures()] == ["done"]


def test_the_journal_keeps_the_values_no_longer_than_they_are_needed(vault: Vault, desk: Desk, tmp_path: Path) -> None:
    project = filled(vault, desk, tmp_path)
    erase(project)
    [journal] = vault.erasures()
    assert journal.values == ()


def test_every_table_that_names_a_conversation_is_emptied_of_it() -> None:
    named = {name for name, table in vault_metadata.tables.items() if "external_id" in table.columns}
    assert named >= {"arrivals", "entities", "trace_wishes"}
    assert set(vault_metadata.tables) >= erasures._STAY
