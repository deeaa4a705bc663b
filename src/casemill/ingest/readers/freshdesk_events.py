"""What Freshdesk tells of a ticket beside what was said: who had it, when it waited, how it was rated."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from casemill.domain.ticket import Csat, Event, EventKind, Role
from casemill.ingest.readers.freshdesk_words import STATUSES, Activity, Case, Id, Rating
from casemill.ingest.values import moment, plain, short

_MEAN = 100  # 101 to 103 are happy, -101 to -103 unhappy, 100 is neither
_PERFORMED = "%d-%m-%Y %H:%M:%S %z"
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_NOBODY = (None, "", -1, "-1")


def events_of(case: Case, role: Callable[[Id], Role]) -> tuple[Event, ...]:
    """Hand-overs, pauses and ratings, oldest first: from the activity export where it was brought, else the times that
    the ticket itself tells, which are the last ones alone. `role` says on which side an account is."""
    told = [*_Story(role).events(case.activities)] if case.activities else [*_assignee(case, role), *_times(case)]
    return tuple(sorted([*told, *_rated(case)], key=lambda event: event.at or _EARLIEST))


def status_of(case: Case) -> str | None:
    """`open`, `resolved`, or an account's own word."""
    status = case.ticket.status
    return short(case.status) or STATUSES.get(status or 0) or (str(status) if status else None)


def rating_of(ratings: list[Rating]) -> tuple[Csat | None, str | None]:
    """The last rating and its words."""
    for rating in sorted(ratings, key=lambda one: one.created_at or "", reverse=True):
        if (mark := _mark(rating)) or plain(rating.feedback):
            return mark, short(rating.feedback)
    return None, None


def performed_at(line: Activity) -> datetime | None:
    """`01-02-2026 09:33:38 +0000`, or any clear form."""
    try:
        return datetime.strptime(line.performed_at or "", _PERFORMED).astimezone(UTC)
    except ValueError:
        return moment(line.performed_at)


def waits(status: str | None) -> bool:
    """Whether a status is a pause: pending, waiting on customer, on hold."""
    return (status or "").casefold().startswith(("pending", "waiting", "on hold"))


def _mark(rating: Rating) -> Csat | None:
    answers = rating.ratings or {}
    value = answers.get("default_question", next(iter(answers.values()), rating.rating))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return "good" if value > _MEAN else "bad" if value < -_MEAN else None


def _rated(case: Case) -> Iterator[Event]:
    for rating in case.ratings:
        if mark := _mark(rating):
            yield Event(kind="rated", at=moment(rating.created_at), by="customer", text=mark)


def _assignee(case: Case, role: Callable[[Id], Role]) -> Iterator[Event]:
    if case.ticket.responder_id not in _NOBODY:
        yield Event(kind="assigned", text=role(case.ticket.responder_id))


def _times(case: Case) -> Iterator[Event]:
    stats = case.ticket.stats
    if stats is None:
        return
    status = status_of(case) or ""
    times: list[tuple[EventKind, str | None, str]] = [
        ("paused", (stats.pending_since or stats.status_updated_at) if waits(status) else None, status),
        *(("resumed", stats.reopened_at, "open"), ("status", stats.resolved_at, "resolved")),
        ("status", stats.closed_at, "closed"),
    ]
    yield from (Event(kind=kind, at=moment(at), text=text) for kind, at, text in times if at)


class _Story:
    """The activity export's lines of one ticket, each held against what was before it."""

    def __init__(self, role: Callable[[Id], Role]) -> None:
        self.role = role
        self.agent: Any = None
        self.group = ""
        self.status = ""

    def events(self, lines: list[Activity]) -> Iterator[Event]:
        for line in sorted(lines, key=lambda line: performed_at(line) or _EARLIEST):
            for kind, text in self._changes(line.activity):
                yield Event(kind=kind, at=performed_at(line), by=self._by(line), text=text)

    def _by(self, line: Activity) -> Role | None:
        """Nobody, where a rule or the system did it."""
        if line.performer_type == "system" or line.performer_id in _NOBODY:
            return None
        return self.role(line.performer_id)

    def _changes(self, told: dict[str, Any]) -> Iterator[tuple[EventKind, str]]:
        if "agent_id" in told:
            yield from self._assigned(told["agent_id"])
        if group := plain(told.get("group")):
            if self.group and self.group != group:
                yield "transferred", f"group {self.group} → group {group}"
            self.group = group
        if status := plain(told.get("status")).casefold():
            yield from self._moved(status)

    def _assigned(self, agent: Any) -> Iterator[tuple[EventKind, str]]:
        before, after = (self.role(id) if id not in _NOBODY else "nobody" for id in (self.agent, agent))
        if "nobody" not in (before, after) and before != after:
            yield "transferred", f"{before} → {after}"
        elif str(agent) != str(self.agent) and (before, after) != ("nobody", "nobody"):
            yield "assigned", after
        self.agent = agent

    def _moved(self, status: str) -> Iterator[tuple[EventKind, str]]:
        before, self.status = self.status, status
        if waits(status):
            yield "paused", status
        elif status == "open":
            if before:
                yield "resumed" if waits(before) else "status", status
        elif status != before:
            yield "status", status
