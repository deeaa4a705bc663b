"""A company's own words: what stays wherever it stands as a word by itself, and what always goes; in any ending."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from casemill.domain.placeholder import Span
from casemill.errors import UsageError
from casemill.personal.context import beginnings, lower
from casemill.personal.everyday import is_everyday, is_name_too
from casemill.personal.folding import folded
from casemill.personal.inflection import is_cyrillic, is_form, plain, stems
from casemill.personal.keep import Kept, occurrences
from casemill.personal.masked import Terms
from casemill.personal.spelling import is_heard
from casemill.personal.veil import Place, Places
from casemill.personal.words import PARTICLES, TITLES

# What may go in part; a number, a mail address and a link go or stay whole.
_PARTED = frozenset({"NAME", "ADDRESS", "PLACE", "ORG", "STORE", "BRANCH"})
_TERM = re.compile(r"(?P<label>[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*):(?!//)\s*(?P<term>\S.*)", re.DOTALL)
_NO_LABEL = re.compile(r"[^:]*[^\W\d_][^:]*:(?!//)\s*\S")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# Shorter words have no endings: too many others would be they.
_INFLECTED = 4
# A number shorter than this says too little to be known in another writing.
_NUMBER = 4
_PHONE = 11
_REACH = 60

Known = Callable[[Sequence[str]], bool]


def _nobody(words: Sequence[str]) -> bool:  # noqa: ARG001 - what is asked of somebody who knows people
    return False


def labelled(term: str) -> tuple[str, str]:
    """The label of a company's own word that is always masked, and the word.

    Raises UsageError where what stands before a colon cannot be a label.
    """
    match = _TERM.fullmatch(term)
    if match:
        return match["label"].upper(), lower(folded(match["term"]))
    if _NO_LABEL.match(term) and "://" not in term:
        label, _, rest = term.partition(":")
        better = "_".join(re.findall(r"[A-Za-z0-9]+", label)).upper() or "LABEL"
        raise UsageError(
            f"{label!r} is no label for what is always masked: a label is Latin letters, digits and _",
            hint=f"write {better}:{rest.strip()}, or the word alone without a colon",
        )
    return "ORG", lower(folded(term))


class OwnWords:
    """`keep` and `always` of a company. `whole` are kept, too, but only where all of what was found is one of them."""

    def __init__(self, terms: Terms, *, whole: Iterable[str] = ()) -> None:
        keep = [folded(word).strip() for word in terms.keep if word.strip()]
        self._kept = Kept((*keep, *whole))
        self._phrases = [tuple(map(plain, _WORD.findall(word))) for word in dict.fromkeys(keep)]
        self._phrases = [phrase for phrase in self._phrases if phrase]
        self._written = frozenset(key for word in keep for key in _keys(word))
        self._always = [labelled(term.strip()) for term in terms.always if term.strip()]

    @property
    def labels(self) -> set[str]:
        return {label for label, _ in self._always}

    def always(self, lowered: str) -> Iterator[Span]:
        """Where what always goes stands in a lower-case text, in any of its endings."""
        for label, term in self._always:
            yield from (Span(start=a, end=b, label=label) for a, b in _occurring(term, lowered))

    def term_of(self, label: str, value: str) -> str:
        """The word that always goes of which a value is a form; else the value."""
        low = [plain(word) for word in _WORD.findall(value)]
        terms = (term for one, term in self._always if one == label)
        return next((term for term in terms if _are_said([plain(word) for word in _WORD.findall(term)], low)), value)

    def left_of(self, found: Sequence[Span], text: str, *, is_known: Known = _nobody) -> list[Span]:
        """Of what was found, what is not kept: a name or an address without the kept words in it.

        `is_known` says whether words are somebody's whole name; such a name goes with all of its words.
        """
        if not self._kept.words:
            return list(found)
        exact = self._kept.places(lower(text))
        held = Places(exact)
        left: list[Span] = []
        for span in found:
            value = text[span.start : span.end]
            if held.hold(span.start, span.end) or self._is_kept(value):
                continue
            if (
                span.label not in _PARTED
                or span.label in self.labels
                or not self._phrases
                or (span.label == "NAME" and is_known([plain(word) for word in _WORD.findall(value)]))
            ):
                left.append(span)
            else:
                left += _without(span, self._places(text, span), text=text)
        return left

    def _is_kept(self, value: str) -> bool:
        """Whether all of a value is a kept word, or a kept number in whatever writing."""
        words = [plain(word) for word in _WORD.findall(value)]
        return not self._written.isdisjoint(_keys(value)) or any(_are_said(one, words) for one in self._phrases)

    def _places(self, text: str, span: Span) -> list[Place]:
        """Where kept words stand in a span, or over its edge: as they are, with an ending, in other letters."""
        first = max(0, span.start - _REACH)
        words = [(match.span(), plain(match[0])) for match in _WORD.finditer(text, first, span.end + _REACH)]
        return [
            (words[at][0][0], words[at + len(phrase) - 1][0][1])
            for phrase in self._phrases
            for at in range(len(words) - len(phrase) + 1)
            if words[at][0][0] < span.end
            and span.start < words[at + len(phrase) - 1][0][1]
            and _are_said(phrase, [word for _, word in words[at : at + len(phrase)]])
        ]


def _without(span: Span, kept: Sequence[Place], *, text: str) -> Iterator[Span]:
    """What is left of a span between kept places, where it still says something."""
    if not kept:
        yield span
        return
    position = span.start
    for start, end in (*sorted(kept), (span.end, span.end)):
        if position < start and (rest := _telling(text, (position, min(start, span.end)), label=span.label)):
            yield Span(start=rest[0], end=rest[1], label=span.label)
        position = max(position, end)


def _telling(text: str, place: Place, *, label: str) -> Place | None:
    """A place without the signs at its ends; None when nothing is left that tells who or where."""
    words = list(_WORD.finditer(text, *place))
    lows = [plain(word[0]) for word in words]
    if label == "NAME":
        if not any(len(low) > 1 and low not in TITLES | PARTICLES and not _is_idle(low) for low in lows):
            return None
    elif not any(any(map(str.isdigit, low)) or (len(low) >= _INFLECTED and not _is_idle(low)) for low in lows):
        return None
    return words[0].start(), words[-1].end()


def _is_idle(low: str) -> bool:
    return is_everyday(low) and not is_name_too(low)


def _are_said(tokens: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words, as `plain` gives them, are those of a phrase: the same, with an ending or in the other letters."""
    if len(tokens) != len(words):
        return False
    least = _INFLECTED - (len(tokens) > 1)
    return all(
        token == word or (len(token) >= least and _is_said(token, word))
        for token, word in zip(tokens, words, strict=True)
    )


@lru_cache(maxsize=8192)
def _is_said(token: str, word: str) -> bool:
    return is_form(token, word) or is_heard(token, word)


def _keys(text: str) -> Iterator[str]:
    """What the writings of one number have in common: its letters and digits, and of a phone its last ten."""
    key = "".join(sign for sign in text.lower() if sign.isalnum())
    if len(key) < _NUMBER or not any(map(str.isdigit, key)):
        return
    yield key
    if key.isdigit() and len(key) == _PHONE and key[0] in "178":
        yield key[1:]


def _occurring(term: str, lowered: str) -> Iterator[Place]:
    """Where a word or phrase stands in a lower-case text, Russian and Kazakh ones in any ending."""
    yield from occurrences(term, lowered)
    tokens = [plain(word) for word in _WORD.findall(term)]
    if not any(map(is_cyrillic, tokens)):
        return
    for stem in stems(tokens[0]):
        for start in beginnings(stem, lowered):
            words = list(islice(_WORD.finditer(lowered, start), len(tokens)))
            if _are_said(tokens, [plain(word[0]) for word in words]) and "\n" not in lowered[start : words[-1].end()]:
                yield start, words[-1].end()
