"""A person's surrogate: every word of the real name has its counterpart, in whatever form the name is written."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from casemill.personal.inflection import is_cyrillic, is_form, plain
from casemill.personal.surrogate.avoided import Avoided
from casemill.personal.surrogate.chance import Draw
from casemill.personal.surrogate.grammar import (
    Gender,
    Locale,
    Role,
    base_of,
    cased_as,
    forms,
    gender_of,
    is_patronymic,
    latin,
    locale_of,
    looks_a_surname,
    of_woman,
    suffix_of,
    with_suffix,
)
from casemill.personal.surrogate.lists import KAZAKH, LATIN, PATRONYMICS, RUSSIAN, Names
from casemill.personal.words import PARTICLES, TITLES

_WORD = re.compile(r"[^\W\d_]+(?:['’\u0300-\u036f][^\W\d_]+)*")
_PIECE = re.compile(rf"(?P<word>{_WORD.pattern})|(?P<digits>[0-9]+)|(?P<gap>[\W_]+)")
_MOST = 4
_LADIES = frozenset({"ms", "mrs", "miss", "madam", "госпожа", "гжа", "ханым"})
_GENTLEMEN = frozenset({"mr", "sir", "г", "гн", "господин", "мырза"})


class _Part(NamedTuple):
    """What a real word is in the name: its role and which of its role it is (the second given name is 1)."""

    role: Role
    place: int = 0


class Person:
    """One person's made-up name. `forms` are the ways the real one was written; `before` what stands before one."""

    def __init__(self, real: Sequence[str], draw: Draw, *, avoided: Avoided, before: str = "") -> None:
        self._parts: dict[str, _Part] = {}
        title = plain((_WORD.findall(before) or [""])[-1])
        for form in sorted(dict.fromkeys(real), key=lambda form: -len(_WORD.findall(form))):
            self._read(form, titled=bool(title))
        roles = [(word, part.role) for word, part in self._parts.items()]
        self.locale: Locale = locale_of([word for word, _ in roles])
        self.gender: Gender = _titled(title) or gender_of(roles)
        self._names = self._drawn(draw, avoided)
        self._draw = draw

    def written_as(self, mention: str) -> str:
        """The surrogate in the form of a mention: its words, initials, case, capitals, order."""
        pieces = [(match.lastgroup, match[0]) for match in _PIECE.finditer(mention)]
        words = [text for kind, text in pieces if kind == "word"]
        full = [text for text in words if len(text) > 1]
        roles = [self._part(word) for word in full]
        initials = self._initials({part.role for part in roles if part})
        written: list[str] = []
        for kind, text in pieces:
            if kind == "digits":
                text = self._draw.digits(len(text), part=f"behind {len(text)}")
            elif kind == "word" and len(text) == 1:
                text = cased_as(text.lower() if text.islower() else text.upper() * 2, next(initials))[:1]
            elif kind == "word":
                text = self._word(text, last=len(full) > 1 and text is full[-1])
            elif written and not written[-1] and text.startswith(" "):
                text = text[1:]
            written.append(text)
        return "".join(written).strip() or self.given()

    def given(self) -> str:
        return self._names["given"][0]

    def surname(self) -> str:
        return self._names["surname"][0]

    def words(self) -> set[str]:
        """The words of the real name in Latin small letters."""
        return {latin(real) for real in self._parts if len(real) > 1}

    def counterpart(self, word: str) -> str | None:
        """The Latin surrogate, in small letters, of a word in an address or user name; None when it is not his."""
        low = latin(plain(word))
        for real, part in self._parts.items():
            if latin(real) == low or (len(low) > 3 and latin(real) == low.removesuffix("s")):
                return latin(self._name(part)).lower()
        joined = {latin(real): part for real, part in self._parts.items() if len(real) > 1}
        for first, one in joined.items():
            rest = low.removeprefix(first)
            if rest != low and len(first) > 2 and (rest in joined or len(rest) == 1):
                behind = self._name(joined[rest]) if rest in joined else self.surname()[:1]
                return latin(self._name(one) + behind).lower()
            if len(first) > 3 and low[1:] == first:
                return latin(self.given()[:1] + self._name(one)).lower()
        return None

    def _read(self, form: str, *, titled: bool) -> None:
        """Notes what each word of a way to write the name is."""
        words = [plain(word) for word in _WORD.findall(form)]
        words = [word for word in words if len(word) > 1 and word not in TITLES and word not in PARTICLES]
        unknown = [word for word in words if self._part(word) is None]
        surname = _surname_among(words, comma="," in form, titled=titled)
        seen = [part.role for word in words if (part := self._part(word))]
        for word in unknown:
            if is_patronymic(word) and len(words) > 1:
                part = _Part("patronymic")
            elif word == surname and ("surname" not in seen or len(words) == 1):
                part = _Part("surname")
            elif word == surname:
                part = _Part("surname", 1)
            elif len(words) == 1 or "given" not in seen:
                part = _Part("given")
            else:
                part = _Part("given", min(_MOST - 1, seen.count("given")))
            seen.append(part.role)
            self._parts[word] = part

    def _part(self, word: str) -> _Part | None:
        low = plain(word)
        if low in self._parts:
            return self._parts[low]
        return next((part for real, part in self._parts.items() if is_form(real, low) or is_form(low, real)), None)

    def _drawn(self, draw: Draw, avoided: Avoided) -> dict[str, list[str]]:
        names = _names_of(self.locale)
        woman = self.gender == "f" or (not self.gender and draw.number("woman", 2) == 0)
        self.gender = "f" if woman else "m"
        given = names.women if woman else names.men
        soft = [name for name in given if name.endswith("ия")] if any(w.endswith("ия") for w in self._parts) else []
        firsts = {word[0] for word in self._parts if word}
        drawn: dict[str, list[str]] = {}
        for role, items in (
            ("given", soft or given),
            ("surname", tuple(of_woman(name) if woman else name for name in names.surnames)),
            ("patronymic", self._fathers(woman)),
        ):
            if self.locale.startswith("latin "):
                items = tuple(latin(name) for name in items)
            start = draw.number(role, len(items))
            row = [*items[start:], *items[:start]]
            free = [name for name in row if avoided.allows(name)] or row
            drawn[role] = sorted(free, key=lambda name: (avoided.is_given_out(name), plain(name)[0] in firsts))[:_MOST]
        return drawn

    def _fathers(self, woman: bool) -> tuple[str, ...]:
        """Степановна, Әлішерқызы: by the form of the real one."""
        if any(re.search("(?:ұлы|улы|[қк]ызы)$", word) for word in self._parts):
            return tuple(name + ("қызы" if woman else "ұлы") for name in KAZAKH.men)
        return tuple(name + ("на" if woman else "ич") for name in PATRONYMICS)

    def _name(self, part: _Part) -> str:
        row = self._names[part.role]
        return row[part.place % len(row)]

    def _initials(self, there: set[Role]) -> "_Turns":
        """Whose first letters the lone letters of a mention are: of the words that are not written out."""
        order: list[Role] = ["given", "patronymic" if self.locale in ("russian", "kazakh") else "given", "surname"]
        left = [role for role in order if role not in there] or ["given"]
        if not there:
            left = ["given", "surname"]
        return _Turns([self._names[role][min(place, 1) if role == "given" else 0] for place, role in enumerate(left)])

    def _word(self, word: str, *, last: bool) -> str:
        low = plain(word)
        if low in TITLES:
            return word
        if low in PARTICLES:
            return ""
        part = self._part(word)
        if part is None:
            both = self.counterpart(word) or plain(self.surname() if last else self.given())
            return cased_as(word, both.capitalize())
        return cased_as(word, self._inflected(low, part))

    def _inflected(self, word: str, part: _Part) -> str:
        """The counterpart in the case of the word; in the nominative where that is not clear."""
        name = self._name(part)
        if not is_cyrillic(word):
            return name
        known = [
            real
            for real, of in self._parts.items()
            if of == part and real != word and (is_form(real, word) or is_form(word, real))
        ]
        base = plain(base_of(word, self.gender, role=part.role))
        for one in (base, *known):
            if suffix := suffix_of(word, one):
                return with_suffix(name, suffix)
        # What a surname's ending says is sure; of other words the forms met so far say more.
        for one in (base, *known) if part.role == "surname" else (*known, base):
            row = [plain(form) for form in forms(one, role=part.role, gender=self.gender)]
            if word in row:
                return forms(name, role=part.role, gender=self.gender)[row.index(word)]
        return name


class _Turns:
    """Names in turn, the last one again and again."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = list(names)

    def __next__(self) -> str:
        return self._names.pop(0) if len(self._names) > 1 else self._names[0]


def _names_of(locale: Locale) -> Names:
    return KAZAKH if locale.endswith("kazakh") else RUSSIAN if locale.endswith("russian") else LATIN


def _titled(title: str) -> Gender:
    return "f" if title in _LADIES else "m" if title in _GENTLEMEN else ""


def _surname_among(words: Sequence[str], *, comma: bool, titled: bool) -> str | None:
    """The word that is the surname: by its ending, before a comma, else the last; a lone word, or one with a patronymic
    alone, only when it shows."""
    looking = [word for word in words if looks_a_surname(word)]
    if len(looking) == 1:
        return looking[0]
    if len(words) == 1:
        return words[0] if titled else None
    if not words:
        return None
    others = [word for word in words if not is_patronymic(word)]
    if len(others) == 1 < len(words):
        return None
    return words[0] if comma or not others else others[-1]
