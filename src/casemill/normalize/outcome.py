"""What kind of thing should have happened: an answer, a question back, an action, a hand-over, a refusal."""

import re

from casemill.domain.case import Outcome
from casemill.normalize.ladder.facts import is_negated

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
            r"\b(?:transfer|hand(?:\s|-)?(?:over|off)|escalat\w*|(?:live|human)\sagent|to\sa\s(?:human|person|colleague)"
            r"|перевести\sна|передать|эскалир\w*|оператор\w*)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "refuse",
        re.compile(
            r"\b(?:refuse|decline|deny|reject|make\sno\schange|explain\s(?:the|that|our)\spolicy|not\s(?:allowed|possible)"
            r"|отказать|отклонить|объяснить\sправил\w+)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "clarify",
        re.compile(
            r"\b(?:ask\s(?:for|which|what|the\scustomer|them|whether|if|first)|clarif\w+|confirm\swith|request\sthe"
            r"|уточни\w*|спросить|запросить)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "action",
        re.compile(
            r"(?:^|\b(?:should|must|to|and|then|please|also)\s|[,:]\s)\W*(?:cancel|refund|return|exchange|change|modify|update"
            r"|book|send|issue|create|open\sa|set|add|remove|reset)\b"
            r"|\b(?:отменить|вернуть|оформить|изменить|обновить|создать|отправить|забронировать|обменять)\b",
            re.IGNORECASE,
        ),
    ),
)


def outcome_of(mode: str, expected: str) -> Outcome | None:
    """By the words of the expectation, then by the mode; None when neither tells."""
    default = _BY_MODE.get(mode)
    for part in re.split(r"[;\n]|(?<=[.!?])\s", expected):
        for outcome, pattern in _SAYS:
            said = pattern.search(part)
            if said and (outcome == "refuse" or not is_negated(part[: said.end()])):
                return "escalate" if outcome == "handoff" and default == "escalate" else outcome
    return default or ("answer" if expected else None)
