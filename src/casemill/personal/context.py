"""Reading a text: its lower case, its runs of digits, where its words begin, what stands before a place."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from casemill.domain.placeholder import Span
from casemill.personal.veil import NOTHING

_WORD = re.compile(r"([^\W\d_]{1,3})[^\W\d_]*")
_LETTERS = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"[0-9]+")
KEY = 3


def beginnings(stem: str, lowered: str) -> Iterator[int]:
    """Where a word begins so; a letter or digit before it makes it none."""
    start = lowered.find(stem)
    while start >= 0:
        if not lowered[start - 1 : start].isalnum():
            yield start
        start = lowered.find(stem, start + 1)


def begun(pattern: re.Pattern[str], lowered: str, *, stems: Iterable[str]) -> Iterator[re.Match[str]]:
    """The matches of a pattern where a word begins with one of the stems: `str.find` is quicker than any pattern."""
    for stem in stems:
        for start in beginnings(stem, lowered):
            if match := pattern.match(lowered, start):
                yield match


def found_at(pattern: re.Pattern[str], text: str, *, stems: Iterable[str]) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` gives, for a pattern that begins with one of the lower-case stems at a word's edge."""
    end = 0
    lowered = lower(text)
    for start in sorted([start for stem in stems for start in beginnings(stem, lowered)]):
        if start >= end and (match := pattern.match(text, start)):
            end = match.end()
            yield match


@lru_cache(maxsize=8)
def runs_of(text: str) -> tuple[tuple[int, int], ...]:
    """The places of all runs of digits."""
    return tuple(match.span() for match in _RUN.finditer(text))


# ASCII is cut at everything that is no letter in one C call; other scripts by the pattern.
_CUT = "".join(chr(code) if chr(code).isalpha() else " " for code in range(128))


def key_of(stem: str) -> str:
    """The key under which a text that holds a stem has its first word."""
    first = _WORD.match(stem)
    return first[1] if first else stem[:KEY]


@lru_cache(maxsize=8)
def words_in(lowered: str) -> list[str]:
    """The words of a lower-case text, letters alone, in their order."""
    return lowered.translate(_CUT).split() if lowered.isascii() else _LETTERS.findall(lowered)


@lru_cache(maxsize=8)
def keys_of(lowered: str) -> frozenset[str]:
    """The first three letters of every word of a lower-case text; shorter words whole."""
    return frozenset([word[:KEY] for word in words_in(lowered)])


@lru_cache(maxsize=8)
def lower(text: str) -> str:
    """Lower case, character for character: places in it are places in the text."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)


def has_any(text: str, stems: Iterable[str]) -> bool:
    """Whether one of the lower-case stems is in the text: the cheap question before a pattern is tried."""
    return any(map(lower(text).__contains__, stems))


def spans_of(pattern: re.Pattern[str], text: str, *, label: str, stems: Iterable[str] = ()) -> Iterator[Span]:
    """Every match as a span: its group `id`, or the whole where it has none. `stems` as for `found_at`."""
    for match in found_at(pattern, text, stems=stems) if stems else pattern.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        yield Span(start=start, end=end, label=label)


def count_digits(text: str) -> int:
    return sum(map(text.count, "0123456789"))


def digits_of(text: str) -> str:
    return "".join(sign for sign in text if "0" <= sign <= "9")


def before(text: str, start: int, *, width: int = 40) -> str:
    """Up to `width` characters before a place, lower case; no half words, nothing across what is covered."""
    first = max(0, start - width)
    while 0 < first < start and text[first - 1].isalnum() and text[first].isalnum():
        first += 1
    return text[first:start].rpartition(NOTHING)[2].lower()
