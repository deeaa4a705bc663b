"""Words that the Cyrillic tagger knows as names, places or common words: the generators' own, in every case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from synthetic import cyrillic_kazakh, cyrillic_names, cyrillic_places, cyrillic_support
from synthetic.cyrillic_declension import (
    KAZAKH_CASES,
    RUSSIAN_CASES,
    feminine_surname,
    kazakh,
    noun,
    patronymic,
    surname,
)
from synthetic.cyrillic_foreign import FOREIGN_MEN, FOREIGN_SURNAMES, FOREIGN_WOMEN, faker_russian, respelt_names
from synthetic.cyrillic_words import KAZAKH_WORDS, SMALL, kazakh_forms, russian_forms

WORD = re.compile(r"[^\W\d_]{2,}")
SLOTS = re.compile(r"\{[^}]*\}|<[^>]*>")


def listed() -> dict[str, tuple[str, ...]]:
    """`first`, `last`, `place` and `common` words, sorted."""
    found = {"first": _first(), "last": _last(), "place": _places(), "common": _common()}
    return {kind: tuple(sorted(words)) for kind, words in found.items()}


def _bent(words: Iterable[str], how: Callable[[str, str], str], *, cases: Iterable[str]) -> set[str]:
    return {how(word, case) for word in words for case in cases}


def _first() -> set[str]:
    kazakh_names = (*cyrillic_names.KAZAKH_MEN, *cyrillic_names.KAZAKH_WOMEN)
    men = {*cyrillic_names.RUSSIAN_MEN, *faker_russian("first_names_male"), *FOREIGN_MEN, *respelt_names("men")}
    men |= {cyrillic_names.in_russian(name) for name in cyrillic_names.KAZAKH_MEN}
    women = {
        *cyrillic_names.RUSSIAN_WOMEN,
        *faker_russian("first_names_female"),
        *FOREIGN_WOMEN,
        *respelt_names("women"),
    }
    women |= {cyrillic_names.in_russian(name) for name in cyrillic_names.KAZAKH_WOMEN} | {*cyrillic_names.DIMINUTIVES}
    found = _bent(men, noun, cases=RUSSIAN_CASES) | _bent(women, partial(noun, feminine=True), cases=RUSSIAN_CASES)
    russian = (*cyrillic_names.RUSSIAN_MEN, *cyrillic_names.RUSSIAN_WOMEN)
    return found | _bent((*kazakh_names, *russian), kazakh, cases=KAZAKH_CASES)


def _last() -> set[str]:
    roots = (*cyrillic_names.KAZAKH_ROOTS, *cyrillic_names.KAZAKH_MEN)
    russian_roots = [cyrillic_names.in_russian(root) for root in roots]
    own = {*cyrillic_names.RUSSIAN_SURNAMES, *faker_russian("last_names_male"), *_with_endings(russian_roots)}
    men = own | {*FOREIGN_SURNAMES, *respelt_names("surnames")}
    found = _bent(men, partial(surname, feminine=False), cases=RUSSIAN_CASES)
    found |= _bent(map(feminine_surname, own), partial(surname, feminine=True), cases=RUSSIAN_CASES)
    found |= _bent(_with_endings(roots), kazakh, cases=KAZAKH_CASES)
    found |= _bent(
        (root + end for root in roots for end in ("ұлы", "қызы")), partial(kazakh, possessed=True), cases=KAZAKH_CASES
    )
    fathers = (*cyrillic_names.RUSSIAN_MEN, *map(cyrillic_names.in_russian, cyrillic_names.KAZAKH_MEN))
    for feminine in (False, True):
        found |= _bent(
            (patronymic(father, feminine=feminine) for father in fathers),
            partial(noun, feminine=feminine),
            cases=RUSSIAN_CASES,
        )
    return found


def _with_endings(roots: Iterable[str]) -> set[str]:
    stems = {root.rstrip("аяыйьуеё") for root in roots}
    return {stem + end for stem in stems if len(stem) > 2 for end in ("ов", "ев", "ова", "ева")}


def _places() -> set[str]:
    russian = (*cyrillic_places.RUSSIAN_TOWNS, *cyrillic_places.WORLD_TOWNS, *cyrillic_places.COUNTRIES)
    found = _bent((name.rstrip("*=") for name in russian), noun, cases=RUSSIAN_CASES)
    return found | _bent((*cyrillic_places.KAZAKH_TOWNS, *cyrillic_places.KAZAKH_COUNTRIES), kazakh, cases=KAZAKH_CASES)


def _common() -> set[str]:
    """Words that the templates write in small letters."""
    texts = (cyrillic_support, cyrillic_kazakh)
    groups = [value for module in texts for value in vars(module).values() if isinstance(value, tuple)]
    templates = [SLOTS.sub(" ", text) for group in groups for text in group if isinstance(text, str)]
    said = {word for text in templates for word in WORD.findall(text) if word.islower()}
    return said | {*SMALL, *KAZAKH_WORDS, *russian_forms(), *kazakh_forms()}
