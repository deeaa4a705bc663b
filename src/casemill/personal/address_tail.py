"""How an address goes on behind its street and house: flats, a town, a postal code; and what is no street at all."""

import re

from casemill.personal.address_words import NOT_STREETS, UNIT
from casemill.personal.everyday import is_everyday, is_name_too

HOUSE = r"[0-9]{1,5}(?:[a-zа-я](?![^\W_])|[/-][0-9]{1,4}[a-zа-я]?(?![^\W_]))?"
_UNITS = (
    rf"(?:[,;]?\s{{0,3}}(?:д(?:ом)?\.?\s?{HOUSE}|{UNIT}[.:]?\s?(?:№\s?)?#?[0-9a-z-]{{1,6}}"
    rf"|[0-9]{{1,4}}[- ]?(?:кв|үй|пәтер)"
    r"(?:артира)?|[0-9]{1,2}(?:st|nd|rd|th)\sfl(?:oor|\.)?)(?![^\W_]))"
)
_TAIL = re.compile(
    rf"(?i:{_UNITS}{{0,4}})(?:[*\"]{{0,2}}[,\s]{{1,6}}(?:[*\"]{{2}})?"
    rf"(?:[A-ZÀ-Ž][\w'’-]+[ ]?){{1,3}}[,\s]{{1,4}}(?:[A-Z]{{2}})[,.]?"
    r"(?:\s{1,3}[0-9]{5}(?:-[0-9]{4})?)?(?![\w-])(?:,?[ ](?:USA|US|United States)(?!\w))?)?"
)
_WORDS = re.compile(r"[^\W\d_]+")


def with_tail(text: str, end: int) -> int:
    """Where an address that goes on with flats, a town and a postal code ends."""
    tail = _TAIL.match(text, end)
    return tail.end() if tail else end


def names_no_street(street: str) -> bool:
    """Whether words between a cue and a number are something else: `delivered to locker 12`."""
    words = _WORDS.findall(street)
    return not NOT_STREETS.isdisjoint(words) or all(is_everyday(word) and not is_name_too(word) for word in words)
