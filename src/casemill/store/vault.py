"""The vault: what sources sent, byte for byte, and who is behind each placeholder; encrypted, its own database."""

import hmac
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import select, update

from casemill.domain.arrival import Arrival, ArrivalState, Payload
from casemill.domain.placeholder import Entity
from casemill.errors import VaultKeyError
from casemill.settings import Store
from casemill.store import arrivals, mapping
from casemill.store.arrivals import Page, Stored, Stuck
from casemill.store.database import Database, Db, find_place
from casemill.store.keys import PEPPER_FILE, find_key
from casemill.store.rows import insert_new
from casemill.store.schema import bring_to_newest
from casemill.store.seal import Seal, keyed
from casemill.store.vault_tables import cursors, meta


class Vault:
    """Arrivals, cursors and the mapping; each verb is one transaction."""

    def __init__(self, database: Database, *, seal: Seal, pepper: bytes) -> None:
        self._database = database
        self._seal = seal
        self._pepper = pepper

    def put_page(self, payloads: Sequence[Payload], *, now: datetime, cursor: tuple[str, str] | None = None) -> Stored:
        """A page and the cursor behind it (source, text), both or neither. A payload that is there is not kept twice:
        one sent again after it changed counts as a replay."""
        with self._database.write() as db:
            stored = arrivals.put(db, self._seal, page=Page(payloads, now))
            if cursor is not None:
                _move_cursor(db, cursor)
        return stored

    def cursor(self, source: str) -> str | None:
        """Where the source was read up to."""
        with self._database.read() as db:
            found: str | None = db.execute(
                select(cursors.c.text).where(cursors.c.source == source)
            ).scalar_one_or_none()
        return found

    def waiting(self, *, after: int = 0, limit: int = 100) -> tuple[Arrival, ...]:
        """Arrivals not masked yet, every version, in the order they came; `after` is the last id of the page before."""
        with self._database.read() as db:
            return arrivals.waiting(db, self._seal, after=after, limit=limit)

    def arrival(  # noqa: PLR0917 - a version has no name of its own
        self, source: str, external_id: str, version: int | None = None
    ) -> Arrival | None:
        """One version of a conversation, the newest by default."""
        with self._database.read() as db:
            return arrivals.one(db, self._seal, which=(source, external_id, version))

    def counts(self) -> dict[ArrivalState, int]:
        """Arrivals by state; states with none are left out, and so is what was stuck until a newer version came."""
        with self._database.read() as db:
            return arrivals.counts(db)

    def stuck(self, *, limit: int) -> tuple[Stuck, ...]:
        """The first arrivals that could not be read, oldest first, each with its reason and without its payload."""
        with self._database.read() as db:
            return arrivals.stuck(db, limit=limit)

    def mark(self, arrival_ids: Iterable[int], *, state: ArrivalState, reason: str | None = None) -> None:
        """Where arrivals stand now."""
        with self._database.write() as db:
            arrivals.mark(db, arrival_ids, state=state, reason=reason)

    def entities(self, source: str, external_id: str) -> tuple[Entity, ...]:
        """Who is behind the placeholders of a conversation, by label and number, through all its versions."""
        with self._database.read() as db:
            return mapping.read(db, self._seal, talk=(source, external_id))

    def save_entities(  # noqa: PLR0917 - source and id are one name in two parts
        self, source: str, external_id: str, entities: Sequence[Entity]
    ) -> None:
        """Adds entities and forms that are not known yet; a number, once given, stays."""
        with self._database.write() as db:
            mapping.save(db, self._seal, talk=(source, external_id), given=entities)

    def person_key(self, source: str, requester_id: str) -> str:
        """32 hexadecimal digits that stand for a requester and tell nothing without the pepper."""
        return keyed(self._pepper, source, requester_id)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_vault(settings: Store, *, root: Path) -> Vault:
    """The vault at `[store] vault`, made and upgraded when needed; a relative path is taken from `root`.

    VaultKeyError when key or pepper are missing or not those it was written with; StoreError when it cannot be opened.
    """
    seal = Seal(find_key(root, settings.key_variable))
    pepper = find_key(root, settings.pepper_variable, file=PEPPER_FILE)
    with ExitStack() as closing:
        database = closing.enter_context(Database(find_place("vault", settings.vault, root=root)))
        bring_to_newest(database)
        _check(database, "key", value=seal.check)
        _check(database, "pepper", value=keyed(pepper, "casemill pepper check"))
        closing.pop_all()
    return Vault(database, seal=seal, pepper=pepper)


def _check(database: Database, name: str, *, value: str) -> None:
    """The first opening leaves a mark that only the same secret makes again."""
    with database.read() as db:
        told = db.execute(select(meta.c.value).where(meta.c.name == name)).scalar_one_or_none()
    if told is None:
        with database.write() as db:
            insert_new(db, meta, values={"name": name, "value": value}, unique=(meta.c.name,))
            told = db.execute(select(meta.c.value).where(meta.c.name == name)).scalar_one()
    if not hmac.compare_digest(told, value):
        called = "key" if name == "key" else "person pepper"
        raise VaultKeyError(
            f"{database.place.shown} was written with another {called}",
            hint="bring the one it was written with; a new one opens only a new vault",
        )


def _move_cursor(db: Db, cursor: tuple[str, str]) -> None:
    source, text = cursor
    if insert_new(db, cursors, values={"source": source, "text": text}, unique=(cursors.c.source,)) is None:
        db.execute(update(cursors).where(cursors.c.source == source).values(text=text))
