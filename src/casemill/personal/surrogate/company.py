"""The made-up people of one cast: who is called what, so that kin share a surname and nobody else does."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from casemill.personal.inflection import plain, root
from casemill.personal.spelling import sound
from casemill.personal.surrogate import kazakh
from casemill.personal.surrogate.avoided import Avoided
from casemill.personal.surrogate.chance import Draw
from casemill.personal.surrogate.grammar import Gender, Locale, Role, latin, of_woman
from casemill.personal.surrogate.lists import KAZAKH, LATIN, LATIN_IN_CYRILLIC, PATRONYMICS, RUSSIAN

if TYPE_CHECKING:
    from casemill.personal.surrogate.person import Person

Kind = str
_MOST = 4


class Invented(NamedTuple):
    """A name that nobody has, in both alphabets. A surname with `pairs` has another form for women."""

    cyrillic: str
    latin: str
    pairs: bool = False

    def of(self, gender: Gender) -> "Invented":
        """The surname as the gender has it."""
        if gender != "f" or not self.pairs:
            return self
        return Invented(hers := of_woman(self.cyrillic), latin(hers), pairs=True)

    def russian(self) -> "Invented":
        """Without Kazakh letters."""
        return self._replace(cyrillic=kazakh.in_russian(self.cyrillic))


def kind_of(locale: Locale) -> Kind:
    return locale.rpartition(" ")[2]


def key_of(surname: str) -> str:
    """What a surname has in common with itself of the other gender and in other letters, where that is known."""
    return sound(root(plain(surname)))


class Company:
    """Draws names for people, and remembers whose surname became which."""

    def __init__(self, avoided: Avoided) -> None:
        self.avoided = avoided
        self._families: dict[str, Invented] = {}
        self._kin: dict[str, list[Person]] = {}

    def is_surname(self, word: str) -> bool:
        """Whether somebody here has the word as a surname."""
        return key_of(word) in self._families

    def enter(self, person: "Person", surnames: Sequence[str]) -> None:
        for surname in surnames:
            row = self._kin.setdefault(key_of(surname), [])
            row += [] if person in row else [person]

    def kin(self, surname: str) -> Sequence["Person"]:
        """Who has this surname already."""
        return self._kin.get(key_of(surname), ())

    def surname(self, real: Sequence[str], draw: Draw, *, locale: Locale) -> Invented:
        """The one that stands for this surname, in all of these spellings and whoever has it, as a man has it."""
        keys = list(map(key_of, real))
        name = next((self._families[key] for key in keys if key in self._families), None)
        name = name or self.names("surname", draw, locale=locale, gender="m", real=real)[0]
        for key in keys:
            self._families.setdefault(key, name)
        return name

    def names(self, role: Role, draw: Draw, *, locale: Locale, gender: Gender, real: Sequence[str]) -> list[Invented]:
        """Some of a role, the first one to be used first: nobody's here, and no first letter of the `real` words."""
        items = _items(role, locale=locale, gender=gender, real=real)
        start = draw.number(role, len(items))
        row = [*items[start:], *items[:start]]
        free = [name for name in row if self.avoided.allows(" ".join(_written(name)))] or row
        firsts = {latin(word)[:1] for word in real if word}
        chosen = sorted(free, key=lambda name: (self._is_taken(name), not firsts.isdisjoint(_firsts(name))))[:_MOST]
        self.avoided.give_out((chosen[0].cyrillic, chosen[0].latin))
        return chosen

    def _is_taken(self, name: Invented) -> bool:
        return self.avoided.is_given_out(name.cyrillic) or self.avoided.is_given_out(name.latin)


def _written(name: Invented) -> tuple[str, ...]:
    return (name.cyrillic, name.latin, of_woman(name.cyrillic)) if name.pairs else (name.cyrillic, name.latin)


def _firsts(name: Invented) -> set[str]:
    return {latin(plain(written))[:1] for written in (name.cyrillic, name.latin)}


def _items(role: Role, *, locale: Locale, gender: Gender, real: Sequence[str]) -> list[Invented]:
    kind = kind_of(locale)
    if role == "patronymic":
        return _fathers(gender, real=real)
    place = 2 if role == "surname" else 0 if gender == "f" else 1
    if kind == "latin":
        pairs = zip(LATIN_IN_CYRILLIC[place], LATIN[place], strict=True)
        return [Invented(cyrillic, name) for cyrillic, name in pairs]
    names = (KAZAKH if kind == "kazakh" else RUSSIAN)[place]
    soft = [name for name in names if role == "given" and name.endswith("ия")]
    if soft and any(word.endswith("ия") for word in real):
        names = tuple(soft)
    return [Invented(name, latin(name), pairs=role == "surname") for name in names]


def _fathers(gender: Gender, *, real: Sequence[str]) -> list[Invented]:
    """Степановна, Әлішерқызы: by the form of the real one."""
    ending = "на" if gender == "f" else "ич"
    stems: Sequence[str] = PATRONYMICS
    if any(re.search("(?:ұлы|улы|[қк]ызы|uly|[kq]yzy)$", word) for word in real):
        ending, stems = "қызы" if gender == "f" else "ұлы", KAZAKH.men
    return [Invented(name + ending, latin(name + ending)) for name in stems]
