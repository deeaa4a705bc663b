"""What the ticket's fields say by themselves: expected behaviour, AI flag, macro, CSAT, tags, an incident's mode."""

import re
from collections.abc import Iterator

from casemill.domain.ticket import Ticket
from casemill.triage.rules.sides import Passage, Sides
from casemill.triage.rules.signal import Signal

_AI_MACRO = re.compile(r"^\W*(?:\d+\W+)?\W*(?:ai|bot|chat-?bot|llm|ии|бот|жи)\b\s*[:\-–—/|\]]", re.IGNORECASE)
_AI_TAG = re.compile(r"^(?:ai|bot|chat_?bot|llm)(?:[_-].*)?$|.*[_-](?:ai|bot)[_-](?:error|failure|issue|wrong)$")


def from_fields(sides: Sides) -> Iterator[Signal]:
    """One signal for each field that says something."""
    ticket = sides.ticket
    if ticket.expected:
        yield Signal(
            name="expected_field",
            weight=0.6,
            why="support filled in what the AI should have done",
            origin="model",
            quote=ticket.expected[:160].strip(),
        )
    yield from _flag(ticket)
    yield from _tags(ticket)
    if ticket.csat == "bad" and sides.bot_took_part:
        yield Signal(name="csat_bad", weight=0.1, why="the customer rated it bad", origin="model")
    yield from _incident(ticket)
    if ticket.macro and _AI_MACRO.search(ticket.macro.title):
        yield Signal(
            name="ai_macro",
            weight=0.8,
            why="the macro is one for failures of the AI",
            origin="model",
            quote=ticket.macro.title,
        )


def macro_words(ticket: Ticket) -> tuple[Passage, ...]:
    """The macro's title and text, as something the staff said."""
    texts = (ticket.macro.title, ticket.macro.text) if ticket.macro else ()
    return tuple(Passage(text) for text in texts if text.strip())


def _flag(ticket: Ticket) -> Iterator[Signal]:
    # An unticked box says nothing: it is what every ticket has.
    if ticket.ai_related:
        yield Signal(name="ai_flag", weight=0.35, why="support ticked AI-related", origin="model")


def _tags(ticket: Ticket) -> Iterator[Signal]:
    for tag in ticket.tags:
        if _AI_TAG.match(tag.lower()):
            yield Signal(name="ai_tag", weight=0.3, why=f"tagged {tag}", origin="model")
            return
        if tag.lower() in ("spam", "suspended"):
            yield Signal(name="spam_tag", weight=0.8, why=f"tagged {tag}", origin="none")
            return


def _incident(ticket: Ticket) -> Iterator[Signal]:
    if ticket.mode:
        yield Signal(
            name="incident_mode",
            weight=0.95,
            why=f"the incident report names {ticket.mode}",
            origin="model",
            mode=ticket.mode,
            quote=(ticket.root_cause or "")[:160].strip(),
        )
