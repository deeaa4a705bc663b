"""The vault: what sources sent, byte for byte, and who is behind each placeholder; encrypted, its own database."""

import hmac
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self

from sqlalchemy import select, update

from casemill.domain.arrival import Arrival, ArrivalState, Payload
from casemill.domain.erasure import ErasureState
from casemill.domain.notice import Danger, Flag, Notice
from casemill.domain.placeholder import Entity
from casemill.errors import VaultKeyError
from casemill.settings import Store
from casemill.store import (
    arrivals,
    erasures,
    hooks,
    known,
    learned,
    mapping,
    restores,
    row_ids,
    screening,
    tombstones,
    traces,
)
from casemill.store.arrivals import Page, Stored, Stuck
from casemill.store.database import Database, Db, find_place
from casemill.store.erasures import Erasing, Journal
from casemill.store.hooks import Heard, Look
from casemill.store.keys import PEPPER_FILE, find_key
from casemill.store.known import KnownValues
from casemill.store.mapping import Talk
from casemill.store.restores import Audit, Restoring
from casemill.store.rows import insert_new
from casemill.store.schema import bring_to_newest
from casemill.store.screening import Lease, Screened
from casemill.store.seal import PLAIN_DIGEST, DigestKind, Seal, keyed, keyed_digest
from casemill.store.traces import Offer, SpanRow, TracesStored, Wish
from casemill.store.vault_tables import cursors, meta
from casemill.store.wiping import wipe

KNOWN = "known"


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
            named = row_ids.keyed(db, payloads, key=partial(keyed_digest, self._pepper, "row"))
            stored = arrivals.put(db, self._seal, page=Page(named, now))
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

    def mark_masked(self, done: Iterable[Arrival]) -> None:
        """Arrivals are masked, but for those to which a trace came since they were read: they wait again."""
        with self._database.write() as db:
            arrivals.mark_masked(db, done)

    def lease(self, wanted: Lease) -> tuple[Arrival, ...]:
        """Arrivals to be screened, held by one worker for a while; one that was killed lets go of them by time."""
        with self._database.write() as db:
            return screening.lease(db, self._seal, wanted=wanted)

    def settle(self, found: Screened) -> int:
        """Arrivals are screened: their flags and the Notices of these, both or neither; how many were not yet."""
        with self._database.write() as db:
            return screening.settle(db, found=found)

    def flags_of(self, arrival_ids: Sequence[int]) -> dict[int, tuple[Flag, ...]]:
        """What screening found, by arrival; those that nobody has looked at are left out."""
        with self._database.read() as db:
            return screening.flags_of(db, arrival_ids)

    def notices(self, *, limit: int) -> tuple[dict[Danger, int], tuple[Notice, ...]]:
        """How many Notices wait, by danger, and the newest of them."""
        with self._database.read() as db:
            return screening.counts(db), screening.open_notices(db, limit=limit)

    def hear(self, heard: Heard, *, now: datetime, due: datetime) -> bool:
        """Keeps that a webhook named a ticket, which may be looked at from `due` on; outlives a power cut. False when
        the delivery came before."""
        with self._database.write(lasting=True) as db:
            return hooks.put(db, self._seal, heard=heard, times=(now, due))

    def claim_look(self, source: str, *, by: str, now: datetime, until: datetime) -> Look | None:
        """The ticket that a webhook named and that is due for longest, held for `by` until then; None: none is due."""
        with self._database.write() as db:
            return hooks.claim(db, source=source, by=by, times=(now, until))

    def finish_look(self, look: Look, *, due: datetime) -> None:
        """The ticket was fetched; if a webhook named it meanwhile, it is looked at again at `due`."""
        with self._database.write() as db:
            hooks.finish(db, look, due=due)

    def postpone_look(self, look: Look, *, due: datetime) -> None:
        """The ticket could not be fetched: it is tried again at `due`."""
        with self._database.write() as db:
            hooks.postpone(db, look, due=due)

    def looks_due(self, *, now: datetime) -> dict[str, int]:
        """How many tickets that webhooks named are to be fetched, by source."""
        with self._database.read() as db:
            return hooks.due(db, now=now)

    def forget_deliveries(self, *, before: datetime) -> int:
        """Lets go of what tells a delivery again, of deliveries that came before a moment; how many."""
        with self._database.write() as db:
            return hooks.forget(db, before=before)

    def put_spans(
        self, rows: Sequence[SpanRow], *, now: datetime, cursor: tuple[str, str] | None = None
    ) -> TracesStored:
        """Spans of traces and the cursor behind them, both or neither; tickets that look for them wait again."""
        with self._database.write() as db:
            stored = traces.put(db, self._seal, rows=rows, now=now)
            if cursor is not None:
                _move_cursor(db, cursor)
        return stored

    def trace_offers(self, wishes: Mapping[Talk, Sequence[Wish]]) -> dict[Talk, tuple[Offer, ...]]:
        """Traces that tickets look for; the wishes are kept, so that what comes later finds them."""
        with self._database.write() as db:
            return traces.offers(db, self._seal, wishes=wishes)

    def spans_of(self, wanted: Collection[str]) -> dict[str, tuple[bytes, ...]]:
        """The spans' containers by trace, oldest first."""
        with self._database.read() as db:
            return traces.contents(db, self._seal, traces=wanted)

    def traces(self) -> tuple[int, int]:
        """How many traces and spans there are."""
        with self._database.read() as db:
            return traces.count(db)

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

    def entities_of(self, talks: Iterable[Talk]) -> dict[Talk, tuple[Entity, ...]]:
        """The same for many conversations (source, external id) in one look; those without any are left out."""
        with self._database.read() as db:
            return mapping.read_all(db, self._seal, talks=talks)

    def save_all(self, given: Mapping[Talk, Sequence[Entity]]) -> None:
        """`save_entities` for many conversations in one transaction: all of them or none."""
        with self._database.write() as db:
            mapping.save_all(db, self._seal, given=given)

    def versions(self, talks: Iterable[Talk]) -> tuple[Arrival, ...]:
        """Every version of some conversations, oldest first."""
        with self._database.read() as db:
            return arrivals.versions(db, self._seal, talks=talks)

    def known(self) -> KnownValues:
        """What tells of a piece of text whether it is anybody's, without opening a value."""
        with self._database.read() as db:
            filled = db.execute(select(meta.c.value).where(meta.c.name == KNOWN)).scalar_one_or_none()
        if filled is None:
            with self._database.write() as db:
                mapping.learn_all(db, self._seal)
                insert_new(db, meta, values={"name": KNOWN, "value": "all"}, unique=(meta.c.name,))
        with self._database.read() as db:
            return known.read(db, self._seal)

    def confirm(self, values: Iterable[str]) -> None:
        """Keep that a reader called values personal: what is like them is a leak wherever it stands."""
        with self._database.write() as db:
            known.confirm(db, self._seal, values=values)

    def restore(self, wanted: Restoring, *, now: datetime) -> Entity | None:
        """Who is behind a placeholder, with a line in the audit: both or neither. None (and no line) when nobody is.

        Who may ask is decided by `anonymize.restore_value`; nothing else calls this.
        """
        with self._database.write() as db:
            entities = mapping.read(db, self._seal, talk=wanted.talk)
            found = next((one for one in entities if (one.label, one.number) == (wanted.label, wanted.number)), None)
            if found is not None:
                restores.add(db, self._seal, wanted=wanted, now=now)
        return found

    def erase(self, wanted: Sequence[Erasing], *, now: datetime) -> None:
        """Take tickets out of the vault, tombstones and audit lines in: all or nothing. What is erased stays so.

        Who may ask is decided by `anonymize.erase_tickets`; nothing else calls this.
        """
        with self._database.read() as db:
            held = erasures.look_elsewhere(db, self._seal, wanted=wanted)
        with self._database.write(lasting=True) as db:
            erasures.erase(db, self._seal, wanted=wanted, held=held, now=now)

    def close_erasure(self, journal: Journal) -> None:
        """How an erasure stands now."""
        with self._database.write() as db:
            erasures.close(db, self._seal, journal=journal)

    def erasures(self, *states: ErasureState) -> tuple[Journal, ...]:
        """What was erased, oldest first; or only what is in some states."""
        with self._database.read() as db:
            return erasures.all_of(db, self._seal, states=states)

    def erased(self, talks: Iterable[Talk]) -> frozenset[Talk]:
        """Those of the conversations that were erased and are not taken in again."""
        with self._database.read() as db:
            return tombstones.among(db, talks)

    def talks(self) -> Iterator[list[Talk]]:
        """The conversations of which there is anything, a page at a time, by source and id."""
        after = ("", "")
        while page := self._talks_after(after):
            yield page
            after = page[-1]

    def _talks_after(self, after: Talk) -> list[Talk]:
        with self._database.read() as db:
            return erasures.talks_after(db, after)

    def holds(self, source: str, external_id: str) -> bool:
        """Whether there is a payload or a mapping of the conversation."""
        with self._database.read() as db:
            return erasures.holds_any(db, (source, external_id))

    def wipe(self) -> bool:
        """Takes what was deleted out of the database's own files; False when somebody else reads them just now."""
        return wipe(self._database)

    def audit(self) -> Audit:
        """Who had which placeholder's value shown, and why."""
        with self._database.read() as db:
            return restores.audit(db, self._seal)

    def learn(self, label: str, value: str) -> bool:
        """Take up a word that is personal in every ticket; False when it is known."""
        with self._database.write() as db:
            return learned.add(db, self._seal, term=(label, value))

    def learned(self) -> tuple[tuple[str, str], ...]:
        """Those words (label, value): an organization, a branch, a courier; never a person's."""
        with self._database.read() as db:
            return learned.read(db, self._seal)

    def person_key(self, source: str, requester_id: str) -> str:
        """32 hexadecimal digits that stand for a requester and tell nothing without the pepper."""
        return keyed(self._pepper, source, requester_id)

    def outside(self, kind: DigestKind, digest: str) -> str:
        """What stands for a digest of raw content wherever it leaves the vault: the same for the same digest, and
        telling nothing without the pepper. One that is keyed already stays."""
        return keyed_digest(self._pepper, kind, digest=digest) if digest.startswith(PLAIN_DIGEST) else digest

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
