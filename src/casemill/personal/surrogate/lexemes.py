"""The words of one person's name, each with all the spellings it was met in: Анны, Анне and Anna are one."""

import re
from collections.abc import Iterator, Sequence

from casemill.personal.everyday import is_everyday, is_name_too
from casemill.personal.inflection import is_cyrillic, is_form, is_slip, plain, root
from casemill.personal.spelling import same_letters, sound
from casemill.personal.surrogate import kazakh
from casemill.personal.surrogate.grammar import ANY, Gender, Role, is_listed, is_patronymic, looks_a_surname
from casemill.personal.surrogate.readings import Reading, readings
from casemill.personal.words import PARTICLES, TITLES, listed

WORD = re.compile(r"[^\W\d_]+(?:['’\u0300-\u036f][^\W\d_]+)*")
POSSESSIVE = re.compile(r"(?<=\w)['’]s$", re.IGNORECASE)
AND = listed("and и және und et")
# So many given names a person may have beside each other.
MOST = 4
_TOLD = 4
# Аделина Ким, Никитина Ольга.
_WEAK = re.compile(r"[иы]н(?:а|у|ой)?$")


class Lexeme:
    """A word of a name. `place` counts those of a role that stand beside each other: the second given name is 1."""

    def __init__(self, role: Role, place: int) -> None:
        self.role, self.place = role, place
        self.words: dict[str, None] = {}

    def readings(self, word: str, *, in_kazakh: bool) -> tuple[Reading, ...]:
        return readings(word, self.role, in_kazakh=in_kazakh)

    def base(self, gender: Gender, *, in_kazakh: bool) -> str | None:
        """The Cyrillic name itself: what explains best all that was met; None where no Cyrillic was."""
        scores: dict[str, float] = {}
        for word in self.words:
            best: dict[str, float] = {}
            for one in self.readings(word, in_kazakh=in_kazakh):
                if one.gender in ("", gender) or not gender:
                    best[one.base] = max(best.get(one.base, 0), one.weight)
            for base, weight in best.items():
                scores[base] = scores.get(base, 0) + weight
        if scores:
            return max(scores, key=lambda base: scores[base])
        return next(filter(is_cyrillic, self.words), None)

    def is_written(self, word: str, *, in_kazakh: bool) -> bool:
        """Whether the word may be another spelling of this one."""
        bases = _bases(word, self.role, in_kazakh=in_kazakh)
        return any(
            not bases.isdisjoint(_bases(other, self.role, in_kazakh=in_kazakh)) or _alike(word, other)
            for other in self.words
        )


def _bases(word: str, role: Role, *, in_kazakh: bool) -> set[str]:
    found = {one.base for one in readings(word, role, in_kazakh=in_kazakh) if one.case != ANY or one.base == word}
    return found | {word}


def _alike(word: str, other: str) -> bool:
    if is_form(other, word) or is_form(word, other) or is_slip(other, word):
        return True
    if same_letters(word, other) and is_cyrillic(word):
        return False
    if min(len(word), len(other)) < _TOLD and same_letters(word, other):
        return False
    cyrillic, latin = (word, other) if is_cyrillic(word) else (other, word)
    bases = {cyrillic, *(one.base for role in _ROLES for one in readings(cyrillic, role) if one.case != ANY)}
    return sound(root(latin)) in {sound(root(base)) for base in bases}


_ROLES: tuple[Role, ...] = ("given", "surname")


def words_in(mention: str) -> list[str]:
    """The words of a way to write a name, as they stand; none that is a title, a particle or no part of the name."""
    words = [POSSESSIVE.sub("", word) for word in WORD.findall(mention) if len(word) > 1]
    return [word for word in words if not is_no_name(word, words)]


def is_no_name(word: str, words: Sequence[str]) -> bool:
    """A title, a particle, `and`; an everyday word in small letters beside words with a capital."""
    low = plain(word)
    if low in TITLES or low in PARTICLES or low in AND:
        return True
    beside = any(one[:1].isupper() for one in words)
    return beside and word.islower() and is_everyday(low) and not is_name_too(low)


def stays(word: str, words: Sequence[str]) -> bool:
    """Of those that are no part of the name, whether it stays beside a made-up one."""
    return plain(word) not in PARTICLES and is_no_name(word, words)


class Lexicon:
    """All the words of one person."""

    def __init__(self, *, in_kazakh: bool) -> None:
        self.in_kazakh = in_kazakh
        self.lexemes: list[Lexeme] = []
        self._of: dict[str, Lexeme] = {}

    def __iter__(self) -> Iterator[Lexeme]:
        return iter(self.lexemes)

    def find(self, word: str, *, but: Sequence[Lexeme] = ()) -> Lexeme | None:
        """Which word of the name this is, in `plain` spelling; `but` those that stand in the same mention."""
        if word in self._of:
            return self._of[word]
        if not is_cyrillic(word) and (own := self._of.get(word.removesuffix("s"))):
            return own
        free = [one for one in self.lexemes if one not in but]
        return next((one for one in free if one.is_written(word, in_kazakh=self.in_kazakh)), None)

    def read(self, mention: str, *, surname: str | None) -> list[Lexeme]:
        """Take up the words of a mention; `surname` is which of them is one, if it is new."""
        there: list[Lexeme] = []
        for word in map(plain, words_in(mention)):
            lexeme = self.find(word, but=there) or self._new(word, there, surname=surname)
            lexeme.words.setdefault(word)
            self._of.setdefault(word, lexeme)
            there.append(lexeme)
        return there

    def _new(self, word: str, there: Sequence[Lexeme], *, surname: str | None) -> Lexeme:
        role: Role = "given"
        if is_patronymic(word) and len(there) + len(self.lexemes) > 0:
            role = "patronymic"
        elif word == surname:
            role = "surname"
        places = {one.place for one in there if one.role == role}
        place = min(MOST - 1, max(places) + 1) if places else 0
        self.lexemes.append(Lexeme(role, place))
        return self.lexemes[-1]


def _shows(word: str, *, in_kazakh: bool) -> bool:
    """Whether the word looks a surname, a Kazakh ending apart."""
    ended = [one.base for one in kazakh.ended(word) if one.telling and (in_kazakh or kazakh.LETTERS.search(one.ending))]
    return not is_patronymic(word) and any(map(looks_a_surname, ended or [word]))


def _are_unknown(words: Sequence[str]) -> bool:
    """Of the words behind what may be a surname or a given name: whether none is a given name for certain."""
    return bool(words) and not any(is_listed(word) or is_patronymic(word) for word in words)


def surname_among(words: Sequence[str], *, comma: bool, titled: bool, in_kazakh: bool = False) -> str | None:
    """The word that is the surname: by its ending, before a comma, else the last; a lone word, or one with a patronymic
    alone, only when it shows."""
    looking = [word for word in words if _shows(word, in_kazakh=in_kazakh)]
    if len(looking) == 1 and not (_WEAK.search(looking[0]) and looking[0] == words[0] and _are_unknown(words[1:])):
        return looking[0]
    if len(words) == 1:
        return words[0] if titled and not is_listed(words[0]) else None
    others = [word for word in words if not is_patronymic(word)]
    if len(others) == 1 or not words:
        return None
    return words[0] if comma or not others else others[-1]
