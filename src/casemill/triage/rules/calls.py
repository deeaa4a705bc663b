"""What the AI did with its tools, held against what it claimed.

Simple: actions are families of verbs, found in tool names and in sentences.
"""

import re
from collections.abc import Iterator

from casemill.domain.ticket import ToolCall
from casemill.triage.rules.quoting import around
from casemill.triage.rules.sides import Sides
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
    "credit": r"voucher\w*|credit\w*|compensat\w*|goodwill|ваучер\w*|бонус\w*",
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
    "credit": ("voucher", "credit", "compensate", "grant", "issue", "certificate", "bonus"),
    "handover": ("transfer", "escalate", "handover", "handoff", "human", "agent"),
}
CLAIM = re.compile(
    r"\b(?:(?:i|we)(?:'ve|\s+have)\s+(?:now\s+|just\s+|already\s+|successfully\s+)*|(?:has|have)\s+(?:now\s+|just\s+|already\s+)?been\s+"
    r"(?:successfully\s+)?|was\s+successfully\s+)"
    r"(?P<en>process\w*|issued|cancell?ed|refunded|updated|changed|modified|booked|sent|submitted|exchanged|returned|replaced|added|credited|granted|applied|scheduled|arranged)"
    r"|\b(?:order|booking|reservation|refund|return|exchange|subscription|plan|address)\b[^.!?\n]{0,40}?\b(?:is|was)\s+(?:now\s+|already\s+)?"
    r"(?P<done>cancell?ed|refunded|updated|changed|booked|processed|exchanged|returned)"
    r"|\b(?:заказ|бронь|возврат|подписка|адрес)\w*\b[^.!?\n]{0,40}?\b(?P<ru_done>отменен|оформлен|изменен|возвращен|забронирован)\w*"
    r"|\bя\s+(?:уже\s+)?(?P<ru>оформил|отменил|вернул|изменил|обновил|забронировал|отправил)\w*"
    r"|\b(?P<kk>қайтарылды|өзгертілді|жойылды|жіберілді|брондалды|ресімделді)\b",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"\b(?:error|failed|failure|not\s+found|denied|refused|rejected|invalid|exception|timed?\s?-?out|ошибк\w+|отказ\w*)\b",
    re.IGNORECASE,
)


def succeeded(call: ToolCall) -> bool:
    """No result recorded counts as done; a result that opens with an error does not."""
    return not _FAILED.search((call.result or "")[:200])


def families_of(text: str) -> frozenset[str]:
    """The families of action that a sentence speaks of."""
    spaced = text.replace("_", " ")
    return frozenset(name for name, words in FAMILIES.items() if re.search(rf"\b(?:{words})\b", spaced, re.IGNORECASE))


def done(sides: Sides, family: str) -> tuple[ToolCall, ...]:
    """The successful calls whose name is of the family."""
    calls = (turn.call for turn in sides.ticket.turns if turn.call is not None)
    verbs = _TOOL_VERBS[family]
    return tuple(call for call in calls if any(verb in call.name.lower() for verb in verbs) and succeeded(call))


def claims(sides: Sides, family: str) -> bool:
    """Whether the AI says anywhere that it did something of the family."""
    said = (match for reply in sides.replies for match in CLAIM.finditer(folded(reply.text)))
    return any(re.search(rf"\b(?:{FAMILIES[family]})\b", match[0], re.IGNORECASE) for match in said)


def empty_claims(sides: Sides) -> Iterator[Signal]:
    """A reply that says something was done, where no tool call bears it out; weak when the tools were not recorded."""
    recorded = any(turn.call for turn in sides.ticket.turns)
    for reply in sides.replies:
        match = CLAIM.search(folded(reply.text))
        if match is None:
            continue
        quote = around(reply.text, start=match.start(), end=match.end())
        families = families_of(quote) - {"handover"}
        if families and not any(done(sides, family) for family in families):
            yield Signal(
                name="empty_claim",
                weight=0.4 if recorded else 0.1,
                why="claims what no tool call bears out" if recorded else "claims a deed; no tools were recorded",
                origin="model",
                mode="promised_action",
                about=reply.turn,
                quote=quote,
                turn=reply.turn,
            )
            return
