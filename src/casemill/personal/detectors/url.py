"""URLs that lead to a person or carry a token; a plain public page stays."""

from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.detector import Detector
from casemill.personal.links import links


def find(text: str) -> Iterator[Span]:
    return (Span(start=link.start, end=link.end, label="URL") for link in links(text) if link.personal)


DETECTOR = Detector(find, pieces=("/", "www."))
