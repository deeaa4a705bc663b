"""People by their names: which words are whose, and whether a mention can mean somebody."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from casemill.personal.inflection import bases, is_cyrillic, is_form, is_slip, plain, root, stems
from casemill.personal.link import Role
from casemill.personal.spelling import begins, is_heard, sound, sounds
from casemill.personal.words import NOT_PEOPLE, PARTICLES, TITLES, WEEKDAYS

WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
PATRONYMIC = re.compile(
    r"[ \u00a0](?:[А-ЯЁ]\w+(?:(?:ович|евич|ьич)(?:а|у|ем|е)?|(?:овн|евн|ичн)(?:а|ы|е|у|ой|ою))"
    r"|\w{2,}(?:ұлы|қызы|улы|кызы))(?!\w)"
)
# How the mapping keeps the second of two people who are called the same: `Ivan (2)`.
APART = re.compile(r" \(([0-9]{1,3})\)$")
_NO_TOKENS = PARTICLES | WEEKDAYS
# An ending has so many letters, or fewer.
_ENDING = 5
_STEM = 2
# `Sabina Zh`: one letter of Cyrillic.
_ONE_LETTER = frozenset({"zh", "kh", "ts", "ch", "sh", "sch", "shch", "yu", "ya", "iu", "ia", "ye"})


class Person(NamedTuple):
    """Somebody by name. `tokens` are the words of the names, as `plain` gives them."""

    role: Role
    names: tuple[str, ...]
    tokens: frozenset[str]


def person_of(role: Role, names: Iterable[str]) -> Person:
    kept = tuple(name.strip() for name in names if words_of(name))
    return Person(role, kept, frozenset(token for name in kept for token in _tokens(name)))


@lru_cache(maxsize=4096)
def called(name: str) -> Person:
    """Somebody of whom one name is all that is known."""
    return person_of(None, (name,))


def words_of(name: str) -> list[str]:
    """The words of a name; none when it is an account of the company's or no name at all."""
    words = [plain(word) for word in WORD.findall(name)]
    if "@" in name or any(word in NOT_PEOPLE for word in words):
        return []
    return [word for word in words if word not in TITLES]


def _tokens(name: str) -> Iterator[str]:
    words = [word for word in words_of(name) if word not in _NO_TOKENS and len(word) > 1]
    yield from words
    if len(words) == 2 and len("".join(words)) >= 7:
        yield "".join(words)
        yield "".join(reversed(words))


def merged(people: Iterable[Person], *, into: Sequence[Person] = ()) -> list[Person]:
    """People with a full name in common are one; so are those of an earlier version with the only one they fit."""
    found = list(into)
    for person in people:
        if not person.tokens:
            continue
        names = {plain(name) for name in person.names}
        same = [i for i, other in enumerate(found) if names & {plain(name) for name in other.names}]
        if not same and not any(APART.search(name) for name in person.names):
            same = [i for i, other in enumerate(into) if all(fits(other, name) for name in person.names)]
        if len(same) == 1 or (same and not into):
            found[same[0]] = joined(found[same[0]], person)
        else:
            found.append(person)
    return found


def joined(one: Person, other: Person) -> Person:
    names = tuple(dict.fromkeys((*one.names, *other.names)))
    return Person(one.role or other.role, names, one.tokens | other.tokens)


def fits(person: Person, mention: str, *, across: bool = True) -> bool:
    """Whether the mention's words are this person's. One word alone must have the right initial beside it.

    `across`: also in the other letters.
    """
    words = [plain(word) for word in WORD.findall(mention)]
    full = [word for word in words if len(word) > 1]
    if across and len(full) > 1:
        full = [word for word in full if word not in _ONE_LETTER or is_own(person, word)]
    if not all(is_own(person, word, across=across) for word in full):
        return False
    initials = [word for word in words if len(word) == 1 or word not in full]
    if not initials or len(full) != 1:
        return True
    others = [token for token in person.tokens if not is_form(token, full[0]) and not _is_heard(token, full[0])]
    return any(begins(token, initials[0]) if across else token.startswith(initials[0]) for token in others)


def is_own(person: Person, word: str, *, across: bool = True) -> bool:
    """Whether a word of a mention is one of the person's names, in any ending, mistyped or a patronymic."""
    if word in person.tokens or word in PARTICLES:
        return True
    if any(is_form(token, word) or is_slip(token, word) for token in person.tokens):
        return True
    if across and any(_is_heard(token, word) for token in person.tokens):
        return True
    return PATRONYMIC.match(f" {word.capitalize()}") is not None


def _is_heard(one: str, other: str) -> bool:
    """Whether one is the other in the other letters, whichever of them has an ending."""
    return is_heard(one, other) or is_heard(other, one)


class Index:
    """People by number, found by the words of their names, whatever the endings: quick, however many they are."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._noted = list(enumerate(people))
        self._owners: dict[str, dict[int, None]] = {}
        self._near: dict[Hashable, dict[str, None]] = {}
        self._unheard: dict[bool, list[str]] = {}
        self._heard: dict[bool, dict[str, dict[str, None]]] = {}

    def note(self, who: int, person: Person) -> None:
        """Take up somebody, or somebody's further names. They are written down when somebody is first looked up."""
        self._noted.append((who, person))

    def _anybody(self) -> bool:
        """Whether there is anybody; all are written down now."""
        for who, person in self._noted:
            for token in person.tokens:
                if token not in self._owners:
                    self._unheard.setdefault(is_cyrillic(token), []).append(token)
                    for key in _keys(token):
                        self._near.setdefault(key, {})[token] = None
                self._owners.setdefault(token, {})[who] = None
        self._noted.clear()
        return bool(self._owners)

    def owners(self, word: str) -> set[int]:
        """Who has this word as a name, in any ending, of either gender, mistyped, or in the other letters."""
        if not self._anybody():
            return set()
        keys = {root(word), *(word[: len(word) - cut] for cut in range(_ENDING + 1))}
        slips = [(word[:1], word[-1:], len(word) + more) for more in (-1, 0, 1)]
        near = {token for key in (*keys, *slips) for token in self._near.get(key, ()) if _kindred(token, word)}
        return {who for token in (*near, *self._in_other_letters(word)) for who in self._owners[token]}

    def _in_other_letters(self, word: str) -> Iterator[str]:
        """The names that the word is, or is of the other gender, in the other letters."""
        script = not is_cyrillic(word)
        table = self._heard.setdefault(script, {})
        for token in self._unheard.pop(script, ()):
            for begun in _spoken(token):
                table.setdefault(begun, {})[token] = None
        near = {token for begun in _spoken(word) for token in table.get(begun, ())} if table else ()
        for token in near:
            if _is_heard(token, word) or sound(root(token)) == sound(root(word)):
                yield token

    def of_any(self, words: Iterable[str]) -> list[int]:
        """Who has one of the words as a name."""
        return sorted({who for word in words for who in self.owners(word)})

    def of_all(self, mention: str) -> list[int]:
        """Whom a mention may fit: those who have all of its words, patronymics apart where there is another."""
        if not self._anybody():
            return []
        words = [word for word in map(plain, WORD.findall(mention)) if len(word) > 1 and word not in PARTICLES]
        telling = [word for word in words if not PATRONYMIC.match(f" {word.capitalize()}")] or words
        if len(telling) > 1:
            telling = [word for word in telling if word not in _ONE_LETTER or self.owners(word)]
        found = self.owners(telling[0]) if telling else set()
        for word in telling[1:]:
            found &= self.owners(word)
        return sorted(found)


@lru_cache(maxsize=8192)
def _keys(token: str) -> tuple[Hashable, ...]:
    """Under which a name is found, whatever ending or slip a text has."""
    return (token, root(token), *stems(token), *bases(token), (token[0], token[-1], len(token)))


@lru_cache(maxsize=8192)
def _spoken(word: str) -> frozenset[str]:
    """How a word may sound, whole and without what may be an ending."""
    cuts = {
        one[: len(one) - cut] for one in sounds(word) for cut in range(_ENDING) if len(one) - cut >= _STEM or not cut
    }
    return frozenset(cuts)


def _kindred(token: str, word: str) -> bool:
    return token == word or is_form(token, word) or is_slip(token, word) or root(token) == root(word)
