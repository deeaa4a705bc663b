"""A part of a telephone number that somebody gives: `my number starts with 8701`, `телефон заканчивается на 45 67`."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import begun, lower
from casemill.personal.detector import Detector

_PARTLY = (
    *("start", "begin", "ending", "ends", "last", "first"),
    *("канчива", "начина", "последн", "первы", "баста", "аяқтал", "соңғы"),
)
_PHONE = r"(?:phone|cell|mobile|телефон\w*)(?:\s+number)?"
# Matched in lower-case text where a word begins with one of the stems.
_OF_PHONE = re.compile(
    rf"(?:(?:number|номер\w*|нөмір\w*|{_PHONE})\s+(?:\w+\s+){{0,2}}?(?:starts?|begins?|starting|beginning|начина\w+)"
    rf"|{_PHONE}\s+(?:\w+\s+){{0,2}}?(?:ends?|ending|(?:за|о)канчива\w+))"
    r"\s+(?:with|in|on|from|at|на|с)\s*(?:the\s+)?(?:digits?\s*"
    r"|цифр\w*\s*)?[:\"'+]*(?P<id>[0-9][0-9 -]{1,6}[0-9])(?![0-9])"
    r"|(?:нөмір|номер|телефон)\w*\s+\+?(?P<before>[0-9]{2,7})(?:\s?-?\s?\w{2,4})?\s+(?:баста|аяқтал)\w+"
)
_DIGITS_OF = re.compile(
    r"(?:last|first)\s+(?:\w{1,5}\s+)?(?:digits?\s+|numbers?\s+)?(?:of|on)\s+(?:(?:my|the|his|her|your)\s+)?"
    rf"{_PHONE}(?:\s+(?:is|are|was))?[\s:\"'–—-]{{1,3}}(?P<id>[0-9][0-9 -]{{1,6}}[0-9])(?![0-9])"
    r"|(?:последни|первы)\w{1,2}\s+(?:\w{1,8}\s+)?цифр\w{0,3}\s+(?:(?:моего|номера)\s+){0,2}телефон\w{0,2}[\s:—–-]{1,3}"
    r"(?P<second>[0-9][0-9 -]{0,6}[0-9])(?![0-9])"
)
_PHONES = ("number", "phone", "cell", "mobile", "номер", "телефон", "нөмір")
_ENDS = ("last", "first", "последн", "первы")


def find(text: str) -> Iterator[Span]:
    lowered = lower(text)
    if not any(map(lowered.__contains__, _PARTLY)):
        return
    for stems, pattern in ((_PHONES, _OF_PHONE), (_ENDS, _DIGITS_OF)):
        for match in begun(pattern, lowered, stems=stems):
            start, end = match.span(match.lastgroup or 0)
            yield Span(start=start, end=end, label="PHONE")


DETECTOR = Detector(find, digits=2, yields=True, stems=_PHONES)
