"""Words that a reviewer called personal and that are nobody's name, masked in every ticket: sealed, in the vault."""

from sqlalchemy import select

from casemill.store import known
from casemill.store.database import Db
from casemill.store.rows import insert_new
from casemill.store.seal import Seal
from casemill.store.vault_tables import learned


def add(db: Db, seal: Seal, *, term: tuple[str, str]) -> bool:
    """Keeps a term (label, value); False when it is there already, in whatever writing of small and capital letters."""
    label, value = term
    values = {
        "label": label,
        "lookup": seal.lookup(known.plain(value), _row(label)),
        "value": seal.close_value(value, _row(label)),
    }
    return insert_new(db, learned, values=values, unique=(learned.c.lookup,)) is not None


def read(db: Db, seal: Seal) -> tuple[tuple[str, str], ...]:
    """Every term, in the order they came."""
    rows = db.execute(select(learned).order_by(learned.c.id))
    return tuple((row.label, seal.open_value(row.value, _row(row.label))) for row in rows)


def _row(label: str) -> tuple[str, ...]:
    return ("learned", label)
