"""Numbers that are known by the word beside them: `order no. 548921`, `номер обращения: 4471`, `548921 тапсырысы`."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from casemill.domain.placeholder import Span
from casemill.personal.veil import NOTHING

# What may stand between the word and its number. It is taken once and for all, so that hostile text costs no
# backtracking: by a lookahead that is matched again, for Python 3.11 before .5 goes wrong where a group is repeated
# possessively and part of it backtracks.
MARKER = r"(?:numbers?|num|nr|no|ids?|ref|reference|code|номер\w{0,3}|нөмір\w{0,5}|№)"
_LINKING = (
    r"(?:is|was|are|it['’]s|its|it|with|under|the|my|our|your|you|by|called|have|has|had|this|as|following|below|profile|on|file|either|could|be|maybe"
    r"|под|за|с|со|по|мой|моего|мои)"
)
_TO_ID = re.compile(
    rf"(?=(?P<filler>(?:[\s:№\"'`*_=(\[,?–—-]++|#(?=\s)|{MARKER}\.?(?![^\W_])|{_LINKING}(?![^\W_])|[0-9]{{1,2}}[.)]\s){{0,12}}))(?P=filler)"
    r"(?P<id>#?[a-z0-9]++(?:[-/][a-z0-9]++)*)(?![^\W_]|[-/][a-z0-9])"
)
_NEXT = re.compile(
    r"[\"'`*]*+(?=(?P<joint>"
    r"(?:[ \t]*+(?:\n\s*+(?:[-*•]|[0-9]{1,2}[.)])|[,;&/]|(?:and|or|и|или|және|мен)(?![^\W_]))){1,2}"
    r"))(?P=joint)\s*+[*`\"'№]*+"
    r"(?P<id>#?[a-z0-9]++(?:[-/][a-z0-9]++)*)(?![^\W_]|[-/][a-z0-9])"
)
_STRONG = re.compile(rf"[#№:=\"]|(?<![^\W_]){MARKER}(?![^\W_])")


# In a list of ids the next has about as many digits as the first: a phone number after an order is no order.
LIKE = 2


class Numbered(NamedTuple):
    """A kind of number: cheap stems to look for first, the words, and which ids are believed.

    `words` is a pattern for lower-case text. `believe(id, strong)` gets the id without `#`; strong means that a
    marker as `#`, `no.` or `id` introduced it. Underscores count as spaces: `order_id`.
    """

    label: str
    stems: tuple[str, ...]
    words: re.Pattern[str]
    believe: Callable[[str, bool], bool]

    def find(self, text: str) -> Iterator[Span]:
        if has_any(text, self.stems):
            lowered = lower(text)
            for match in self.words.finditer(lowered):
                if not lowered[match.start() - 1 : match.start()].isalnum():
                    yield from self._after(match, text, lowered=lowered)

    def _after(self, word: re.Match[str], text: str, *, lowered: str) -> Iterator[Span]:
        following = _TO_ID.match(lowered, word.end())
        strong = following is not None and bool(_STRONG.search(lowered, word.start(), following.start("id") + 1))
        size = count_digits(following["id"]) if following else 0
        while (
            following
            and abs(count_digits(following["id"]) - size) <= LIKE
            and self.believe(text[slice(*following.span("id"))].lstrip("#"), strong)
        ):
            yield Span(start=following.start("id"), end=following.end("id"), label=self.label)
            following = _NEXT.match(lowered, following.end())


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


def spans_of(pattern: re.Pattern[str], text: str, *, label: str) -> Iterator[Span]:
    """Every match as a span: its group `id`, or the whole where it has none."""
    for match in pattern.finditer(text):
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
