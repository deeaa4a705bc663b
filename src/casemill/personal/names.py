"""Mentions of people: full name, either name, initials, lower case, mistyped, Russian and Kazakh endings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize

from casemill.domain.arrival import Identity
from casemill.domain.placeholder import Entity, Span
from casemill.personal.everyday import is_everyday
from casemill.personal.inflection import is_form, is_slip, plain, stems
from casemill.personal.keep import facts
from casemill.personal.people import PATRONYMIC, WORD, Index, Person, called, fits, merged, person_of
from casemill.personal.veil import Places
from casemill.personal.words import COMMON, GOES_ON, LONE_LETTERS, PARTICLES

_GAP = re.compile(
    r"[ \t\u00a0]{1,2}|[._'’-]|, |[ .\u00a0]{1,2}[^\W\d_](?:\.[ \u00a0]?|['’])"
    r"|[ \u00a0](?P<particle>[^\W\d_]{1,4})[ \u00a0]"
)
_AFTER = re.compile(r"[ \u00a0][^\W\d_](?![^\W_])\.?(?:[ \u00a0]?[^\W\d_]\.)?")
_BEFORE = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.[ \u00a0]?(?:[^\W\d_]\.[ \u00a0]?)?|[^\W\d_]['’])$")
_PARTICLE = re.compile(r"(?<![^\W_])([^\W\d_]{1,4})[ \u00a0]$")
_ESCAPES = ("\\n", "\\t", "\\r")
_NO_SPACES = "\u2e80"
_NEXT_WORD = re.compile(r"[ \t]+([^\W\d_]+)")
_LONG_WORD = re.compile(r"[^\W\d_](?<![^\W_][^\W\d_])[^\W\d_]{5,}+")
_SURNAME = re.compile(r"[ \u00a0](?P<word>[^\W\d_]{3,30})(?![\w@-]|['’](?!s))")
# So many names are learned from a text, none so long, and so many words are one name: an endless text stays quick.
_MOST = 300
_LONGEST = 100
_ROW = 12
_SHORTEST = 3


class _Hit(NamedTuple):
    start: int
    end: int
    token: str


class People:
    """The people of a ticket, and where a text mentions them. `given` are those that the payload or an earlier version
    names; others are learned from the texts."""

    def __init__(self, known: Sequence[Identity] = (), entities: Sequence[Entity] = ()) -> None:
        self.given: list[Person] = []
        if known or entities:
            named = merged(person_of(person.role, person.names) for person in known if person.role != "assistant")
            earlier = (person_of(entity.role, entity.values) for entity in entities if entity.label == "NAME")
            self.given = merged(earlier, into=named)
        self._people = list(self.given)
        self._index = Index(self._people)
        self._searched: dict[tuple[str, str], None] = {}
        self._tokens: set[str] = set()
        self._long: dict[tuple[str, str], list[str]] = {}
        self._asked: set[str] = set()
        self._initials: set[str] = set()
        self._particles: set[str] = set()
        self._search(sorted({token for person in self._people for token in person.tokens}))
        self._joined_by(name for person in self._people for name in person.names)

    def __bool__(self) -> bool:
        return bool(self._searched)

    def learn(self, name: str, *, sure: bool = False) -> bool:
        """Take up a name met in a text; whether there is now more to look for. Everyday words and what is shorter than
        three letters stand for nobody, unless it is `sure`."""
        if name in self._asked or len(name) > _LONGEST:
            return False
        self._asked.add(name)
        person = called(name)
        full = len(self._people) - len(self.given) >= _MOST
        if full or not person.tokens or self._known(name):
            return False
        self._index.note(len(self._people), person)
        self._people.append(person)
        self._joined_by([name])
        tokens = sorted(person.tokens - self._tokens)
        fresh = [token for token in tokens if sure or (len(token) >= _SHORTEST and not _is_word(token))]
        self._search(fresh)
        return bool(fresh)

    def _joined_by(self, names: Iterable[str]) -> None:
        """Keep the particles of names: van, de."""
        self._particles.update(word for name in names for word in map(plain, WORD.findall(name)) if word in PARTICLES)

    def _search(self, tokens: Sequence[str]) -> None:
        if not tokens:
            return
        for token in tokens:
            self._tokens.add(token)
            for stem in stems(token):
                for form in (stem, normalize("NFD", stem)):
                    self._searched[form, token] = None
            self._initials.add(token[0])
            if len(token) >= 6 and not _is_word(token):
                self._long.setdefault((token[0], token[-1]), []).append(token)

    def mentions(self, text: str, lowered: str) -> Iterator[Span]:
        """Every mention, titles outside. `lowered` is the text in lower case, character for character."""
        if not self._searched:
            return
        lowered = lowered.replace("ё", "е")
        hits = [hit for stem, token in self._searched if stem in lowered for hit in _hits(lowered, stem, token=token)]
        hits += self._mistyped(lowered)
        hits = sorted(dict.fromkeys(hits))
        for group in _grouped(text, self._meant(text, hits)) if hits else ():
            yield from self._spans(text, group)

    def _mistyped(self, lowered: str) -> Iterator[_Hit]:
        """Words that are a long name but for one letter, and no everyday word."""
        firsts = {first for first, _ in self._long}
        for match in _LONG_WORD.finditer(lowered) if firsts else ():
            if lowered[match.start()] not in firsts or (word := plain(match[0])) in self._tokens:
                continue
            near = self._long.get((word[0], word[-1]), ())
            token = next((token for token in near if is_slip(token, word)), None)
            if token and not _is_word(word):
                yield _Hit(match.start(), match.end(), token)

    def _meant(self, text: str, hits: Sequence[_Hit]) -> list[_Hit]:
        """Without the hits that are common words or inside a date."""
        meant: list[_Hit] = []
        dates = None
        for hit in hits:
            if hit.token in COMMON or (len(hit.token) < 3 and hit.token[0] < _NO_SPACES):
                if not _is_meant(text, hit):
                    continue
                dates = Places(facts(text)) if dates is None else dates
                if dates.hold(hit.start, hit.end):
                    continue
            meant.append(hit)
        return meant

    def _spans(self, text: str, group: Sequence[_Hit]) -> Iterator[Span]:
        """One span for a row of hits that fits one person; otherwise as few as do."""
        while group:
            size = next(
                (n for n in range(len(group), 0, -1) if self._known(text[group[0].start : group[n - 1].end])), 1
            )
            start, end = self._widened(text, group[0].start, end=group[size - 1].end)
            if size == 1 and len(group) == 1:
                end = self._with_surname(text, start, end=end)
            yield Span(start=start, end=end, label="NAME")
            group = group[size:]

    def _known(self, mention: str) -> bool:
        return any(fits(self._people[who], mention) for who in self._index.of_all(mention))

    def _widened(self, text: str, start: int, *, end: int) -> tuple[int, int]:
        """With initials and patronymic on either side, and digits that are part of the word."""
        while end < len(text) and text[end].isdigit():
            end += 1
        if patronymic := PATRONYMIC.match(text, end):
            end = patronymic.end()
        elif (initial := _AFTER.match(text, end)) and self._is_initial(initial[0].strip()):
            end = initial.end()
        before = _BEFORE.search(text, max(0, start - 6), start)
        if before and before[0][0].isupper():
            start = before.start()
        particle = _PARTICLE.search(text, max(0, start - 6), start) if self._particles else None
        if particle and plain(particle[1]) in self._particles:
            start = particle.start()
        return start, end

    def _with_surname(self, text: str, start: int, *, end: int) -> int:
        """`Petra Brandt` beside a known Petra Halvorsen: a capitalised word behind a lone name that is nobody's."""
        match = _SURNAME.match(text, end)
        if match is None or not text[start].isupper() or text[start:end].isupper():
            return end
        word = match["word"]
        if not (word[0].isupper() and word[1:].islower()) or _is_word(plain(word)) or plain(word) in self._tokens:
            return end
        first = plain(text[start:end])
        known = any(len(person.tokens) > 1 and first in person.tokens for person in self.given)
        return match.end("word") if known else end

    def _is_initial(self, text: str) -> bool:
        letter = text[0]
        known = letter.lower() in self._initials
        if letter.isupper():
            return "." in text[1:] or (known and letter not in "IЯ")
        return known and letter not in LONE_LETTERS and text[1:] in ("", ".")


def _hits(lowered: str, stem: str, *, token: str) -> Iterator[_Hit]:
    """Where the name stands as a word of its own, in any of its endings. Scripts without spaces need no edges."""
    start = lowered.find(stem)
    while start >= 0:
        match = WORD.match(lowered, start)
        begins = not lowered[start - 1 : start].isalpha() or lowered[start - 2 : start] in _ESCAPES
        if stem[0] >= _NO_SPACES:
            yield _Hit(start, start + len(stem), token)
        elif match and begins and is_form(token, plain(match[0])):
            yield _Hit(start, match.end(), token)
        elif match and begins and _is_possessive(token, plain(match[0])):
            yield _Hit(start, match.end() - 1, token)
        start = lowered.find(stem, start + 1)


def _is_possessive(token: str, word: str) -> bool:
    """`Quentins order`, `the Marburys`: the letter stays outside. Not for names that are words: Wills, Prices."""
    return len(token) >= 4 and word == f"{token}s" and token.isascii() and token not in COMMON


def _is_meant(text: str, hit: _Hit) -> bool:
    """Whether a common word is written as a name: capitalised, and not merely at the beginning of a sentence."""
    if not text[hit.start].isupper():
        return False
    following = _NEXT_WORD.match(text, hit.end)
    return not (following and following[1].lower() in GOES_ON)


def _grouped(text: str, hits: Sequence[_Hit]) -> list[list[_Hit]]:
    """Rows of hits with nothing but a space, a hyphen, an initial or a particle between them."""
    groups: list[list[_Hit]] = []
    for hit in hits:
        group = groups[-1] if groups else []
        if group and hit.start < group[-1].end:
            continue
        if group and _joins(text, group, hit=hit):
            group.append(hit)
        else:
            groups.append([hit])
    return groups


def _joins(text: str, group: Sequence[_Hit], *, hit: _Hit) -> bool:
    """Whether the hit goes on with the name; a word of it met again begins another mention."""
    patronymic = PATRONYMIC.match(text, group[-1].end)
    end = patronymic.end() if patronymic else group[-1].end
    if not 0 < hit.start - end <= 8 or len(group) >= _ROW or any(hit.token == other.token for other in group):
        return False
    gap = _GAP.fullmatch(text, end, hit.start)
    if gap is None or (gap[0] == ", " and len(group) > 1):
        return False
    return gap["particle"] is None or gap["particle"].lower() in PARTICLES


def _is_word(word: str) -> bool:
    return word in COMMON or is_everyday(word)
