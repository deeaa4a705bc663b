"""What no surrogate may look like: every known value of the text, every word and every number in one."""

import re
from collections.abc import Iterable

from casemill.personal.inflection import is_form, plain
from casemill.personal.surrogate.grammar import latin
from casemill.personal.words import listed

_WORD = re.compile(r"[^\W\d_]{2,}|[0-9]{3,}")
# What belongs to the form of a value and not to anybody.
FORM = listed(
    "example test com org net www http https dot at mail underscore dash hyphen minus plus точка собака собачка эт "
    "нижнее подчеркивание дефис тире минус плюс нүкте ит белгісі астыңғы сызық сызықша the of and credit debit card "
    "paypal payment method account acct gift order ticket case id no number user customer client policy booking usa us"
)


class Avoided:
    """Words and numbers of real values; names given out already are taken again when none is left."""

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._cyrillic: dict[str, set[str]] = {}
        self._given_out: set[str] = set()

    def add(self, values: Iterable[str]) -> None:
        for value in values:
            for word in _words(value):
                self._words.update((word, latin(word)))
                if word[0] >= "\u0400":
                    self._cyrillic.setdefault(word[:3], set()).add(word)

    def give_out(self, names: Iterable[str]) -> None:
        self._given_out.update(names)

    def is_given_out(self, name: str) -> bool:
        return name in self._given_out

    def allows(self, value: str, *, form: Iterable[str] = ()) -> bool:
        """Whether the value shares no word with what is avoided, but those of its `form`."""
        mine = [word for word in _words(value) if word not in FORM and word not in form]
        return not any(word in self._words or latin(word) in self._words or self._is_near(word) for word in mine)

    def _is_near(self, word: str) -> bool:
        """Whether it is another case of a word that is avoided."""
        return any(is_form(word, other) or is_form(other, word) for other in self._cyrillic.get(word[:3], ()))


def _words(value: str) -> list[str]:
    return [plain(word) for word in _WORD.findall(value)]
