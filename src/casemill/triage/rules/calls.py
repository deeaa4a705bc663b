"""What the AI did with its tools, held against what it claimed and what support expected.

Simple: actions are families of verbs, found in tool names and in sentences; objects are not compared but for values
(numbers, placeholders) that the expectation names and no call was given.
"""

import re
from collections.abc import Iterator

import msgspec

from casemill.domain.ticket import ToolCall
from casemill.triage.rules.quoting import around
from casemill.triage.rules.sides import Passage, Sides
from casemill.triage.rules.signal import Signal
from casemill.triage.rules.speech import folded

FAMILIES: dict[str, str] = {
    "cancel": r"cancel\w*|отмен\w*|болдырма\w*",
    "refund": r"refund\w*|reimburs\w*|money\s+back|верн\w*|возврат\w*|қайтар\w*",
    "return": r"return(?:ed|s|ing)?|refund\w*|возврат\w*|қайтар\w*",
    "exchange": r"exchang\w*|replac\w*|swap\w*|обмен\w*|замен\w*|ауыстыр\w*",
    "change": r"chang\w*|modif\w*|updat\w*|set|switch\w*|измен\w*|обнов\w*|поменя\w*|өзгерт\w*",
    "book": r"book(?:ed|ing)?|reserv(?:e|ed)|заброни\w*|бронда\w*",
    "send": r"sen[dt]|issu\w*|grant\w*|отправ\w*|выда\w*|жібер\w*",
    "handover": r"transfer\w*|escalat\w*|hand(?:ed|ing)?[\s_-]?(?:over|off)|human|operator|перевед\w*|переда\w*",
}
_TOOL_VERBS: dict[str, tuple[str, ...]] = {
    "cancel": ("cancel",),
    "refund": ("refund", "return", "certificate", "compensate", "credit", "reimburse"),
    "return": ("return", "refund"),
    "exchange": ("exchange", "replace", "swap"),
    "change": ("change", "modify", "update", "set", "edit", "switch"),
    "book": ("book", "reserve", "create"),
    "send": ("send", "issue", "grant", "certificate", "create"),
    "handover": ("transfer", "escalate", "handover", "handoff", "human", "agent"),
}
_CLAIM = re.compile(
    r"\b(?:i(?:'ve|\s+have)\s+(?:now\s+|just\s+|already\s+|successfully\s+)*|(?:has|have)\s+(?:now\s+|just\s+|already\s+)?been\s+"
    r"(?:successfully\s+)?|was\s+successfully\s+)"
    r"(?P<en>process\w*|issued|cancell?ed|refunded|updated|changed|modified|booked|sent|submitted|exchanged|returned|replaced)"
    r"|\bя\s+(?:уже\s+)?(?P<ru>оформил|отменил|вернул|изменил|обновил|забронировал|отправил)\w*"
    r"|\b(?P<kk>қайтарылды|өзгертілді|жойылды|жіберілді|брондалды|ресімделді)\b",
    re.IGNORECASE,
)
_FAILED = re.compile(r"\b(?:error|failed|failure|not\s+found|denied|invalid|exception|ошибк\w+)\b", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:not|never|n't|nothing|refuse|decline|deny|without|не)\b", re.IGNORECASE)
_VALUE = re.compile(r"\[[A-Z][A-Z0-9_]*_\d+\]|\b\d{4,}\b")


def succeeded(call: ToolCall) -> bool:
    """No result recorded counts as done; a result that opens with an error does not."""
    return not _FAILED.search((call.result or "")[:200])


def families_of(text: str) -> frozenset[str]:
    """The families of action that a sentence speaks of."""
    return frozenset(name for name, words in FAMILIES.items() if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE))


def done(sides: Sides, family: str) -> tuple[ToolCall, ...]:
    """The successful calls whose name is of the family."""
    calls = (turn.call for turn in sides.ticket.turns if turn.call is not None)
    verbs = _TOOL_VERBS[family]
    return tuple(call for call in calls if any(verb in call.name.lower() for verb in verbs) and succeeded(call))


def empty_claims(sides: Sides) -> Iterator[Signal]:
    """A reply that says something was done, where no tool call bears it out; weak when the tools were not recorded."""
    recorded = any(turn.call for turn in sides.ticket.turns)
    for reply in sides.replies:
        match = _CLAIM.search(folded(reply.text))
        if match is None:
            continue
        quote = around(reply.text, start=match.start(), end=match.end())
        families = families_of(quote) - {"handover"}
        if families and not any(done(sides, family) for family in families):
            yield Signal(
                name="empty_claim",
                weight=0.5 if recorded else 0.1,
                why="claims what no tool call bears out" if recorded else "claims a deed; no tools were recorded",
                origin="model",
                mode="promised_action",
                about=reply.turn,
                quote=quote,
                turn=reply.turn,
            )
            return


def against_expectation(sides: Sides, expected: Passage) -> Iterator[Signal]:
    """What support says should have happened, held against the recorded calls; silent where none were recorded."""
    recorded = [turn.call for turn in sides.ticket.turns if turn.call is not None]
    if not recorded:
        return
    wanted = families_of(expected.text)
    if "handover" in wanted:
        yield from _handover(sides, expected)
        return
    if done(sides, "handover"):
        yield _judged(expected, name="handed_over_instead", mode="wrong_escalation", weight=0.6)
    elif wanted and not _NEGATED.search(expected.text):
        yield from _deed(sides, expected, wanted=wanted)


def _handover(sides: Sides, expected: Passage) -> Iterator[Signal]:
    refused = bool(_NEGATED.search(expected.text))
    if refused and done(sides, "handover"):
        yield _judged(expected, name="handed_over_instead", mode="wrong_escalation", weight=0.6)
    elif not refused and not done(sides, "handover"):
        yield _judged(expected, name="not_handed_over", mode="missed_escalation", weight=0.6)


def _deed(sides: Sides, expected: Passage, *, wanted: frozenset[str]) -> Iterator[Signal]:
    calls = [call for family in sorted(wanted) for call in done(sides, family)]
    if not calls:
        yield _judged(expected, name="expected_not_done", mode="missed_action", weight=0.55)
        return
    given = " ".join(msgspec.json.encode(call.arguments).decode() for call in calls)
    if any(value not in given for value in _VALUE.findall(expected.text)):
        yield _judged(expected, name="done_otherwise", mode="wrong_tool_call", weight=0.5)


def _judged(expected: Passage, *, name: str, mode: str, weight: float) -> Signal:
    return Signal(
        name=name,
        weight=weight,
        why="what support expected is not what the tools did",
        origin="model",
        mode=mode,
        quote=expected.text[:160].strip(),
        turn=expected.turn,
    )
