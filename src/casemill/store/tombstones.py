"""Which tickets were erased: whoever stores, masks or joins leaves them out."""

from collections.abc import Collection, Iterable

from sqlalchemy import select

from casemill.store.database import Db
from casemill.store.rows import chunks
from casemill.store.vault_tables import erasures


def among(db: Db, talks: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of the conversations (source, external id) that were erased."""
    wanted = set(talks)
    named = select(erasures.c.source, erasures.c.external_id)
    found = db.execute(named.where(erasures.c.source.in_({source for source, _ in wanted})))
    return frozenset(wanted & {(row.source, row.external_id) for row in found})


def named(db: Db, conversations: Collection[str]) -> frozenset[str]:
    """Those of the conversations, as tracing calls them (`48213` or `zendesk:48213`), that were erased."""
    ids = {name.partition(":")[2] for name in conversations} | set(conversations)
    columns = select(erasures.c.source, erasures.c.external_id)
    found = (row for some in chunks(sorted(ids)) for row in db.execute(columns.where(erasures.c.external_id.in_(some))))
    gone = {name for row in found for name in (row.external_id, f"{row.source}:{row.external_id}")}
    return frozenset(gone & set(conversations))
