"""A name in Cyrillic and in Latin letters, in whichever way it was carried over: Юлия, Yulia, Iuliya."""

import re
from functools import lru_cache

from casemill.personal.inflection import is_cyrillic, plain

_LATIN = {
    **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufie", strict=True)),
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ъ": "",
    "ь": "",
    "ю": "iu",
    "я": "ia",
    "ә": "a",
    "ғ": "g",
    "қ": "k",
    "ң": "n",
    "ө": "o",
    "ұ": "u",
    "ү": "u",
    "һ": "kh",
    "і": "i",
}
_WAYS = (
    ("dzh", "zh"),
    ("kh", "h"),
    ("zh", "j"),
    ("ks", "x"),
    ("ck", "k"),
    ("gh", "g"),
    ("q", "k"),
    ("w", "v"),
    ("c", "ts"),
)
_CH = "\1"
_VOWELS = re.compile(r"[iy]+")
_DOUBLE = re.compile(r"(.)\1+")
# `Aigerim`, `Ajgerim`; `Zhanar`, `Janar`.
_GLIDE = re.compile(r"j(?![aeiou])")


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """What a word has in common with itself in the other letters."""
    low = plain(word)
    if is_cyrillic(low):
        low = "".join(_LATIN.get(sign, sign) for sign in low)
    low = low.replace("shch", "sh").replace("ch", _CH)
    for one, other in _WAYS:
        low = low.replace(one, other)
    return _DOUBLE.sub(r"\1", _VOWELS.sub("i", _GLIDE.sub("i", low)))


def same_letters(one: str, other: str) -> bool:
    """Whether both words are written in Cyrillic, or neither."""
    return is_cyrillic(plain(one)) == is_cyrillic(plain(other))
