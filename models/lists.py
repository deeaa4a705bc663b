"""The lists of names and places that the tagger knows: Faker's, in every locale, and what the synthetic texts add."""

from __future__ import annotations

import re
import tomllib
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
from faker import Faker
from faker.config import AVAILABLE_LOCALES

from casemill.personal.tagger.properties import Lists, codes_of, folded

FIRST, LAST, PLACE, COMMON = 1, 2, 4, 8
KINDS = {"first": FIRST, "last": LAST, "place": PLACE, "common": COMMON}
SCRIPTS = {"latin": re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’ -]+"), "cyrillic": re.compile(r"[Ѐ-ԯ'’ -]+")}
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Beside Faker's: names in use (CC0), and everyday English words (SCOWL); NOTICE says whose.
WORDS = Path(__file__).parent / "words"
# Locales that Faker keeps under an old name.
RENAMED = {"fr_QC"}
EXTRA = {"first": "forenames", "last": "surnames"}


def lines_of(name: str) -> tuple[str, ...]:
    """The entries of a word file."""
    return tuple((WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines())


def table(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of a table of words, by name."""
    found = tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))
    return {key: tuple(entries) for key, entries in found.items()}


def of_locale(locale: str) -> dict[str, tuple[str, ...]]:
    """`first` and `last` names and `place` names of a Faker locale, as they are written there."""
    found: dict[str, set[str]] = {"first": set(), "last": set(), "place": set()}
    for provider in Faker(locale).get_providers():
        module = type(provider).__module__
        if locale not in module:
            continue
        for field in dir(type(provider)):
            kind = _kind(field, module)
            if kind and not callable(value := getattr(type(provider), field)):
                found[kind] |= set(_flat(value))
    return {kind: tuple(sorted(words)) for kind, words in found.items()}


def _kind(field: str, module: str) -> str | None:
    if ".person." in module and re.search(r"first_name|prenom|^names?_?", field):
        return "first"
    if ".person." in module and re.search(r"last_name|surname|patronym|middle_name", field):
        return "last"
    if ".address." in module and re.fullmatch(
        r"cit(y|ies)(_names?)?|towns?|countr(y|ies)|provinces?|states?|regions?|districts?|municipalit(y|ies)|counties"
        r"|countries|departments?|cantons|governorates|villages|area_names?|land|prefectures",
        field,
    ):
        return "place"
    return None


def _flat(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key in value:
            yield from _flat(key)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _flat(item)


@lru_cache(maxsize=4)
def of_script(script: str) -> dict[str, tuple[str, ...]]:
    """All locales' lists, of the entries that are wholly written in the script."""
    found: dict[str, set[str]] = {"first": set(), "last": set(), "place": set()}
    form = SCRIPTS[script]
    for locale in sorted(set(AVAILABLE_LOCALES) - RENAMED):
        for kind, words in of_locale(locale).items():
            found[kind] |= {word for word in words if form.fullmatch(word)}
    for kind, name in EXTRA.items():
        found[kind] |= {word for word in lines_of(name) if form.fullmatch(word)}
    return {kind: tuple(sorted(words)) for kind, words in found.items()}


def flagged(words: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Each folded word of the lists (`first`, `last`, `place`, `common`) and its flags; phrases give their words."""
    flags: Counter[str] = Counter()
    for kind, entries in words.items():
        bit = KINDS[kind]
        for entry in entries:
            for word in WORD.findall(entry):
                if len(word) > 1 or kind == "common":
                    flags[folded(word.lower())] |= bit
    return dict(flags)


def packed(flags: Mapping[str, int], *, share: float = 1.0, rare: Collection[str] = ()) -> Lists:
    """The lists as the tagger reads them. Training sees a share of the names: half of the world's are on no list.

    Words of `rare` are seen as common only where they are seen as a name, too: else training would take every word that
    it has met for one on the list.
    """
    shown = {word: bits if _draw(word) < share else bits & COMMON for word, bits in flags.items()}
    shown = {word: 0 if bits == COMMON and word in rare else bits for word, bits in shown.items()}
    kept = sorted(word for word, bits in shown.items() if bits)
    if not kept:
        return Lists(np.zeros(0, np.uint64), np.zeros(0, np.uint8))
    keys = codes_of(kept)
    order = np.argsort(keys, kind="stable")
    return Lists(keys[order], np.array([shown[word] for word in kept], np.uint8)[order])


def _draw(word: str) -> float:
    return zlib.crc32(b"list " + word.encode()) / 2**32
