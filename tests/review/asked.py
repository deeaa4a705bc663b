"""Tickets that wait for a person."""

from datetime import timedelta

import make
from casemill.domain.failure import Failure
from casemill.domain.proposal import Proposal
from casemill.domain.review import Ask
from casemill.domain.ticket import TicketState
from casemill.store import Desk, asks, proposals, tickets

ANNA, BORIS = "anna@shop.test", "boris@shop.test"
LATER = make.NOW + timedelta(minutes=5)
FAILURE = Failure(mode="promised_action", severity="P0", turn=1)


def ask(desk: Desk, *names: str, proposal: Proposal | None = None, rank: int = 0) -> None:
    """Tickets as triage leaves them: proposed on and asked about."""
    proposal = proposal or make.proposal(failures=(FAILURE,))
    with desk.write() as db:
        for name in names:
            key = f"zendesk:{name}"
            tickets.put(db, make.ticket(name))
            tickets.move(db, key, version=1, frm=("masked",), to="proposed")
            proposals.add(db, make.proposal(key, origin=proposal.origin, failures=proposal.failures))
            asks.ask(db, kind="review", ticket=key, version=1, why="not sure enough", now=make.NOW, rank=rank)


def state(desk: Desk, name: str) -> TicketState | None:
    with desk.read() as db:
        return tickets.state_of(db, f"zendesk:{name}")


def questions(desk: Desk, name: str) -> list[Ask]:
    with desk.read() as db:
        return [one for one in asks.of_ticket(db, f"zendesk:{name}") if one.kind == "review"]
