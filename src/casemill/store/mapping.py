"""The mapping in the vault: who is behind each placeholder of a conversation."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from casemill.domain.placeholder import Entity
from casemill.errors import StoreError
from casemill.store.database import Db
from casemill.store.rows import hold, insert_new
from casemill.store.seal import Seal
from casemill.store.vault_tables import entities, entity_values


def read(db: Db, seal: Seal, *, talk: tuple[str, str]) -> tuple[Entity, ...]:
    """The entities of a conversation (source, external id), by label and number, with every form met so far."""
    here = (entities.c.source == talk[0]) & (entities.c.external_id == talk[1])
    forms: dict[int, list[str]] = defaultdict(list)
    sealed = (
        select(entity_values, entities.c.label, entities.c.number)
        .join(entities)
        .where(here)
        .order_by(entity_values.c.id)
    )
    for row in db.execute(sealed):
        forms[row.entity_id].append(seal.open_value(row.value, (*_row(talk, row.label), str(row.number))))
    found = db.execute(select(entities).where(here).order_by(entities.c.label, entities.c.number))
    return tuple(
        Entity(label=row.label, number=row.number, values=tuple(forms[row.id]), role=row.role) for row in found
    )


def save(db: Db, seal: Seal, *, talk: tuple[str, str], given: Sequence[Entity]) -> None:
    """Adds entities and forms that are not there yet; what is there stays, number and all.

    StoreError when a number stands for somebody else: two workers masked the conversation at once.
    """
    hold(db, f"mapping {talk[0]}:{talk[1]}")
    known = _known(db, talk)
    lookups = _lookups(db, list(known.values()))
    rows = []
    for entity in given:
        id = known.get((entity.label, entity.number)) or _add(db, entity, talk=talk)
        forms = {seal.lookup(value, _row(talk, entity.label)): value for value in entity.values}
        if forms and lookups[id] and not lookups[id] & forms.keys():
            raise StoreError(
                f"another worker gave the placeholders of {talk[0]}:{talk[1]} meanwhile; nothing was written",
                hint="run this again",
            )
        numbered = (*_row(talk, entity.label), str(entity.number))
        rows += [
            {"entity_id": id, "lookup": lookup, "value": seal.close_value(value, numbered)}
            for lookup, value in forms.items()
            if lookup not in lookups[id]
        ]
        lookups[id] |= forms.keys()
    if rows:
        db.execute(entity_values.insert(), rows)


def _known(db: Db, talk: tuple[str, str]) -> dict[tuple[str, int], int]:
    here = (entities.c.source == talk[0]) & (entities.c.external_id == talk[1])
    return {(row.label, row.number): row.id for row in db.execute(select(entities).where(here))}


def _lookups(db: Db, ids: list[int]) -> dict[int, set[str]]:
    """The forms of each entity, as their HMACs."""
    found: dict[int, set[str]] = defaultdict(set)
    if ids:
        for row in db.execute(select(entity_values).where(entity_values.c.entity_id.in_(ids))):
            found[row.entity_id].add(row.lookup)
    return found


def _add(db: Db, entity: Entity, *, talk: tuple[str, str]) -> int:
    values = {"source": talk[0], "external_id": talk[1], "label": entity.label, "number": entity.number}
    unique = (entities.c.source, entities.c.external_id, entities.c.label, entities.c.number)
    made: int = insert_new(db, entities, values=values | {"role": entity.role}, unique=unique)
    return made


def _row(talk: tuple[str, str], label: str) -> tuple[str, ...]:
    return ("value", talk[0], talk[1], label)
