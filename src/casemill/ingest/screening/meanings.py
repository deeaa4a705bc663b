"""What words are about: death, heights, farewell, weapons, courts; told in three languages, so one helps the others."""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple, cast

from casemill.ingest.screening.folding import fold

SHORTEST = 2


class Words(NamedTuple):
    """Whole words and beginnings of words, folded, with the numbers of what they are about."""

    whole: dict[str, set[int]]
    begin: dict[str, set[int]]


@lru_cache(maxsize=2**17)
def meanings(word: str) -> tuple[int, ...]:
    """The numbers of what a folded word is about; mostly none."""
    known = _words()
    found = set(known.whole.get(word, ()))
    for end in range(SHORTEST, len(word) + 1):
        found |= known.begin.get(word[:end], set())
    return tuple(sorted(found))


@cache
def names() -> tuple[str, ...]:
    """The names of all meanings; a number is a place in them."""
    return tuple(_told())


@cache
def _words() -> Words:
    known = Words({}, {})
    for number, languages in enumerate(_told().values()):
        for told in languages.values():
            for word in told.split():
                where = known.begin if word.endswith("*") else known.whole
                for part in fold(word.rstrip("*")).split():
                    where.setdefault(part, set()).add(number)
    return known


@cache
def _told() -> dict[str, dict[str, str]]:
    told = files("casemill.ingest.screening").joinpath("meanings.toml").read_text(encoding="utf-8")
    return cast(dict[str, dict[str, str]], tomllib.loads(told))
