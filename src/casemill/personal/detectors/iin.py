"""Individual identification numbers of Kazakhstan: 12 digits, a birth date first and a check digit last."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import has_any, runs_of, spans_of
from casemill.personal.detector import Detector

LENGTH = 12
_PLAIN = re.compile(r"[0-9](?<![\w+][0-9])[0-9]{11}(?![^\W_])")
_STEMS = ("иин", "жсн", "iin", "individual id", "сәйкест")
_CALLED = re.compile(
    r"(?<![^\W_])(?:иин|жсн|iin|individual identification number|жеке сәйкестендіру нөмірі)"
    r"[\s:№#\"'=-]*+(?:(?:is|номер|нөмірі?|мой|my)\s*+)?[\s:№#-]*+(?P<id>[0-9](?:[ -]?[0-9]){9,12})(?![0-9])",
    re.IGNORECASE,
)
_FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def find(text: str) -> Iterator[Span]:
    for start, end in runs_of(text):
        if end - start == LENGTH and _PLAIN.match(text, start) and fits(text[start:end]):
            yield Span(start=start, end=end, label="IIN")
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
