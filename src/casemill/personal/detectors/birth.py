"""Dates of birth: a date that the text calls so. Every other date stays."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import has_any, lower, spans_of
from casemill.personal.detector import Detector
from casemill.personal.keep import MONTH

_STEMS = ("birth", "dob", "born", "рожден", "родил", "туған")
_BIRTH = re.compile(
    r"(?:date[\s_]of[\s_]birth|birth[\s_-]?da(?:te|y)|dob|born|дат[аыуе] рождения|день рождения|родил(?:ся|ась)"
    r"|туған күн\w{0,4})(?![^\W_])[\s\"'*:=,–—-]*+(?:(?:is|was|on|remains|это|my|мой|:)(?![^\W_])[\s\"'*:=–—-]*+){0,3}"
    r"(?P<id>[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{2,4}"
    rf"|{MONTH}\.?\s+[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s+[0-9]{{4}}|[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH},?\s+[0-9]{{4}})"
    r"(?![^\W_])"
)


def find(text: str) -> Iterator[Span]:
    if has_any(text, _STEMS):
        yield from spans_of(_BIRTH, lower(text), label="DOB")


DETECTOR = Detector(find, digits=3)
