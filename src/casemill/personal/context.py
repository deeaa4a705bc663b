"""Numbers that are known by the word beside them: `order no. 548921`, `номер обращения: 4471`, `548921 тапсырысы`."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from casemill.domain.placeholder import Span
from casemill.personal.veil import NOTHING

# What may stand between the word and its number; possessive, so that hostile text costs no backtracking.
MARKER = r"(?:numbers?|num|nr|no|ids?|ref|reference|code|номер\w{0,3}|нөмір\w{0,5}|№)"
_LINKING = r"(?:is|was|are|it|its|with|under|the|my|by|called|под|за|с|со|по|мой|моего|this|has)"
FILLER = rf"(?P<filler>(?:[\s:#№\"'`*_=(\[,–—-]++|{MARKER}\.?(?![^\W_])|{_LINKING}(?![^\W_])){{0,10}}+)"
ID = r"(?P<id>#?[A-Za-z0-9]++(?:[-/][A-Za-z0-9]++)*+)(?![^\W_])"
_NEXT = re.compile(r"\s*(?:,|;|&|/|and|or|и|или|және|мен|\n[-*\s]*)\s*[*`\"'№]*" + ID, re.IGNORECASE)
_STRONG = re.compile(rf"[#№:=\"]|(?<![^\W_]){MARKER}", re.IGNORECASE)


class Numbered(NamedTuple):
    """A kind of number: cheap stems to look for first, the pattern, and which ids are believed.

    `believe(id, strong)` gets the id without `#`; strong means that a marker as `#`, `no.` or `id` introduced it.
    """

    label: str
    stems: tuple[str, ...]
    pattern: re.Pattern[str]
    believe: Callable[[str, bool], bool]

    def find(self, text: str) -> Iterator[Span]:
        lowered = text.lower()
        if any(map(lowered.__contains__, self.stems)):
            for match in self.pattern.finditer(text):
                yield from self._from(match, text)

    def _from(self, match: re.Match[str], text: str) -> Iterator[Span]:
        strong = bool(_STRONG.search(match[0][: match.start("id") - match.start() + 1]))
        following: re.Match[str] | None = match
        while following and self.believe(following["id"].lstrip("#"), strong):
            yield Span(start=following.start("id"), end=following.end("id"), label=self.label)
            following = _NEXT.match(text, following.end())


def after_word(words: str) -> re.Pattern[str]:
    """`words` is an alternation; matches word, filler, id. Underscores count as spaces: `order_id`."""
    return re.compile(rf"(?<![^\W_])(?:{words}){FILLER}{ID}", re.IGNORECASE)


def lower(text: str) -> str:
    """Lower case, character for character: places in it are places in the text."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)


def count_digits(text: str) -> int:
    return sum(map(text.count, "0123456789"))


def digits_of(text: str) -> str:
    return "".join(sign for sign in text if "0" <= sign <= "9")


def before(text: str, start: int, *, width: int = 40) -> str:
    """Up to `width` characters before a place, lower case, not across anything covered."""
    return text[max(0, start - width) : start].rpartition(NOTHING)[2].lower()
