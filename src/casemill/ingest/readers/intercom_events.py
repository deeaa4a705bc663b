"""What happened to an Intercom conversation beside what was said: who had it, when it waited, how it was rated."""

from collections.abc import Callable, Iterator
from typing import Any

from casemill.domain.ticket import Csat, Event, EventKind, Role
from casemill.ingest.readers.intercom_words import Account, Agent, Conversation, Handling, Part, Rating
from casemill.ingest.values import csat, moment, plain, short

_NOBODY = frozenset({"", "0", "None"})
_STATES: dict[str, tuple[EventKind, str]] = {
    "close": ("status", "closed"),
    "open": ("status", "open"),
    "snoozed": ("paused", "snoozed"),
    "unsnoozed": ("resumed", "open"),
    "timer_unsnooze": ("resumed", "open"),
}
# Fin's own words for how its part of a talk ended; the customer's thumb down is a rating.
_DOWN = "negative_feedback"

Sided = Callable[[Account | None], Role]


def events_of(told: Conversation, handled: list[Handling], *, role: Sided) -> Iterator[Event]:
    """Hand-overs, pauses, states and ratings, oldest first. `role` says on which side an account is."""
    found = [*_happened(told, role), *_handled(handled), *_rated(told)]
    found.sort(key=lambda event: event.at.timestamp() if event.at else float("inf"))
    yield from found
    yield from _fin(told.ai_agent or Agent())


def rating_of(told: Conversation) -> tuple[Csat | None, str | None]:
    """Good or bad and the customer's words: of the teammates' rating, else of the AI agent's."""
    asked, fin = told.conversation_rating or Rating(), told.ai_agent or Agent()
    down: Csat | None = "bad" if fin.resolution_state == _DOWN else None
    return csat(asked.rating) or csat(fin.rating) or down, short(asked.remark) or short(fin.rating_remark)


def _happened(told: Conversation, role: Sided) -> Iterator[Event]:
    holder = "nobody"
    snoozed = False
    for part in told.parts:
        by = role(part.author) if part.author and part.author.type else None
        if part.assigned_to is not None:
            before, holder = holder, _side(part.assigned_to, role)
            if event := _assigned(before, holder):
                yield Event(kind=event[0], at=moment(part.created_at), by=by, text=event[1])
        kind, text = _state(part)
        if kind is not None:
            resumed = snoozed and text == "open"
            snoozed = kind == "paused"
            yield Event(kind="resumed" if resumed else kind, at=moment(part.created_at), by=by, text=text)


def _side(account: Account, role: Sided) -> str:
    if str(account.id) in _NOBODY or account.type == "nobody_admin":
        return "nobody"
    return f"group {account.id}" if account.type == "team" else role(account)


def _assigned(before: str, after: str) -> tuple[EventKind, str] | None:
    if before == after:
        return None
    if "nobody" in (before, after):
        return "assigned", after
    return "transferred", f"{before} → {after}"


def _state(part: Part) -> tuple[EventKind | None, str]:
    type = part.part_type or ""
    if type.startswith("ticket_state_updated"):
        told = part.ticket_state
        state = plain(told.get("internal_label") or told.get("category")) if isinstance(told, dict) else plain(told)
        return ("status", state) if state else (None, "")
    if type.endswith("_and_reopen"):
        return "status", "open"
    return _STATES.get(type, (None, ""))


def _handled(handled: list[Handling]) -> Iterator[Event]:
    for one in handled:
        kind: EventKind | None = "paused" if one.type == "paused" else "resumed" if one.type == "resumed" else None
        if kind:
            yield Event(kind=kind, at=moment(one.timestamp), by="agent", text=plain(one.reason) or one.type)


def _rated(told: Conversation) -> Iterator[Event]:
    asked = told.conversation_rating
    if asked is not None and (mark := csat(asked.rating)):
        yield Event(kind="rated", at=moment(asked.updated_at) or moment(asked.created_at), by="customer", text=mark)
    fin = told.ai_agent or Agent()
    if mark := csat(fin.rating) or ("bad" if fin.resolution_state == _DOWN else None):
        yield Event(kind="rated", by="customer", text=f"AI agent: {mark}")


def _fin(fin: Agent) -> Iterator[Event]:
    """How the AI agent left it, and which contents it answered from."""
    if fin.resolution_state:
        yield Event(kind="field", text=f"AI agent: {plain(fin.resolution_state)}")
    rows: Any = (fin.content_sources or {}).get("content_sources")
    named = [plain(row.get("title")) for row in rows or () if isinstance(row, dict)] if isinstance(rows, list) else []
    yield from (Event(kind="field", text=f"AI agent's source: {title}") for title in named if title)
