"""The last four digits of a card: `ending in 4471`, `последние цифры 4471`, `**** 4471`."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import before, has_any
from casemill.personal.detector import Detector

_FOUR = r"[*xX•·.#\s\"'`:=–—-]*+(?P<id>[0-9]{4})(?![0-9]|[-/.][0-9])"
_ENGLISH = re.compile(
    r"(?<![^\W_])(?:(?:end(?:ing|s|ed)?|finish(?:ing|es)?)\s+(?:in|with)(?:\s+(?:the\s+)?(?:digits|numbers?))?"
    r"|last[\s_]*+(?:4|four)(?:[\s_]+(?:digits?|numbers?))?(?:\s+of\s+[^.\d\0]{0,30}?)?(?:\s+(?:are|is|were|was))?)"
    + _FOUR,
    re.IGNORECASE,
)
_RUSSIAN = re.compile(
    r"(?:последни\w{1,2}\s+(?:(?:4|четыр\w{1,3})\s+)?цифр\w{0,3}(?:\s+(?:моей\s+)?карт\w{1,3})?"
    r"|(?:о|за)канчива\w{2,5}\s+на(?:\s+цифры)?)" + _FOUR,
    re.IGNORECASE,
)
_KAZAKH = re.compile(r"соңғы\s+(?:(?:4|төрт)\s+)?(?:цифр|сан)\w{0,5}" + _FOUR, re.IGNORECASE)
_KAZAKH_AFTER = re.compile(
    r"(?<![0-9])(?P<id>[0-9]{4})(?:-?\s?(?:пен|мен|бен|ке|ге|қа|ға))?\s+аяқталатын", re.IGNORECASE
)
_STARRED = re.compile(
    r"[*•·xX](?<![\w*•:][*•·xX])(?:(?<=[*•·])[*•·]{0,3}|(?<=[xX])[xX]{1,3})(?:[ -]?[*xX•·]{4}){0,3}[ -]?"
    r"(?P<id>[0-9]{4})(?![\w*]|[-/.][0-9])"
)
_BRAND = re.compile(
    r"(?<![^\W_])(?:visa|master\s?card|amex|maestro|карт[аыеуой]{1,2})\s+[*#x…]{0,4}"
    r"(?P<id>[0-9]{4})(?!\w)(?![ .,:/-]?[0-9])",
    re.IGNORECASE,
)
_BEFORE_CARD = re.compile(r"(?<![\w.,])(?P<id>[0-9]{4})\s(?:credit |debit )?card(?!\w)", re.IGNORECASE)
_FORMS = (
    (("end", "finish", "last"), _ENGLISH),
    (("последн", "канчива"), _RUSSIAN),
    (("соңғы",), _KAZAKH),
    (("аяқталатын",), _KAZAKH_AFTER),
    (("*", "x", "•", "·"), _STARRED),
    (("visa", "master", "amex", "maestro", "карт"), _BRAND),
    (("card",), _BEFORE_CARD),
)
_NO_CARD = re.compile(r"phone|cell|mobile|whatsapp|телефон|ssn|social")


def find(text: str) -> Iterator[Span]:
    for stems, pattern in _FORMS:
        for match in pattern.finditer(text) if has_any(text, stems) else ():
            context = before(text, match.start(), width=32)
            if not _NO_CARD.search(context) or "card" in context or "карт" in context:
                yield Span(start=match.start("id"), end=match.end("id"), label="CARD_LAST4")


DETECTOR = Detector(find, digits=4)
