"""What triage's tests share: the starter's taxonomy, tickets that tell of a failure, the texts of a ticket."""

from functools import cache
from pathlib import Path
from typing import Any

import casemill.suite.starter
import make
from casemill.domain.taxonomy import Taxonomy
from casemill.domain.ticket import Ticket
from casemill.suite import read_taxonomy
from casemill.triage.rules import judge
from casemill.triage.rules.weigh import Verdict

REFUND = "I've processed your refund, you should see it in 5–7 days."
ASK = ("customer", "please cancel order [ORDER_1] and refund me")
REPLY = ("assistant", "Sure, let me look at that for you.")


@cache
def starter() -> Taxonomy:
    return read_taxonomy(Path(casemill.suite.starter.__file__).parent)


def judged(ticket: Ticket) -> Verdict:
    return judge(ticket, starter())


def modes(ticket: Ticket) -> tuple[str, ...]:
    return tuple(failure.mode for failure in judged(ticket).failures)


def texts(ticket: Ticket, turn: int | None) -> list[str]:
    """Where a quote may stand: its turn, or the fields outside the conversation."""
    if turn is not None:
        return [ticket.turns[turn].text]
    macro = (ticket.macro.title, ticket.macro.text) if ticket.macro else ()
    fields = (ticket.subject, ticket.csat_comment, ticket.expected, ticket.resolution, ticket.root_cause, *macro)
    return [text for text in fields if text]


def noted(note: str, *chat: tuple[str, str], **fields: Any) -> Ticket:
    """A chat with the AI that an agent closed with a note."""
    said = chat or (ASK, REPLY)
    told: dict[str, Any] = {
        "turns": make.turns(*said, ("note", note)),
        "resolution": note,
        "csat": None,
        "subject": "help",
    }
    return make.ticket(**(told | fields))


def complaining(text: str, **fields: Any) -> Ticket:
    """A chat with the AI, a complaint about it, and a note that says nothing."""
    told: dict[str, Any] = {
        "turns": make.turns(ASK, REPLY, ("customer", text), ("note", "Sorted, closing.")),
        "resolution": "Sorted, closing.",
        "csat": None,
        "subject": "help",
    }
    return make.ticket(**(told | fields))
