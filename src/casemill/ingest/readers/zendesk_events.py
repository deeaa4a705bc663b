"""What a Zendesk ticket's audits tell beside its comments: who had it, when it waited, how it was rated."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from casemill.domain.ticket import Csat, Event, Role
from casemill.ingest.readers.zendesk_words import Audits, Id
from casemill.ingest.values import csat, moment, plain, short

_PAUSES = frozenset({"pending", "hold"})
_DEEPEST = 5


class Rating(NamedTuple):
    """How the customer rated the ticket, in what words."""

    csat: Csat | None = None
    comment: str | None = None


class Told(NamedTuple):
    """One event of an audit, with the audit it stands in."""

    event: Mapping[str, Any]
    audit: Mapping[str, Any]

    @property
    def value(self) -> Any:
        return self.event.get("value")

    @property
    def before(self) -> Any:
        return self.event.get("previous_value")


def events_of(audits: list[Audits], role: Callable[[Id], Role]) -> Iterator[Event]:
    """Hand-overs, pauses and ratings, oldest first. `role` says on which side an account is."""
    for told in told_in(audits):
        if event := _event(told, role):
            yield event


def told_in(audits: list[Audits]) -> list[Told]:
    """Every event of the audits, oldest first."""
    found = [audit for page in audits for audit in page.audits or ()]
    found.sort(key=lambda audit: str(audit.get("created_at") or ""))
    return [Told(event, audit) for audit in found for event in _list(audit.get("events")) if isinstance(event, dict)]


def accounts_in(audits: list[Audits]) -> Iterator[Id]:
    """The accounts that once had the ticket or changed it."""
    for told in told_in(audits):
        yield _account(told.audit.get("author_id"))
        if told.event.get("field_name") == "assignee_id":
            yield from (_account(told.value), _account(told.before))


def rating_of(audits: list[Audits]) -> Rating:
    """The last rating that audits tell of: of the older kind (good, bad) or of a survey."""
    ratings = (_rating(told.event) for told in told_in(audits))
    return next((rating for rating in reversed([*ratings]) if rating and rating.csat), Rating())


def _event(told: Told, role: Callable[[Id], Role]) -> Event | None:
    made = _rated(told.event) or _CHANGES.get(str(told.event.get("field_name")), _nothing)(told, role)
    if made is None:
        return None
    kind, text = made
    return Event(kind=kind, at=moment(told.audit.get("created_at")), by=_by(told, role), text=text)


def _by(told: Told, role: Callable[[Id], Role]) -> Role | None:
    """Nobody, where a rule or the system did it."""
    via = told.event.get("via") or told.audit.get("via") or {}
    author = _account(told.audit.get("author_id"))
    if (isinstance(via, Mapping) and via.get("channel") == "rule") or author in (None, "", -1, "-1"):
        return None
    return role(author)


def _assigned(told: Told, role: Callable[[Id], Role]) -> Any:
    ids = (_account(told.before), _account(told.value))
    before, after = (role(id) if id not in (None, "") else "nobody" for id in ids)
    if (before, after) == ("nobody", "nobody"):
        return None
    if before != "nobody" and before != after != "nobody":
        return "transferred", f"{before} → {after}"
    return "assigned", after


def _grouped(told: Told, _: Callable[[Id], Role]) -> Any:
    """From one team to another; the first team is no transfer."""
    if told.before in (None, "") or told.value in (None, ""):
        return None
    return "transferred", f"group {plain(told.before)} → group {plain(told.value)}"


def _status(told: Told, _: Callable[[Id], Role]) -> Any:
    before, after = plain(told.before), plain(told.value)
    if told.event.get("type") == "Create" and after not in _PAUSES:
        return None
    if after in _PAUSES:
        return "paused", after
    return ("resumed" if before in _PAUSES and after in ("new", "open") else "status"), after


def _account(value: Any) -> Id:
    """An account's id; None for what can be none."""
    return value if isinstance(value, int | str) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _nothing(_: Told, __: Callable[[Id], Role]) -> Any:
    return None


_CHANGES: dict[str, Callable[[Told, Callable[[Id], Role]], Any]] = {
    "assignee_id": _assigned,
    "group_id": _grouped,
    "status": _status,
}


def _rated(event: Mapping[str, Any]) -> Any:
    rating = _rating(event)
    return ("rated", rating.csat) if rating and rating.csat else None


def _rating(event: Mapping[str, Any]) -> Rating | None:
    kind = str(event.get("type") or "").casefold()
    if kind == "satisfactionrating":
        return Rating(csat(event.get("score")), short(event.get("body") or event.get("comment")))
    if "survey" not in kind or not ("respon" in kind or "submit" in kind):
        return None
    answers = [answer for answer in _under(event, "answers", depth=_DEEPEST) if isinstance(answer, Mapping)]
    marks = (csat(answer.get("rating_category")) or csat(answer.get("rating")) for answer in answers)
    words = (
        short(answer[name]) for answer in answers for name in ("value", "text") if isinstance(answer.get(name), str)
    )
    return Rating(next((mark for mark in marks if mark), None), next((text for text in words if text), None))


def _under(value: Any, name: str, *, depth: int) -> list[Any]:
    """The first list under a name, however deep it stands."""
    if not depth or not isinstance(value, Mapping):
        return []
    if isinstance(value.get(name), list):
        return list(value[name])
    return next((found for inner in value.values() if (found := _under(inner, name, depth=depth - 1))), [])
