"""Names across alphabets for the leak check: what is left of a word when the ways of writing it down are taken away.

This pass' own: masking has another, so that a slip in one is none in the other.
"""

import re
from functools import lru_cache

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_WRITTEN = {
    **dict(zip("абвгдеёзклмнопрстуфэ", "abvgdeezklmnoprstufe", strict=True)),
    **dict(zip("иіыйжхһцчшщюя", "iiiiJhhcCSSua", strict=True)),
    **dict(zip("әғқңөұү", "agknouu", strict=True)),
    "ь": "",
    "ъ": "",
}
# Latin spellings of one letter, longest first.
_SPELLINGS = (
    (re.compile(r"shch|sch|sh|ş|š"), "S"),
    (re.compile(r"dzh|zh|ž"), "J"),
    (re.compile(r"ch|č|ç"), "C"),
    (re.compile(r"kh|gh(?=[aeiouy])"), "h"),
    (re.compile(r"ts|tz|c(?=[eiyv])"), "c"),
    (re.compile(r"ck|q|c(?=[a-z]|$)"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"w"), "v"),
    (re.compile(r"[yi]o"), "e"),
    (re.compile(r"[yiı]+"), "i"),
)
_BESIDE_VOWEL = re.compile(r"i(?=[aeou])|(?<=[aeou])i")
_AGAIN = re.compile(r"(.)\1+")
_ENDING = re.compile(r"[aeou]?(?:[aeoui]|m|mi|mu|go|h|ni[nk]|di[nk]|ti[nk]|[gk][ae]|[dtn][ae]n|[mbp]en)?")
_VOWELS = "aeoui"
SHORTEST = 4


def is_other_script(one: str, other: str) -> bool:
    """Whether one is written in Cyrillic and the other is not."""
    return bool(_CYRILLIC.match(one)) != bool(_CYRILLIC.match(other))


@lru_cache(maxsize=65536)
def folds(word: str) -> tuple[str, ...]:
    """What a word in small letters may be whichever alphabet it is written in; two where a `j` is ж or й."""
    if _CYRILLIC.search(word):
        return (_folded("".join(_WRITTEN.get(sign, sign) for sign in word.replace("дж", "ж"))),)
    for spelling, sign in _SPELLINGS:
        word = spelling.sub(sign, word)
    return tuple(dict.fromkeys(_folded(word.replace("j", sign)) for sign in "Ji"))


def _folded(word: str) -> str:
    return _AGAIN.sub(r"\1", _BESIDE_VOWEL.sub("", word))


@lru_cache(maxsize=65536)
def is_ended(name: str, word: str, *, least: int = 2) -> bool:
    """Whether a word is a name in the other alphabet, as it is or with a Russian or Kazakh ending; so many letters of
    the name must be left before the ending."""
    said = folds(word)
    return any(
        word == one
        or (len(stem := one.rstrip(_VOWELS)) >= least and word.startswith(stem) and _ENDING.fullmatch(word, len(stem)))
        for one in folds(name)
        for word in said
    )
