"""Decisions, each in one transaction. Nothing is overwritten: the newest one not taken back stands."""

from datetime import datetime
from typing import TYPE_CHECKING

from casemill.domain.review import Review
from casemill.review.recorded import read_recorded as read_recorded
from casemill.review.recorded import record_all as record_all
from casemill.review.settle import failures_of as failures_of
from casemill.review.settle import settle, take_back
from casemill.store import reviews

if TYPE_CHECKING:
    from casemill.store import Desk


def record(desk: "Desk", review: Review, *, now: datetime) -> int:
    """Keep a decision, answer its question and move its ticket; the review's id.

    UsageError, and nothing changed, when the decision contradicts itself or its ticket, the ticket changed since, the
    question was answered meanwhile, or a case of the ticket is admitted already.
    """
    with desk.write() as db:
        return settle(db, review, now=now)


def undo(desk: "Desk", *, by: str, now: datetime) -> Review | None:
    """Take back a person's last decision and give it; None when there is none.

    The question is asked again, unless an older decision about the ticket now stands. UsageError when a case of the
    ticket is admitted already.
    """
    with desk.write() as db:
        last = reviews.last_by(db, by)
        if last is not None:
            take_back(db, last, now=now)
    return last
