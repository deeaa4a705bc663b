"""A name in Cyrillic and in Latin letters, in whichever way it was carried over: Юлия, Yulia, Iuliya, Julia."""

import re
import unicodedata
from functools import lru_cache

from casemill.personal.inflection import ENDINGS, SUFFIXES, is_cyrillic, plain, trunks

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
    ("ph", "f"),
    ("q", "k"),
    ("w", "v"),
    ("tz", "ts"),
)
_CH = "\1"
_VOWELS = re.compile(r"[iy]+")
_DOUBLE = re.compile(r"(.)\1+")
# `Aigerim`, `Ajgerim`; `Zhanar`, `Janar`.
_GLIDE = re.compile(r"j(?![aeiou])")
# `Yelenkov`, `Elenkov`; `Nurbayeva`, `Nurbaeva`.
_SOFT = re.compile(r"(^|[aeou])i(?=e)")
_SOFT_SIGN = re.compile(r"ь(?=е)")
_C_SOFT = re.compile(r"c(?=[eiy])")
_C = re.compile(r"c(?![hk])")
_YO = re.compile(r"(?<![aeiou])[yij]o")
_SIGNS = str.maketrans({"ş": "sh", "š": "sh", "č": "ch", "ç": "ch", "ž": "zh", "ı": "i"})
# What stands for the first letter of a name in the other alphabet, by the sound it begins with.
_FIRSTS = {
    "\1": ("c", "ч"),
    **dict(zip("bdlmnpr", zip("bdlmnpr", ("б", "д", "л", "м", "нң", "п", "р"), strict=True), strict=True)),
    "a": ("a", "аә"),
    "e": ("eyij", "еэ"),
    "f": ("fp", "ф"),
    "g": ("g", "гғ"),
    "h": ("khx", "хһ"),
    "i": ("iyj", "иіыйюяе"),
    "j": ("zjdg", "жд"),
    "k": ("kcq", "кқ"),
    "o": ("o", "оө"),
    "s": ("scş", "сшщ"),
    "t": ("tc", "тц"),
    "u": ("uyijw", "уұүю"),
    "v": ("vw", "в"),
    "x": ("kx", "к"),
    "z": ("z", "з"),
}
# Names shorter than this are too many words' beginnings; so long is what an ending is put to.
_SHORTEST = 2
_STEM = 3
_VOWEL = "aeiouy"


@lru_cache(maxsize=16384)
def sound(word: str) -> str:
    """What a word has in common with itself in the other letters."""
    low = plain(word)
    if is_cyrillic(low):
        low = "".join(_LATIN.get(sign, sign) for sign in _SOFT_SIGN.sub("и", low))
    else:
        low = _of_latin(low)
    low = low.replace("shch", "sh").replace("sch", "sh").replace("ch", _CH)
    for one, other in _WAYS:
        low = low.replace(one, other)
    low = _C_SOFT.sub("ts", low).replace("c", "k")
    return _DOUBLE.sub(r"\1", _SOFT.sub(r"\1", _VOWELS.sub("i", _GLIDE.sub("i", low))))


def _of_latin(low: str) -> str:
    if not low.isascii():
        marked = unicodedata.normalize("NFD", low.translate(_SIGNS))
        low = "".join(sign for sign in marked if not unicodedata.combining(sign))
    low = "li" if low == "lee" else low
    return low.replace("th", "t").replace("john", "jon")


@lru_cache(maxsize=16384)
def sounds(word: str) -> frozenset[str]:
    """How a word may sound: a `j` is ж or й, `yo` is ё, a `c` is к or ц."""
    low = plain(word)
    if is_cyrillic(low):
        return frozenset((sound(low),))
    ways = {low, _YO.sub("e", low), _YO.sub("ie", low)}
    ways |= {way.replace("j", "i") for way in ways} | ({_C.sub("ts", low)} if "c" in low else set())
    return frozenset(map(sound, ways))


def same_letters(one: str, other: str) -> bool:
    """Whether both words are written in Cyrillic, or neither."""
    return is_cyrillic(plain(one)) == is_cyrillic(plain(other))


@lru_cache(maxsize=8192)
def is_heard(token: str, word: str) -> bool:
    """Whether `word` is the name `token` in the other letters, maybe with an ending; both as `plain` gives them."""
    if same_letters(token, word) or min(len(token), len(word)) < _SHORTEST:
        return False
    return bool(sounds(token) & sounds(word)) or _is_ended(token, word)


def _is_ended(token: str, word: str) -> bool:
    spoken = sounds(word)
    if any(_rest(one, full) in _TAILS for one in spoken for full in sounds(token)):
        return True
    return any(_is_case(one, stem) for one in spoken for stem in heard_stems(token))


def _rest(word: str, stem: str) -> str | None:
    return word[len(stem) :] if word.startswith(stem) and word != stem else None


def _is_case(word: str, stem: str) -> bool:
    """Whether a word is a stem with an ending; a letter that both have, `Юли-и`, sounds once."""
    if not word.startswith(stem):
        return False
    rest = word[len(stem) :]
    return rest in _CASES or (stem[-1:] in {"i", "e"} and stem[-1] + rest in _CASES)


@lru_cache(maxsize=8192)
def heard_stems(token: str) -> tuple[str, ...]:
    """How a name sounds without its last vowel, to which endings are put; none for one that is too short for it."""
    if is_cyrillic(token):
        return tuple(sound(stem) for stem in trunks(token) if len(stem) >= _STEM)
    if len(token.rstrip(_VOWEL)) < _STEM and len(token) <= _STEM:
        return ()
    return tuple({one.removesuffix("aia") if one.endswith("skaia") else _cut(one) for one in sounds(token)})


def _cut(spoken: str) -> str:
    return spoken[:-1] if spoken[-1:] in _VOWEL else spoken


def begins(name: str, initial: str) -> bool:
    """Whether an initial may be a name's, in its own letters or in the others: Ж., Z. and Zh. of Жексенбаева."""
    return name.startswith(initial) or (not same_letters(name, initial) and initial[0] in firsts(name))


@lru_cache(maxsize=8192)
def firsts(name: str) -> str:
    """The letters that a name may begin with in the other letters."""
    return _FIRSTS.get(sound(name)[:1], ("", ""))[not is_cyrillic(name)]


_CASES = frozenset({"ie", *map(sound, ENDINGS)}) - {""}
_TAILS = frozenset(map(sound, SUFFIXES))
