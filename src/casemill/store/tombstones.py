"""Which tickets were erased: whoever stores, masks or joins leaves them out."""

from collections.abc import Iterable

from sqlalchemy import select

from casemill.store.database import Db
from casemill.store.vault_tables import erasures


def among(db: Db, talks: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of the conversations (source, external id) that were erased."""
    wanted = set(talks)
    named = select(erasures.c.source, erasures.c.external_id)
    found = db.execute(named.where(erasures.c.source.in_({source for source, _ in wanted})))
    return frozenset(wanted & {(row.source, row.external_id) for row in found})
