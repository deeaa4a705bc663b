"""Dates of birth: a date that the text calls so, or in brackets behind a full name. Every other date stays."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import has_any, lower, spans_of
from casemill.personal.detector import Detector
from casemill.personal.everyday import is_everyday
from casemill.personal.inflection import plain
from casemill.personal.keep import MONTH

_STEMS = ("birth", "dob", "born", "рожден", "родил", "туған", "туылған", "дүниеге")
_KAZAKH_DATE = rf"[0-9]{{4}}\s+жыл(?:ғы|дың|ы|ды)?\s+[0-9]{{1,2}}(?:\s|-?ші\s|-?шы\s|-){MONTH}\w{{0,5}}"
_BIRTH = re.compile(
    r"(?:date[\s_]of[\s_]birth|birth[\s_-]?da(?:te|y)|dob|born|дат[аыуе] рождения|день рождения|родил(?:ся|ась)"
    r"|туған күн\w{0,4})(?![^\W_])[\s\"'*:=,–—-]*+(?:(?:is|was|on|remains|это|my|мой|:)(?![^\W_])[\s\"'*:=–—-]*+){0,3}"
    r"(?P<id>[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{2,4}"
    rf"|{_KAZAKH_DATE}|{MONTH}\.?\s+[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s+[0-9]{{4}}|[0-9]{{1,2}}(?:st|nd|rd"
    rf"|th)?(?:\s+of)?\s+{MONTH},?\s+[0-9]{{4}})"
    r"(?![^\W_])"
)
# `2015 жылғы 4 мамырда туған`, `4 мая 2015 года рождения`: the word stands behind.
_BEFORE = re.compile(
    rf"(?P<id>{_KAZAKH_DATE}|[0-9]{{1,2}}[\s-]+{MONTH}\w{{0,5}},?\s+[0-9]{{4}}(?:\s+(?:жыл\w{{0,3}}|года?|г\.))?"
    r"|[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{2,4})(?:\s+(?:года?|г\.|күні|жылы))?\s+(?:туған|туылған|дүниеге|рожд\w{2,4}|г\.\s?р\.)"
)
# A year in which somebody who writes to a helpdesk may have been born.
_YEAR = r"(?:19[2-9][0-9]|200[0-9]|201[0-2])"
_BRACKETED = re.compile(
    rf"[(](?P<id>{_YEAR}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}|[0-9]{{1,2}}[-./][0-9]{{1,2}}[-./]{_YEAR})[)]"
)
_FULL_NAME = re.compile(r"(?<![^\W_])([^\W\d_][^\W\d_'’-]+)[ ]([^\W\d_][^\W\d_'’-]+)[ ]$")
_WIDTH = 60


def find(text: str) -> Iterator[Span]:
    if has_any(text, _STEMS):
        yield from spans_of(_BIRTH, lower(text), label="DOB")
        yield from spans_of(_BEFORE, lower(text), label="DOB")
    for match in _BRACKETED.finditer(text) if "(" in text else ():
        name = _FULL_NAME.search(text, max(0, match.start() - _WIDTH), match.start())
        if name and all(word.istitle() and not is_everyday(plain(word)) for word in name.groups()):
            yield Span(start=match.start("id"), end=match.end("id"), label="DOB")


DETECTOR = Detector(find, digits=3, stems=_STEMS, pieces=("(",))
