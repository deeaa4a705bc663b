"""How a name is written: its locale, whether of a woman or a man, its case, its letters; and the way back."""

import re
from collections.abc import Sequence
from typing import Literal

from casemill.personal.inflection import is_cyrillic, plain
from casemill.personal.surrogate.lists import LATIN_MEN, LATIN_WOMEN, MEN, WOMEN

Locale = Literal["latin", "russian", "kazakh", "latin russian", "latin kazakh"]
Gender = Literal["f", "m", ""]
Role = Literal["given", "surname", "patronymic"]
CASES = 6

_KAZAKH_LETTERS = re.compile(r"[әғқңөұүһі]")
_KAZAKH_WORD = re.compile(
    r"(?:бай|бек|гүл|гуль|жан|хан|бол|ұлы|қызы|улы|кызы|баев|баева|беков|бекова|ғали|галиев|галиева|мухамед"
    r"|bay|bek|gul|zhan|uly|kyzy|bayev|bayeva|baev|baeva|bekov|bekova|galiyev|galiyeva)$"
    r"|^(?:ай(?:г|д|ж|н|с|т)|нұр|нур|ер[бжклмн]|ақ|жан|құр|aig|aid|aizh|nur[^m]|yer[bklmz]|erl|zhan)"
)
_SLAVIC_SURNAME = re.compile(r"(?:[oe]v|[oe]va|[aeio]yev[a]?|sk[iy]y?|skaya|enko|chuk)$")
_CYRILLIC_SURNAME = re.compile(
    r"(?:[оеё]в|[оеё]ва|[иы]н|[иы]на|ский|цкий|ская|цкая|енко|чук|ық|[оеё]в(?:у|а|ым|ой|е)|ск(?:ого|ому|им|ую|ой))$"
)
_PATRONYMIC = re.compile(
    r"(?:(?:ович|евич|ьич)(?:а|у|ем|е)?|(?:овн|евн|ичн)(?:а|ы|е|у|ой)|[а-яәғқңөұүһі]{3}(?:ұлы|қызы|улы|кызы))$"
)
_LETTERS = (
    "а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh "
    "щ=shch ъ= ы=y ь= э=e ю=yu я=ya ә=a ғ=g қ=k ң=n ө=o ұ=u ү=u һ=h і=i"
)
_LATIN = dict(pair.split("=") for pair in _LETTERS.split())
# The Kazakh endings of a case, hard and soft by turns; which pair follows a vowel, a nasal, another voiced sound, a
# voiceless one.
_SUFFIXES = tuple(
    (endings.split(), pairs)
    for endings, pairs in (
        ("ның нің дың дің тың тің", (0, 0, 1, 2)),
        ("ға ге қа ке", (0, 0, 0, 1)),
        ("ны ні ды ді ты ті", (0, 1, 1, 2)),
        ("да де та те", (0, 0, 0, 1)),
        ("дан ден тан тен нан нен", (0, 2, 0, 1)),
        ("мен мен пен пен бен бен", (0, 0, 0, 1)),
    )
)
_KAZAKH_CASE = re.compile(
    rf"^(.+(?:[оеё]в|[иы]н)а?)(?:{'|'.join(ending for endings, _ in _SUFFIXES for ending in endings)})$"
)


def locale_of(words: Sequence[str]) -> Locale:
    """By the letters and the endings of a person's words; other scripts count as Latin."""
    cyrillic = any(is_cyrillic(word) for word in words)
    if any(_KAZAKH_LETTERS.search(word) for word in words) or any(_KAZAKH_WORD.search(word) for word in words):
        return "kazakh" if cyrillic else "latin kazakh"
    if cyrillic:
        return "russian"
    return "latin russian" if any(_SLAVIC_SURNAME.search(word) for word in words) else "latin"


def looks_a_surname(word: str) -> bool:
    """Of a Russian or Kazakh form, Cyrillic or Latin; `plain` spelling."""
    if word in WOMEN or word in MEN:
        return False
    return bool((_CYRILLIC_SURNAME if is_cyrillic(word) else _SLAVIC_SURNAME).search(word)) and len(word) > 3


def is_patronymic(word: str) -> bool:
    return _PATRONYMIC.search(word) is not None


def gender_of(words: Sequence[tuple[str, Role]]) -> Gender:
    """What the words of a name show, the surest first; "" where they show nothing."""
    for role in ("patronymic", "surname", "given"):
        for word in (word for word, of in words if of == role):
            if shown := _shown(word, role):
                return shown
    return ""


def _shown(word: str, role: str) -> Gender:
    if role == "patronymic":
        return "f" if re.search(r"(?:вн|чн)\w{1,2}$|[қк]ызы$", word) else "m"
    if role == "surname":
        word = _KAZAKH_CASE.sub(r"\1", word)
        if re.search(r"(?:[оеё]в|[иы]н|ск|цк)(?:а|ая|ой|ую)$|(?:[oe]va|skaya)$", word):
            return "f"
        return "m" if re.search(r"(?:[оеё]в|ский|цкий)(?:ым|у)?$|[oe]v$|sk[iy]y?$", word) else ""
    return _of_given(word)


def _of_given(word: str) -> Gender:
    if not is_cyrillic(word):
        if word in LATIN_WOMEN or word in LATIN_MEN:
            return "f" if word in LATIN_WOMEN else "m"
        return "f" if re.search(r"(?:ia|na|la|ra|ette|elle)$", word) else ""
    for names, gender in ((WOMEN, "f"), (MEN, "m")):
        if any(word in forms(name, role="given", gender=gender) for name in names):  # type: ignore[arg-type]
            return gender  # type: ignore[return-value]
    if re.search(r"(?:гүл|гуль|жан|ай|көз|нұр)$", word) and _KAZAKH_LETTERS.search(word):
        return ""
    return "f" if word[-1] in "аяеуюыи" else "m"


def forms(name: str, *, role: Role, gender: Gender) -> tuple[str, ...]:
    """The six Russian cases of a Cyrillic name: who, whose, to whom, whom, by whom, about whom."""
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


def _surname(name: str, gender: Gender) -> tuple[str, ...]:
    if name.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return _ended(name, "- а у а ым е")
    if name.endswith(("ова", "ева", "ёва", "ина", "ына")):
        return _ended(name[:-1], "а ой ой у ой ой")
    if name.endswith(("ский", "цкий")):
        return _ended(name[:-2], "ий ого ому ого им ом")
    if name.endswith(("ская", "цкая")):
        return _ended(name[:-2], "ая ой ой ую ой ой")
    if gender == "m" and name[-1] not in "оуеиыэюая":
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


def suffix_of(word: str, base: str) -> str:
    """The Kazakh ending of a word over its base; "" when it has none."""
    ending = word.removeprefix(base)
    return ending if ending != word and any(ending in endings for endings, _ in _SUFFIXES) else ""


def with_suffix(name: str, suffix: str) -> str:
    """The name with the Kazakh ending that fits its last vowel and its last sound."""
    endings, pairs = next(row for row in _SUFFIXES if suffix in row[0])
    low = name.lower()
    soft = next((sign in "әеөүіиэ" for sign in reversed(low) if sign in "аоұыуяёюәеөүіиэ"), False)
    sound = 0 if low[-1] in "аәоөұүыіеэяёюи" else 1 if low[-1] in "мнң" else 2 if low[-1] in "зжлрйу" else 3
    if endings[0] == "мен" and low[-1] in "зж":
        return name + "бен"
    return name + endings[2 * pairs[sound] + soft]


def latin(text: str) -> str:
    """Cyrillic letters written in Latin ones, the case of each kept."""
    return "".join(
        sign if (low := sign.lower()) not in _LATIN else _LATIN[low].capitalize() if sign.isupper() else _LATIN[low]
        for sign in text
    )


def cased_as(model: str, word: str) -> str:
    """The word in capitals, in small letters or with a capital, as the model is."""
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word.lower() if model.islower() else word


def base_of(word: str, gender: Gender, *, role: Role) -> str:
    """The nominative of a Cyrillic word in `plain` spelling, as far as lists and endings tell."""
    if role == "surname":
        return _base_of_surname(word, gender)
    if fathers := re.fullmatch(r"(.+ич)(?:а|у|ем|е)", word) if role == "patronymic" else None:
        return fathers[1]
    for name in (*WOMEN, *MEN):
        if word in forms(name, role=role, gender="f" if name in WOMEN else "m") or suffix_of(word, name):
            return plain(name)
    if gender == "f" and word[-1] in "еуы" and len(word) > 3:
        return word[:-1] + "а"
    if gender == "f" and word[-1] == "ю" and len(word) > 3:
        return word[:-1] + "я"
    if gender == "f" and word.endswith("ой"):
        return word[:-2] + "а"
    return word


def _base_of_surname(word: str, gender: Gender) -> str:
    for ending in ("ого", "ому", "им", "ом"):
        if word.endswith(("ск" + ending, "цк" + ending)):
            return word[: -len(ending)] + "ий"
    if word.endswith(("скую", "цкую", "ской", "цкой")):
        return word[:-2] + "ая"
    if kazakh := _KAZAKH_CASE.fullmatch(word):
        return kazakh[1]
    match = re.fullmatch(r"(.+(?:[оеё]в|[иы]н))(а|у|ым|е|ой)?", word)
    if not match:
        return word
    if match[2] == "ой" or (gender == "f" and match[2] in ("а", "у")):
        return match[1] + "а"
    return match[1] if match[2] in ("у", "ым", "е") or gender == "m" else word
