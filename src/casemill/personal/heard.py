"""Known names in the other alphabet: a text is asked for words that sound like one of them, in any ending."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from casemill.personal.everyday import is_everyday, is_name_too
from casemill.personal.evidence import is_plain_word, is_plainly_a_name
from casemill.personal.inflection import is_cyrillic, plain
from casemill.personal.spelling import firsts, heard_stems, is_heard, sounds

_CYRILLIC = re.compile(r"[\u0400-\u052f]{2,40}")
_LATIN = re.compile(r"[a-z\u00df-\u024f]{2,40}")
# An ending sounds so long, or shorter.
_ENDING = 4
_SHORT = 3
_VOWELS = "аеёийоуыэюяьaeiouy"
_MOST = 4096


class HeardName(NamedTuple):
    """A word of a text, as `plain` gives it, and the name that it is in the other letters."""

    start: int
    end: int
    token: str
    word: str


class Heard:
    """The names to listen for. A text without letters of the other alphabet costs nothing."""

    def __init__(self) -> None:
        self._names: dict[bool, dict[str, list[str]]] = {}
        self._firsts: dict[bool, set[str]] = {}
        self._met: dict[str, str] = {}

    def learn(self, token: str) -> None:
        """Take up a name as `plain` gives it."""
        script = is_cyrillic(token)
        names = self._names.setdefault(script, {})
        for spoken in {*sounds(token), *heard_stems(token)}:
            names.setdefault(spoken, []).append(token)
        self._firsts.setdefault(script, set()).update(firsts(token))
        self._met.clear()

    def find(self, lowered: str) -> Iterator[HeardName]:
        """Words that may be one of the names; `lowered` is the text in lower case, ё as е."""
        for script, firsts_of in self._firsts.items():
            if not script and lowered.isascii():
                continue
            pattern = _LATIN if script else _CYRILLIC
            words = {word for word in pattern.findall(lowered) if word[0] in firsts_of}
            meant = {word: token for word in words if (token := self._token(plain(word), script=script))}
            for match in pattern.finditer(lowered) if meant else ():
                if match[0] in meant and not lowered[match.start() - 1 : match.start()].isalnum():
                    yield HeardName(*match.span(), meant[match[0]], plain(match[0]))

    def _token(self, word: str, *, script: bool) -> str:
        if word not in self._met:
            if len(self._met) >= _MOST:
                self._met.clear()
            names = self._names[script]
            near = (
                token
                for spoken in sounds(word)
                for size in range(len(spoken), max(1, len(spoken) - _ENDING - 1), -1)
                for token in names.get(spoken[:size], ())
            )
            self._met[word] = next((token for token in near if is_heard(token, word)), "")
        return self._met[word]


def is_no_word(name: HeardName) -> bool:
    """Whether nothing but a name is written so, also in small letters and by itself."""
    word = name.word
    if is_everyday(word) or is_name_too(word) or is_plain_word(word):
        return False
    if is_exact(name):
        return is_plainly_a_name(word) or len(word) > _SHORT
    if word[-1] in "iy" and name.token[-1] not in _VOWELS:
        return False  # `armani` beside a known Арман
    return is_plainly_a_name(word) or (len(name.token.rstrip(_VOWELS)) > _SHORT and len(word) > _SHORT + 1)


def is_exact(name: HeardName) -> bool:
    """Whether the word has no ending."""
    return bool(sounds(name.token) & sounds(name.word))
