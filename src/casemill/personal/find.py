"""Finding structured values: every detector is asked, the longest span wins, spans never overlap."""

import re
from bisect import bisect
from collections.abc import Iterable

from casemill.domain.placeholder import Span
from casemill.personal.detectors import detectors
from casemill.personal.keep import facts
from casemill.personal.veil import cover, cover_placeholders

_DIGIT = re.compile(r"[0-9]")


def scan(text: str) -> tuple[Span, ...]:
    """The structured values of a text, in order. Names are not looked for, placeholders are no values."""
    return settle(candidates(cover_placeholders(text)))


def candidates(text: str) -> list[Span]:
    """What the detectors find; spans may overlap. The text's placeholders are covered already."""
    digits = _DIGIT.search(text) is not None
    veiled: str | None = None
    found: list[Span] = []
    for detector in detectors():
        if detector.digits and not digits:
            continue
        if detector.yields:
            veiled = (cover(text, facts(text)) if digits else text) if veiled is None else veiled
        found += detector.find(veiled if detector.yields and veiled is not None else text)
    return found


def settle(found: Iterable[Span]) -> tuple[Span, ...]:
    """The longest first, among equals the one found first; what overlaps a taken one is dropped."""
    taken: list[Span] = []
    for span in sorted(found, key=_shortness):
        place = bisect(taken, span.start, key=_start)
        if (not place or taken[place - 1].end <= span.start) and (
            place == len(taken) or span.end <= taken[place].start
        ):
            taken.insert(place, span)
    return tuple(taken)


def _shortness(span: Span) -> int:
    return span.start - span.end


def _start(span: Span) -> int:
    return span.start
