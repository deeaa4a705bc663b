"""Number plates: the Kazakh and Russian forms as they stand, others by the word beside them."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.detector import Detector
from casemill.personal.words import listed

_CYRILLIC = "АВЕКМНОРСТУХ"
_LATIN = "ABEKMHOPCTYX"
_KAZAKH = re.compile(
    r"[0-9](?<![\w-][0-9])[0-9]{2}[ -]?(?P<letters>[A-Z]{3})[ -]?(?:0[1-9]|1[0-9]|20)(?![\w-])(?![.,:][0-9])"
)
_RUSSIAN = re.compile(
    rf"[{_CYRILLIC}](?<![\w-][{_CYRILLIC}]) ?[0-9]{{3}} ?[{_CYRILLIC}]{{2}} ?[0-9]{{2,3}}(?![\w-])"
    rf"|[{_LATIN}](?<![\w-][{_LATIN}])[0-9]{{3}}[{_LATIN}]{{2}} ?[0-9]{{2,3}}(?![\w-])"
)
_NO_LETTERS = listed("USD EUR KZT RUB GBP CHF KGS UZS CNY AED KMS MIN SEC DAY PCS MAY JAN FEB MAR APR JUN JUL")


def find(text: str) -> Iterator[Span]:
    for match in _KAZAKH.finditer(text):
        if match["letters"] not in _NO_LETTERS:
            yield Span(start=match.start(), end=match.end(), label="PLATE")
    for match in _RUSSIAN.finditer(text):
        yield Span(start=match.start(), end=match.end(), label="PLATE")


DETECTOR = Detector(find, digits=4, yields=True, coded=True)
