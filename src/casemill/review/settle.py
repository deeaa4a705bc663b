"""One decision inside one transaction: the row is added, its question answered, its ticket moved."""

from datetime import datetime
from typing import TYPE_CHECKING

from casemill.domain.failure import Failure
from casemill.domain.review import Ask, Review
from casemill.domain.ticket import Ticket, TicketState
from casemill.domain.word import changed
from casemill.errors import UsageError
from casemill.review.check import outcome_of, refuse_empty_accept, refuse_nonsense
from casemill.store import asks, drafts, proposals, reviews, tickets

if TYPE_CHECKING:
    from casemill.store import Db

OPEN_TO_DECISION: tuple[TicketState, ...] = ("masked", "proposed", "decided", "drafted", "not_a_case", "duplicate")


def settle(db: "Db", review: Review, *, now: datetime) -> int:
    """Carry a decision out and give its id; UsageError, and nothing done, when it cannot stand."""
    ticket = _ticket(db, review)
    refuse_nonsense(db, review, ticket=ticket)
    if review.decision == "note":
        return reviews.add(db, review)
    proposal = proposals.latest(db, ticket.key, ticket.version)
    refuse_empty_accept(review, proposal)
    refuse_admitted(db, ticket)
    question = _question(db, review)
    number = reviews.add(db, changed(review, ask=question.id if question else None))
    if question is not None:
        asks.answer(db, question.id, by=review.by, now=now)
    move(db, ticket, to=outcome_of(review, proposal), now=now)
    return number


def take_back(db: "Db", last: Review, *, now: datetime) -> None:
    """Write an undo of `last`; the decision before it stands again, or the question is open again."""
    ticket = tickets.get(db, last.ticket)
    if ticket is not None:
        refuse_admitted(db, ticket)
    undo = Review(ticket=last.ticket, version=last.version, decision="undo", undoes=last.id, by=last.by, at=now)
    reviews.add(db, undo)
    if ticket is None or not _same_talk(db, ticket, version=last.version):
        return
    standing = reviews.standing(db, ticket.key, version=ticket.version)
    proposal = proposals.latest(db, ticket.key, ticket.version)
    if standing is not None:
        move(db, ticket, to=outcome_of(standing, proposal), now=now)
        return
    move(db, ticket, to="proposed" if proposal else "masked", now=now)
    if last.ask is not None:
        asks.reopen(db, last.ask)
    elif proposal is not None:
        why = "a decision was taken back"
        asks.ask(db, kind="review", ticket=ticket.key, version=ticket.version, why=why, now=now)


def failures_of(db: "Db", ticket: Ticket | str) -> tuple[Failure, ...]:
    """What went wrong, as decided: by the standing review (an accept means the proposal's), else by a proposal that
    passed by itself. Empty when it was not the AI's failure."""
    key = ticket if isinstance(ticket, str) else ticket.key
    newest = tickets.get(db, key)
    if newest is None:
        return ()
    standing = reviews.standing(db, key, version=newest.version)
    if standing is not None and standing.decision == "correct":
        return standing.failures if standing.origin == "model" else ()
    if standing is not None and standing.decision != "accept":
        return ()
    proposal = proposals.latest(db, key, newest.version)
    return proposal.failures if proposal is not None and proposal.origin == "model" else ()


def refuse_admitted(db: "Db", ticket: Ticket) -> None:
    """A case that a person admitted is not unmade by a change of mind; what the ticket says since then may be."""
    first, last = tickets.same_talk(db, ticket.key, version=ticket.version)
    talk = [draft for draft in drafts.of_ticket(db, ticket.key) if first <= draft.version <= last]
    admitted = any(draft.id and drafts.state_of(db, draft.id) == "admitted" for draft in talk)
    if admitted or tickets.state_of(db, ticket.key) == "admitted":
        raise UsageError(f"a case of {ticket.key} is admitted already", hint="retire or supersede the case instead")


def move(db: "Db", ticket: Ticket, *, to: TicketState, now: datetime) -> None:
    """Put a ticket where a decision wants it; what was drafted from an older decision is dropped."""
    if tickets.state_of(db, ticket.key) == "drafted":
        drafts.reject_open(db, ticket.key, now=now)
        asks.withdraw(db, ticket=ticket.key, kind="draft")
    if not tickets.move(db, ticket.key, version=ticket.version, frm=OPEN_TO_DECISION, to=to):
        state = tickets.state_of(db, ticket.key)
        raise UsageError(f"{ticket.key} is {state}; it cannot be decided on")


def _ticket(db: "Db", review: Review) -> Ticket:
    ticket = tickets.get(db, review.ticket)
    if ticket is None:
        raise UsageError(f"there is no ticket {review.ticket} on the desk", hint="as zendesk:48213: source:id")
    if not _same_talk(db, ticket, version=review.version):
        raise UsageError(
            f"{review.ticket} changed since it was read: version {review.version} then, {ticket.version} now",
            hint="read it again: casemill review",
        )
    return ticket


def _same_talk(db: "Db", ticket: Ticket, *, version: int) -> bool:
    first, last = tickets.same_talk(db, ticket.key, version=ticket.version)
    return first <= version <= last


def _question(db: "Db", review: Review) -> Ask | None:
    """The question this decision answers; UsageError when somebody answered the one that was on the screen."""
    if review.ask is None:
        asked = asks.of_ticket(db, review.ticket)
        return next((ask for ask in asked if ask.kind == "review" and ask.state == "open"), None)
    ask = asks.get(db, review.ask)
    if ask is None or ask.state != "open":
        who = f" by {ask.answered_by}" if ask and ask.answered_by else ""
        raise UsageError(f"{review.ticket} was decided meanwhile{who}; your decision was not kept")
    return ask
