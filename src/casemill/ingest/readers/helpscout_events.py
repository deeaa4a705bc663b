"""What happened to a Help Scout conversation beside what was said: who had it, when it waited, how it was rated."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from casemill.domain.ticket import Csat, Event, EventKind, Role
from casemill.ingest.readers.helpscout_words import HelpScoutTicket, Person, Thread
from casemill.ingest.values import csat, moment, plain, short

_STATUSES = frozenset({"active", "pending", "closed", "spam"})
_BY_NUMBER: Mapping[str, Csat | None] = {"1": "good", "2": None, "3": "bad"}


class Rating(NamedTuple):
    """How the customer rated a reply: great is good, not good is bad, okay is neither."""

    csat: Csat | None = None
    comment: str | None = None
    word: str = ""


def rating_of(threads: list[Thread]) -> Rating:
    """The last rating of any reply."""
    found = [_rating(thread) for thread in threads]
    return next((rating for rating in reversed(found) if rating is not None), Rating())


def events_of(
    ticket: HelpScoutTicket, threads: list[Thread], *, role: Callable[[Person | None], Role]
) -> Iterator[Event]:
    """Hand-overs, pauses and ratings, in the order of the threads; `role` says on which side somebody is."""
    course = _Course(role)
    for thread in threads:
        yield from course.through(thread)
    if course.holder is None and ticket.assignee is not None and not ticket.assignee.is_nobody:
        yield Event(kind="assigned", text=course.side(ticket.assignee))
    if ticket.snooze is not None and not course.sleeps:
        until = plain(ticket.snooze.snoozed_until)
        yield Event(kind="paused", text=f"snoozed until {until}" if until else "snoozed")


class _Course:
    """A conversation while its threads are gone through: who has it, and in which state it is."""

    def __init__(self, role: Callable[[Person | None], Role]) -> None:
        self.role = role
        self.holder: Person | None = None
        self.status: str | None = None
        self.sleeps = False

    def through(self, thread: Thread) -> Iterator[Event]:
        at, by = moment(thread.created_at), self._by(thread)
        for kind, text in (*self._acted(thread), *self._handed(thread), *self._turned(thread)):
            yield Event(kind=kind, at=at, by=by, text=text)
        rating = _rating(thread)
        if rating is not None:
            yield Event(kind="rated", by="customer", text=rating.csat or rating.word)

    def side(self, who: Person | None) -> str:
        if who is None or who.is_nobody:
            return "nobody"
        return "team" if who.type == "team" else self.role(who)

    def _by(self, thread: Thread) -> Role | None:
        """Nobody, where a workflow did it."""
        if thread.action is not None and "automatic" in (thread.action.type or ""):
            return None
        return self.role(thread.created_by) if thread.created_by is not None else None

    def _acted(self, thread: Thread) -> Iterator[tuple[EventKind, str]]:
        """What a line item says was done: snoozed, woken, moved to another inbox, merged."""
        if thread.type != "lineitem" or thread.action is None:
            return
        kind, text = (thread.action.type or "").casefold(), plain(thread.action.text)
        told = f"{kind} {text.casefold()}"
        if "snooz" in told:
            self.sleeps = "unsnooz" not in told
            yield "paused" if self.sleeps else "resumed", text or kind
        elif "moved" in kind:
            yield "transferred", text or kind
        elif "merged" in kind:
            yield "status", text or kind

    def _handed(self, thread: Thread) -> Iterator[tuple[EventKind, str]]:
        after = thread.assigned_to
        if after is None or (after.id, after.type) == (
            self.holder and self.holder.id,
            self.holder and self.holder.type,
        ):
            return
        before, self.holder = self.holder, None if after.is_nobody else after
        if before is not None and self.holder is not None:
            yield "transferred", f"{self.side(before)} → {self.side(after)}"
        elif before is not None or self.holder is not None:
            yield "assigned", self.side(after)

    def _turned(self, thread: Thread) -> Iterator[tuple[EventKind, str]]:
        after, before = thread.status, self.status
        if after not in _STATUSES or after == before:
            return
        self.status = after
        if after == "pending":
            yield "paused", after
        elif before is not None:
            yield "resumed" if (before, after) == ("pending", "active") else "status", after


def _rating(thread: Thread) -> Rating | None:
    """A rating as the threads tell it (`{"rating": "great", "comments": …}`), or the mark alone."""
    told = thread.rating
    if told in (None, "", {}):
        return None
    loose = told if isinstance(told, Mapping) else {"rating": told}
    word = plain(loose.get("rating") or loose.get("ratingId")).casefold().replace("-", " ").replace("_", " ")
    if not word or word == "unknown":
        return None
    mark = _BY_NUMBER[word] if word in _BY_NUMBER else "bad" if word == "not good" else csat(word)
    return Rating(mark, short(loose.get("comments") or loose.get("comment")), word)
