"""US social security numbers: 3-2-4 digits, or digits that the text calls so."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.detector import Detector

_SHAPE = re.compile(r"(?<![\w-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![\w-])")
_CALLED = re.compile(
    r"(?<![^\W_])(?:ssn|social security(?: number| no\.?)?)(?![^\W_])[\s:#\"'=]*+(?:(?:number|no\.?|is|was)\s*+){0,2}"
    r"[\s:#]*+(?P<id>[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{4}|[0-9]{4})(?![0-9])",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Span]:
    if "-" in text:
        for match in _SHAPE.finditer(text):
            yield Span(start=match.start(), end=match.end(), label="SSN")
    lowered = text.lower()
    if "ssn" in lowered or "social sec" in lowered:
        for match in _CALLED.finditer(text):
            yield Span(start=match.start("id"), end=match.end("id"), label="SSN")


DETECTOR = Detector(find, digits=True)
