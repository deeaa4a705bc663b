"""What a reviewer sees of one question, as lines of plain text with a style each; the terminal adds the colours.

Ticket text is hostile: whatever could steer a terminal or turn text around is written out instead.
"""

import re
import textwrap
from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

import msgspec

from casemill.domain.failure import Failure
from casemill.domain.proposal import Proposal
from casemill.domain.ticket import Ticket, Turn
from casemill.review.queue import Question

Style = Literal["head", "plain", "dim", "customer", "assistant", "agent", "tool", "note", "failing"]

# C0 and C1 controls, line separators, bidirectional controls, invisible joiners used to hide words, tag characters,
# lone surrogates. The joiner of emoji (U+200D) stays.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_FOUND_BY = {
    "id": "its id",
    "conversation": "the conversation",
    "words": "the replies' words",
    "user": "user and time alone (weak)",
}
NARROWEST, WIDEST = 40, 100
MANY_TURNS = 8


class Line(NamedTuple):
    """One line of the page."""

    text: str
    style: Style = "plain"


class Fold(NamedTuple):
    """How much is shown: lines a turn, lines a tool result, and whether turns far from the failure are left out."""

    turn: int
    tool: int
    far: bool


WHOLE = Fold(turn=100_000, tool=100_000, far=True)
FOLDS = (Fold(40, 3, far=True), Fold(12, 3, far=True), Fold(10, 2, far=False), Fold(4, 1, far=False))


def page(question: Question, *, width: int, height: int | None) -> tuple[Line, ...]:
    """The page of a question, `width` columns wide, folded until it fits `height` lines; None: everything."""
    width = max(NARROWEST, min(WIDEST, width))
    above = [*_head(question, width), *_proposed(question.proposal, width)]
    below = [*_fields(question.ticket, width)]
    for fold in FOLDS if height is not None else (WHOLE,):
        middle = [*_talk(question, fold, width=width)]
        if height is None or len(above) + len(middle) + len(below) <= height:
            break
    return (*above, *middle, *below)


def safe(text: str) -> str:
    """Text that cannot steer a terminal: controls are written out as \\x1b or \\u202e, tabs are spaces."""
    plain = _ENDS.sub("\n", text.expandtabs(4))
    return _STEERING.sub(lambda found: _written_out(found[0]), plain)


def _written_out(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _head(question: Question, width: int) -> Iterator[Line]:
    ticket = question.ticket
    count = f"{question.done:,} done, {question.left:,} left"
    name = f"{ticket.key} · {ticket.subject}" if ticket.subject else ticket.key
    yield Line(f"{_one_line(name, width - len(count) - 2):<{width - len(count) - 2}}  {count}", "head")
    facts = [
        " – ".join(_day(at) for at in (ticket.created_at, ticket.updated_at) if at),
        f"csat {ticket.csat}" if ticket.csat else "",
        ", ".join(ticket.tags),
        ticket.model or "",
        ticket.link or "",
    ]
    if told := "  ·  ".join(fact for fact in facts if fact):
        yield from _wrapped(told, width, style="dim")
    yield from (line for told in _traced(ticket) for line in _wrapped(told, width, style="dim"))
    yield from _wrapped(f"Asked because: {question.ask.why}", width, style="dim")


def _traced(ticket: Ticket) -> Iterator[str]:
    """The model calls behind the ticket, and what none explains."""
    traced = ticket.traced
    if traced is None or not traced.ids:
        if ticket.said_by("assistant"):
            yield "No trace explains the replies: what the AI was given and what it called is not known."
    elif traced.by is not None:
        more = f" and {len(traced.ids) - 1} more" if len(traced.ids) > 1 else ""
        found = f"Trace {traced.ids[0]}{more}, found by {_FOUND_BY[traced.by]}"
        yield "  ·  ".join((found, *traced.models, *traced.prompts))
    yield from (f"Not explained: {why}" for why in (traced.missing if traced else ()))


def _proposed(proposal: Proposal | None, width: int) -> Iterator[Line]:
    yield Line("")
    if proposal is None:
        yield Line("Nothing is proposed.", "dim")
        return
    what = "; ".join(named(failure) for failure in proposal.failures)
    told = f"Proposed: {proposal.origin}" + (f": {what}" if what else "")
    yield from _wrapped(f"{told}  ·  sure {proposal.confidence:.2f}, by {proposal.proposer}", width, style="head")
    for evidence in proposal.evidence:
        where = f" (#{evidence.turn})" if evidence.turn is not None else ""
        quote = " ".join(evidence.quote.split())
        said = f"“{quote}” {evidence.why}{where}" if quote else f"{evidence.why}{where}"
        yield from _wrapped(said, width, indent="  ", style="dim")


def named(failure: Failure) -> str:
    """`promised_action P0 #1`: mode, severity, and the turn of the failing reply."""
    return f"{failure.mode} {failure.severity}" + (f" #{failure.turn}" if failure.turn is not None else "")


def _talk(question: Question, fold: Fold, *, width: int) -> Iterator[Line]:
    yield Line("")
    turns = question.ticket.turns
    failing = {one.turn for one in question.proposal.failures if one.turn is not None} if question.proposal else set()
    near = set(range(len(turns))) if fold.far or len(turns) <= MANY_TURNS else _near(question, failing)
    hidden = 0
    for place, turn in enumerate(turns):
        if place not in near:
            hidden += 1
            continue
        yield from _gap(hidden)
        hidden = 0
        yield from _turn(place, turn, fold=fold, width=width, failing=place in failing)
    yield from _gap(hidden)


def _near(question: Question, failing: set[int]) -> set[int]:
    """The first turns, notes, quoted ones, those around each failing reply, and the customer's after the last one."""
    turns = question.ticket.turns
    quoted = {one.turn for one in question.proposal.evidence if one.turn is not None} if question.proposal else set()
    around = {place + step for place in failing for step in (-2, -1, 0, 1)}
    notes = {place for place, turn in enumerate(turns) if turn.role == "note"}
    last_reply = max((place for place, turn in enumerate(turns) if turn.role == "assistant"), default=-1)
    complaint = {place for place, turn in enumerate(turns) if turn.role == "customer" and place > last_reply}
    return {0, 1, len(turns) - 1} | around | quoted | notes | complaint


def _gap(hidden: int) -> Iterator[Line]:
    if hidden:
        yield Line(f"    … {hidden} more {'turn' if hidden == 1 else 'turns'}, m shows all", "dim")


def _turn(place: int, turn: Turn, *, fold: Fold, width: int, failing: bool) -> Iterator[Line]:
    mark = "  ◀ the failing reply" if failing else "  (private)" if turn.role == "note" else ""
    who = f"  {_one_line(turn.by, 30)}" if turn.by else ""
    when = f"  {_day(turn.at)}" if turn.at else ""
    yield Line(f"#{place} {turn.role}{who}{when}{mark}", "failing" if failing else turn.role)
    text, most = (_call(turn), fold.tool) if turn.call else (turn.text, fold.turn)
    lines = [*_wrapped(text, width, indent="    ", style="failing" if failing else "plain")]
    yield from lines[:most]
    if len(lines) > most:
        yield Line(f"    … {len(lines) - most} more lines, m shows all", "dim")


def _call(turn: Turn) -> str:
    """A tool turn as a person would write the call."""
    assert turn.call is not None
    given = ", ".join(f"{name}={_plain(value)}" for name, value in turn.call.arguments.items())
    result = f" → {turn.call.result}" if turn.call.result is not None else ""
    return f"{turn.call.name}({given}){result}" + (f"\n{turn.text}" if turn.text.strip() else "")


def _plain(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _fields(ticket: Ticket, width: int) -> Iterator[Line]:
    """What stands outside the conversation, each text once."""
    notes = {turn.text.strip() for turn in ticket.turns if turn.role == "note"}
    macro = f"{ticket.macro.title}\n{ticket.macro.text}".strip() if ticket.macro else None
    fields = (
        ("expected behaviour", ticket.expected),
        ("resolution", ticket.resolution),
        ("macro", macro),
        ("csat comment", ticket.csat_comment),
        ("root cause", ticket.root_cause),
    )
    for name, text in fields:
        if text and text.strip() not in notes:
            yield Line(name, "note")
            yield from _wrapped(text, width, indent="    ")
    if ticket.attachments:
        yield from _wrapped("attached: " + ", ".join(one.name for one in ticket.attachments), width, style="dim")


def _wrapped(text: str, width: int, *, indent: str = "", style: Style = "plain") -> Iterator[Line]:
    """Wrapped by characters; a double-width alphabet may run over the edge."""
    for paragraph in safe(text).strip("\n").split("\n"):
        parts = textwrap.wrap(paragraph, max(10, width - len(indent)), break_on_hyphens=False) or [""]
        yield from (Line(f"{indent}{part}".rstrip(), style) for part in parts)


def _one_line(text: str, width: int) -> str:
    line = " ".join(safe(text).split())
    return line if len(line) <= width else line[: max(1, width - 1)] + "…"


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
