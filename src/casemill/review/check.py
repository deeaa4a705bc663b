"""What a decision must say to be one; each refusal tells what to do instead."""

from typing import TYPE_CHECKING

from casemill.domain.proposal import Proposal
from casemill.domain.review import Review
from casemill.domain.ticket import Ticket, TicketState
from casemill.errors import UsageError
from casemill.store import tickets
from casemill.triage.route import stands_as_case

if TYPE_CHECKING:
    from casemill.store import Db


def refuse_nonsense(db: "Db", review: Review, *, ticket: Ticket) -> None:
    """UsageError when a decision contradicts itself or its ticket."""
    if review.decision == "correct":
        _check_correction(review)
    elif review.failures or (review.decision == "accept" and review.origin):
        raise UsageError(
            f"{review.ticket}: {review.decision} takes no origin and no failures", hint="that is a correct"
        )
    if review.decision == "duplicate":
        _check_duplicate(db, review)
    if review.decision == "note" and not (review.note or "").strip():
        raise UsageError(f"{review.ticket}: a note needs text", hint='as "note": "ask the billing team"')
    if review.decision == "undo":
        raise UsageError(f"{review.ticket}: an undo cannot be recorded from outside", hint="press u in casemill review")
    _check_turns(review, ticket)


def outcome_of(review: Review, proposal: Proposal | None) -> TicketState:
    """Where a standing decision puts its ticket."""
    if review.decision == "duplicate":
        return "duplicate"
    if review.decision == "correct" and review.origin is not None:
        return "decided" if stands_as_case(review.origin, failures=len(review.failures)) else "not_a_case"
    if review.decision == "accept" and proposal is not None:
        return "decided" if stands_as_case(proposal.origin, failures=len(proposal.failures)) else "not_a_case"
    return "not_a_case"


def refuse_empty_accept(review: Review, proposal: Proposal | None) -> None:
    """An accept needs a proposal that says enough to be acted on."""
    if review.decision != "accept":
        return
    if proposal is None:
        raise UsageError(f"{review.ticket} has no proposal to accept", hint="casemill triage first, or use correct")
    if proposal.origin == "model" and not proposal.failures:
        raise UsageError(f"{review.ticket}: the proposal names no failure", hint="use correct and name it")


def _check_correction(review: Review) -> None:
    if review.origin is None:
        raise UsageError(
            f"{review.ticket}: a correction names the origin", hint="model, product, misuse, one_off or none"
        )
    if review.origin == "model" and not review.failures:
        raise UsageError(
            f"{review.ticket}: a failure of the model is named",
            hint='"failures": [{"turn": 1, "mode": …, "severity": …}]',
        )
    if review.origin != "model" and review.failures:
        raise UsageError(f"{review.ticket}: failures belong to origin model, not {review.origin}")


def _check_duplicate(db: "Db", review: Review) -> None:
    original = review.duplicate_of
    if not original or original == review.ticket:
        raise UsageError(f"{review.ticket}: a duplicate names another ticket", hint='"duplicate_of": "zendesk:48213"')
    state = tickets.state_of(db, original)
    if state is None:
        raise UsageError(f"{review.ticket}: there is no ticket {original} on the desk")
    if state == "duplicate":
        raise UsageError(f"{review.ticket}: {original} is a duplicate itself", hint="name the ticket it duplicates")


def _check_turns(review: Review, ticket: Ticket) -> None:
    for failure in review.failures:
        if failure.turn is None:
            continue
        if not 0 <= failure.turn < len(ticket.turns):
            raise UsageError(
                f"{review.ticket} has no turn {failure.turn}: turns count from 0 to {len(ticket.turns) - 1}"
            )
        role = ticket.turns[failure.turn].role
        if role != "assistant":
            raise UsageError(
                f"{review.ticket}: turn {failure.turn} is the {role}'s; a failing reply is the assistant's"
            )
