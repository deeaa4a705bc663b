"""E-mail addresses, written with an at sign or spelled out."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import has_any
from casemill.personal.detector import Detector

_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]"
_ADDRESS = re.compile(rf"(?<!{_LOCAL}){_LOCAL}++@[\w-]++(?:\.[\w-]++)+")
_SPELLED = re.compile(
    r"(?<![\w.+-])[\w+-]++(?:(?:\.|\s(?:dot|точка)\s|\s?[(\[](?:dot|точка)[)\]]\s?)[\w+-]++){0,4}"
    r"(?:\s(?:at|собака)\s|\s?[(\[](?:at|собака)[)\]]\s?)"
    r"[\w-]++(?:(?:\s(?:dot|точка)\s|\s?[(\[](?:dot|точка)[)\]]\s?|\.)[\w-]++){0,3}"
    r"(?:\s(?:dot|точка)\s|\s?[(\[](?:dot|точка)[)\]]\s?|\.)[^\W\d_]{2,12}(?!\w)",
    re.IGNORECASE,
)
_SAID = (" at ", "at)", "at]", "собака")
_STRAY = "'`*{|}~/=?^&!#$%"


def find(text: str) -> Iterator[Span]:
    if "@" in text:
        for match in _ADDRESS.finditer(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip(_STRAY + ".-"))
            if text[start] != "@":
                yield Span(start=start, end=match.end(), label="EMAIL")
    if has_any(text, _SAID) and has_any(text, ("dot", "точка", ".")):
        for match in _SPELLED.finditer(text):
            if _is_spelled(match[0].lower()):
                yield Span(start=match.start(), end=match.end(), label="EMAIL")


def _is_spelled(text: str) -> bool:
    """`look at example.com` is no address: either the at or a dot must be written in an unusual way."""
    return bool(re.search(r"[(\[]\s?(?:at|собака)|собака|\sdot\s|[(\[]dot|точка", text))


DETECTOR = Detector(find)
