"""One value, wherever it stands in a ticket's texts, becomes its placeholder: the same way on the desk and in files."""

import re
from collections.abc import Container, Iterable
from typing import NamedTuple

from casemill.anonymize.leaks_words import ORDINARY, SMALL_WORDS
from casemill.domain.placeholder import Entity

FEWEST_DIGITS = 7
SHORTEST = 3
# A placeholder, and what stands on it.
_MASKED = r"[^\s\[\]]{0,60}\[[A-Z][A-Z0-9_]*_[0-9]+[A-Z]{0,2}\][^\s\[\]]{0,60}"
_ENDINGS = "аеёиоуыэюяйьәіұү"
# Put between digits: what people put there.
_GAP = r"[ ().\u00a0\u2013-]{0,3}"


class Around(NamedTuple):
    """What stands before and after a value in the text where it was met."""

    before: str
    after: str


class Replacing(NamedTuple):
    """The patterns of some values, the longest first, each with its placeholder."""

    patterns: tuple[tuple[re.Pattern[str], str], ...]

    def apply(self, text: str) -> str:
        """The text with the values replaced; applied again it changes nothing."""
        for pattern, placeholder in self.patterns:
            text = pattern.sub(placeholder, text)
        return text

    def holds(self, text: str) -> bool:
        return any(pattern.search(text) for pattern, _ in self.patterns)

    def covers(self, text: str, start: int, *, end: int) -> bool:
        """Whether a piece of a text is replaced whole."""
        found = (match.span() for pattern, _ in self.patterns for match in pattern.finditer(text))
        return any(begins <= start and end <= ends for begins, ends in found)


def replacements(entities: Iterable[Entity], *, inside: Container[str] = (), marked: bool = False) -> Replacing:
    """Every value of some entities; one of one or two letters is left out, it would hit anything: but a name of two
    that a person `marked`. Those that are met `inside` longer words are replaced there, too."""
    values = [(value.strip(), entity) for entity in entities for value in entity.values]
    kept = [
        (value, entity)
        for value, entity in values
        if len(value) >= SHORTEST or (marked and entity.label == "NAME" and _is_short_name(value))
    ]
    patterns = [
        (_pattern(value, label=entity.label, inside=value in inside), entity.placeholder)
        for value, entity in sorted(kept, key=lambda pair: -len(pair[0]))
    ]
    return Replacing(tuple(patterns))


def _is_short_name(value: str) -> bool:
    """`Xi`, `Ли`: two letters, written as a name, that are no everyday word."""
    return len(value) == 2 and value.isalpha() and value[0].isupper() and value.casefold() not in SMALL_WORDS


def at_place(value: str, around: Around, *, placeholder: str) -> tuple[re.Pattern[str], str]:
    """The pattern of a value beside the very words it was marked between, or one of them at the rim of a quote; and
    what takes its place. For what would hit anything: `33`, a letter."""
    before, after = _beside(around.before, first=False), _beside(around.after, first=True)
    here = re.escape(value)
    begins, ends = before or r"\A", after or r"\Z"
    ways = [f"({begins}){here}(?={ends})"]
    if before and after:
        ways += [rf"(\A){here}(?={after})", rf"({before}){here}(?=\Z)"]
    return re.compile("|".join(ways)), "".join(rf"\g<{number}>" for number in range(1, len(ways) + 1)) + placeholder


def _beside(text: str, *, first: bool) -> str:
    """The nearest word as a pattern; what is masked by now may stand in its place."""
    pieces = re.findall(r"\s+|\S+", text)
    if not first:
        pieces.reverse()
    near = pieces[: 2 if pieces and pieces[0].isspace() else 3]
    if not first:
        near.reverse()
    return "".join(r"\s+" if piece.isspace() else f"(?:{re.escape(piece)}|{_MASKED})" for piece in near)


def _pattern(value: str, *, label: str, inside: bool) -> re.Pattern[str]:
    """Any capitals, any white space, digits however they are grouped; of a name its endings, too."""
    digits = [sign for sign in value if sign.isdecimal()]
    if len(digits) >= FEWEST_DIGITS and not any(sign.isalpha() for sign in value):
        head = r"\+?" if value.startswith("+") else ""
        return re.compile(rf"(?<![\w+]){head}\(?{_GAP.join(digits)}(?!\w)")
    words = value.split()
    ordinary = len(words) == 1 and (value.casefold() in ORDINARY or (value.isalpha() and len(value) <= SHORTEST))
    parts = [_ending(word) if label == "NAME" and not inside else re.escape(word) for word in words]
    before = r"(?<!\w)" if value[0].isalnum() and not inside else ""
    after = r"(?!\w)" if value[-1].isalnum() and not inside else ""
    spaced = r"\s+".join(parts)
    return re.compile(f"{before}{spaced}{after}", re.NOFLAG if ordinary else re.IGNORECASE)


def _ending(word: str) -> str:
    """Russian and Kazakh names by their stem and whatever short ending follows."""
    stem = word.rstrip(_ENDINGS + _ENDINGS.upper())
    if word.isalpha() and len(word) >= 4 and len(stem) >= 3 and "\u0400" <= word[0] <= "\u04ff":
        return rf"{re.escape(stem)}\w{{0,4}}"
    return re.escape(word)
