"""How a name is written: its language, its Russian cases, its letters."""

import re
from collections.abc import Sequence
from typing import Literal

from casemill.personal.inflection import is_cyrillic
from casemill.personal.surrogate.lists import LATIN_MEN, LATIN_WOMEN, MEN, WOMEN

Locale = Literal["latin", "russian", "kazakh", "latin russian", "latin kazakh"]
Gender = Literal["f", "m", ""]
Role = Literal["given", "surname", "patronymic"]
CASES = 6
# The case of a name that is alike in all of them.
ANY = -1

_KAZAKH_LETTERS = re.compile(r"[әғқңөұүһі]")
_KAZAKH_WORD = re.compile(
    r"(?:бай|бек|гүл|гуль|жан|хан|бол|ұлы|қызы|улы|кызы|баев|баева|беков|бекова|ғали|галиев|галиева|мухамед"
    r"|bay|bek|gul|zhan|uly|kyzy|bayev|bayeva|baev|baeva|bekov|bekova|galiyev|galiyeva)$"
    r"|^(?:ай(?:г|д|ж|н|с|т)|нұр|нур|ер[бжклмн]|ақ|жан|құр|aig|aid|aizh|nur[^m]|yer[bklmz]|erl|zhan)"
)
_SLAVIC_SURNAME = re.compile(r"(?:[oe]v|[oe]va|[aeio]yev[a]?|sk[iy]y?|skaya|enko|chuk)$")
_CYRILLIC_SURNAME = re.compile(
    r"(?:[оеё]в|[оеё]ва|[иы]н|[иы]на|ский|цкий|ская|цкая|енко|чук|ық|[оеё]в(?:у|а|ым|ой|е|ы|ых|ыми)"
    r"|[иы]н(?:у|ым|ой|ых)|ск(?:ого|ому|им|ом|ую|ой|ие|их|ими))$"
)
_PATRONYMIC = re.compile(
    r"(?:(?:ович|евич|ьич)(?:а|у|ем|е)?|(?:овн|евн|ичн)(?:а|ы|е|у|ой)|[а-яәғқңөұүһі]{3}(?:ұлы|қызы|улы|кызы))$"
)
_LATIN_PATRONYMIC = re.compile(r"[a-z]{2}(?:ovich|evich|ovna|evna|[iy]chna|[kq]yzy|uly)$")
_LETTERS = (
    "а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh "
    "щ=shch ъ= ы=y ь= э=e ю=yu я=ya ә=a ғ=g қ=k ң=n ө=o ұ=u ү=u һ=h і=i"
)
_LATIN = dict(pair.split("=") for pair in _LETTERS.split())
_TABLE = str.maketrans(_LATIN | {sign.upper(): latin.capitalize() for sign, latin in _LATIN.items()})


_LISTED = frozenset(name.replace("ё", "е") for name in (*WOMEN, *MEN)) | LATIN_WOMEN | LATIN_MEN


def locale_of(words: Sequence[str]) -> Locale:
    """By the letters and the endings of a person's words; other scripts count as Latin."""
    cyrillic = any(is_cyrillic(word) for word in words)
    if any(_KAZAKH_LETTERS.search(word) for word in words) or any(_KAZAKH_WORD.search(word) for word in words):
        return "kazakh" if cyrillic else "latin kazakh"
    if cyrillic:
        return "russian"
    return "latin russian" if any(_SLAVIC_SURNAME.search(word) for word in words) else "latin"


def is_latin_surname(word: str) -> bool:
    """Of a Russian or Kazakh form in Latin letters; `plain` spelling."""
    return _SLAVIC_SURNAME.search(word) is not None


def is_listed(word: str) -> bool:
    """Whether it is a common given name."""
    return word in _LISTED


def looks_a_surname(word: str) -> bool:
    """Of a Russian or Kazakh form, Cyrillic or Latin; `plain` spelling."""
    if is_listed(word):
        return False
    return bool((_CYRILLIC_SURNAME if is_cyrillic(word) else _SLAVIC_SURNAME).search(word)) and len(word) > 3


def is_patronymic(word: str) -> bool:
    return (_PATRONYMIC if is_cyrillic(word) else _LATIN_PATRONYMIC).search(word) is not None


def forms(name: str, *, role: Role, gender: Gender) -> tuple[str, ...]:
    """The six Russian cases of a Cyrillic name: who, whose, to whom, whom, by whom, about whom; of a surname that has
    them, the six of the plural behind them."""
    if not is_cyrillic(name.lower()):
        return (name,) * CASES
    if role == "surname":
        return _surname(name, gender)
    if name.endswith("ия"):
        return _ended(name[:-1], "я и и ю ей и")
    if name[-1] in "ая":
        return _first(name)
    return _of_woman(name) if gender == "f" else _of_man(name)


def _of_woman(name: str) -> tuple[str, ...]:
    return _ended(name[:-1], "ь и и ь ью и") if name.endswith("вь") else (name,) * CASES


def _of_man(name: str) -> tuple[str, ...]:
    if name.endswith("ий"):
        return _ended(name[:-1], "й я ю я ем и")
    if name[-1] in "йь":
        return _ended(name[:-1], f"{name[-1]} я ю я ем е")
    if name.endswith("ел") or name.lower() == "лев":
        return (name, *_ended(name[:-2] + ("л" if name.endswith("л") else "ьв"), "- а у а ом е")[1:])
    if name[-1] in "оуеиыэюәөүұі":
        return (name,) * CASES
    return _ended(name, f"- а у а {'ем' if name[-1] in 'жчшщц' else 'ом'} е")


# How surnames bend, by their end: of a man or anybody, then the plural.
_BENDING = (
    (("ова", "ева", "ёва", "ина", "ына"), 1, "а ой ой у ой ой ы ых ым ых ыми ых"),
    (("ский", "цкий"), 2, "ий ого ому ого им ом ие их им их ими их"),
    (("ская", "цкая"), 2, "ая ой ой ую ой ой ие их им их ими их"),
    (("ый",), 2, "ый ого ому ого ым ом"),
    (("ной", "лстой"), 2, "ой ого ому ого ым ом"),
    (("ная", "лая", "рая", "стая"), 2, "ая ой ой ую ой ой"),
)
_OF_MEN = ("ов", "ев", "ёв", "ин", "ын")


def _surname(name: str, gender: Gender) -> tuple[str, ...]:
    if name.endswith(_OF_MEN) and gender != "f":
        return _ended(name, "- а у а ым е ы ых ым ых ыми ых")
    for ends, cut, endings in _BENDING:
        if name.endswith(ends):
            return _ended(name[:-cut], endings)
    if gender == "m" and name[-1] in "йь":
        return _ended(name[:-1], f"{name[-1]} я ю я ем е")
    if gender == "m" and name[-1] not in "оуеиыэюаяәөүұі" and not name.endswith(("ых", "их")):
        return _ended(name, "- а у а ом е")
    return (name,) * CASES


def _first(name: str) -> tuple[str, ...]:
    stem = name[:-1]
    if name[-1] == "я":
        return _ended(stem, "я и е ю ей е")
    return _ended(stem, f"а {'и' if stem[-1] in 'гкхжчшщ' else 'ы'} е у {'ей' if stem[-1] in 'жчшщц' else 'ой'} е")


def _ended(stem: str, endings: str) -> tuple[str, ...]:
    return tuple(stem + ending.strip("-") for ending in endings.split())


def of_woman(surname: str) -> str:
    """Берестов, Берестова; Ледовский, Ледовская."""
    if surname.endswith("ий"):
        return surname[:-2] + "ая"
    return surname + "а" if surname.endswith(("в", "н")) else surname


def latin(text: str) -> str:
    """Cyrillic letters written in Latin ones, the case of each kept."""
    if text.isascii():
        return text
    return text.translate(_TABLE)


def cased_as(model: str, word: str) -> str:
    """The word in capitals, in small letters or with a capital, as the model is."""
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word.lower() if model.islower() else word
