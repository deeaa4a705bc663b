"""A talk played live: the AI under test answers each of the customer's turns anew, the last one too."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from casemill.domain.case import Case, Said
from casemill.domain.reply import Reply, Usage
from casemill.domain.ticket import ToolCall
from casemill.domain.word import changed
from casemill.errors import CasemillError, TargetError
from casemill.run.reply import answered

Ask = Callable[[Case], Awaitable[Reply]]
MOST_ROUNDS = 8


class Recorded(NamedTuple):
    """An answer as it was recorded: the turns from `start` up to `end`, what the assistant said and what it called."""

    start: int
    end: int


def recorded_answers(turns: Sequence[Said]) -> Iterator[Recorded]:
    """The recorded answers to the customer, in order.

    An answer is a run of assistant's and tool's turns straight after a customer's, in which the assistant speaks.
    A greeting before the customer said anything, or what follows a human agent, answers nobody and stays as it is.
    """
    start = None
    for number, said in enumerate([*turns, Said(customer="")]):
        if said.role in ("assistant", "tool"):
            start = number if start is None else start
            continue
        asked = start and turns[start - 1].role == "customer"
        if start and asked and any(one.role == "assistant" for one in turns[start:number]):
            yield Recorded(start, number)
        start = None


async def play(case: Case, ask: Ask, *, hands_tools_out: bool = False) -> Reply:
    """The reply to the last turn, with the replies to the earlier ones in `before`, oldest first.

    Each recorded answer gives way to what came now; the other turns stay. A turn without an answer ends the talk.
    `hands_tools_out`: the target is a model that only names the calls it wants. It is told the results that the same
    calls were recorded with and asked on, until it says something or wants what nobody recorded.
    """
    talk: list[Said] = []
    before: list[Reply] = []
    done = 0
    ask = partial(_asked_on, ask=ask, recorded=case.input.turns) if hands_tools_out else ask
    answers = tuple(recorded_answers(case.input.turns))
    for number, recorded in enumerate(answers, 1):
        talk += case.input.turns[done : recorded.start]
        reply = await _answer(_cut(case, talk), ask, place=f"answer {number} of {len(answers) + 1}")
        talk += said_by(reply, case.input.turns)
        before.append(reply)
        done = recorded.end
    reply = await ask(_cut(case, [*talk, *case.input.turns[done:]]))
    return changed(reply, before=tuple(before)) if before else reply


async def _answer(case: Case, ask: Ask, *, place: str) -> Reply:
    try:
        return answered(await ask(case))
    except CasemillError as error:
        raise TargetError(f"{place}: {error}", hint=error.hint) from None


async def _asked_on(case: Case, *, ask: Ask, recorded: Sequence[Said]) -> Reply:
    rounds: list[Reply] = []
    while True:
        reply = await ask(case)
        calls = tuple(_with_result(call, recorded) for call in reply.calls)
        rounds.append(changed(reply, calls=calls))
        if not calls or any(call.result is None for call in calls) or len(rounds) == MOST_ROUNDS:
            return joined(rounds)
        case = _cut(case, [*case.input.turns, *said_by(rounds[-1], recorded)])


def joined(rounds: Sequence[Reply]) -> Reply:
    """One reply of what a model did round by round: every call, the last words, all tokens, money and time."""
    if len(rounds) == 1:
        return rounds[0]
    used = [reply.usage for reply in rounds if reply.usage is not None]
    costs = [reply.cost for reply in rounds if reply.cost is not None]
    tokens = {name: sum(getattr(usage, name) for usage in used) for name in ("input_tokens", "output_tokens")}
    return changed(
        rounds[-1],
        calls=tuple(call for reply in rounds for call in reply.calls),
        usage=Usage(**tokens) if used else None,
        # A sum that leaves out what nobody knows would be too small.
        cost=sum(costs) if len(costs) == len(rounds) else None,
        latency_ms=round(sum(reply.latency_ms or 0 for reply in rounds), 1),
    )


def said_by(reply: Reply, recorded: Sequence[Said]) -> Iterator[Said]:
    """The turns that a reply comes to: its calls, then its text unless the draft was held back.

    A call that says no result is given the one that the same call was recorded with.
    """
    for call in reply.calls:
        yield Said(tool=_with_result(call, recorded))
    if reply.text.strip() and reply.draft_shown is not False:
        yield Said(assistant=reply.text)


def _with_result(call: ToolCall, recorded: Sequence[Said]) -> ToolCall:
    if call.result is not None:
        return call
    known = (said.tool for said in recorded if said.tool is not None)
    same = (tool.result for tool in known if (tool.name, tool.arguments) == (call.name, call.arguments))
    return changed(call, result=next(same, None))


def _cut(case: Case, turns: Sequence[Said]) -> Case:
    return changed(case, input=changed(case.input, turns=tuple(turns), live=False))
