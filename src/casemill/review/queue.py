"""The next question for a person, held for them while they read."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from casemill.domain.proposal import Proposal
from casemill.domain.review import Ask
from casemill.domain.ticket import Ticket
from casemill.domain.word import Word
from casemill.store import asks, proposals, reviews, tickets

if TYPE_CHECKING:
    from casemill.store import Db, Desk


class Question(Word):
    """A ticket to decide on, why it is asked, what is proposed; how many are decided, how many wait with this one."""

    ask: Ask
    ticket: Ticket
    proposal: Proposal | None
    done: int
    left: int


def next_ask(desk: "Desk", *, by: str, now: datetime, minutes: float, skip: Collection[int] = ()) -> Question | None:
    """The next open review question that nobody else holds, held for `by` from now; None when there is none."""
    with desk.write() as db:
        while (ask := asks.claim(db, kind="review", by=by, now=now, minutes=minutes, skip=skip)) is not None:
            ticket = tickets.get(db, ask.ticket)
            if ticket is not None:
                return _question(db, ask, ticket=ticket)
            # Erased since it was asked: there is nothing to decide on any more.
            asks.withdraw(db, ticket=ask.ticket)
    return None


def give_back(desk: "Desk", ask: int, *, by: str) -> None:
    """Let others have a question that was only looked at."""
    with desk.write() as db:
        asks.release(db, ask, by=by)


def _question(db: "Db", ask: Ask, *, ticket: Ticket) -> Question:
    return Question(
        ask=ask,
        ticket=ticket,
        proposal=proposals.latest(db, ticket.key, ticket.version),
        done=reviews.count(db),
        left=asks.open_counts(db).get("review", 0),
    )
