"""One ticket as it stands masked on the desk, and the case that came of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from casemill.domain.ticket import Ticket
from casemill.domain.word import Word

if TYPE_CHECKING:
    from casemill.store import Desk

# A refund that was promised and never made, with a phone number among the words.
SHOWN = "borsuq:20116"


class Peek(Word):
    """A masked ticket as lines to read, and its case file."""

    ticket: str
    lines: tuple[str, ...]
    case_path: str
    case: str


def peek(desk: "Desk", suite: Path) -> Peek:
    """The ticket of SHOWN and the first case with it in its lineage; empty texts when somebody took them away."""
    from casemill.store import tickets
    from casemill.suite import read_suite

    with desk.read() as db:
        ticket = tickets.get(db, SHOWN)
    read = read_suite(suite)
    case = next((case for case in read.cases if case.lineage and case.lineage.key == SHOWN), None)
    path = read.paths[case.id] if case else None
    return Peek(
        ticket=SHOWN,
        lines=_lines(ticket) if ticket else (),
        case_path=str(path.relative_to(suite.parent)) if path else "",
        case=path.read_text(encoding="utf-8") if path else "",
    )


def _lines(ticket: Ticket) -> tuple[str, ...]:
    """`customer   hi, kettle from order [ORDER_1] …`, one line a turn."""
    said = [(turn.role, turn.text or (turn.call.name if turn.call else "")) for turn in ticket.turns]
    return tuple(f"{role:<10} {' '.join(text.split())}" for role, text in said)
