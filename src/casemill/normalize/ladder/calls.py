"""Rules about tools: the call that was wrong, the call that was missed, the hand-over that was or was not made."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from casemill.domain.ticket import ToolCall
from casemill.normalize.ladder.facts import (
    Facts,
    Rule,
    hands_over,
    is_lookup,
    parts,
    speaks_of,
    tool_words,
    tools_named,
)
from casemill.normalize.ladder.said import hand_over
from casemill.normalize.reading.values import others_than_wanted, values
from casemill.normalize.reading.words import holds, stem, stems

LONGEST_ARGUMENT = 4
_INSTEAD = re.compile(r"([^;\n]{1,200}?)\s+(?:instead\sof|rather\sthan|вместо)\s+([^;\n]{1,200})", re.IGNORECASE)
_FOR = re.compile(r"\s(?:for|для)\s", re.IGNORECASE)
_MISSED = re.compile(
    r"(?:never\sdid(?:\sthis)?|did\snot|didn['’]?t|failed\sto|forgot\sto|skipped|не\s(?:сделал|выполнил|отправил|оформил|создал)\w*"
    r"|забыл\w*)\s*:?\s*(.+)",
    re.IGNORECASE,
)


def wrong_call(facts: Facts) -> Iterator[Rule]:
    """The recorded call that should not have been made, with the arguments that were wrong about it."""
    made = facts.writes or (facts.calls if facts.mode == "wrong_tool_call" else ())
    suspects = [call for call in made if not hands_over(call.name)]
    for call in reversed(suspects):
        if disputed := _disputed(call, facts):
            yield {"tool_not_called": {"name": call.name, "arguments": disputed}}
    # A broken promise or a forgotten wish is not yet a wrong call: there somebody must have forbidden it.
    strict = facts.mode in ("promised_action", "forgot_constraint")
    told = facts.forbidden if strict else parts(facts.blamed)
    forbidden = [call for call in suspects if any(speaks_of(part, call.name) for part in told)]
    alone = suspects if len(suspects) == 1 and facts.sure and not strict else []
    for call in forbidden or alone:
        if not _is_expected(call, facts):
            yield _forbidden(call)


def right_call(facts: Facts) -> Iterator[Rule]:
    """The same call with the right arguments, where the note says "with X instead of Y"."""
    for call in facts.writes:
        right = {name: good for name, (_, good) in _swaps(call, facts).items()}
        if right:
            yield {"tool_called": {"name": call.name, "arguments": right}}
    yield from missed_call(facts)


def missed_call(facts: Facts) -> Iterator[Rule]:
    """The tool that the note says was not called, else one that the expectation asks for and nobody called."""
    missed = " ; ".join(match[1] for match in _MISSED.finditer(facts.wrong))
    done = {call.name for call in facts.calls} | set(facts.called)
    for text in (missed, "" if facts.general else facts.expected):
        for tool in tools_named(text, facts.tools):
            if tool not in done and not is_lookup(tool):
                yield {"tool_called": {"name": tool}}


def escalation(facts: Facts) -> Iterator[Rule]:
    """The tool that calls a person in, where the AI has one; else words about a person who takes over."""
    for tool in facts.tools:
        if hands_over(tool):
            yield {"tool_called": {"name": tool}}
    yield from hand_over(facts)


def needless_escalation(facts: Facts) -> Iterator[Rule]:
    """The hand-over that nobody needed."""
    for call in facts.calls:
        if hands_over(call.name):
            yield {"tool_not_called": {"name": call.name}}


def _forbidden(call: ToolCall) -> Rule:
    arguments = {name: value for name, value in call.arguments.items() if _is_short(value)}
    return {"tool_not_called": {"name": call.name} | ({"arguments": arguments} if arguments else {})}


def _is_short(value: Any) -> bool:
    """Whether an argument is a value rather than prose; prose is never said twice the same way."""
    return not isinstance(value, str) or len(value.split()) <= LONGEST_ARGUMENT


def _disputed(call: ToolCall, facts: Facts) -> dict[str, Any]:
    """The arguments that the note calls wrong: given "instead of" others, or named in it and not expected.

    Where a wrong value is right for another call, the whole call is named, and a call that is expected as it stands
    is not disputed at all.
    """
    if _is_expected(call, facts):
        return {}
    if swapped := {name: bad for name, (bad, _) in _swaps(call, facts).items()}:
        elsewhere = any(_is_told(value, facts.wanted) for value in swapped.values())
        return {name: value for name, value in call.arguments.items() if _is_short(value)} if elsewhere else swapped
    if not facts.expected:
        return {}
    short = {name: value for name, value in call.arguments.items() if _is_short(value)}
    blamed = {
        name: value
        for name, value in short.items()
        if _is_told(value, facts.blamed) and not _is_told(value, facts.wanted)
    }
    return blamed or {name: value for name, value in short.items() if _is_another(value, facts.wanted)}


def _is_expected(call: ToolCall, facts: Facts) -> bool:
    """Whether everything the call says is what was expected: then it was not the wrong one."""
    told = [value for value in call.arguments.values() if _is_short(value)]
    return bool(facts.wanted and told) and all(_is_told(value, facts.wanted) for value in told)


def _is_told(value: Any, text: str) -> bool:
    if isinstance(value, list | tuple):
        return bool(value) and all(_is_told(item, text) for item in value)
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return False
    return bool(str(value).strip()) and holds(text, str(value).removeprefix("#"))


def _is_another(value: Any, wanted: str) -> bool:
    """Whether the expectation names values of this very kind, and not this one."""
    return bool(others_than_wanted(value, wanted))


def _swaps(call: ToolCall, facts: Facts) -> dict[str, tuple[Any, Any]]:
    """Argument → (what it was, what it should have been), in the argument's own form."""
    found: dict[str, tuple[Any, Any]] = {}
    for match in _INSTEAD.finditer(facts.wrong):
        was, should = _told_values(match[1]), _told_values(_FOR.split(match[2])[0])
        if not was or not should:
            continue
        fitting = {name: value for name, value in call.arguments.items() if _fits(value, was=was, should=should)}
        for name in _meant(fitting, match[1]):
            value = fitting[name]
            found[name] = (value, should if isinstance(value, list | tuple) else _as(value, should[0]))
    return found


def _fits(value: Any, *, was: list[str], should: list[str]) -> bool:
    """Whether an argument is what the note says was called, and not what should have been."""
    items = [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]
    return items == was[-len(items) :] and items != should[: len(items)]


def _meant(fitting: Mapping[str, Any], told: str) -> list[str]:
    """Of several arguments with the same value those that the note names best: "new item" is `new_item_ids`."""
    said = stems(told)
    naming = {name: _naming(name, said) for name in fitting}
    return [name for name in fitting if naming[name] == max(naming.values())]


def _naming(argument: str, said: frozenset[str]) -> int:
    mine = [stem(word) for word in tool_words(argument) if word not in ("id", "ids")]
    return sum(1 if word in said else -1 for word in mine)


def _told_values(text: str) -> list[str]:
    return [value.text for value in values(text)]


def _as(value: Any, text: str) -> Any:
    """A told value in the type of the argument it stands for."""
    if isinstance(value, int) and not isinstance(value, bool) and text.isdigit():
        return int(text)
    return f"#{text}" if isinstance(value, str) and value.startswith("#") and not text.startswith("#") else text
