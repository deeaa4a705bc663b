"""What kind of thing should have happened: an answer, a question back, an action, a hand-over, a refusal."""

import re

from casemill.domain.case import Outcome
from casemill.normalize.ladder.facts import forbids, parts

_BY_MODE: dict[str, Outcome] = {
    "missed_escalation": "escalate",
    "ignored_distress": "escalate",
    "policy_violation": "refuse",
    "leaked_data": "refuse",
    "wrong_tool_call": "action",
    "missed_action": "action",
    "unrequested_action": "answer",
    "hallucinated_policy": "answer",
    "wrong_fact": "answer",
    "stale_source": "answer",
    "incomplete_answer": "answer",
}
_SAYS: tuple[tuple[Outcome, re.Pattern[str]], ...] = (
    (
        "handoff",
        re.compile(
            r"\b(?:transfers?|hands?(?:\s(?:it|them|this|the\s\w+))?(?:\s|-)?(?:over|off)|escalat\w*|(?:live|human)\sagent"
            r"|(?:to|asks?)\s(?:a|the|our)\s(?:human|person|colleague|team(?:\slead)?)|перев(?:ести|одит)\sна|переда(?:ть|[её]т)"
            r"|эскалир\w*|оператор\w*)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "refuse",
        re.compile(
            r"\b(?:refuses?|declines?|deny|denies|rejects?|makes?\sno\schange|explains?\s(?:the|that|our)\spolicy"
            r"|not\s(?:allowed|possible)|отказать|отклонить|объяснить\sправил\w+)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "clarify",
        re.compile(
            r"\b(?:asks?\s(?:for|which|what|the\scustomer|them|whether|if|first)|clarif\w+|confirms?\swith|requests?\sthe"
            r"|уточн\w*|спросить|спрашивает|запросить)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "action",
        re.compile(
            r"(?:^|\b(?:should|must|to|and|then|please|also)\s|[,:]\s)\W*(?:calls?\s\w+_\w+|cancels?|refunds?|returns?|exchanges?"
            r"|changes?|modif(?:y|ies)|updates?|books?|sends?|issues?|creates?|opens?\s(?:a|an|the)|sets?|adds?|removes?|resets?)\b"
            r"|\b(?:отменить|вернуть|оформить|изменить|обновить|создать|отправить|забронировать|обменять|открыть|вызвать)\b",
            re.IGNORECASE,
        ),
    ),
)


def outcome_of(mode: str, expected: str) -> Outcome | None:
    """By the words of the expectation, then by the mode; None when neither tells."""
    default = _BY_MODE.get(mode)
    for part in parts(expected):
        for outcome, pattern in _SAYS:
            said = pattern.search(part)
            if said and (outcome == "refuse" or not forbids(part)):
                return "escalate" if outcome == "handoff" and default == "escalate" else outcome
    return default or ("answer" if expected else None)
