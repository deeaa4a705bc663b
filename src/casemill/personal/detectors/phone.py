"""Telephone numbers: international, Kazakh and Russian, American forms; other digit groups when the text says so."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import before, digits_of
from casemill.personal.detector import Detector

_RUN = re.compile(
    r"(?<![\w#№$€£₸₽])(?<![0-9][.,/-])(?:\+|\()?\(?[0-9][0-9() .\u00a0–/-]{4,26}[0-9]"
    r"(?:\s?(?:x|ext\.?|доб\.?)\s?[0-9]{1,5})?(?![^\W_])",
    re.IGNORECASE,
)
_GROUP = re.compile(r"[0-9]+")
_EXTENSION = re.compile(r"\s?(?:x|ext|доб)", re.IGNORECASE)
_WORDS = re.compile(
    r"(?<![^\W_])(?:(?P<phone>phones?|tel|telephone|calls?|calling|cell|cellphone|mobile|whatsapp|fax|text|texts|sms|ring"
    r"|dial|reach\w*|contact\w*|answering|messages?|hotline|телефон\w*|тел|моб\w*|звон\w*|позвон\w*|перезвон\w*|набер\w*"
    r"|ватсап\w*|вотсап\w*|вацап\w*|уатсап\w*|қоңырау\w*|хабарлас\w*|связ\w*|байланыс\w*|desk|office)"
    r"|(?P<number>numbers?|номер\w*|нөмір\w*)"
    r"|(?P<other>items?|products?|sku|orders?|tickets?|case|account|acct|card|invoice|tracking|reference|ref|ids?|code"
    r"|serial|model|imei|заказ\w*|товар\w*|артикул\w*|карт\w*|сч[её]т\w*|тапсырыс\w*|тауар\w*|обращени\w*|iin|иин|жсн|zip"
    r"|upc|ean|isbn|vin|variant|version|reservation|booking|flight|confirmation|policy))(?![^\W_])"
)
_BEHIND = re.compile(r"[\s,|(–—-]*(?:office|fax|mobile|cell|home|work|desk|phone|tel|моб|факс|раб)(?![^\W_])", re.IGNORECASE)
_PART = re.compile(
    r"(?<![^\W_])(?:(?:number|phone|cell|mobile|номер\w*|телефон\w*|нөмір\w*)\s+(?:\w+\s+){0,2}?"
    r"(?:starts?|begins?|starting|beginning|начина\w+)|(?:phone|cell|mobile|телефон\w*)\s+(?:\w+\s+){0,2}?"
    r"(?:ends?|ending|заканчива\w+|оканчива\w+))\s+(?:with|in|on|from|на|с)\s*(?:цифр\w*\s*)?[:\"'+]*(?P<id>[0-9][0-9 -]{1,6}[0-9])(?![0-9])"
    r"|нөмір\w*\s+\+?(?P<id2>[0-9]{3,7})(?:\s?-?\s?\w{2,4})?\s+баста\w+",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Span]:
    for match in _RUN.finditer(text):
        place = _phone_in(text, match)
        if place:
            yield Span(start=place[0], end=place[1], label="PHONE")
    lowered = text.lower()
    if "start" in lowered or "begin" in lowered or "end" in lowered or "чива" in lowered or "чина" in lowered or "баста" in lowered:
        for match in _PART.finditer(text):
            group = match.lastgroup or "id"
            yield Span(start=match.start(group), end=match.end(group), label="PHONE")


def _phone_in(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The whole run when it is a number, else the longest row of its groups that is one by its shape."""
    run = match[0]
    if len(digits_of(run)) < 7:
        return None
    called = _is_called(text, match.start(), match.end())
    groups = [group.span() for group in _GROUP.finditer(_EXTENSION.split(run)[0])]
    if _fits(run, groups, called=called):
        return match.span()
    for length in range(len(groups) - 1, 0, -1):
        for first in range(len(groups) - length + 1):
            start = _with_sign(run, groups[first][0])
            end = groups[first + length - 1][1]
            part = [(a - start, b - start) for a, b in groups[first : first + length]]
            if _fits(run[start:end], part, called=False):
                return match.start() + start, match.start() + end
    return None


def _with_sign(run: str, start: int) -> int:
    while start and run[start - 1] in "+(":
        start -= 1
    return start


def _is_called(text: str, start: int, end: int) -> bool:
    """Whether the nearest telling word says telephone."""
    seen = [match.lastgroup for match in _WORDS.finditer(before(text, start))]
    telling = [group for group in seen if group != "number"]
    if telling:
        return telling[-1] == "phone"
    return bool(seen) or bool(_BEHIND.match(text, end))


def _fits(run: str, groups: list[tuple[int, int]], *, called: bool) -> bool:
    digits = "".join(run[start:end] for start, end in groups)
    if not 7 <= len(digits) <= 15 or run.count("(") != run.count(")") or len(set(digits)) == 1:
        return False
    lengths = tuple(end - start for start, end in groups)
    return called or run.startswith("+") or _national(digits, lengths) or _grouped(run, digits, lengths)


def _national(digits: str, lengths: tuple[int, ...]) -> bool:
    """8-701-…, 7 701 …, 701 123 45 67, and numbers that begin with a trunk zero."""
    if len(digits) == 11 and digits[0] in "78":
        return digits[1] in "79" or (len(lengths) >= 3 and digits[1] in "3456")
    if lengths == (3, 3, 2, 2):
        return digits[0] in "479"
    return digits[0] == "0" and 9 <= len(digits) <= 14 and len(lengths) >= 3


def _grouped(run: str, digits: str, lengths: tuple[int, ...]) -> bool:
    """415-555-2671, 1 (415) 555 2671, (37) 788-063."""
    if lengths in ((3, 3, 4), (1, 3, 3, 4)) and len(digits) - 10 <= (digits[0] == "1"):
        return digits[-10] in "23456789"
    return run.startswith("(") and len(lengths) >= 2 and len(digits) >= 8 and lengths[0] <= 5


DETECTOR = Detector(find, digits=True, yields=True)
