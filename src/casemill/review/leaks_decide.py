"""Verdicts on whole tickets, each in one transaction: the row is added, its question answered, its marks wait."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from casemill.domain.language import language_of
from casemill.domain.leak import LeakReview, Mark
from casemill.domain.review import Ask
from casemill.domain.ticket import Ticket, texts_digest
from casemill.domain.word import Word, changed
from casemill.errors import UsageError
from casemill.review.leaks_marks import Place, mark_at, refuse_nonsense
from casemill.store import asks, leaks, tickets

if TYPE_CHECKING:
    from casemill.store import Db, Desk

NEWEST = 0


class LeakQuestion(Word):
    """A ticket to read whole, and why; how many were read, how many wait with this one."""

    ask: Ask
    ticket: Ticket
    done: int
    left: int


def next_leak_ask(
    desk: "Desk", *, by: str, now: datetime, minutes: float, skip: Collection[int] = ()
) -> LeakQuestion | None:
    """The next ticket to read that nobody else holds, held for `by` from now; None when there is none."""
    with desk.write() as db:
        while (ask := asks.claim(db, kind="leak", by=by, now=now, minutes=minutes, skip=skip)) is not None:
            ticket = tickets.get(db, ask.ticket)
            if ticket is not None:
                done = sum(one.chance is not None for one in leaks.standing(db))
                return LeakQuestion(ask=ask, ticket=ticket, done=done, left=leaks.open_count(db))
            # Erased since it was asked: there is nothing to read any more.
            asks.withdraw(db, ticket=ask.ticket)
    return None


def ask_to_read(desk: "Desk", key: str, *, by: str, now: datetime) -> int:
    """Ask about one ticket out of turn, before all others; its Ask. A UsageError when there is no such ticket."""
    with desk.write() as db:
        ticket = tickets.get(db, key)
        if ticket is None:
            raise UsageError(f"there is no ticket {key} on the desk", hint="as zendesk:48213: source:id")
        open_one = _open_ask(db, key)
        if open_one is not None:
            return open_one.id
        why, version = leaks.ASKED, ticket.version
        return asks.ask(db, kind="leak", ticket=key, version=version, why=why, rank=-1, whom=by, now=now)


def record_verdict(desk: "Desk", review: LeakReview, *, now: datetime) -> int:
    """Keep a verdict and answer its question; the verdict's id.

    UsageError, and nothing changed, when the verdict contradicts its marks, a mark its text, the ticket changed since
    it was read, or somebody answered meanwhile.
    """
    with desk.write() as db:
        return settle_verdict(db, review, now=now)


def undo_verdict(desk: "Desk", *, by: str, now: datetime) -> LeakReview | None:
    """Take back a person's last verdict and give it; the ticket is asked about again. None when there is none; a
    UsageError when what it marked was masked already."""
    with desk.write() as db:
        last = leaks.last_by(db, by)
        if last is None or last.id is None:
            return None
        if leaks.acted_on(db, last.id):
            raise UsageError(f"what you marked in {last.ticket} was masked already", hint="it is not taken back")
        undo = LeakReview(ticket=last.ticket, version=last.version, verdict="undo", undoes=last.id, by=by, at=now)
        leaks.add(db, undo)
        if last.ask is not None and _open_ask(db, last.ticket) is None:
            asks.reopen(db, last.ask)
    return last


def settle_verdict(db: "Db", review: LeakReview, *, now: datetime) -> int:
    """`record_verdict` inside a transaction that is open already."""
    ticket = _ticket(db, review)
    review = changed(review, marks=tuple(_checked(ticket, review.marks)))
    refuse_nonsense(review)
    question = _question(db, review)
    review = changed(
        review,
        version=ticket.version,
        read=texts_digest(ticket),
        language=_language(ticket),
        ask=question.id if question else None,
        chance=question.chance if question else _chance(db, ticket),
    )
    number = leaks.add(db, review)
    if question is not None and review.verdict != "note":
        asks.answer(db, question.id, by=review.by, now=now)
    return number


def _checked(ticket: Ticket, marks: Iterable[Mark]) -> Iterator[Mark]:
    """The marks as they stand in the text; one that is there twice counts once."""
    places = dict.fromkeys((Place(mark.path, mark.start, mark.end), mark.label) for mark in marks)
    return (mark_at(ticket, place, label=label) for place, label in places)


def _ticket(db: "Db", review: LeakReview) -> Ticket:
    ticket = tickets.get(db, review.ticket)
    if ticket is None:
        raise UsageError(f"there is no ticket {review.ticket} on the desk", hint="as zendesk:48213: source:id")
    other_version = review.version not in (NEWEST, ticket.version)
    if other_version if review.read is None else review.read != texts_digest(ticket):
        raise UsageError(
            f"{review.ticket} changed since it was read; your verdict was not kept",
            hint="read it again: casemill review --leaks",
        )
    return ticket


def _language(ticket: Ticket) -> str | None:
    """The customer's, else that of the whole talk."""
    said = [turn.text for turn in ticket.turns if turn.role == "customer"]
    return language_of(" ".join(said)) or language_of(" ".join(turn.text for turn in ticket.turns))


def _chance(db: "Db", ticket: Ticket) -> float | None:
    """A second verdict on the same texts takes the place of the one that was drawn."""
    read = texts_digest(ticket)
    return next((one.chance for one in leaks.of_ticket(db, ticket.key) if one.chance and one.read == read), None)


def _question(db: "Db", review: LeakReview) -> Ask | None:
    """The question this verdict answers; UsageError when somebody answered the one that was on the screen."""
    if review.ask is None:
        return _open_ask(db, review.ticket)
    ask = asks.get(db, review.ask)
    if ask is None or ask.state != "open":
        who = f" by {ask.answered_by}" if ask and ask.answered_by else ""
        raise UsageError(f"{review.ticket} was read meanwhile{who}; your verdict was not kept")
    return ask


def _open_ask(db: "Db", key: str) -> Ask | None:
    return next((one for one in asks.of_ticket(db, key) if one.kind == "leak" and one.state == "open"), None)
