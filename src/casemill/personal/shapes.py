"""Values that give themselves away by their form, found by code that has nothing in common with the detectors.

Addresses by a walk from the `@`, cards, IBANs and IINs by their check digits, phones by how their digits are grouped,
IP addresses by the standard library, keys by their mixture of signs. What one of the two passes misses by a slip in a
pattern, the other has another chance to find.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

AROUND_AT = 255
_LOCAL = frozenset("._%+-'")
_RUN = re.compile(r"[0-9](?:[0-9 ().\t-]*[0-9])?")
_FOREIGN = re.compile(r"[^\x00-\x7f\u0400-\u04ff]")
_GROUP = re.compile(r"[0-9]+")
_BANK = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?:[ \t.-]{0,2}[A-Z0-9]{4}){2,7}(?:[ \t.-]{0,2}[A-Z0-9]{1,4})?(?![A-Za-z0-9])"
)
_DOTTED = re.compile(r"(?<![\w.])[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}(?![\w.]*[0-9])")
_COLONS = re.compile(r"(?<![\w:])[0-9A-Fa-f:]{6,39}(?![\w:])")
_VERSION = re.compile(r"(?:\bv|version|firmware|build|release|верси\w|прошивк\w|нұсқа\w*)[\s:№#]*$", re.IGNORECASE)
_KEY = re.compile(r"[A-Za-z0-9_-]{24,}")
MOST_GROUPS = 6
FEWEST_DIGITS = 7
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_CARDS = frozenset({(4, 4, 4, 4), (4, 4, 4, 4, 3), (4, 6, 5), (4, 4, 4, 1), (4, 4, 4, 2), (4, 4, 4, 3)})
_BIRTHS = frozenset({(12,), (6, 6), (4, 4, 4)})
_PHONES = frozenset({(3, 3, 4), (1, 3, 3, 4), (1, 3, 3, 2, 2), (3, 3, 2, 2), (1, 3, 7), (3, 7)})


class Shape(NamedTuple):
    """Where a value stands, and what it looks like."""

    start: int
    end: int
    type: str


def shapes(text: str) -> Iterator[Shape]:
    """Every value with a form of its own; placeholders and what may stay are covered by NUL already."""
    text = flat(text)
    if "@" in text:
        yield from _emails(text)
    if sum(map(text.count, "0123456789")) >= 4:
        yield from _numbers(text)
        yield from _banks(text)
        if text.count(".") >= 3 or text.count(":") >= 2:
            yield from _addresses(text)
        if len(text) >= 24:
            yield from _keys(text)


def flat(text: str) -> str:
    """The text, as long as before, with blanks, hyphens and digits of every script as ASCII writes them."""
    return text if text.isascii() else _FOREIGN.sub(_as_ascii, text)


def _as_ascii(match: re.Match[str]) -> str:
    sign = match[0]
    if sign.isdecimal():
        return f"{unicodedata.decimal(sign)}"
    if sign == "\u00b7" or unicodedata.category(sign) in ("Zs", "Pd"):
        return "." if sign == "\u00b7" else sign if sign in "\u2014\u2015" else " " if sign.isspace() else "-"
    same = unicodedata.normalize("NFKC", sign)
    return same if len(same) == 1 and same.isascii() and not same.isdigit() else "-" if sign == "\u2212" else sign


def _emails(text: str) -> Iterator[Shape]:
    at = text.find("@")
    while at >= 0:
        start, end = at, at + 1
        while start > max(0, at - AROUND_AT) and (text[start - 1].isalnum() or text[start - 1] in _LOCAL):
            start -= 1
        while end < min(len(text), at + AROUND_AT) and (text[end].isalnum() or text[end] in ".-"):
            end += 1
        host, dot, top = text[at + 1 : end].strip(".-").rpartition(".")
        if start < at and dot and any(map(str.isalpha, host)) and len(top) >= 2 and top.isalpha():
            yield Shape(start, end, "EMAIL")
        at = text.find("@", at + 1)


def _numbers(text: str) -> Iterator[Shape]:
    for run in _RUN.finditer(text):
        groups = [(run.start() + group.start(), group[0]) for group in _GROUP.finditer(run[0])]
        if sum(len(digits) for _, digits in groups) >= 9:
            yield from _in_run(text, groups)


def digit_windows(groups: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
    """Neighbouring groups of digits read as one number: first and last group, digits; the longest from each first.
    A place with too few digits around it for any number is passed over."""
    for first in range(len(groups)):
        near = groups[first : first + MOST_GROUPS]
        for count in range(len(near), 0, -1) if sum(len(digits) for _, digits in near) >= FEWEST_DIGITS else ():
            yield first, first + count - 1, "".join(digits for _, digits in near[:count])


def _in_run(text: str, groups: Sequence[tuple[int, str]]) -> Iterator[Shape]:
    free = 0
    for first, last, digits in digit_windows(groups):
        start, end = groups[first][0], groups[last][0] + len(groups[last][1])
        if first < free or not 9 <= len(digits) <= 19 or _is_inside(text, start, end=end):
            continue
        lengths = tuple(len(group) for _, group in groups[first : last + 1])
        plus = text[max(0, start - 2) : start].rstrip("(").endswith("+")
        if found := _type(digits, lengths, signs=text[max(0, start - 1) : end], plus=plus):
            free = last + 1
            yield Shape(start, end, found)


def _is_inside(text: str, start: int, *, end: int) -> bool:
    """Part of a word, a decimal, a longer id."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return before.isalpha() or before in ("_", ",") or after.isalpha() or after in ("_", "%")


def _type(digits: str, lengths: tuple[int, ...], *, signs: str, plus: bool) -> str | None:
    alone = len(lengths) == 1
    if len(digits) >= 13 and (alone or lengths in _CARDS) and digits[0] in "23456" and _luhn(digits):
        return "CARD"
    if lengths in _BIRTHS and _is_iin(digits):
        return "IIN"
    if lengths == (3, 2, 4) and signs.count("-") == 2 and digits[:3] not in ("000", "666") and digits[0] != "9":
        return "SSN"
    if plus and len(digits) <= 15:
        return "PHONE"
    if lengths in _PHONES and (digits[0] in "78" if lengths[0] == 1 else any(sign in signs for sign in "-.)")):
        return "PHONE"
    if lengths in _PHONES and digits[0] == "1" and any(sign in signs for sign in "-.)"):
        return "PHONE"
    return "PHONE" if alone and len(digits) == 11 and digits[:2] in ("87", "77", "79", "89") else None


def _luhn(digits: str) -> bool:
    if len(set(digits)) < 2:
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_iin(digits: str) -> bool:
    """Year, month and day of birth, a century, a number, and a digit that checks the eleven before it."""
    if not ("01" <= digits[2:4] <= "12" and "01" <= digits[4:6] <= "31" and digits[6] in "0123456"):
        return False
    figures = [int(digit) for digit in digits]
    for weights in (range(1, 12), _SECOND):
        check = sum(weight * figure for weight, figure in zip(weights, figures, strict=False)) % 11
        if check < 10:
            return check == figures[11]
    return False


def _banks(text: str) -> Iterator[Shape]:
    for match in _BANK.finditer(text):
        account = "".join(filter(str.isalnum, match[0]))
        if 15 <= len(account) <= 34:
            turned = "".join(str(int(sign, 36)) for sign in account[4:] + account[:4])
            if int(turned) % 97 == 1:
                yield Shape(match.start(), match.end(), "IBAN")


def _addresses(text: str) -> Iterator[Shape]:
    for match in _DOTTED.finditer(text):
        if not _VERSION.search(text[max(0, match.start() - 16) : match.start()]) and _is_somebodys(match[0]):
            yield Shape(match.start(), match.end(), "IP")
    for match in _COLONS.finditer(text) if text.count(":") >= 2 else ():
        if ("::" in match[0] or match[0].count(":") == 7) and _is_somebodys(match[0]):
            yield Shape(match.start(), match.end(), "IP")


def _is_somebodys(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified or address.is_multicast)


def _keys(text: str) -> Iterator[Shape]:
    """Access keys mix small letters, capitals and digits; digests and numbered names do not."""
    for match in _KEY.finditer(text):
        token = match[0]
        digits = sum(map(token.count, "0123456789"))
        if digits >= 3 and token.upper() != token and token.lower() != token and "--" not in token:
            yield Shape(match.start(), match.end(), "SECRET")
