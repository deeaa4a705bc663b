"""The first cut: what was said up to the failing reply, the failing reply itself, and the tools called with it."""

from typing import Any, NamedTuple

from casemill.domain.case import Said
from casemill.domain.ticket import Role, Ticket, ToolCall, Turn
from casemill.domain.word import Word, canonical, changed
from casemill.normalize.ladder.facts import is_lookup
from casemill.normalize.reading.claims import claims
from casemill.normalize.reading.courtesy import substance
from casemill.normalize.reading.values import LONG, others_than_wanted, values

NO_REPLY = "no failing reply recorded: paste it"
NO_CUSTOMER = "no customer message before the failing reply: write the input"
LONGEST_RESULT = 200
LARGEST = 2**63
WRITE_IT = "(write what the customer says)"


class Cut(Word, omit_defaults=True):
    """The input's turns, the last of them the customer's; the bad reply and its calls; `failing` is its turn's index,
    `sure` whether somebody or something names it; `missing` says what could not be found."""

    turns: tuple[Said, ...]
    bad: str | None = None
    bad_calls: tuple[ToolCall, ...] = ()
    failing: int | None = None
    sure: bool = False
    missing: tuple[str, ...] = ()


class Told(NamedTuple):
    """What was written about the failure: what was wrong, and what was wanted instead."""

    blamed: str = ""
    wanted: str = ""


NOTHING_TOLD = Told()


def cut(ticket: Ticket, turn: int | None, *, told: Told = NOTHING_TOLD) -> Cut:
    """Cut at the failing reply: `turn` is its index; None looks for it by what was `told`, see failing_turn."""
    failing = failing_turn(ticket, turn, told=told)
    sure = turn is not None or (failing is not None and _guilt(ticket, failing, told=told) > 0)
    if failing is None:
        return Cut(turns=(Said(customer=_complaint(ticket)),), missing=(NO_REPLY, *_silent(ticket)))
    asked = _last_before(ticket, failing, role="customer")
    if asked is None:
        complaint = (Said(customer=_complaint(ticket)),)
        return changed(_with_reply(ticket, failing, turns=complaint), sure=sure, missing=(NO_CUSTOMER,))
    turns = tuple(said for turned in ticket.turns[: asked + 1] if (said := _said(turned)))
    return changed(_with_reply(ticket, failing, turns=turns), sure=sure)


def failing_turn(ticket: Ticket, turn: int | None, *, told: Told = NOTHING_TOLD) -> int | None:
    """The index of the reply that failed; a turn that is not a reply stands for the reply it belongs to.

    Where nobody named the turn it is the reply whose calls or claims hold the most of what is blamed and the least of
    what was wanted, the later of equals; else the last reply that is more than manners.
    """
    replies = [index for index, said in ticket.said_by("assistant") if said.text.strip()]
    if turn is None or not 0 <= turn < len(ticket.turns):
        telling = [index for index in replies if substance(ticket.turns[index].text)] or replies
        return max(telling, key=lambda index: (_guilt(ticket, index, told=told), index), default=None)
    if turn in replies:
        return turn
    if ticket.turns[turn].role == "tool":
        start, end = block(ticket, turn)
        return next((index for index in replies if turn < index < end), _last([i for i in replies if start <= i], turn))
    return next((index for index in reversed(replies) if index < turn), replies[0] if replies else None)


def _guilt(ticket: Ticket, index: int, *, told: Told) -> int:
    """How much of what is blamed a reply did or claims to have done, and how much it did that was not wanted."""
    start, end = block(ticket, index)
    calls = [said.call for said in ticket.turns[start:end] if said.call is not None]
    named = sum(call.name.lower() in told.blamed.lower() for call in calls)
    done = " ".join([*claims(ticket.turns[index].text), *(canonical(call.arguments).decode() for call in calls)])
    facts = {value.text for value in values(told.blamed) if value.kind != "number" or len(value.text) >= LONG}
    other = sum(bool(others_than_wanted(call.arguments, told.wanted)) for call in calls if not is_lookup(call.name))
    return named * 2 + sum(fact in done for fact in facts) + other


def block(ticket: Ticket, turn: int) -> tuple[int, int]:
    """The half-open range of turns about `turn` in which no customer and no agent speaks."""
    start = turn
    while start > 0 and ticket.turns[start - 1].role not in ("customer", "agent"):
        start -= 1
    end = turn + 1
    while end < len(ticket.turns) and ticket.turns[end].role not in ("customer", "agent"):
        end += 1
    return start, end


def _last(indexes: list[int], turn: int) -> int:
    """The last reply before a tool call; the call itself where the AI said nothing."""
    return next((index for index in reversed(indexes) if index < turn), turn)


def _with_reply(ticket: Ticket, failing: int, *, turns: tuple[Said, ...]) -> Cut:
    start, end = block(ticket, failing)
    calls = tuple(_short(said.call) for said in ticket.turns[start:end] if said.call is not None)
    reply = ticket.turns[failing]
    text = reply.text if reply.role == "assistant" else None
    return Cut(turns=turns, bad=text, bad_calls=calls, failing=failing)


def _short(call: ToolCall) -> ToolCall:
    """A call without a result too long to read; no rule looks at it, and the trace keeps it."""
    long = call.result is not None and len(call.result) > LONGEST_RESULT
    return changed(call, arguments=_writable(call.arguments), result=None if long else call.result)


def _writable(value: Any) -> Any:
    """Arguments as a file can hold them: a whole number that JSON readers would round becomes text."""
    if isinstance(value, dict):
        return {key: _writable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(inner) for inner in value]
    return str(value) if isinstance(value, int) and abs(value) >= LARGEST else value


def _last_before(ticket: Ticket, turn: int, *, role: Role) -> int | None:
    return next(
        (i for i in range(turn - 1, -1, -1) if ticket.turns[i].role == role and ticket.turns[i].text.strip()), None
    )


def _said(turn: Turn) -> Said | None:
    """A turn as a case tells it; notes and empty turns are left out."""
    if turn.role == "tool":
        return (
            Said(tool=changed(turn.call, arguments=_writable(turn.call.arguments))) if turn.call is not None else None
        )
    if turn.role == "note" or not turn.text.strip():
        return None
    said: dict[str, Any] = {turn.role: turn.text}
    return Said(**said)


def _complaint(ticket: Ticket) -> str:
    said = next((turn.text for _, turn in ticket.said_by("customer") if turn.text.strip()), "")
    return said or ticket.subject.strip() or WRITE_IT


def _silent(ticket: Ticket) -> tuple[str, ...]:
    return () if any(turn.text.strip() for _, turn in ticket.said_by("customer")) else (NO_CUSTOMER,)
