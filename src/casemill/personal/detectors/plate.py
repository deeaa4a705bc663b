"""Number plates: the Kazakh and Russian forms as they stand, others by the word beside them."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import lower, runs_of
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
# Britain's, beside a word for what it hangs on.
_BRITISH = re.compile(r"[A-Z](?<![\w-][A-Z])[A-Z](?:[0-2][0-9]|[5-7][0-9]) ?[A-HJ-PR-Z]{3}(?![\w-])")
_CAR = re.compile(
    r"(?<![^\W_])(?:plates?|reg|registration|cars?|vans?|truck|lorry|vehicle|taxi|cab|motorbike|parked|drove|driving"
    r"|машин\w{1,2}|авто\w{0,9}|номер\w{0,2}|фургон\w{0,2}|көлік\w{0,4})(?![^\W_])"
)
_AROUND = 64
# So many letters, and so many digits that tell the age.
AGE = 2
_NO_LETTERS = listed(
    "USD EUR KZT RUB GBP CHF KGS UZS CNY AED KMS MIN SEC DAY PCS MAY JAN FEB MAR APR JUN JUL AUG SEP OCT NOV DEC HRS"
)


def find(text: str) -> Iterator[Span]:
    for match in _KAZAKH.finditer(text):
        if match["letters"] not in _NO_LETTERS:
            yield Span(start=match.start(), end=match.end(), label="PLATE")
    for match in _RUSSIAN.finditer(text):
        yield Span(start=match.start(), end=match.end(), label="PLATE")


def find_british(text: str) -> Iterator[Span]:
    for start, end in runs_of(text):
        match = _BRITISH.match(text, start - AGE) if end - start == AGE <= start else None
        if match and match[0][-3:] not in _NO_LETTERS:
            near = lower(text)[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            if _CAR.search(near):
                yield Span(start=match.start(), end=match.end(), label="PLATE")


DETECTOR = Detector(find, digits=4, yields=True, coded=True)
BRITISH = Detector(find_british, digits=2, yields=True, coded=True)
