"""E-mail addresses, written with an at sign or spelled out."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import lower, spans_of
from casemill.personal.detector import Detector

_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]"
_ADDRESS = re.compile(rf"(?<!{_LOCAL}){_LOCAL}++@[\w-]++(?:\.[\w-]++)+")
_AT = r"(?:\s(?:at|собака|собачка|ат|эт)\s|\s?[(\[{<](?:at|собака|@)[)\]}>]\s?)"
_DOT = r"(?:\s(?:dot|точка|нүкте|period|point)\s|\s?[(\[{<](?:dot|точка|\.)[)\]}>]\s?|\.)"
_SIGN = (
    r"(?:\s(?:underscore|dash|hyphen|minus|plus|нижнее подчёркивание|нижнее подчеркивание|подчёркивание"
    r"|подчеркивание|дефис|тире|минус|плюс)\s)"
)
_SPELLED = re.compile(
    rf"(?<![\w.+-])[\w+-]++(?:(?:{_DOT}|{_SIGN})[\w+-]++){{0,6}}(?:\s[0-9]{{1,8}})?{_AT}"
    rf"[\w-]++(?:{_DOT}[\w-]++){{0,3}}{_DOT}[^\W\d_]{{2,12}}(?!\w)",
    re.IGNORECASE,
)
# `a n n a @ g m a i l . c o m`, `anna @ gmail . com`
_SPACED = re.compile(
    r"(?<![\w.+-])(?:(?:[\w.+-]\s){2,30}|[\w.+-]{1,64}\s?)@\s?(?:[\w-](?:\s[\w-](?!\w)){2,20}"
    r"|[\w-]{1,40}(?:\.[\w-]{1,40}){0,3})"
    r"(?:\s?\.\s?|\sdot\s)(?:[a-z](?:\s[a-z](?!\w)){1,5}|[^\W\d_]{2,12})(?!\w)",
    re.IGNORECASE,
)
_PROVIDER = r"(?:gmail|g\smail|yahoo|hotmail|outlook|icloud|rediffmail|yandex|protonmail|aol|ymail|googlemail|gmx|mail)"
# As speech is written down: `anna 143 gmailcom`, `annagmailcom`, `anna at gmail com`.
_GLUED = re.compile(
    rf"(?<![\w.+-])(?:[\w.+-]{{2,40}}{_PROVIDER}\s?com"
    rf"|[\w.+-]{{1,40}}(?:\s[0-9]{{1,8}})?\s(?:at\s(?:the\srate\s)?)?{_PROVIDER}\s?com)(?!\w)",
    re.IGNORECASE,
)
_TAILS = ("mail", "yahoo", "outlook", "icloud", "yandex", "aol", "gmx")
_UNUSUAL = ("dot", "точка", "нүкте", "собака", "собачка", "(at", "[at", "{at", "<at", "(@", "[@")
_STRAY = "'`*{|}~/=?^&!#$%"


def find(text: str) -> Iterator[Span]:
    lowered = lower(text)
    if "@" in text:
        yield from _plain(text)
    if " @" in text or "@ " in text:
        yield from spans_of(_SPACED, text, label="EMAIL")
    if any(map(lowered.__contains__, _UNUSUAL)):
        for match in _SPELLED.finditer(text):
            if _is_spelled(match[0].lower()):
                yield Span(start=match.start(), end=match.end(), label="EMAIL")
    if ("mail" in lowered or "yahoo" in lowered) and _has_tail(lowered):
        yield from spans_of(_GLUED, text, label="EMAIL")


def _has_tail(lowered: str) -> bool:
    """Whether `com` stands right behind what the name of a provider ends in."""
    place = lowered.find("com")
    while place >= 0:
        if lowered[max(0, place - 8) : place].rstrip().endswith(_TAILS):
            return True
        place = lowered.find("com", place + 1)
    return False


def _plain(text: str) -> Iterator[Span]:
    for match in _ADDRESS.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip(_STRAY + ".-"))
        if text[start] != "@":
            yield Span(start=start, end=match.end(), label="EMAIL")


def _is_spelled(text: str) -> bool:
    """`look at example.com` is no address: either the at or a dot must be written in an unusual way."""
    return bool(re.search(r"[(\[{<]\s?(?:at|собака|@)|собак|собач|\sdot\s|[(\[{<](?:dot|\.)|точка|нүкте", text))


DETECTOR = Detector(
    find,
    pieces=("@", "mail", "(at", "[at"),
    stems=("dot", "точка", "нүкте", "собака", "yahoo", "icloud", "outlook", "aol", "ymail"),
)
