"""Finding structured values: every detector is asked, the longest span wins, spans never overlap."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from functools import lru_cache

from casemill.domain.placeholder import Span
from casemill.personal.detectors import found, labels
from casemill.personal.folding import folded
from casemill.personal.veil import cover_placeholders

SHORT = 48


def scan(text: str) -> tuple[Span, ...]:
    """The structured values of a text, in order. Names are not looked for, placeholders are no values."""
    return settle(candidates(cover_placeholders(folded(text), labels())))


def candidates(text: str) -> Sequence[Span]:
    """What the detectors find; spans may overlap. The text's placeholders are covered already."""
    return _seen_before(text) if len(text) <= SHORT else found(text)


# Names of arguments, greetings and states come again and again.
_seen_before = lru_cache(maxsize=4096)(found)


def settle(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The longest first, among equals the one found first; what overlaps a taken one is dropped."""
    ordered = sorted(spans, key=_shortness)
    if len(ordered) < 2:
        return tuple(ordered)
    taken: list[Span] = []
    for span in ordered:
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
