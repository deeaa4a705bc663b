"""Plain digests of raw content, from before they were keyed, leave the desk: in tickets, drafts and Changes.

Whoever guesses a payload can tell by its plain digest that the guess is right; by the keyed one nobody can.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Row, select, update

from casemill.domain.case import Draft
from casemill.domain.change import Change
from casemill.domain.review import Ask
from casemill.domain.ticket import Ticket
from casemill.domain.word import changed, digest_of
from casemill.store.database import Db
from casemill.store.desk_tables import asks, changes, drafts, tickets
from casemill.store.leaks import ASKED
from casemill.store.rows import hold, pack, unpack
from casemill.store.seal import PLAIN_DIGEST, DigestKind

PAGE = 500
Key = Callable[[DigestKind, str], str]
_PAYLOAD = re.compile(r"(\bpayload[\"']?:[ \t]*[\"']?)(sha256:[0-9a-f]{64})\b")


def key_ticket(ticket: Ticket, key: Key) -> Ticket:
    """A ticket as it may leave the vault: no digest in it tells anything without the pepper."""
    traced = ticket.traced
    if traced is not None and traced.digest is not None:
        traced = changed(traced, digest=key("spans", traced.digest))
    files = tuple(
        changed(one, digest=key("attachment", one.digest) if one.digest else None) for one in ticket.attachments
    )
    return changed(ticket, digest=key("payload", ticket.digest), traced=traced, attachments=files)


def key_text(text: str, key: Key) -> str:
    """A case file's text with the digest in its lineage keyed; nothing else of it changes."""
    return _PAYLOAD.sub(lambda found: found[1] + key("payload", found[2]), text)


def holds_plain(text: str) -> bool:
    """Whether `key_text` would change a text."""
    return _PAYLOAD.search(text) is not None


def is_due(db: Db) -> bool:
    """Whether anything on the desk holds a plain digest, or tells why a person is asked by that person's address."""
    return any(next(iter(found), None) is not None for found in (_tickets(db, 0), _drafts(db), _changes(db), _asks(db)))


def rewrite(db: Db, key: Key) -> int:
    """Keys them all; how many rows changed. A second time changes nothing."""
    hold(db, "tickets")
    hold(db, "changes")
    return _key_tickets(db, key) + _key_drafts(db, key) + _key_changes(db, key) + _rename_asks(db)


def _tickets(db: Db, after: int) -> list[Row[Any]]:
    plain = tickets.c.digest.startswith(PLAIN_DIGEST, autoescape=True)
    wanted = select(tickets.c.id, tickets.c.body).where(plain, tickets.c.id > after)
    return list(db.execute(wanted.order_by(tickets.c.id).limit(PAGE)))


def _key_tickets(db: Db, key: Key) -> int:
    count = after = 0
    while page := _tickets(db, after):
        for row in page:
            ticket = key_ticket(unpack(row.body, Ticket), key)
            here = update(tickets).where(tickets.c.id == row.id)
            db.execute(here.values(digest=ticket.told_by, body=pack(ticket)))
        count, after = count + len(page), page[-1].id
    return count


def _drafts(db: Db) -> list[Row[Any]]:
    plain = drafts.c.body.contains(f'"payload":"{PLAIN_DIGEST}', autoescape=True)
    return list(db.execute(select(drafts.c.id, drafts.c.body).where(plain)))


def _key_drafts(db: Db, key: Key) -> int:
    rows = _drafts(db)
    for row in rows:
        draft = unpack(row.body, Draft)
        came = draft.case.lineage
        if came is not None and came.payload is not None:
            came = changed(came, payload=key("payload", came.payload))
        body = pack(changed(draft, case=changed(draft.case, lineage=came)))
        db.execute(update(drafts).where(drafts.c.id == row.id).values(body=body))
    return len(rows)


def _changes(db: Db) -> Iterator[tuple[int, Change]]:
    likely = changes.c.body.like(f"%payload%{PLAIN_DIGEST}%")
    for row in db.execute(select(changes.c.id, changes.c.body).where(likely)).all():
        change = unpack(row.body, Change)
        if holds_plain(change.text):
            yield row.id, change


def _key_changes(db: Db, key: Key) -> int:
    count = 0
    for id, change in _changes(db):
        text = key_text(change.text, key)
        told = changed(change, text=text, digest=digest_of(text.encode()))
        db.execute(update(changes).where(changes.c.id == id).values(digest=told.digest, body=pack(told)))
        count += 1
    return count


def _asks(db: Db) -> list[Row[Any]]:
    named = asks.c.body.like("%@% wants to read it%")
    return list(db.execute(select(asks.c.id, asks.c.body).where(asks.c.kind == "leak", named)))


def _rename_asks(db: Db) -> int:
    """Who wants to read a ticket stands in `whom`, where a colleague's address may stand."""
    rows = _asks(db)
    for row in rows:
        body = pack(changed(unpack(row.body, Ask), why=ASKED))
        db.execute(update(asks).where(asks.c.id == row.id).values(body=body))
    return len(rows)
