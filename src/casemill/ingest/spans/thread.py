"""The spans of a trace become one conversation: what the customer and the AI said, and the tools that were called.

Every model call repeats the history before it, and some calls are none of the customer's (a router, a summary). So the
calls are laid over one another where they overlap, and an answer that no later call remembers is left out when another
call answered the same message.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any, NamedTuple

from casemill.domain.ticket import Turn
from casemill.domain.word import canonical, changed
from casemill.ingest.conversation import Conversation
from casemill.ingest.readers.messages import read_messages
from casemill.ingest.spans.words import AI, Message, Span, Tool
from casemill.ingest.speakers import Cast
from casemill.ingest.tools import arguments_of, too_deep
from casemill.ingest.values import plain

MOST_TURNS, MOST_TEXT = 1_000, 1_000_000
# Of a trace whose calls repeat a long history again and again, the last calls hold it all.
MOST_REPEATED = 20_000
_BEFORE = datetime(1970, 1, 1, tzinfo=UTC)
_SYSTEM = frozenset({"system", "developer"})


class Thread(NamedTuple):
    """The turns of a conversation, and whether some were left out because there were too many."""

    turns: tuple[Turn, ...]
    is_cut: bool = False


def thread_of(traces: Iterable[Sequence[Span]]) -> Thread:
    """The conversation of one trace or of several, each given by its spans."""
    said: list[Message] = []
    for spans in sorted(traces, key=lambda own: min((span.at or _BEFORE for span in own), default=_BEFORE)):
        said = _laid_over(said, _one(spans))
    talk = Conversation(Cast())
    read_messages(said, talk)
    return _bounded(tuple(turn for turn in talk.turns if turn.call is not None or turn.text.strip()))


def _one(spans: Sequence[Span]) -> list[Message]:
    """The messages of one trace."""
    calls = sorted((span for span in spans if span.kind == "model" and (span.input or span.output)), key=_end)
    if not calls:
        around = [span for span in spans if span.kind == "other" and span.input and span.output]
        calls = sorted(around, key=lambda span: (span.parent is not None, span.at or _BEFORE))[:1]
    calls = _newest(calls)
    remembered = [{_key(message) for message in span.input} for span in calls]
    asked = [_asked(span) for span in calls]
    said: list[Message] = []
    for place, span in enumerate(calls):
        after = range(place + 1, len(calls))
        kept = any(_key(one) in remembered[later] for later in after for one in span.output)
        passed = not kept and any(asked[later] == asked[place] for later in after)
        output = [_timed(message, span.until) for message in span.output]
        if passed:
            output = [message | {"content": ""} for message in output if message.get("tool_calls")]
        given = [message for message in span.input if str(message.get("role")).casefold() not in _SYSTEM]
        said = _laid_over(said, [*_begun(given, span.at), *output])
    for span in sorted((span for span in spans if span.tool is not None), key=_end):
        _use(said, span, tool=span.tool)
    return said


def _newest(calls: list[Span]) -> list[Span]:
    sizes = accumulate(len(span.input) + len(span.output) for span in reversed(calls))
    kept = sum(size <= MOST_REPEATED for size in sizes)
    return calls[-max(1, kept) :]


def _end(span: Span) -> datetime:
    return span.until or span.at or _BEFORE


def _begun(given: list[Message], at: datetime | None) -> list[Message]:
    """The message that a call answers was there when it began."""
    return [*given[:-1], _timed(given[-1], at)] if given and at is not None else given


def _timed(message: Message, at: datetime | None) -> Message:
    return message if at is None or message.get("at") else message | {"at": at.isoformat()}


def _asked(span: Span) -> str:
    """What a call answers: its last message that is the customer's."""
    return next((_key(one) for one in reversed(span.input) if str(one.get("role")).casefold() not in AI), "")


def _key(message: Message) -> str:
    """Equal for the same message told twice."""
    role = str(message.get("role") or "").casefold()
    calls = [(_call_name(call), canonical(_call_arguments(call)).decode()) for call in _calls(message)]
    words = " ".join(plain(message.get("content")).casefold().split())
    return f"{'ai' if role in AI else role}\n{words}\n{calls}"


def _laid_over(said: list[Message], more: list[Message]) -> list[Message]:
    """Both, where the end of the one is the beginning of the other only once; else what is new of the other behind."""
    if not said or not more:
        return said or more
    before, after = [_key(one) for one in said], [_key(one) for one in more]
    for size in range(min(len(before), len(after)), 0, -1):
        if before[-size:] == after[:size]:
            return [*said, *more[size:]]
    known = set(before)
    return [*said, *(one for one, key in zip(more, after, strict=True) if key not in known)]


def _use(said: list[Message], span: Span, *, tool: Tool | None) -> None:
    """A tool's own span gives its result to the call that a model's answer holds, or is a call of its own."""
    if tool is None:
        return
    for message in said:
        for place, call in enumerate(_calls(message)):
            if _is_same(call, tool):
                calls = _calls(message)
                if "result" not in call and not _is_answered(said, call):
                    calls[place] = {**call, "result": tool.result} if tool.result is not None else dict(call)
                    calls[place]["seen"] = True
                    message["tool_calls"] = calls
                return
    until = span.until or span.at
    later = (
        place
        for place, message in enumerate(said)
        if until is not None and message.get("at") and datetime.fromisoformat(str(message["at"])) > until
    )
    call = {"name": tool.name, "arguments": tool.arguments}
    call |= {"result": tool.result} if tool.result is not None else {}
    said.insert(next(later, len(said)), _timed({"role": "tool", "call": call | {"id": tool.id}}, span.at))


def _is_same(call: dict[str, Any], tool: Tool) -> bool:
    if call.get("seen"):
        return False
    if tool.id and call.get("id"):
        return str(call["id"]) == tool.id
    return _call_name(call) == tool.name and _call_arguments(call) == arguments_of(tool.arguments)


def _is_answered(said: list[Message], call: dict[str, Any]) -> bool:
    """Whether a message of the conversation already tells what the tool gave back."""
    id = call.get("id")
    return bool(id) and any(one.get("tool_call_id") == id for one in said)


def _calls(message: Message) -> list[dict[str, Any]]:
    listed = message.get("tool_calls")
    return [dict(call) for call in listed if isinstance(call, dict)] if isinstance(listed, list) else []


def _call_name(call: dict[str, Any]) -> str:
    told = call.get("function")
    return plain((told if isinstance(told, dict) else call).get("name"))


def _call_arguments(call: dict[str, Any]) -> dict[str, Any]:
    told = call.get("function")
    inner = told if isinstance(told, dict) else call
    given = inner.get("arguments", inner.get("input", inner.get("args")))
    return {} if too_deep(given) else arguments_of(given)


def _bounded(turns: tuple[Turn, ...]) -> Thread:
    """As many turns and characters as a person could read and masking should; of a longer one the newest."""
    kept: list[Turn] = []
    size = 0
    for turn in reversed(turns):
        call = turn.call
        if call is not None and too_deep(call.arguments):
            turn = changed(turn, call=changed(call, arguments={"text": "(nested too deep to be read)"}))
        elif call is not None:
            size += len(call.result or "") + len(canonical(call.arguments))
        size += len(turn.text)
        if len(kept) == MOST_TURNS or size > MOST_TEXT:
            break
        kept.append(turn)
    return Thread(tuple(reversed(kept)), is_cut=len(kept) < len(turns))
