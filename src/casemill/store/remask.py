"""Masking anew what is on the desk already: one ticket's rows in every table, whatever tables there are.

Ids, digests and people who decided stay as they are; a ticket's talk, a Change's text and a decision are digested anew,
so that nothing looks altered from outside and no digest is left of what was taken out.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Table, or_, select, update

from casemill.domain.change import Change
from casemill.domain.ticket import Ticket
from casemill.domain.word import canonical, changed, digest_of
from casemill.store.database import Db
from casemill.store.desk import Desk
from casemill.store.desk_tables import changes, desk, reviews, tickets
from casemill.store.rows import hold, pack, unpack
from casemill.store.wiping import wipe_file

# What a word tells of its own provenance or of a colleague is never somebody's text.
PROVENANCE = frozenset(
    {
        *("digest", "digests", "payload", "person", "source", "external_id", "key", "ticket", "slot", "talk"),
        *("suite_digest", "target_digest", "commit", "read", "proposer", "run", "duplicate_of", "id", "case", "path"),
        *("by", "whom", "leased_by", "answered_by", "at", "created_at", "updated_at", "kind", "state", "role"),
    }
)
THEIRS = frozenset({"arguments", "context"})


class Anew(NamedTuple):
    """How texts change: any text, and a case file's text, which must stay a file that reads."""

    text: Callable[[str], str]
    file: Callable[[Change], str]


def rewrite(db: Db, key: str, *, cases: Collection[str], anew: Anew) -> int:
    """Changes every row of a ticket, all its versions, and those of its cases; how many rows changed."""
    hold(db, "tickets")
    hold(db, "changes")
    return sum(_rewrite(db, table, about=(key, cases), anew=anew) for table in desk.sorted_tables)


def _rewrite(db: Db, table: Table, *, about: tuple[str, Collection[str]], anew: Anew) -> int:
    key, cases = about
    columns = table.columns
    mine = [columns[name] == key for name in (("key",) if table is tickets else ("ticket",)) if name in columns]
    if "case" in columns and cases:
        mine.append(columns["case"].in_(sorted(cases)))
    if not mine or "body" not in columns:
        return 0
    rewritten = 0
    for row in db.execute(select(table).where(or_(*mine))).all():
        told = row._asdict()
        values = {name: new for name, new in _values(table, told, anew=anew) if new != told[name]}
        if values:
            db.execute(update(table).where(columns["id"] == row.id).values(**values))
            rewritten += 1
    return rewritten


def _values(table: Table, row: dict[str, Any], *, anew: Anew) -> Iterator[tuple[str, Any]]:
    """The columns that may change, as they are to be."""
    if row.get("reason"):
        yield "reason", anew.text(row["reason"])
    if table is changes:
        change = unpack(row["body"], Change)
        text = anew.file(change)
        if text != change.text:
            change = changed(change, text=text, digest=digest_of(text.encode()))
        yield "digest", change.digest
        yield "body", pack(changed(change, why=anew.text(change.why)))
        return
    spared = PROVENANCE - {"by"} if table is tickets else PROVENANCE
    before = msgspec.json.decode(row["body"])
    after = change_strings(before, anew.text, spared=spared)
    body = row["body"] if after == before else canonical(after).decode()
    yield "body", body
    # The digest of a note as it was written would tell who guesses the words that they are right.
    if table is reviews and body != row["body"]:
        yield "digest", digest_of(f"{row['id']} {body}".encode())
    if table is tickets and body != row["body"]:
        yield "talk", digest_of(canonical(unpack(body, Ticket).turns))


def change_strings(
    value: Any, change: Callable[[str], str], *, spared: Collection[str] = PROVENANCE, theirs: bool = False
) -> Any:
    """Plain JSON with its texts changed; of what a payload brought along (arguments, context) keys and numbers, too."""
    if isinstance(value, dict):
        return {
            change(key) if theirs else key: inner
            if key in spared and not theirs and isinstance(inner, str)
            else change_strings(inner, change, spared=spared, theirs=theirs or key in THEIRS)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [change_strings(inner, change, spared=spared, theirs=theirs) for inner in value]
    if isinstance(value, str):
        return change(value)
    if theirs and isinstance(value, int) and not isinstance(value, bool) and change(str(value)) != str(value):
        return change(str(value))
    return value


def wipe(desk: Desk) -> bool:
    """Takes what was written over out of the database's files as well; False when somebody else reads them just now.

    SQLite leaves old rows in free pages and in its log until both are written anew. Postgres does that by itself
    (autovacuum), and its old rows are not seen by any query.
    """
    file = desk.place.file
    return file is None or wipe_file(file)
