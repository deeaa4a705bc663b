"""Postal codes: by the word beside them, or after the letters of an American state."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import Numbered, spans_of
from casemill.personal.detector import Detector


def _believe(text: str, _: bool) -> bool:
    digits = text.replace("-", "")
    return digits.isdigit() and 5 <= len(digits) <= 9


_CALLED = Numbered(
    "ZIP",
    ("zip", "postal", "postcode", "индекс"),
    re.compile(r"zip(?:[\s_-]?code)?s?(?![^\W_])|postal[\s_-]?code|postcode|(?:почтовый |пошта )?индекс\w{0,2}"),
    _believe,
)
_STATE = re.compile(
    r", (?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]"
    r"|W[AIVY]),? (?P<id>[0-9]{5}(?:-[0-9]{4})?)(?![\w-])"
)


def find(text: str) -> Iterator[Span]:
    yield from _CALLED.find(text)
    yield from spans_of(_STATE, text, label="ZIP")


DETECTOR = Detector(find, digits=5, yields=True)
