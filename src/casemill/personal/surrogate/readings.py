"""What a Cyrillic word of a name may be: which name, of a woman or a man, in which case, with which Kazakh ending."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from casemill.personal.inflection import is_cyrillic, plain
from casemill.personal.spelling import sound
from casemill.personal.surrogate import kazakh
from casemill.personal.surrogate.grammar import ANY, Gender, Role, forms
from casemill.personal.surrogate.lists import LATIN_MEN, LATIN_WOMEN, MEN, WOMEN

GENDERS: tuple[Gender, Gender] = ("f", "m")
# How much a reading tells: a listed name, a patronymic, a name of the form that others have, one that could be any.
_LISTED, _FATHERS, _USUAL, _OBLIQUE, _ANY = 3.0, 10.0, 1.0, 0.7, 0.4
_KAZAKH_ENDING = 2.0
_MISS = 0.5
_ENDS: dict[Role, tuple[str, ...]] = {
    "given": ("", "а", "я", "й", "ь"),
    "surname": ("", "а", "й", "ь", "ий", "ая", "ый", "ой"),
    "patronymic": ("", "а"),
}
_OF_WOMEN = re.compile(r"(?:[оеё]в|[иы]н)а$|(?:ск|цк|н|л|р|ст)ая$")
_HIS = re.compile(r"(?:[oe]v|sk[iy]y?)$")
_USUAL_SURNAME = re.compile(r"(?:[оеё]ва?|[иы]на?|[сц]к(?:ий|ая))$")
_NOBODYS = re.compile(r"(?:[уэюяё]й|[аоуеиыэюяё]ь)$")
_OF_MEN = re.compile(r"(?:[оеё]в|[иы]н|ий|ый|ной|лстой)$")
_KAZAKH_WOMEN = re.compile(r"(?:гүл|гуль|көз)$")
_KAZAKH_BOTH = re.compile(r"(?:жан|ай|нұр|нур)$")


class Reading(NamedTuple):
    """A name in `plain` spelling and its form here: `case` as in `forms`, ANY where all are alike; `suffix` a Kazakh
    ending; `weight` how likely it is."""

    base: str
    gender: Gender
    case: int
    weight: float
    suffix: str = ""


@lru_cache(maxsize=8192)
def readings(word: str, role: Role, *, in_kazakh: bool = False) -> tuple[Reading, ...]:
    """All of them, for a word in `plain` spelling; none of a Latin word."""
    if not is_cyrillic(word):
        return ()
    listed = _listed().get(word, ()) if role == "given" else ()
    found = listed or tuple(_russian(word, role))
    return (*found, *_with_ending(word, role, in_kazakh=in_kazakh)) if not listed else found


@lru_cache(maxsize=1)
def _listed() -> dict[str, tuple[Reading, ...]]:
    """Common names in all of their forms."""
    found: dict[str, list[Reading]] = {}
    for names, gender in ((WOMEN, GENDERS[0]), (MEN, GENDERS[1])):
        for name in dict.fromkeys(map(plain, names)):
            for one in _in_cases(name, role="given", gender=gender):
                weight = _LISTED if one.case <= 0 else _LISTED * _OBLIQUE
                found.setdefault(one.base if one.case == ANY else _form(one), []).append(one._replace(weight=weight))
    return {word: tuple(row) for word, row in found.items()}


@lru_cache(maxsize=1)
def known_sounds() -> dict[str, Gender]:
    """Common Russian and Kazakh names as they sound, in whichever letters."""
    return {sound(name): gender for names, gender in ((MEN, GENDERS[1]), (WOMEN, GENDERS[0])) for name in names}


def _form(reading: Reading) -> str:
    return plain(forms(reading.base, role="given", gender=reading.gender)[reading.case])


def _in_cases(base: str, *, role: Role, gender: Gender) -> Iterator[Reading]:
    row = [plain(form) for form in forms(base, role=role, gender=gender)]
    if len(set(row)) == 1:
        yield Reading(base, gender, ANY, _ANY)
        return
    for case in range(len(row)):
        yield Reading(base, gender, case, _OBLIQUE if case else _USUAL)


def _russian(word: str, role: Role) -> Iterator[Reading]:
    """By the endings alone."""
    stems = [word[: len(word) - cut] for cut in range(4) if len(word) - cut >= 2]
    bases = dict.fromkeys(stem + end for stem in stems for end in _ENDS[role])
    if role == "surname" and (usual := [base for base in bases if _USUAL_SURNAME.search(base)]):
        found = [one for one in _of_bases(usual, word, role=role) if one.case != ANY]
        if found:
            yield from found
            return
    yield from _of_bases(bases, word, role=role)


def _of_bases(bases: Iterable[str], word: str, *, role: Role) -> Iterator[Reading]:
    """What the word is, if it is a form of one of the names."""
    for base in bases:
        for gender in GENDERS:
            if not _may_be(base, role=role, gender=gender, met=base == word):
                continue
            for one in _in_cases(base, role=role, gender=gender):
                if one.case == ANY:
                    weight = _weight_of_any(base, role=role, gender=gender)
                elif plain(forms(base, role=role, gender=gender)[one.case]) == word:
                    weight = _FATHERS if role == "patronymic" else one.weight
                else:
                    continue
                yield one._replace(weight=weight)


def _may_be(base: str, *, role: Role, gender: Gender, met: bool) -> bool:
    """Whether there are such names. `met`: it stands so in the text; then it may be one that has no cases, too."""
    vowel = base[-1] in "оуеиыэюаяәөүұі"
    if role == "patronymic":
        return met if re.search("(?:ұлы|улы|[қк]ызы)$", base) else base.endswith("вна" if gender == "f" else "ич")
    if role == "given" and gender == "f":
        return base[-1] in "ая" or base.endswith("вь") or (met and len(base) > 2)
    if role == "given":
        return len(base) > 2 and (not vowel or (met and base[-1] not in "ая")) and not base.endswith("ой")
    if gender == "f":
        return _OF_WOMEN.search(base) is not None or (met and not _OF_MEN.search(base))
    return not _OF_WOMEN.search(base) and (met or not vowel) and not _NOBODYS.search(base)


def _weight_of_any(base: str, *, role: Role, gender: Gender) -> float:
    if role == "patronymic":
        return _FATHERS if base.endswith("ы") and ("қыз" in base or "кыз" in base) == (gender == "f") else 0
    if role == "given" and gender == "f" and _KAZAKH_WOMEN.search(base):
        return _USUAL + _ANY
    return _USUAL if role == "given" and _KAZAKH_BOTH.search(base) else _ANY


def _with_ending(word: str, role: Role, *, in_kazakh: bool) -> Iterator[Reading]:
    """With a Kazakh ending; one that could be Russian letters as well only in a Kazakh text."""
    for base, ending, telling in kazakh.ended(word):
        if not in_kazakh and not kazakh.LETTERS.search(ending):
            continue
        named = _listed().get(base, ()) if role == "given" else ()
        for one in named or tuple(_russian(base, role)):
            if one.case <= 0 and one.base == base:
                weight = one.weight + _KAZAKH_ENDING if telling else one.weight * _OBLIQUE
                yield one._replace(case=0, suffix=ending, weight=weight)


def likely_gender(mentions: Iterable[list[tuple[str, Role]]], *, titles: Iterable[Gender], in_kazakh: bool) -> Gender:
    """Of whom the names are, by all the ways they were written, as `plain` words; "" when that is not clear.

    A patronymic and a listed name say more than a title; a case that all words of a mention can have says more than one
    for each.
    """
    said = list(titles)
    scores = {gender: float(said.count(gender) > 0) for gender in GENDERS}
    for words in {tuple(mention): None for mention in mentions}:
        for gender in GENDERS:
            scores[gender] += _score(words, gender, in_kazakh=in_kazakh)
    if abs(scores["f"] - scores["m"]) < 0.01:
        return ""
    return "f" if scores["f"] > scores["m"] else "m"


def _score(words: tuple[tuple[str, Role], ...], gender: Gender, *, in_kazakh: bool) -> float:
    latin = sum(_of_latin(word, role=role, gender=gender) for word, role in words if not is_cyrillic(word))
    rows = [readings(word, role, in_kazakh=in_kazakh) for word, role in words if is_cyrillic(word)]
    own = [[one for one in row if one.gender == gender] for row in rows]
    cases = {one.case for row in own for one in row} - {ANY} or {0}
    return latin + max((sum(_weight(row, case) for row in own) for case in cases), default=0)


def _weight(row: list[Reading], case: int) -> float:
    return max((one.weight for one in row if one.case in (case, ANY)), default=-_MISS)


def _of_latin(word: str, *, role: Role, gender: Gender) -> float:
    if role == "surname":
        hers = re.search(r"(?:[oe]va|skaya|skaia)$", word)
        return 1.5 * ((gender == "f") if hers else gender == "m" and _HIS.search(word) is not None)
    if role == "patronymic":
        return _FATHERS * ((gender == "f") == bool(re.search("na$|[kq]yzy$", word)))
    if word in LATIN_WOMEN or word in LATIN_MEN:
        return _LISTED * ((word in LATIN_WOMEN) == (gender == "f"))
    if told := known_sounds().get(sound(word)):
        return _LISTED * _OBLIQUE * (told == gender)
    return 0.5 * (gender == "f" and bool(re.search(r"(?:ia|na|la|ra|ette|elle)$", word)))
