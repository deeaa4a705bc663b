"""US social security numbers: 3-2-4 digits, or digits that the text calls so."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import has_any, spans_of
from casemill.personal.detector import Detector

_SHAPE = re.compile(r"[0-9](?<![\w-][0-9])[0-9]{2}-[0-9]{2}-[0-9]{4}(?![\w-])")
_CALLED = re.compile(
    r"(?<![^\W_])(?:ssn|social security(?: number| no\.?)?)(?![^\W_])[\s:#\"'=]*+(?:(?:number|no\.?|is|was)\s*+){0,2}"
    r"[\s:#]*+(?P<id>[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{4}|[0-9]{4})(?![0-9])",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Span]:
    if "-" in text:
        yield from spans_of(_SHAPE, text, label="SSN")
    if has_any(text, ("ssn", "social sec")):
        yield from spans_of(_CALLED, text, label="SSN")


DETECTOR = Detector(find, digits=4, pieces=("-",), stems=("ssn", "social"))
