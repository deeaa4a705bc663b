"""A known name with a simple ending: Анну, Каримовой, Сергеем, Айдосқа. Latin names are taken as they stand."""

import unicodedata

from casemill.personal.words import listed

_VOWELS = "аяйьоеёиыуюэ"
_LONG = ("ский", "цкий", "ская", "цкая", "ий", "ый", "ая", "яя")
_ENDINGS = listed(
    "а я ы и е у ю й ь ой ою ей ею ом ем ём ым им ого ому его ему ий ый ая яя ую юю ия ию ии ие ией ых ами ам ям ями ах"
)
_SUFFIXES = listed(
    "ның нің дың дің тың тің ға ге қа ке на не ны ні ды ді ты ті да де та те дан ден тан тен нан нен мен бен пен "
    "лар лер дар дер тар тер дікі тікі нікі жан ке"
)


def is_cyrillic(word: str) -> bool:
    return "\u0400" <= word[:1] <= "\u04ff"


def plain(word: str) -> str:
    """Lower case, composed, ё as е: how names are compared."""
    return unicodedata.normalize("NFC", word).lower().replace("ё", "е")


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
    if word.startswith(token) and word[len(token) :] in _SUFFIXES:
        return True
    fleeting = _fleeting(token)
    return any(
        word.startswith(stem) and word[len(stem) :] in _ENDINGS for stem in (_stem(token), fleeting) if stem is not None
    )


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
