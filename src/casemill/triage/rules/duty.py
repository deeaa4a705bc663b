"""What support says should have happened, read clause by clause and held against what the AI did.

Simple: a clause is a deed, a deed forbidden, a hand-over, or something to tell; actions are families of verbs, and of
their objects only values (numbers, placeholders) are compared, with the arguments of the recorded calls.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from casemill.triage.rules.calls import claims, done, families_of
from casemill.triage.rules.origins import CLEARS_BOT
from casemill.triage.rules.passage import Passage
from casemill.triage.rules.quoting import beginning
from casemill.triage.rules.sides import Sides
from casemill.triage.rules.signal import Signal
from casemill.triage.rules.speech import LONGEST_DUTY, compiled, duty_in, folded

_CLAUSE = re.compile(r"[;\n]+|,\s+(?=(?:and\s+|but\s+)?(?:must|should|not|without|no|tell|then)\b)|\.\s+")
_NOT = re.compile(r"\b(?:not|never|without|no|n't|refuse|decline|deny|не|без|отказать)\b", re.IGNORECASE)
_NO_CHANGE = re.compile(
    r"\b(?:(?:make|change|do)\s+no(?:thing)?\b|no\s+(?:change|refund|action)|refuse|decline|deny|stick\s+to\s+the\s+(?:policy|rules)"
    r"|отказать|объяснить\s+правил\w*)",
    re.IGNORECASE,
)
_TELL = re.compile(
    r"\b(?:tell|inform|answer|mention|quote|explain|say|state|give|ask|offer|apologi[sz]e)s?\b|\b(?:сообщ|ответ|назва|сказа|айту|хабарла)\w*",
    re.IGNORECASE,
)
_HANDOVER = re.compile(
    r"\b(?:transfer\w*|escalat\w*|hand(?:ed|ing)?[\s-]?(?:over|off)|(?:pass|forward|route|send)\w*\s+(?:\w+\s+){0,3}to\s+(?:a\s+|the\s+)?"
    r"(?:human|person|agent|specialist|team|colleague)|human\s+agent)|\b(?:переда|перевести|переключить|эскалир|маманға|операторға)\w*",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\bno\s+\w+\s+(?:has|have|was|were|is)\b|\b(?:not|n't)\s+(?:yet\s+)?(?:been\s+)?(?:done|started|made|processed|cancelled|refunded)"
    r"|\b(?:cannot|can\s?not|can't|could\s+not|couldn't)\b|\bне\s+(?:оформ|начат|отмен|сделан|возвращ)\w*",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?:nothing\s+else|only\s+that|leave\s+the\s+rest|и\s+больше\s+ничего|басқа\s+ештеңе)\b", re.IGNORECASE
)
_VALUE = re.compile(r"\[[A-Z][A-Z0-9_]*_\d+\]|\b\d{4,}\b")
_ITSELF = re.compile(r"\b(?:itself|by\s+itself|on\s+its\s+own|сам(?:остоятельно)?|өзі)\b", re.IGNORECASE)


class Duty(NamedTuple):
    """What was to be done, left undone, told, and whether a person was to take over (None: not said)."""

    deeds: tuple[str, ...]
    forbidden: tuple[str, ...]
    told: bool
    handover: bool | None
    only: bool


def read_duty(text: str) -> Duty:
    """The clauses of a sentence that says what should happen."""
    deeds, forbidden, told = [], [], False
    handover: bool | None = None
    for clause in filter(str.strip, _CLAUSE.split(text)):
        over, tell = _HANDOVER.search(clause), _TELL.search(clause)
        if over:
            handover = not _NOT.search(clause[: over.start()])
        elif tell and not _NO_CHANGE.search(clause[: tell.end()]) and not families_of(clause[: tell.start()]):
            told = True
        elif _NO_CHANGE.search(clause) or _forbids(clause):
            forbidden.append(clause)
        elif families_of(clause):
            deeds.append(clause)
    return Duty(tuple(deeds), tuple(forbidden), told, handover, bool(_ONLY.search(text)))


def _forbids(clause: str) -> bool:
    """A "not" right before the deed; "insurance no" or "reason: no longer needed" after it forbids nothing."""
    found = _NOT.search(clause)
    return bool(
        found and families_of(" ".join(clause[found.end() :].split()[:3])) and not families_of(clause[: found.start()])
    )


def from_duty(sides: Sides, passage: Passage) -> Iterator[Signal]:
    """The mode that an expectation points at; nothing when it says that the AI did as expected.

    The structured field is all expectation; of a note only what follows a word such as "should".
    """
    whole = passage.text == sides.ticket.expected
    text = passage.text[:LONGEST_DUTY] if whole else duty_in(passage.text)
    if not text or compiled(CLEARS_BOT.patterns).search(folded(passage.text)):
        return
    duty = read_duty(text)
    if _DENIES.search(text) and any(claims(sides, family) for family in families_of(text)):
        yield _signal(passage, text, mode="promised_action", weight=0.55)
    if _ITSELF.search(text) and done(sides, "handover"):
        duty = duty._replace(handover=False)
    yield from (_signal(passage, text, mode=mode, weight=weight) for mode, weight in _points_at(duty, sides))


def _points_at(duty: Duty, sides: Sides) -> Iterator[tuple[str, float]]:
    handed = bool(done(sides, "handover"))
    if duty.handover is False or (duty.deeds and duty.handover is None and handed):
        yield "wrong_escalation", 0.5
    elif duty.handover:
        yield "missed_escalation", 0.3 if handed else 0.5
    elif duty.forbidden:
        yield ("unrequested_action" if duty.deeds else "policy_violation"), 0.5
    elif duty.told:
        yield "incomplete_answer", 0.15 if duty.deeds else 0.3
    if duty.deeds and not duty.forbidden and duty.handover is None and not handed:
        yield _of_deeds(duty, sides)
    if duty.only and not duty.forbidden:
        yield "unrequested_action", 0.2


def _of_deeds(duty: Duty, sides: Sides) -> tuple[str, float]:
    """Done otherwise or not done? By the calls where there are any; else by whether the AI claimed to have done it."""
    wanted = {family for deed in duty.deeds for family in families_of(deed)}
    calls = [call for family in sorted(wanted) for call in done(sides, family)]
    if calls:
        given = " ".join(msgspec.json.encode(call.arguments).decode() for call in calls)
        values = [value for deed in duty.deeds for value in _VALUE.findall(deed)]
        return "wrong_tool_call", 0.5 if any(value not in given for value in values) else 0.1
    if any(claims(sides, family) for family in wanted):
        return "wrong_tool_call", 0.2
    recorded = any(turn.call for turn in sides.ticket.turns)
    return "missed_action", 0.5 if recorded else 0.2 if sides.replies else 0.1


def _signal(passage: Passage, text: str, *, mode: str, weight: float) -> Signal:
    return Signal(
        name=f"expected_{mode}",
        weight=weight,
        why="what support says should have happened points at it",
        origin="model",
        mode=mode,
        quote=beginning(text),
        turn=passage.turn,
    )
