"""Which reply failed, when no sign points at one: the last that did or claimed something of the kind.

A goodbye is hardly ever what went wrong, though it is often the last thing said.
"""

import re

from casemill.triage.rules.calls import CLAIM
from casemill.triage.rules.passage import Passage
from casemill.triage.rules.sides import Sides
from casemill.triage.rules.speech import folded

_OF_DEEDS = {"promised_action", "missed_action", "wrong_tool_call", "unrequested_action", "policy_violation"}
_OF_HANDOVER = {"wrong_escalation", "missed_escalation"}
_HANDOVER = re.compile(
    r"\b(?:transferr?\w*|escalat\w+|hand\w*\s+(?:you\s+)?over|human\s+agent|colleague|specialist|operator"
    r"|передам|переведу|оператор\w*|специалист\w*|маман\w*)\b",
    re.IGNORECASE,
)
_GOODBYE = re.compile(
    r"\b(?:you(?:'re|\s+are)\s+(?:very\s+|most\s+)?welcome|have\s+a\s+(?:great|nice|wonderful|good|lovely)|glad\s+(?:i|to)|happy\s+to\s+help"
    r"|take\s+care|goodbye|my\s+pleasure|anything\s+else|обращайтесь|хорошего\s+дня|рад\w*\s+помочь|қош\s+болыңыз|күніңіз\s+сәтті)",
    re.IGNORECASE,
)
SHORT = 260


def failing_reply(mode: str, sides: Sides, *, before: int | None) -> int | None:
    """The assistant turn that a complaint at turn `before` (None: no complaint in the chat) most likely speaks of."""
    last = sides.reply_before(before) if before is not None else sides.last_reply
    replies = [reply for reply in sides.replies if last is not None and (reply.turn or 0) <= last]
    sign = CLAIM if mode in _OF_DEEDS else _HANDOVER if mode in _OF_HANDOVER else None
    if sign is not None:
        signed = [reply.turn for reply in replies if sign.search(folded(reply.text))]
        if signed:
            return signed[-1]
    return next((reply.turn for reply in reversed(replies) if not _is_goodbye(reply)), last)


def _is_goodbye(reply: Passage) -> bool:
    return len(reply.text) <= SHORT and bool(_GOODBYE.search(folded(reply.text)))
