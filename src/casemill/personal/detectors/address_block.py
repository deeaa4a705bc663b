"""Addresses around the number of a flat or suite, over several lines: the street before it, town and code behind it."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.address_words import NOT_NAMES
from casemill.personal.context import found_at, has_any
from casemill.personal.detector import Detector
from casemill.personal.everyday import is_everyday
from casemill.personal.words import PARTICLES

_UNIT = re.compile(
    r"(?<![^\W_])(?:apt|apartment|suite|ste|unit|flat)(?:\.[ ]?|[ ]{1,2})#?[0-9]{1,5}[a-z]?(?![^\W_])", re.IGNORECASE
)
_UNITS = ("apt", "apartment", "suite", "ste", "unit", "flat")
_SECOND = re.compile(r",?\s{1,3}(?:(?:apt|suite|box)\.?)\s[0-9]{1,5}", re.IGNORECASE)
# What a street does not go across.
_BREAK = re.compile(r"[\n;:!?\"()\0]|,[ ]")
_JOINING = PARTICLES | {"the", "of"}
_STOPS = NOT_NAMES - {"the", "of"}
WIDTH = 80
GAP = 5
MOST_WORDS = 8
_LINE = r"[ >]{0,3}(?:[A-ZÀ-ŽΑ-Ω][^\s\d,;:!?\"\0]{0,30}[ -]?|(?:de|la|do|da|di|am|an|der|les|del|of)[ ]){1,5}"
_BEHIND = re.compile(
    rf"(?:(?:,[ ]|[ ]?,?\n{{1,2}}|[ ]){_LINE}){{0,2}}(?:[ ]?\n?,[ ](?:[A-Z]{{2,3}}|nan))?(?:(?:,?[ ]"
    rf"|,?[ ]?\n{{1,2}}){_LINE})?"
    r"(?:,?[ \n]{0,3}[ >]{0,3}(?<=[\s>])[0-9]{4,6}(?:-[0-9]{3,4})?(?![\w-]))?"
)
_MILITARY = re.compile(
    r"(?<![^\W_])(?:PSC|CMR|Unit)[ ][0-9]{3,5},?[ ]Box[ ][0-9]{2,5}[,\s]{1,3}(?:APO|DPO"
    r"|FPO)[,\s]{1,2}A[AEP][,\s]{1,2}[0-9]{5}(?:-[0-9]{4})?(?!\w)",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Span]:
    for match in found_at(_UNIT, text, stems=_UNITS):
        start = _street_start(text, match.start())
        if start == match.start():
            continue
        second = _SECOND.match(text, match.end())
        behind = _BEHIND.match(text, second.end() if second else match.end())
        end = behind.end() if behind else match.end()
        yield Span(start=start, end=end - (len(text[start:end]) - len(text[start:end].rstrip(" ,\n"))), label="ADDRESS")
    if has_any(text, (" box",)):
        for match in found_at(_MILITARY, text, stems=("psc", "cmr", "unit")):
            yield Span(start=match.start(), end=match.end(), label="ADDRESS")


def _street_start(text: str, place: int) -> int:
    """Where the street before a unit begins: at its number, or at the capital letters that end in one.

    It is right before the unit, on its line or the one above.
    """
    head = text[max(0, place - WIDTH) : place]
    street = head.rstrip(" >\n,.")
    if not 1 <= len(head) - len(street) <= GAP:
        return place
    line = _BREAK.split(street)[-1]
    position = place - len(head) + len(street)
    start, numbers = place, 0
    for word in reversed(line.split(" ")[-MOST_WORDS:]):
        told = word.strip(".,'’>-")
        if told.lower() in _STOPS or (told.islower() and is_everyday(told) and told not in _JOINING):
            break
        bare = word.lstrip(">")
        begin = position - len(bare)
        if bare[:1].isdigit():
            start, numbers = begin, numbers + 1
        elif numbers and bare[:1].isupper():
            start = begin
        elif not bare[:1].isalpha():
            break
        position -= len(word) + 1
    return start


DETECTOR = Detector(find, digits=2, yields=True, stems=(*_UNITS, "psc", "cmr"))
