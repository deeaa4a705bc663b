"""A part of a telephone number that somebody gives: `my number starts with 8701`, `телефон заканчивается на 45 67`."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import has_any, spans_of
from casemill.personal.detector import Detector

_STEMS = ("start", "begin", "ending", "ends", "канчива", "начина", "баста", "аяқтал")
_PHONE = r"(?:phone|cell|mobile|телефон\w*)"
_PART = re.compile(
    rf"(?<![^\W_])(?:(?:number|номер\w*|нөмір\w*|{_PHONE})\s+(?:\w+\s+){{0,2}}?"
    r"(?:starts?|begins?|starting|beginning|начина\w+)"
    rf"|{_PHONE}\s+(?:\w+\s+){{0,2}}?(?:ends?|ending|(?:за|о)канчива\w+))"
    r"\s+(?:with|in|on|from|на|с)\s*(?:цифр\w*\s*)?[:\"'+]*(?P<id>[0-9][0-9 -]{1,6}[0-9])(?![0-9])",
    re.IGNORECASE,
)
_KAZAKH = re.compile(r"нөмір\w*\s+\+?(?P<id>[0-9]{3,7})(?:\s?-?\s?\w{2,4})?\s+(?:баста|аяқтал)\w+", re.IGNORECASE)


def find(text: str) -> Iterator[Span]:
    if has_any(text, _STEMS):
        yield from spans_of(_PART, text, label="PHONE")
        yield from spans_of(_KAZAKH, text, label="PHONE")


DETECTOR = Detector(find, digits=2, yields=True)
