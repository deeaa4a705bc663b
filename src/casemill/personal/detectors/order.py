"""Numbers of orders, bookings and parcels: by the word beside them, or in a form as `#W1234567` and `FQ8APE`."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import lower, runs_of, spans_of
from casemill.personal.detector import Detector
from casemill.personal.numbered.orders import BOOKINGS
from casemill.personal.numbered.reading import Kinds

_WORDY = Kinds((BOOKINGS,))
_HASHED = re.compile(r"(?<![\w#&/])(?P<id>#(?=[A-Za-z]{0,3}[0-9])[A-Za-z]{0,3}-?[0-9]{4,14})(?![^\W_])")
_NUMBERED = re.compile(r"№\s?(?P<id>[A-Za-zА-Яа-я]{0,3}-?[0-9]{5,14})(?![^\W_])")
# Chinese has no blanks between words.
_CHINESE = re.compile(
    r"(?:订单|訂單|订购|運單|运单|快递单)(?:编号|編號|号码|號碼|号|號)?(?:是|为|為)?[\s:：#№]{0,3}(?P<id>[A-Za-z]{0,3}-?[0-9]{4,20})(?![A-Za-z0-9_])"
)
_AFTER = re.compile(
    r"(?<![^\W_])(?P<id>#?[A-Za-z]{0,3}-?[0-9]{3,12}(?:(?<=[0-9]{4})|(?=\s+н)))[\s-]+(?:(?:нөмірлі|номерлі)\s+)?тапсырыс\w{0,6}",
    re.IGNORECASE,
)
# Six capitals and digits that change places twice: the record locator of a booking. And a letter with many digits.
_CODE = re.compile(r"[A-Z0-9](?<![\w#/.-][A-Z0-9])[A-Z0-9]{5}(?![\w/-])")
_MIXED = re.compile(r"[A-Z][0-9]++[A-Z]|[0-9][A-Z]++[0-9]")
_LETTERED = re.compile(r"[A-Z](?<![\w#/.-][A-Z])[A-Z]{0,2}-?[0-9]{6,10}(?![\w-])(?![.,][0-9])")
_CHINESE_WORDS = ("订", "訂", "单", "單")
_LOUDLY = re.compile(r"[A-Z]{6}")


def find_codes(text: str) -> Iterator[Span]:
    for span in spans_of(_CODE, text, label="ORDER"):
        if _MIXED.search(text, span.start, span.end):
            yield span
    yield from spans_of(_LETTERED, text, label="ORDER")


def find_marked(text: str) -> Iterator[Span]:
    if "#" in text:
        yield from spans_of(_HASHED, text, label="ORDER")
    if "№" in text:
        yield from spans_of(_NUMBERED, text, label="ORDER")
    if any(map(text.__contains__, _CHINESE_WORDS)):
        yield from spans_of(_CHINESE, text, label="ORDER")
    if "тапсырыс" in lower(text):
        yield from spans_of(_AFTER, text, label="ORDER")


def find_wordy(text: str) -> Iterator[Span]:
    """Bookings in a text without a digit; where there are digits, they are found with all other kinds."""
    if not runs_of(text) and _LOUDLY.search(text):
        yield from _WORDY.find(text)


DETECTOR = Detector(find_marked, digits=3, yields=True, pieces=("#", "№", "тапсырыс", *_CHINESE_WORDS))
CODES = Detector(find_codes, digits=1, yields=True, coded=True)
BOOKING = Detector(find_wordy, yields=True, stems=_WORDY.stems)
