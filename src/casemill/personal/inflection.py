"""A known name with a simple ending: Анну, Каримовой, Сергеем, Айдосқа; or with one letter wrong: Karimvoa."""

import unicodedata
from functools import lru_cache

from casemill.personal.words import listed

_VOWELS = "аяйьоеёиыуюэ"
_LONG = ("ский", "цкий", "ская", "цкая", "ий", "ый", "ая", "яя")
ENDINGS = listed(
    "а я ы и е у ю й ь ой ою ей ею ом ем ём ым им ого ому его ему ий ый ая яя ую юю ия ию ии ие ией ых ами ам ям ями ах"
)
SUFFIXES = listed(
    "ның нің дың дің тың тің ға ге қа ке на не ны ні ды ді ты ті да де та те дан ден тан тен нан нен мен бен пен "
    "лар лер дар дер тар тер дікі тікі нікі жан ке мын мін бын бін пын пін"
)
# Cases that no Russian name ends in by itself; `Дәуренге` and `Дәуреннің` are Дәурен, though nobody wrote it so.
# `Ерболатпын`: I am Ерболат.
_CASES = listed(
    "ның нің дың дің тың тің ға ге қа ке ны ні ды ді ты ті дан ден тан тен нан нен мен бен пен мын мін бын бін пын пін"
)
_BASE = 4
_SLIP = 6
# Surnames by which a woman is told from a man, in nominative; Latin and Cyrillic.
_PAIRS = (
    *(("ова", "ов"), ("ева", "ев"), ("ёва", "ёв"), ("ина", "ин"), ("ына", "ын"), ("ская", "ский"), ("цкая", "цкий")),
    *(("ova", "ov"), ("eva", "ev"), ("ina", "in"), ("skaya", "sky"), ("skaya", "skiy"), ("skaia", "skii")),
)
_WOMANS = ("овой", "евой", "иной", "ыной", "ской", "овна", "овны", "овне", "овной", "евна", "евны", "евне", "евной")
_MANS = ("овым", "евым", "иным", "ыным", "ским", "ского", "скому", "ович", "евич", "овича", "евича", "овичу", "евичу")


def is_cyrillic(word: str) -> bool:
    return "\u0400" <= word[:1] <= "\u04ff"


def plain(word: str) -> str:
    """Lower case, composed, ё as е: how names are compared."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word).lower().replace("ё", "е")


@lru_cache(maxsize=8192)
def stems(token: str) -> tuple[str, ...]:
    """What a text must contain for the name to be in it, in any of its endings (lower case)."""
    if not is_cyrillic(token) or len(token) < 3:
        return (token,)
    return (_stem(token),) if _fleeting(token) is None else (token[:-2],)


def is_form(token: str, word: str) -> bool:
    """Whether `word` is the name `token` or the name with an ending; both as `plain` gives them."""
    if word == token:
        return True
    if not is_cyrillic(token) or len(token) < 3:
        return False
    if word.startswith(token) and word[len(token) :] in SUFFIXES:
        return True
    return any(word.startswith(stem) and word[len(stem) :] in ENDINGS for stem in trunks(token)) or any(
        word == base or (word.startswith(base) and word[len(base) :] in _CASES) for base in bases(token)
    )


@lru_cache(maxsize=8192)
def trunks(token: str) -> tuple[str, ...]:
    """What Russian endings are put to; both where a vowel goes away: павел, павл."""
    fleeting = _fleeting(token)
    return (_stem(token),) if fleeting is None else (_stem(token), fleeting)


@lru_cache(maxsize=8192)
def bases(token: str) -> tuple[str, ...]:
    """What a name that has a Kazakh ending is without it: дәурен of дәуреннің."""
    if not is_cyrillic(token):
        return ()
    return tuple(token[:-size] for size in (2, 3) if token[-size:] in _CASES and len(token) - size >= _BASE)


def is_slip(token: str, word: str) -> bool:
    """Whether `word` is the name with one letter missing, added, changed or swapped with its neighbour.

    Only names of six letters and more; the first and the last letter must be right, for Daniel is not Daniela.
    """
    sizes = len(token), len(word)
    if min(sizes) < _SLIP or abs(sizes[0] - sizes[1]) > 1 or token == word:
        return False
    if token[0] != word[0] or token[-1] != word[-1]:
        return False
    at = next((place for place in range(min(sizes)) if token[place] != word[place]), min(sizes))
    if sizes[0] != sizes[1]:
        longer, shorter = (token, word) if sizes[0] > sizes[1] else (word, token)
        return longer[at + 1 :] == shorter[at:]
    swapped = token[at : at + 2] == word[at : at + 2][::-1] and token[at + 2 :] == word[at + 2 :]
    return swapped or token[at + 1 :] == word[at + 1 :]


@lru_cache(maxsize=8192)
def root(surname: str) -> str:
    """The surname as a man has it: `karimov` of karimova."""
    for hers, his in _PAIRS:
        if surname.endswith(hers) and len(surname) > len(hers) + 1:
            return surname[: -len(hers)] + his
    return surname


@lru_cache(maxsize=8192)
def gender(word: str) -> str:
    """`f` or `m`, where the form of a surname or patronymic tells it; else nothing."""
    if word.endswith((*_WOMANS, "қызы", "кызы")):
        return "f"
    if word.endswith((*_MANS, "ұлы", "улы")):
        return "m"
    if any(word.endswith(hers) for hers, _ in _PAIRS):
        return "f"
    return "m" if any(word.endswith(his) for _, his in _PAIRS) else ""


def _stem(token: str) -> str:
    for ending in _LONG:
        if token.endswith(ending) and len(token) - len(ending) >= 2:
            return token[: -2 if len(ending) == 4 else -len(ending)]
    return token[:-1] if token[-1] in _VOWELS else token


def _fleeting(token: str) -> str | None:
    """Павел, Павла: the vowel that goes away."""
    if len(token) >= 4 and token[-2:] in ("ел", "ец", "ек", "ок") and token[-3] not in _VOWELS:
        return token[:-2] + token[-1]
    return None
