"""Every decided ticket becomes drafts and questions to a person, one transaction a ticket."""

from datetime import datetime
from typing import TYPE_CHECKING

from casemill.domain.case import Draft
from casemill.domain.failure import Failure
from casemill.domain.progress import SILENT, Progress
from casemill.domain.taxonomy import Taxonomy
from casemill.domain.ticket import Ticket
from casemill.domain.word import Word, changed
from casemill.normalize.checks import NO_GOOD, NOT_RED
from casemill.normalize.draft import Slot, Terms, draft_of
from casemill.normalize.expected import NOBODY
from casemill.normalize.origins import origins_of
from casemill.store import asks, drafts, tickets

if TYPE_CHECKING:
    from casemill.settings import Suite
    from casemill.store.database import Db
    from casemill.store.desk import Desk

RANK = {"P0": 0, "P1": 10, "P2": 20}


class Drafted(Word):
    """`drafted` cases from `tickets` tickets; `failures` counts those whose case was admitted before, too."""

    drafted: int = 0
    tickets: int = 0
    failures: int = 0
    without_expectation: int = 0
    not_red: int = 0
    without_good: int = 0


def draft_waiting(
    desk: "Desk", *, taxonomy: Taxonomy, settings: "Suite", now: datetime, progress: Progress = SILENT
) -> Drafted:
    """Every `decided` ticket gets a draft for each of its failures and a question to a person, and is `drafted`.

    One transaction a ticket: run twice or killed anywhere, it ends the same.
    """
    terms = Terms(taxonomy, settings.review_after_days, now)
    with desk.read() as db:
        count = tickets.counts(db).get("decided", 0)
        tools = _all_tools(db) if count else ()
    progress.start(count)
    done, after = Drafted(), 0
    while True:
        with desk.read() as db:
            page = tickets.in_state(db, "decided", after=after)
        if not page:
            return done
        for row in page:
            with desk.write() as db:
                done = _counted(done, _draft_ticket(db, row.ticket, tools=tools, terms=terms))
            progress.step()
        after = page[-1].id


def _draft_ticket(db: "Db", ticket: Ticket, *, tools: tuple[str, ...], terms: Terms) -> tuple[Draft | None, ...]:
    """The drafts of one ticket, None in the place of a failure whose case still holds; nothing when another worker
    or a newer version was faster."""
    from casemill.review.decide import failures_of

    failures = failures_of(db, ticket)
    if not failures:
        reason = "decided, but no failure is named: review it again"
        tickets.move(db, ticket.key, version=ticket.version, frm=("decided",), to="stuck", reason=reason)
        return ()
    if not tickets.move(db, ticket.key, version=ticket.version, frm=("decided",), to="drafted"):
        return ()
    drafts.reject_open(db, ticket.key, now=terms.now)
    asks.withdraw(db, ticket=ticket.key, kind="draft")
    known = _admitted(db, ticket)
    origins = origins_of(db, ticket, tools=tools)
    made: list[Draft | None] = []
    for number, failure in enumerate(failures, 1):
        before = known.get(number)
        if before is not None and _still_holds(db, before, ticket=ticket, failure=failure):
            made.append(None)
            continue
        slot = Slot(failure, number, before.case.id if before else None)
        made.append(_laid(db, draft_of(ticket, slot, origins=origins, terms=terms), now=terms.now))
    if not any(made):
        tickets.move(db, ticket.key, version=ticket.version, frm=("drafted",), to="admitted")
    return tuple(made)


def _laid(db: "Db", draft: Draft, *, now: datetime) -> Draft:
    """The draft on the desk, with its question."""
    kept = drafts.put(db, draft)
    case = draft.case
    why = f"{case.severity} {case.failure_mode}: " + ("; ".join(draft.missing) or "ready to admit")
    asks.ask(
        db,
        kind="draft",
        ticket=draft.ticket,
        version=draft.version,
        draft=kept,
        case=case.id,
        why=why,
        rank=RANK[case.severity],
        now=now,
    )
    return changed(draft, id=kept)


def _admitted(db: "Db", ticket: Ticket) -> dict[int, Draft]:
    """The newest admitted draft of each failure."""
    earlier = drafts.of_ticket(db, ticket.key)
    return {
        draft.failure: draft
        for draft in earlier
        if draft.id is not None and drafts.state_of(db, draft.id) == "admitted"
    }


def _still_holds(db: "Db", before: Draft, *, ticket: Ticket, failure: Failure) -> bool:
    """Whether an admitted case is about the same talk and the same failure: nobody is asked again."""
    first, last = tickets.same_talk(db, ticket.key, version=ticket.version)
    same = (before.case.failure_mode, before.case.severity) == (failure.mode, failure.severity)
    return same and first <= before.version <= last


def _all_tools(db: "Db") -> tuple[str, ...]:
    """The names of all tools that were ever called on the desk."""
    called = (turn.call.name for row in tickets.everything(db) for turn in row.ticket.turns if turn.call is not None)
    return tuple(sorted(set(called)))


def _counted(done: Drafted, made: tuple[Draft | None, ...]) -> Drafted:
    new = [draft for draft in made if draft is not None]
    return Drafted(
        drafted=done.drafted + len(new),
        tickets=done.tickets + bool(new),
        failures=done.failures + len(made),
        without_expectation=done.without_expectation + sum(NOBODY in draft.missing for draft in new),
        not_red=done.not_red + sum(NOT_RED in draft.missing for draft in new),
        without_good=done.without_good + sum(NO_GOOD in draft.missing for draft in new),
    )
