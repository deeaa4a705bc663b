"""A person's surrogate: every word of the real name has its counterpart, in whatever form the name is written."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from casemill.personal.inflection import is_cyrillic, plain
from casemill.personal.spelling import sound
from casemill.personal.surrogate import kazakh
from casemill.personal.surrogate.chance import Draw
from casemill.personal.surrogate.company import Company, Invented
from casemill.personal.surrogate.grammar import (
    ANY,
    Gender,
    Locale,
    Role,
    cased_as,
    forms,
    is_latin_surname,
    is_listed,
    latin,
    locale_of,
)
from casemill.personal.surrogate.lexemes import (
    MOST,
    POSSESSIVE,
    WORD,
    Lexeme,
    Lexicon,
    stays,
    surname_among,
    words_in,
)
from casemill.personal.surrogate.readings import known_sounds, likely_gender
from casemill.personal.words import PARTICLES

_PIECE = re.compile(rf"(?P<word>{WORD.pattern})|(?P<digits>[0-9]+)|(?P<gap>[\W_]+)")
_LADIES = frozenset({"ms", "mrs", "miss", "madam", "госпожа", "гжа", "ханым"})
_GENTLEMEN = frozenset({"mr", "sir", "г", "гн", "господин", "мырза"})
_LONG = 4


class Met(NamedTuple):
    """How somebody was written: the forms, what titles stand before which of them, whether beside Kazakh words."""

    forms: Sequence[str]
    titles: Mapping[str, Sequence[str]] = {}
    in_kazakh: bool = False


class _Bent(NamedTuple):
    """A form of a name: its Russian case, or its Kazakh ending."""

    case: int
    suffix: str = ""


class Person:
    """One person's made-up name, in both alphabets."""

    def __init__(self, met: Met, draw: Draw, *, company: Company) -> None:
        self._company, self._draw = company, draw
        in_kazakh = met.in_kazakh or any(kazakh.LETTERS.search(form) for form in met.forms)
        self._lexicon = Lexicon(in_kazakh=in_kazakh)
        ordered = sorted(dict.fromkeys(met.forms), key=lambda form: -len(words_in(form)))
        mentions = [self._read(form, titled=bool(met.titles.get(form))) for form in ordered]
        self._letters = next(filter(None, map(_initials_of, ordered)), "")
        titles = [one for form in ordered for title in met.titles.get(form, ()) if (one := _titled(title))]
        self.locale: Locale = self._locale()
        self.gender: Gender = likely_gender(mentions, titles=titles, in_kazakh=in_kazakh)
        self._alphabet = is_cyrillic(plain((WORD.findall(ordered[0]) or ["x"])[0])) if ordered else False
        self._names = self._named()
        self._surnames: dict[int, Invented] = {}
        self._take_surnames()
        self._note_spellings()

    def learn(self, written: Sequence[str]) -> None:
        """Take up further forms; the name stays."""
        for form in written:
            self._read(form, titled=False)
        self._take_surnames()
        self._note_spellings()

    def written_as(self, mention: str) -> str:
        """The surrogate in the form of a mention: its words, initials, case, capitals, order, alphabet."""
        pieces = [(match.lastgroup, match[0]) for match in _PIECE.finditer(mention)]
        full = [text for kind, text in pieces if kind == "word" and len(text) > 1]
        bent = self._bent(full)
        there = {lexeme.role for word in full if (lexeme := self._lexeme(word))}
        written: list[str] = []
        for kind, text in pieces:
            if kind == "digits":
                text = self._draw.digits(len(text), part=f"behind {len(text)}")
            elif kind == "word" and len(text) == 1:
                text = self._letter(text, there)
            elif kind == "word" and not stays(text, full):
                text = self._word(text, bent, last=len(full) > 1 and text is full[-1])
            elif written and not written[-1] and text.startswith(" "):
                text = text[1:]
            written.append(text)
        return "".join(written).strip() or self.given()

    def given(self, *, cyrillic: bool | None = None) -> str:
        return self._spelled(self._names["given"][0], cyrillic=cyrillic)

    def surname(self, *, cyrillic: bool | None = None) -> str:
        return self._spelled(self._surnames[0].of(self.gender), cyrillic=cyrillic)

    def words(self) -> set[str]:
        """The words of the real name in Latin small letters."""
        return set(self._in_latin)

    def begins(self, letter: str, role: Role = "given") -> bool:
        """Whether the real name of this role begins with the letter, of either alphabet."""
        mine = [word for lexeme in self._lexicon if lexeme.role == role for word in lexeme.words]
        return any(latin(word)[:1] == latin(plain(letter))[:1] for word in mine)

    def counterpart(self, word: str) -> str | None:
        """The surrogate, in small letters, of a word in an address or user name; None when it is not his."""
        low, cyrillic = latin(plain(word)), is_cyrillic(plain(word))
        spelled = self._in_latin
        own = spelled.get(low) or (spelled.get(low.removesuffix("s")) if len(low) > _LONG else None)
        if own is None and len(low) >= _LONG:
            own = next((one for spelling, one in spelled.items() if sound(spelling) == sound(low)), None)
        if own:
            return self._spelled(self._name(own), cyrillic=cyrillic).lower()
        for first, one in spelled.items():
            rest = low.removeprefix(first)
            if rest != low and len(first) > 2 and (rest in spelled or len(rest) == 1):
                behind = self._name(spelled[rest]).latin if rest in spelled else self.surname(cyrillic=False)[:1]
                return (self._name(one).latin + behind).lower()
            if len(first) > _LONG - 1 and low[1:] == first:
                return (self.given(cyrillic=False)[:1] + self._name(one).latin).lower()
        return None

    def _read(self, form: str, *, titled: bool) -> list[tuple[str, Role]]:
        """Notes what each word of a way to write the name is."""
        words = [plain(word) for word in words_in(form)]
        in_kazakh = self._lexicon.in_kazakh
        surname = surname_among(words, comma="," in form, titled=titled, in_kazakh=in_kazakh)
        if len(words) == 1 and surname is None and not is_listed(words[0]) and self._company.is_surname(words[0]):
            surname = words[0]
        return [
            (word, lexeme.role) for word, lexeme in zip(words, self._lexicon.read(form, surname=surname), strict=True)
        ]

    def _locale(self) -> Locale:
        """Of a person met in both alphabets the Latin name tells a foreigner."""
        words = [word for lexeme in self._lexicon for word in lexeme.words]
        western = [word for word in words if word.isascii()]
        if len(western) in (0, len(words)) or locale_of(words).endswith("kazakh"):
            return locale_of(words)
        foreign = not any(map(is_latin_surname, western)) and not any(map(_is_ours, words))
        return "latin" if foreign else "russian"

    def _named(self) -> dict[Role, list[Invented]]:
        """Given names and patronymics; who is met by initials alone has those of kin whom they fit."""
        for real in [word for one in self._lexicon if one.role == "surname" for word in self._spellings(one)]:
            for kin in self._company.kin(real) if self._letters and not self._has("given") else ():
                if kin.begins(self._letters[0]) and self.gender in ("", kin.gender):
                    self.gender = kin.gender
                    return kin._names
        if not self.gender:
            self.gender = "f" if self._draw.number("woman", 2) == 0 else "m"
        words = [word for lexeme in self._lexicon for word in lexeme.words]
        roles: tuple[Role, ...] = ("given", "patronymic")
        return {
            role: self._company.names(role, self._draw, locale=self.locale, gender=self.gender, real=words)
            for role in roles
        }

    def _has(self, role: Role) -> bool:
        return any(lexeme.role == role for lexeme in self._lexicon)

    def _take_surnames(self) -> None:
        """Each real surname's counterpart; somebody without one has one for addresses and initials."""
        for lexeme in [one for one in self._lexicon if one.role == "surname"]:
            reals = self._spellings(lexeme)
            if lexeme.place not in self._surnames:
                self._surnames[lexeme.place] = self._company.surname(reals, self._draw, locale=self.locale)
            self._company.enter(self, reals)
        if not self._surnames:
            words = [word for lexeme in self._lexicon for word in lexeme.words]
            names = self._company.names("surname", self._draw, locale=self.locale, gender=self.gender, real=words)
            self._surnames[0] = names[0]

    def _note_spellings(self) -> None:
        self._in_latin = {
            spelling: lexeme for lexeme in self._lexicon for spelling in map(latin, self._spellings(lexeme))
        }

    def _spellings(self, lexeme: Lexeme) -> list[str]:
        """The name itself first, then all that was met."""
        base = lexeme.base(self.gender, in_kazakh=self._lexicon.in_kazakh)
        return list(dict.fromkeys([*([base] if base else ()), *lexeme.words]))

    def _name(self, lexeme: Lexeme) -> Invented:
        if lexeme.role == "surname":
            return self._surnames.get(lexeme.place, self._surnames[0]).of(self.gender)
        row = self._names[lexeme.role]
        return row[lexeme.place % min(MOST, len(row))]

    def _spelled(self, name: Invented, *, cyrillic: bool | None) -> str:
        if cyrillic is False or (cyrillic is None and not self._alphabet):
            return name.latin
        return name.cyrillic if self._lexicon.in_kazakh else name.russian().cyrillic

    def _lexeme(self, word: str) -> Lexeme | None:
        return self._lexicon.find(plain(POSSESSIVE.sub("", word)))

    def _letter(self, letter: str, there: set[Role]) -> str:
        """What stands for a lone letter of a mention: the first one of whichever word is not written out, the one that
        begins so before others; `there` grows by its role."""
        order: tuple[Role, ...] = ("given", "patronymic", "surname")
        role = next((one for one in order if one not in there and self.begins(letter, one)), None)
        if role is None and "given" in there and "surname" not in there:
            role = "surname"
        role = role or ("patronymic" if "given" in there else "given")
        there.add(role)
        given, fathers = self._names["given"], self._names["patronymic"]
        surname = self._surnames[0].of(self.gender)
        second = given[1 % len(given)] if self.locale.startswith("latin") else fathers[0]
        name = {"given": given[0], "patronymic": second, "surname": surname}[role]
        written = self._spelled(name, cyrillic=is_cyrillic(plain(letter)))
        return written[:1].lower() if letter.islower() else written[:1]

    def _bent(self, words: Sequence[str]) -> dict[str, _Bent]:
        """The form of each Cyrillic word: the first case that all of them can have, else its own first."""
        found = {word: self._may_be(word) for word in words if is_cyrillic(plain(word)) and not stays(word, words)}
        cases = {one.case for row in found.values() for one in row if one.case != ANY}
        shared = [case for case in sorted(cases) if all(_with(case, row) for row in found.values())]
        common = shared[0] if shared else None
        bent: dict[str, _Bent] = {}
        for word, row in found.items():
            own = min((one.case for one in row if one.case != ANY), default=0)
            bent[word] = _with(own if common is None else common, row) or _Bent(0)
        return bent

    def _may_be(self, word: str) -> list[_Bent]:
        """The forms that the word may be of the name that it is."""
        lexeme, low = self._lexeme(word), plain(word)
        if lexeme is None:
            return [_Bent(ANY)]
        in_kazakh = self._lexicon.in_kazakh
        base = lexeme.base(self.gender, in_kazakh=in_kazakh)
        rows = [one for one in lexeme.readings(low, in_kazakh=in_kazakh) if one.base == base]
        own = [one for one in rows if one.gender in ("", self.gender)] or rows
        ended = [_Bent(0, one.suffix) for one in own if one.suffix]
        return ended[:1] or [_Bent(one.case) for one in own] or [_Bent(ANY)]

    def _word(self, word: str, bent: Mapping[str, _Bent], *, last: bool) -> str:
        low = plain(word)
        if low in PARTICLES:
            return ""
        ending = match[0] if (match := POSSESSIVE.search(word)) else ""
        bare, lexeme = word.removesuffix(ending), self._lexeme(word)
        if lexeme is None:
            own = self.surname if last else self.given
            both = self.counterpart(bare) or plain(own(cyrillic=is_cyrillic(low)))
            return cased_as(bare, both.capitalize()) + ending
        name = self._name(lexeme)
        if not is_cyrillic(low):
            plural = "s" if low.endswith("s") and low[:-1] in lexeme.words else ""
            return cased_as(bare, name.latin + plural) + ending
        return cased_as(bare, self._inflected(name, role=lexeme.role, bent=bent.get(word, _Bent(0)))) + ending

    def _inflected(self, name: Invented, *, role: Role, bent: _Bent) -> str:
        written = self._spelled(name, cyrillic=True)
        if bent.suffix:
            return kazakh.with_suffix(written, bent.suffix)
        row = forms(written, role=role, gender=self.gender)
        return row[bent.case] if 0 <= bent.case < len(row) else written


def _with(case: int, row: Sequence[_Bent]) -> _Bent | None:
    """The form of these that has the case."""
    exact = next((one for one in row if one.case == case), None)
    return exact or (_Bent(case) if any(one.case == ANY for one in row) else None)


def _initials_of(form: str) -> str:
    """The lone letters of a mention that has a surname beside them."""
    words = WORD.findall(form)
    return "".join(word for word in words if len(word) == 1) if any(len(word) > 1 for word in words) else ""


def _is_ours(word: str) -> bool:
    """Whether people in Russian texts are called so."""
    return sound(word) in known_sounds()


def _titled(title: str) -> Gender:
    return "f" if (low := plain(title)) in _LADIES else "m" if low in _GENTLEMEN else ""
