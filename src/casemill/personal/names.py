"""Mentions of people: full name, either name, initials, lower case, mistyped, Russian and Kazakh endings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize

from casemill.domain.arrival import Identity
from casemill.domain.placeholder import Entity, Span
from casemill.personal.context import lower
from casemill.personal.everyday import is_everyday
from casemill.personal.heard import Heard, HeardName, is_exact, is_no_word
from casemill.personal.inflection import is_form, is_slip, plain, stems
from casemill.personal.keep import facts
from casemill.personal.people import PATRONYMIC, WORD, Index, Person, called, fits, merged, person_of
from casemill.personal.said_of import NAMES_FIRST, speaks_of_person
from casemill.personal.spelling import begins
from casemill.personal.veil import Places
from casemill.personal.words import COMMON, GOES_ON, LONE_LETTERS, PARTICLES

_GAP = re.compile(
    r"[ \t\u00a0]{1,2}|[._'’-]|, |[ .\u00a0]{1,2}[^\W\d_](?:\.[ \u00a0]?|['’])"
    r"|[ \u00a0](?P<particle>[^\W\d_]{1,4})[ \u00a0]"
)
_AFTER = re.compile(r"[ \u00a0][^\W\d_](?![^\W_])\.?(?:[ \u00a0]?[^\W\d_]\.)?")
_BEFORE = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.[ \u00a0]?(?:[^\W\d_]\.[ \u00a0]?)?|[^\W\d_]['’])$")
# `ospanova.g`, `g.ospanova`: as in the name of an account.
_GLUED = re.compile(r"[._-]([^\W\d_])(?![^\W_])")
_GLUED_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_])[._-]$")
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
    """Where a name stands; `heard` is the word where it is in the other letters."""

    start: int
    end: int
    token: str
    heard: str = ""


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
        self._heard = Heard()
        self._named = frozenset(token for person in self._people for token in person.tokens)
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
            if len(token) >= _SHORTEST or token in self._named:
                self._heard.learn(token)
            if len(token) >= 6 and not _is_word(token):
                self._long.setdefault((token[0], token[-1]), []).append(token)

    def mentions(self, text: str, lowered: str) -> Iterator[Span]:
        """Every mention, titles outside. `lowered` is the text in lower case, character for character."""
        if not self._searched:
            return
        lowered = lowered.replace("ё", "е")
        hits = [hit for stem, token in self._searched if stem in lowered for hit in _hits(lowered, stem, token=token)]
        hits += self._mistyped(lowered)
        hits += [_Hit(*heard) for heard in self._heard.find(lowered)]
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
        for place, hit in enumerate(hits):
            if _is_doubtful(hit):
                if not self._is_meant(text, hits, place=place):
                    continue
                dates = Places(facts(text)) if dates is None else dates
                if dates.hold(hit.start, hit.end):
                    continue
            meant.append(hit)
        return meant

    def _is_meant(self, text: str, hits: Sequence[_Hit], *, place: int) -> bool:
        """Whether a common word is written as a name: capitalised, and not merely at the beginning of a sentence;
        beside another name; or said of somebody whom the payload names."""
        hit = hits[place]
        if hit.heard and (is_everyday(hit.heard) or len(hit.heard) <= _SHORTEST or not is_exact(HeardName(*hit))):
            return text[hit.start].isupper() and _is_beside(text, hits, place=place)
        if text[hit.start].isupper():
            following = _NEXT_WORD.match(text, hit.end)
            return not (following and following[1].lower() in GOES_ON)
        if len(hit.token) < _SHORTEST or hit.token not in self._named:
            return False
        return (hit.heard or hit.token) in NAMES_FIRST or speaks_of_person(lower(text), hit.start, end=hit.end)

    def _spans(self, text: str, group: Sequence[_Hit]) -> Iterator[Span]:
        """One span for a row of hits that fits one person; otherwise as few as do."""
        while group:
            size = next((n for n in range(len(group), 0, -1) if self._known(_said(text, group[:n]))), 1)
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
        elif self._named and (glued := _GLUED.match(text, end)) and self._is_glued(glued[1]):
            end = glued.end()
        if self._named and (glued := _GLUED_BEFORE.search(text, max(0, start - 3), start)) and self._is_glued(glued[1]):
            start = glued.start()
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

    def _is_glued(self, letter: str) -> bool:
        told = letter.islower() and letter != "i" and (letter.isascii() or letter not in LONE_LETTERS)
        return told and any(begins(name, letter) for name in self._named)

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


def _is_doubtful(hit: _Hit) -> bool:
    """Whether it may be a word like others, or is too short to tell."""
    if hit.heard:
        return not is_no_word(HeardName(*hit))
    return hit.token in COMMON or (len(hit.token) < _SHORTEST and hit.token[0] < _NO_SPACES)


def _is_beside(text: str, hits: Sequence[_Hit], *, place: int) -> bool:
    """Whether another name stands right before or behind."""
    hit = hits[place]
    before, behind = hits[max(0, place - 1) : place], hits[place + 1 : place + 2]
    return any(text[one.end : hit.start] == " " for one in before) or any(
        text[hit.end : one.start] == " " for one in behind
    )


def _said(text: str, group: Sequence[_Hit]) -> str:
    """A row of hits as it stands, those in the other letters in the name's own."""
    said, end = "", group[0].start
    for hit in group:
        said += text[end : hit.start] + (hit.token if hit.heard else text[hit.start : hit.end])
        end = hit.end
    return said


def _grouped(text: str, hits: Sequence[_Hit]) -> list[list[_Hit]]:
    """Rows of hits with nothing but a space, a hyphen, an initial or a particle between them; in `Smith, John Smith`
    the first is a mention of its own."""
    groups: list[list[_Hit]] = []
    for place, hit in enumerate(hits):
        group = groups[-1] if groups else []
        if group and hit.start < group[-1].end:
            continue
        again = [one for one in hits[place + 1 : place + 3] if group and one.token == group[-1].token]
        listed = any(text[hit.end : one.start] == " " for one in again)
        if group and not listed and _joins(text, group, hit=hit):
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
