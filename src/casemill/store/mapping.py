"""The mapping in the vault: who is behind each placeholder of a conversation.

Nothing here lists values: who asks names the conversation. A value is sealed to its row; its `lookup` is salted by
conversation and label, so that the same person in two tickets is two different digests.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from casemill.domain.placeholder import Entity
from casemill.errors import StoreError
from casemill.store import known, tombstones
from casemill.store.database import Db
from casemill.store.rows import CHUNK, about, chunks, hold
from casemill.store.seal import Seal
from casemill.store.vault_tables import entities, entity_values

Talk = tuple[str, str]
Numbered = tuple[Talk, str, int]


def read(db: Db, seal: Seal, *, talk: Talk) -> tuple[Entity, ...]:
    """The entities of a conversation (source, external id), by label and number, with every form met so far."""
    return read_all(db, seal, talks=[talk]).get(talk, ())


def read_all(db: Db, seal: Seal, *, talks: Iterable[Talk]) -> dict[Talk, tuple[Entity, ...]]:
    """The entities of many conversations; those without any are left out."""
    found: dict[Talk, list[Entity]] = defaultdict(list)
    rows = about(db, entities, talks=talks)
    forms = _forms(db, seal, rows={row.id: row for row in rows})
    for row in sorted(rows, key=lambda row: (row.label, row.number)):
        values = tuple(forms[row.id])
        entity = Entity(label=row.label, number=row.number, values=values, role=row.role)
        found[row.source, row.external_id].append(entity)
    return {talk: tuple(own) for talk, own in found.items()}


def save(db: Db, seal: Seal, *, talk: Talk, given: Sequence[Entity]) -> None:
    """Adds entities and forms that are not there yet; what is there stays, number and all."""
    save_all(db, seal, given={talk: given})


def save_all(db: Db, seal: Seal, *, given: Mapping[Talk, Sequence[Entity]]) -> None:
    """The same for many conversations, all or none.

    What was erased meanwhile is left out. StoreError when a number stands for somebody else: two workers masked the
    conversation at once.
    """
    for source, external_id in sorted(given):
        hold(db, f"mapping {source}:{external_id}")
    gone = tombstones.among(db, given)
    given = {talk: own for talk, own in given.items() if talk not in gone}
    ids = _numbered(db, given)
    lookups = _lookups(db, list(ids.values()))
    rows: list[dict[str, Any]] = []
    new: list[tuple[str, str]] = []
    for talk, entity in _each(given):
        id = ids[talk, entity.label, entity.number]
        forms = {seal.lookup(value, _row(talk, entity.label)): value for value in entity.values}
        if forms and lookups[id] and not lookups[id] & forms.keys():
            raise StoreError(
                f"another worker gave the placeholders of {talk[0]}:{talk[1]} meanwhile; nothing was written",
                hint="run this again",
            )
        numbered = (*_row(talk, entity.label), str(entity.number))
        added = {lookup: value for lookup, value in forms.items() if lookup not in lookups[id]}
        rows += [
            {"entity_id": id, "lookup": lookup, "value": seal.close_value(value, numbered)}
            for lookup, value in added.items()
        ]
        new += [(entity.label, value) for value in added.values()]
        lookups[id] |= forms.keys()
    if rows:
        db.execute(entity_values.insert(), rows)
        known.learn(db, seal, values=new)


def learn_all(db: Db, seal: Seal) -> None:
    """Makes every value known that was saved before values were; a page at a time, nothing is handed out."""
    after = 0
    while rows := db.execute(select(entities).where(entities.c.id > after).order_by(entities.c.id).limit(CHUNK)).all():
        forms = _forms(db, seal, rows={row.id: row for row in rows})
        known.learn(db, seal, values=((row.label, value) for row in rows for value in forms[row.id]))
        after = rows[-1].id


def _each(given: Mapping[Talk, Sequence[Entity]]) -> Iterator[tuple[Talk, Entity]]:
    return ((talk, entity) for talk, own in given.items() for entity in own)


def _forms(db: Db, seal: Seal, *, rows: Mapping[int, Row[Any]]) -> dict[int, list[str]]:
    """The opened values of some entities, in the order they were met."""
    forms: dict[int, list[str]] = defaultdict(list)
    for some in chunks(list(rows)):
        here = entity_values.c.entity_id.in_(some)
        for value in db.execute(select(entity_values).where(here).order_by(entity_values.c.id)):
            row = rows[value.entity_id]
            bound = (*_row((row.source, row.external_id), row.label), str(row.number))
            forms[row.id].append(seal.open_value(value.value, bound))
    return forms


def _numbered(db: Db, given: Mapping[Talk, Sequence[Entity]]) -> dict[Numbered, int]:
    """The row of each placeholder, made where there is none."""
    ids = _ids(db, given)
    rows: dict[Numbered, dict[str, Any]] = {}
    for talk, entity in _each(given):
        if (place := (talk, entity.label, entity.number)) not in ids:
            told = {"source": talk[0], "external_id": talk[1], "label": entity.label, "number": entity.number}
            rows.setdefault(place, told | {"role": entity.role})
    if not rows:
        return ids
    known.put_new(db, entities, rows=list(rows.values()))
    return _ids(db, given)


def _ids(db: Db, talks: Iterable[Talk]) -> dict[Numbered, int]:
    return {((row.source, row.external_id), row.label, row.number): row.id for row in about(db, entities, talks=talks)}


def _lookups(db: Db, ids: list[int]) -> dict[int, set[str]]:
    """The forms of each entity, as their HMACs."""
    found: dict[int, set[str]] = defaultdict(set)
    columns = select(entity_values.c.entity_id, entity_values.c.lookup)
    for some in chunks(ids):
        for entity_id, lookup in db.execute(columns.where(entity_values.c.entity_id.in_(some))):
            found[entity_id].add(lookup)
    return found


def _row(talk: Talk, label: str) -> tuple[str, ...]:
    return ("value", talk[0], talk[1], label)
