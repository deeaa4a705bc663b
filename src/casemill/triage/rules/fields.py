"""What the ticket's fields say by themselves: expected behaviour, AI flag, macro, CSAT, tags, an incident's mode."""

import re
from collections.abc import Iterator

from casemill.domain.notice import Danger, Flag
from casemill.domain.ticket import Ticket, text_at
from casemill.triage.rules.origins import CLEARS_BOT
from casemill.triage.rules.passage import Passage
from casemill.triage.rules.quoting import beginning
from casemill.triage.rules.sides import Sides
from casemill.triage.rules.signal import Signal
from casemill.triage.rules.speech import compiled, folded

_AI_MACRO = re.compile(r"^\W*(?:\d+\W+)?\W*(?:ai|bot|chat-?bot|llm|ии|бот|жи)\b\s*[:\-–—/|\]]", re.IGNORECASE)
SCREENED: dict[Danger, str] = {
    "distress": "somebody may be in danger",
    "threat": "somebody threatens",
    "legal": "somebody goes to law",
    "unscreened": "could not be screened on arrival",
}
_GRAVE_TAGS = frozenset(("distress", "safety", "self_harm", "self-harm", "suicide", "emergency", "threat"))
_AI_TAG = re.compile(r"^(?:ai|bot|chat_?bot|llm)(?:[_-].*)?$|.*[_-](?:ai|bot)[_-](?:error|failure|issue|wrong)$")


def from_fields(sides: Sides) -> Iterator[Signal]:
    """One signal for each field that says something."""
    ticket = sides.ticket
    if ticket.expected and not compiled(CLEARS_BOT.patterns).search(folded(ticket.expected)):
        yield Signal(
            name="expected_field",
            weight=0.5,
            why="support filled in what the AI should have done",
            origin="model",
            quote=beginning(ticket.expected),
        )
    yield from _flag(ticket)
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


def macro_title(ticket: Ticket) -> tuple[Passage, ...]:
    """The macro's title, as something the staff said; its text speaks of rules in general, not of this ticket."""
    return (Passage(ticket.macro.title),) if ticket.macro and ticket.macro.title.strip() else ()


def _flag(ticket: Ticket) -> Iterator[Signal]:
    """The tick and the tag that goes with it are one signal. An unticked box says nothing: every ticket has one."""
    tag = next((tag for tag in ticket.tags if _AI_TAG.match(tag.lower())), None)
    if ticket.ai_related or tag:
        why = "support ticked AI-related" if ticket.ai_related else f"tagged {tag}"
        yield Signal(name="ai_flag", weight=0.25, why=why, origin="model")
    yield from _screened(ticket)
    if grave := next((tag for tag in ticket.tags if tag.lower() in _GRAVE_TAGS), None):
        yield Signal(name="distress", weight=0.0, why=f"tagged {grave}", side="flag")
    if {"spam", "suspended"} & {tag.lower() for tag in ticket.tags}:
        yield Signal(name="spam_tag", weight=0.8, why="tagged as spam", origin="none")


def _screened(ticket: Ticket) -> Iterator[Signal]:
    """What screening found in the raw text on arrival: a danger once, with the words where they stand."""
    for danger, flag in {flag.danger: flag for flag in reversed(ticket.flags)}.items():
        yield Signal(
            name="distress" if danger == "distress" else "danger",
            weight=0.0,
            why=SCREENED[danger],
            side="flag",
            quote=beginning(text_at(ticket, flag.path) or ""),
            turn=turn_of(flag),
        )


def turn_of(flag: Flag) -> int | None:
    """The turn whose text was flagged; None for a subject, a field or a ticket that could not be looked at."""
    where = flag.path.split(".")
    return int(where[1]) if where[0] == "turns" else None


def _incident(ticket: Ticket) -> Iterator[Signal]:
    if ticket.mode:
        yield Signal(
            name="incident_mode",
            weight=0.95,
            why=f"the incident report names {ticket.mode}",
            origin="model",
            mode=ticket.mode,
            quote=beginning(ticket.root_cause or ""),
        )
