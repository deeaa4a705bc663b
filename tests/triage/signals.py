"""What triage's tests share: the starter's taxonomy and the texts of a ticket."""

from functools import cache
from pathlib import Path

import casemill.suite.starter
from casemill.domain.taxonomy import Taxonomy
from casemill.domain.ticket import Ticket
from casemill.suite import read_taxonomy
from casemill.triage.rules import judge
from casemill.triage.rules.weigh import Verdict


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
