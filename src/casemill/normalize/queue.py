"""The next draft for a person, held for them while they read."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from casemill.domain.case import Draft
from casemill.domain.review import Ask
from casemill.domain.ticket import Ticket
from casemill.domain.word import Word
from casemill.normalize.expected import NOBODY, expected_of
from casemill.normalize.origins import macro_of
from casemill.store import asks, drafts, tickets

if TYPE_CHECKING:
    from casemill.store.database import Db
    from casemill.store.desk import Desk

SOURCES = {"field": "the ticket's own field", "note": "the resolution note", "macro": "macro"}


class DraftQuestion(Word):
    """A draft to say yes or no to, its ticket, where its expectation comes from; how many are settled and how many
    wait, this one too."""

    ask: Ask
    draft: Draft
    ticket: Ticket
    source: str
    done: int
    left: int


def next_draft(
    desk: "Desk", *, by: str, now: datetime, minutes: float, skip: Collection[int] = ()
) -> DraftQuestion | None:
    """The next open draft that nobody else holds, held for `by` from now; None when there is none.

    A question whose draft is closed, or whose ticket went back to review, is withdrawn on the way.
    """
    with desk.write() as db:
        while (ask := asks.claim(db, kind="draft", by=by, now=now, minutes=minutes, skip=skip)) is not None:
            if (question := _question(db, ask)) is not None:
                return question
            asks.withdraw(db, ticket=ask.ticket, kind="draft", draft=ask.draft)
    return None


def _question(db: "Db", ask: Ask) -> DraftQuestion | None:
    draft = drafts.get(db, ask.draft) if ask.draft is not None else None
    ticket = tickets.get(db, ask.ticket)
    if draft is None or draft.id is None or ticket is None or drafts.state_of(db, draft.id) != "open":
        return None
    if tickets.state_of(db, ask.ticket) != "drafted":
        return None
    counts = drafts.counts(db)
    return DraftQuestion(
        ask=ask,
        draft=draft,
        ticket=ticket,
        source=_source(db, draft, ticket=ticket),
        done=counts.get("admitted", 0) + counts.get("rejected", 0),
        left=asks.open_counts(db).get("draft", 0),
    )


def _source(db: "Db", draft: Draft, *, ticket: Ticket) -> str:
    """Who said what should happen; read again from the ticket, for a person may have rewritten it since."""
    behavior, found = draft.case.expect.behavior, expected_of(ticket, macro_of(db, ticket))
    if not behavior:
        return NOBODY
    if behavior != found.text or found.source is None:
        return "written by a person"
    return f"{SOURCES[found.source]} {found.macro}" if found.source == "macro" else SOURCES[found.source]
