"""Numbers that are known by the word before them: `order no. 548921`, `номер обращения: 4471`."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from casemill.domain.placeholder import Span
from casemill.personal.context import KEY, beginnings, count_digits, key_of, keys_of, lower

# What may stand between the word and its number. It is matched by itself, so that hostile text costs no backtracking.
MARKER = r"(?:numbers?|num|nr|no|ids?|ref|reference|code|номер\w{0,3}|нөмір\w{0,5}|№)"
_LINKING = (
    r"(?:is|was|are|it['’]s|its|it|with|under|the|my|our|your|you|by|called|have|has|had|this|as|following"
    r"|below|profile|on|file|either|could|be|maybe"
    r"|под|за|с|со|по|мой|моего|мои|это)"
)
_FILLER = re.compile(
    rf"(?:[\s:№\"'`*_=(\[,?–—-]++|#(?=\s)|{MARKER}\.?(?![^\W_])|{_LINKING}(?![^\W_])|[0-9]{{1,2}}[.)]\s){{0,12}}"
)
_ID = re.compile(r"(?P<id>#?(?:[а-яё]{1,3}-?(?=[0-9]))?[a-z0-9]++(?:[-/][a-z0-9]++)*)(?![^\W_]|[-/][a-z0-9])")
_NEXT = re.compile(
    r"[\"'`*]*+(?=(?P<joint>"
    r"(?:[ \t]*+(?:\n\s*+(?:[-*•]|[0-9]{1,2}[.)])|[,;&/]|(?:and|or|и|или|және|мен)(?![^\W_]))){1,2}"
    r"))(?P=joint)\s*+[*`\"'№]*+"
)
# A code said in pieces: `b 7 n 9 m 5`, `ltx 528769143`.
_NO_PIECE = (
    r"(?!(?:a|i|the|not|and|or|but|for|was|in|on|of|to|at|so|if|is|it|its|my|me|we|as|can|you|too|pm|am|yes|no|ok|okay"
    r"|sure|this|that|here|hi|just|with|from|only|also|and|then|now)(?![^\W_]))"
)
_PIECES = re.compile(
    rf"(?P<id>{_NO_PIECE}(?:[a-z]{{1,4}}|[0-9]{{1,4}})"
    rf"(?:[ -](?:[0-9]{{1,12}}|{_NO_PIECE}(?:[a-z](?![^\W_])|[a-z]{{2,3}}(?=[ -][0-9])))){{1,9}})(?![^\W_])"
)
_STRONG = re.compile(rf"[#№:=\"]|(?<![^\W_]){MARKER}(?![^\W_])")
_RUN = re.compile(r"[0-9]+")

# In a list of ids the next has about as many digits as the first: a phone number after an order is no order.
LIKE = 2
NEAR = 120


class Numbered(NamedTuple):
    """A kind of number: the beginnings of the words that announce it, the words, and which ids are believed.

    `words` is a pattern for lower-case text, matched where a word begins with one of `stems` (three letters or more).
    `believe(id, strong)` gets the id without `#`; strong means that a marker as `#`, `no.` or `id` introduced it.
    Underscores count as spaces: `order_id`. `form`, where given, is how the number itself is read (its group `id`);
    `wordy` numbers need no digit.
    """

    label: str
    stems: tuple[str, ...]
    words: re.Pattern[str]
    believe: Callable[[str, bool], bool]
    form: re.Pattern[str] = _ID
    wordy: bool = False

    def after(self, word: re.Match[str], text: str, *, lowered: str) -> Iterator[Span]:
        """The ids that follow the word: one, or a list of them."""
        filler = _FILLER.match(lowered, word.end())
        at = filler.end() if filler else word.end()
        following = self.form.match(lowered, at)
        strong = bool(_STRONG.search(lowered, word.start(), min(at + 1, len(lowered))))
        if following and strong and not self._believes(text, following, strong=True):
            following = _in_pieces(lowered, at) or following
        size = count_digits(following["id"]) if following else 0
        while (
            following
            and abs(count_digits(following["id"]) - size) <= LIKE
            and self._believes(text, following, strong=strong)
        ):
            yield Span(start=following.start("id"), end=following.end("id"), label=self.label)
            joint = _NEXT.match(lowered, following.end())
            following = self.form.match(lowered, joint.end()) if joint else None

    def _believes(self, text: str, match: re.Match[str], *, strong: bool) -> bool:
        return self.believe(text[slice(*match.span("id"))].lstrip("#").replace(" ", ""), strong)


class Kinds:
    """Many kinds of numbers, found in one pass over the words of a text."""

    def __init__(self, kinds: Iterable[Numbered]) -> None:
        table: dict[str, list[Numbered]] = {}
        for kind in kinds:
            for key in dict.fromkeys(map(key_of, kind.stems)):
                table.setdefault(key, []).append(kind)
        self._table = {key: tuple(row) for key, row in table.items()}
        self.stems = tuple(self._table)

    def find(self, text: str) -> Iterator[Span]:
        lowered = lower(text)
        places = [place for key in self._table.keys() & keys_of(lowered) for place in beginnings(key, lowered)]
        for start in sorted(places):
            near = _RUN.search(lowered, start, start + NEAR)
            for kind in self._table.get(lowered[start : start + KEY], ()):
                if (near or kind.wordy) and (match := kind.words.match(lowered, start)):
                    yield from kind.after(match, text, lowered=lowered)


def _in_pieces(lowered: str, at: int) -> re.Match[str] | None:
    pieces = _PIECES.match(lowered, at)
    return pieces if pieces and count_digits(pieces["id"]) >= 2 else None
