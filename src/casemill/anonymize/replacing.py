"""One value, wherever it stands in a ticket's texts, becomes its placeholder: the same way on the desk and in files."""

import re
from collections.abc import Container, Iterable
from typing import NamedTuple

from casemill.anonymize.leaks_words import ORDINARY
from casemill.domain.placeholder import Entity

FEWEST_DIGITS = 7
SHORTEST = 3
_ENDINGS = "аеёиоуыэюяйьәіұү"
# Put between digits: what people put there.
_GAP = r"[ ().\u00a0\u2013-]{0,3}"


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


def replacements(entities: Iterable[Entity], *, inside: Container[str] = ()) -> Replacing:
    """Every value of some entities; one of one or two letters is left out, it would hit anything. Those that are met
    `inside` longer words are replaced there, too."""
    values = [(value.strip(), entity) for entity in entities for value in entity.values]
    kept = [(value, entity) for value, entity in values if len(value) >= SHORTEST]
    patterns = [
        (_pattern(value, label=entity.label, inside=value in inside), entity.placeholder)
        for value, entity in sorted(kept, key=lambda pair: -len(pair[0]))
    ]
    return Replacing(tuple(patterns))


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
