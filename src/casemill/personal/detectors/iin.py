"""Individual identification numbers of Kazakhstan: 12 digits, a birth date first and a check digit last."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import digits_of, has_any, runs_of, spans_of
from casemill.personal.detector import Detector

LENGTH = 12
_PLAIN = re.compile(r"[0-9](?<![\w+][0-9])[0-9]{11}(?![^\W_])")
_PARTED = r"(?:[ \t]{1,4}|[ \t]?[.–-][ \t]?)"
# Birth date and the rest, or groups of equal length.
_GROUPED = re.compile(
    r"[0-9](?<![\w+][0-9])(?<![0-9][.,–-][0-9])"
    rf"(?:[0-9]{{5}}{_PARTED}[0-9]{{6}}|[0-9]{{3}}(?:{_PARTED}[0-9]{{4}}){{2}}|[0-9]{{2}}(?:{_PARTED}[0-9]{{3}}){{3}})"
    r"(?![ .,–-]?[0-9])(?![^\W_])"
)
_GROUPS = frozenset({3, 4, 6})
_STEMS = ("иин", "жсн", "iin", "individual id", "сәйкест")
_CALLED = re.compile(
    r"(?<![^\W_])(?:иин|жсн|iin|individual identification number|жеке сәйкестендіру нөмірі)"
    r"[\s:№#\"'=.·–-]*+(?:(?:is|номер|нөмірі?|мой|my)\s*+)?[\s:№#.·–-]*+(?P<id>"
    rf"[0-9](?:{_PARTED}?[0-9]){{11}}(?![0-9])|[0-9](?:[ -]?[0-9]){{9,12}}(?![0-9]))",
    re.IGNORECASE,
)
_FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def find(text: str) -> Iterator[Span]:
    runs = runs_of(text)
    for start, end in runs:
        if end - start == LENGTH and _PLAIN.match(text, start) and fits(text[start:end]):
            yield Span(start=start, end=end, label="IIN")
    for match in _GROUPED.finditer(text) if {end - start for start, end in runs} & _GROUPS else ():
        if fits(digits_of(match[0])):
            yield Span(start=match.start(), end=match.end(), label="IIN")
    if has_any(text, _STEMS):
        yield from spans_of(_CALLED, text, label="IIN")


def fits(digits: str) -> bool:
    """Whether the 12 digits hold a plausible birth date, century and check digit."""
    month, day = int(digits[2:4]), int(digits[4:6])
    if not (1 <= month <= 12 and 1 <= day <= _DAYS[month - 1] and digits[6] in "123456"):
        return False
    for weights in (_FIRST, _SECOND):
        check = sum(weight * int(sign) for weight, sign in zip(weights, digits, strict=False)) % 11
        if check < 10:
            return check == int(digits[11])
    return False


DETECTOR = Detector(find, digits=10, row=7)
