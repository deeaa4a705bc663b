"""What the learned proposer reads of a ticket: everything but the chat itself, whose words tell the topic."""

import re

from casemill.domain.ticket import Ticket
from casemill.triage.rules.sides import take_apart

_PLACEHOLDER = re.compile(r"\[([A-Z][A-Z0-9_]*?)_\d+\]")
_DIGITS = re.compile(r"\d+")
LONGEST_PART = 3000


def words_of(ticket: Ticket) -> str:
    """Subject, complaint, notes, expected behaviour, macro and the names of called tools, as one text.

    Numbers and placeholder numbers are made equal: which order it was says nothing about what went wrong.
    """
    sides = take_apart(ticket)
    said = [passage.text[:LONGEST_PART] for passage in (*sides.complaint, *sides.staff)]
    macro = [ticket.macro.title, ticket.macro.text[:LONGEST_PART]] if ticket.macro else []
    tools = [f"tool_{turn.call.name}" for turn in ticket.turns if turn.call is not None]
    return level("\n".join([*said, *macro, *dict.fromkeys(tools), *_facts(ticket)]))


def level(text: str) -> str:
    """Lower case, placeholders by their label alone, every number as 0."""
    return _DIGITS.sub("0", _PLACEHOLDER.sub(r"\1", text)).lower()


def _facts(ticket: Ticket) -> list[str]:
    """Facts as words, so that they weigh like words."""
    facts = (
        (any(turn.role == "assistant" for turn in ticket.turns), "fact_ai_spoke"),
        (bool(ticket.trace), "fact_trace"),
        (bool(ticket.ai_related), "fact_ai_flag"),
        (bool(ticket.expected), "fact_expected"),
        (ticket.csat == "bad", "fact_csat_bad"),
    )
    return [word for holds, word in facts if holds]
