"""Ids of rows that bring none: a keyed digest of what they say, because an id leaves the vault.

A source names such a row by the plain digest of its bytes; that name never gets further than here.
"""

import re
from collections.abc import Callable, Sequence

from sqlalchemy import select, tuple_

from casemill.domain.arrival import Payload
from casemill.domain.word import changed
from casemill.store import tombstones
from casemill.store.database import Db
from casemill.store.rows import chunks
from casemill.store.vault_tables import arrivals

LENGTH = 16
_PLAIN = re.compile(r"row-([0-9a-f]{64})")
Talk = tuple[str, str]


def keyed(db: Db, payloads: Sequence[Payload], *, key: Callable[..., str]) -> list[Payload]:
    """The payloads, rows named by their keyed digest. One that is held, or was erased, under its plain digest from
    before ids were keyed stays the same ticket."""
    plain = {payload.external_id: found[1] for payload in payloads if (found := _PLAIN.fullmatch(payload.external_id))}
    if not plain:
        return list(payloads)
    old = _held(db, {(one.source, _id(plain[one.external_id])) for one in payloads if one.external_id in plain})
    return [
        changed(one, external_id=_named(one.source, plain[one.external_id], old=old, key=key))
        if one.external_id in plain
        else one
        for one in payloads
    ]


def _named(source: str, digest: str, *, old: set[Talk], key: Callable[..., str]) -> str:
    before = _id(digest)
    return before if (source, before) in old else _id(key(digest=digest).rpartition(":")[2])


def _id(digest: str) -> str:
    return f"row-{digest[:LENGTH]}"


def _held(db: Db, talks: set[Talk]) -> set[Talk]:
    here = (arrivals.c.source, arrivals.c.external_id)
    found = set(tombstones.among(db, talks))
    for some in chunks(sorted(talks)):
        rows = db.execute(select(*here).where(tuple_(*here).in_(some)).distinct())
        found |= {(row.source, row.external_id) for row in rows}
    return found
