"""Tickets written by hand for the ladder, and the draft that comes of them."""

from typing import Any

import make
from casemill.domain.article import Article
from casemill.domain.case import Draft
from casemill.domain.failure import Failure, Severity
from casemill.domain.taxonomy import FailureMode, Taxonomy
from casemill.domain.ticket import Ticket, ToolCall, Turn
from casemill.normalize.draft import Origins, Slot, Terms, draft_of

TAXONOMY = Taxonomy(
    version=1,
    modes=(FailureMode(name="wrong_fact", means="States a wrong fact.", detect="assertion", severity="P1"),),
)


def customer(text: str) -> Turn:
    return Turn(role="customer", text=text)


def bot(text: str) -> Turn:
    return Turn(role="assistant", text=text)


def agent(text: str) -> Turn:
    return Turn(role="agent", text=text)


def called(name: str, **arguments: Any) -> Turn:
    return Turn(role="tool", call=ToolCall(name=name, arguments=arguments, result="ok"))


def ticket(*turns: Turn, note: str | None = None, **fields: Any) -> Ticket:
    told: dict[str, Any] = {"turns": turns, "resolution": note, "csat": None, "subject": ""}
    return make.ticket(**(told | fields))


def drafted(
    mode: str, ticket: Ticket, *, turn: int | None = None, tools: tuple[str, ...] = (), macro: Article | None = None
) -> Draft:
    """The draft of a ticket's only failure."""
    severity: Severity = "P1"
    slot = Slot(Failure(mode=mode, severity=severity, turn=turn))
    terms = Terms(taxonomy=TAXONOMY, review_after_days=90, now=make.NOW)
    return draft_of(ticket, slot, origins=Origins(tools=tools, macro=macro), terms=terms)


def rules(draft: Draft) -> list[dict[str, Any]]:
    """The draft's assertions as they would stand in the file."""
    return [dict(item) for item in draft.case.assert_]
