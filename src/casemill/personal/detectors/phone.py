"""Telephone numbers: international, Kazakh and Russian, American forms; other digit groups when the text says so."""

import re
from collections.abc import Iterator, Sequence

from casemill.domain.placeholder import Span
from casemill.personal.context import before, begun, count_digits, lower, spans_of
from casemill.personal.detector import Detector
from casemill.personal.veil import Place

_RUN = re.compile(
    r"[+(0-9](?<![\w#№$€£₸₽+(][+(0-9])(?<![0-9][.,/-][+(0-9])\(?[0-9() .\u00a0–/-]{4,27}[0-9]"
    r"(?P<extension>\s?,?\s?(?:x|ext(?:ension)?\.?|доб(?:авочн\w{2,3})?\.?|внутр\.)\s?[0-9]{1,5})?(?![^\W_])",
    re.IGNORECASE,
)
# The number behind a company's number: `ext 4417`, `доб. 214`.
_EXTENSION = re.compile(
    r"(?:ext(?:ension)?|доб(?:авочн\w{2,3})?|внутренн\w{2,3}\s+номер\w{0,2}|ішкі\s+нөмір\w{0,4})"
    r"(?:\.|\s+(?:is|no\.?|number|номер\w{0,2}))*[\s:№#—–-]{1,3}(?P<id>[0-9]{2,6})(?![^\W_]|[.,:/-][0-9])"
)
_OF_FILES = re.compile(
    r"(?:chrome|browser|firefox|file|plug-?in|hair|safari|code|warranty|deadline|расширени\w)\W{0,2}$"
)
_EXTENSIONS = ("ext", "доб", "внутренн", "ішкі")
# Out of the columns of a table: groups with a tab between, in the international or the Kazakh form.
_TABBED = re.compile(
    r"(?:[+](?<![\w+][+])[0-9]{1,3}(?:\t[(]?[0-9]{2,4}[)]?){3,5}"
    r"|8(?<![\w+][8])\t[(]?7[0-9]{2}[)]?\t[0-9]{3}\t[0-9]{2}\t[0-9]{2})(?![^\W_])"
)
FEWEST = 7
MOST_GROUPS = 6
_GROUP = re.compile(r"[0-9]+")
_WORDS = re.compile(
    r"(?<![^\W_])(?:(?P<phone>phones?|tel|telephone|calls?|calling|cell|cellphone|mobile|whatsapp|fax|texts?|sms|ring"
    r"|dial|reach\w*|contact\w*|answering|messages?|hotline|телефон\w*|тел|моб\w*|звон\w*|позвон\w*"
    r"|перезвон\w*|набер\w*|ватсап\w*|вотсап\w*|вацап\w*|уатсап\w*|связ\w*|қоңырау\w*|хабарлас\w*|байланыс\w*)"
    r"|(?P<number>numbers?|номер\w*|нөмір\w*)"
    r"|(?P<other>items?|products?|sku|orders?|tickets?|case|account|acct|card|invoice|tracking|reference|ref|ids?|code"
    r"|serial|model|imei|zip|upc|ean|isbn|vin|variant|version|reservation|booking|flight|confirmation|policy|заказ\w*"
    r"|товар\w*|артикул\w*|карт\w*|сч[её]т\w*|обращени\w*|тапсырыс\w*|тауар\w*|iin|иин|жсн))(?![^\W_])"
)
_BESIDE = re.compile(r"(?<![^\W_])(?:desk|office|home|work|раб|дом)\w{0,4}\s?[:.-]?\s?$")
_BEHIND = re.compile(
    r"[\s,|–—-]{0,3}\(?(?:office|fax|mobile|cell|home|work|desk|phone|tel|моб|факс|раб)\w{0,3}"
    r"\)?[ \t]*+(?:$|[|,;.\n/\\)])",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Span]:
    for match in _RUN.finditer(text):
        if count_digits(match[0]) >= FEWEST and (place := _phone_in(text, match)):
            yield Span(start=place[0], end=place[1], label="PHONE")
    if "\t" in text:
        yield from spans_of(_TABBED, text, label="PHONE")


def _phone_in(text: str, match: re.Match[str]) -> Place | None:
    """The whole run when it is a number, else the longest row of its groups that is one by its shape."""
    end = match.start("extension") if match["extension"] else match.end()
    groups = [group.span() for group in _GROUP.finditer(text, match.start(), end)]
    called = _is_called(text, match.span())
    if _fits(text[match.start() : end], groups, at=match.start(), called=called):
        return match.span()
    for row in _rows(groups):
        start = row[0][0]
        while start > match.start() and text[start - 1] in "+(":
            start -= 1
        if _fits(text[start : row[-1][1]], row, at=start, called=False):
            return start, row[-1][1]
    return None


def _rows(groups: Sequence[Place]) -> Iterator[Sequence[Place]]:
    """Neighbouring groups, not all of them, with digits enough for a number; the longest rows first."""
    for length in range(min(len(groups) - 1, MOST_GROUPS), 0, -1):
        for first in range(len(groups) - length + 1):
            row = groups[first : first + length]
            if sum([end - start for start, end in row]) >= FEWEST:
                yield row


def _is_called(text: str, place: Place) -> bool:
    """Whether the nearest telling word says telephone."""
    context = before(text, place[0])
    seen = [match.lastgroup for match in _WORDS.finditer(context)]
    telling = [group for group in seen if group != "number"]
    if telling:
        return telling[-1] == "phone"
    return bool(seen or _BESIDE.search(context) or _BEHIND.match(text, place[1]))


def _fits(run: str, groups: Sequence[Place], *, at: int, called: bool) -> bool:
    parts = [run[start - at : end - at] for start, end in groups]
    digits = "".join(parts)
    if not FEWEST <= len(digits) <= 15 or run.count("(") != run.count(")") or len(set(digits)) == 1:
        return False
    if run.startswith("+"):
        return len(digits) <= 11 or digits[0] not in "17"
    return called or _is_national(parts) or _is_grouped(parts, opened=run.startswith("("))


def _is_national(parts: Sequence[str]) -> bool:
    """8-701-…, 7 701 …, 701 123 45 67, and numbers that begin with a trunk zero."""
    digits = "".join(parts)
    if len(digits) == 11 and digits[0] in "78":
        return digits[1] in "79" or (len(parts) >= 3 and digits[1] in "3456")
    if [len(part) for part in parts] == [3, 3, 2, 2]:
        return digits[0] in "479"
    return digits[0] == "0" and 9 <= len(digits) <= 14 and len(parts) >= 3


def _is_grouped(parts: Sequence[str], *, opened: bool) -> bool:
    """415-555-2671, 1 (415) 555 2671, (37) 788-063."""
    lengths = [len(part) for part in parts]
    if lengths == [3, 3, 4] or (lengths == [1, 3, 3, 4] and parts[0] == "1"):
        return parts[-3][0] in "23456789"
    return opened and len(parts) >= 2 and sum(lengths) >= 8 and lengths[0] <= 5


def find_extension(text: str) -> Iterator[Span]:
    lowered = lower(text)
    for match in begun(_EXTENSION, lowered, stems=_EXTENSIONS):
        if not _OF_FILES.search(before(lowered, match.start(), width=16)):
            yield Span(start=match.start("id"), end=match.end("id"), label="PHONE")


EXTENSION = Detector(find_extension, digits=2, yields=True, stems=_EXTENSIONS)
DETECTOR = Detector(find, digits=7, yields=True, row=7)
