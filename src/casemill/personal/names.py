"""Mentions of known people: full name, either name, initials, lower case, Russian and Kazakh endings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize

from casemill.domain.arrival import Identity
from casemill.domain.placeholder import Entity, Span
from casemill.personal.inflection import is_form, plain, stems
from casemill.personal.keep import facts
from casemill.personal.link import Role
from casemill.personal.words import COMMON, GOES_ON, LONE_LETTERS, NOT_PEOPLE, PARTICLES, TITLES, WEEKDAYS

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_GAP = re.compile(
    r"[ \t\u00a0]{1,2}|[._'’-]|, |[ .\u00a0]{1,2}[^\W\d_](?:\.[ \u00a0]?|['’])"
    r"|[ \u00a0](?P<particle>[^\W\d_]{1,4})[ \u00a0]"
)
_AFTER = re.compile(r"[ \u00a0][^\W\d_](?![^\W_])\.?(?:[ \u00a0]?[^\W\d_]\.)?")
_BEFORE = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.[ \u00a0]?(?:[^\W\d_]\.[ \u00a0]?)?|[^\W\d_]['’])$")
_PATRONYMIC = re.compile(
    r"[ \u00a0](?:[А-ЯЁ]\w+(?:(?:ович|евич|ьич)(?:а|у|ем|е)?|(?:овн|евн|ичн)(?:а|ы|е|у|ой|ою))"
    r"|\w{2,}(?:ұлы|қызы|улы|кызы))(?!\w)"
)
_ESCAPES = ("\\n", "\\t", "\\r")
_NO_SPACES = "\u2e80"
_NEXT_WORD = re.compile(r"[ \t]+([^\W\d_]+)")


class Person(NamedTuple):
    """Somebody the payload or an earlier version names. `tokens` are the words of the names, as `plain` gives them."""

    role: Role
    names: tuple[str, ...]
    tokens: frozenset[str]


class _Hit(NamedTuple):
    start: int
    end: int
    token: str


class People:
    """The people of a ticket, and where a text mentions them."""

    def __init__(self, known: Iterable[Identity], entities: Iterable[Entity]) -> None:
        named = _merged(_person(person.role, person.names) for person in known if person.role != "assistant")
        earlier = (_person(entity.role, entity.values) for entity in entities if entity.label == "NAME")
        self.people = _merged(earlier, into=named)
        tokens = sorted({token for person in self.people for token in person.tokens})
        self._searched = [
            (form, token)
            for token in tokens
            for stem in stems(token)
            for form in dict.fromkeys((stem, normalize("NFD", stem)))
        ]
        self._initials = {token[0] for token in tokens}

    def mentions(self, text: str, lowered: str) -> Iterator[Span]:
        """Every mention, titles outside. `lowered` is the text in lower case, character for character."""
        lowered = lowered.replace("ё", "е")
        hits = sorted(
            hit for stem, token in self._searched if stem in lowered for hit in _hits(lowered, stem, token=token)
        )
        for group in _grouped(text, self._meant(text, hits)) if hits else ():
            yield from self._spans(text, group)

    def owner(self, mention: str) -> Person | None:
        """Whose mention it is; None when it could be several people's, or nobody's known."""
        fitting = [person for person in self.people if _fits(person, mention)]
        if len(fitting) <= 1:
            return fitting[0] if fitting else None
        exact = [person for person in fitting if plain(mention) in {plain(name) for name in person.names}]
        return exact[0] if len(exact) == 1 else None

    def _meant(self, text: str, hits: Sequence[_Hit]) -> list[_Hit]:
        """Without the hits that are common words or inside a date."""
        meant: list[_Hit] = []
        dates = None
        for hit in hits:
            if hit.token in COMMON or (len(hit.token) < 3 and hit.token[0] < _NO_SPACES):
                if not _is_meant(text, hit):
                    continue
                dates = facts(text) if dates is None else dates
                if any(start <= hit.start and hit.end <= end for start, end in dates):
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
            yield Span(start=start, end=end, label="NAME")
            group = group[size:]

    def _known(self, mention: str) -> bool:
        return any(_fits(person, mention) for person in self.people)

    def _widened(self, text: str, start: int, *, end: int) -> tuple[int, int]:
        """With initials and patronymic on either side, and digits that are part of the word."""
        while end < len(text) and text[end].isdigit():
            end += 1
        if patronymic := _PATRONYMIC.match(text, end):
            end = patronymic.end()
        elif (initial := _AFTER.match(text, end)) and self._is_initial(initial[0].strip()):
            end = initial.end()
        before = _BEFORE.search(text, max(0, start - 6), start)
        if before and before[0][0].isupper():
            start = before.start()
        return start, end

    def _is_initial(self, text: str) -> bool:
        letter = text[0]
        known = letter.lower() in self._initials
        if letter.isupper():
            return "." in text[1:] or (known and letter not in "IЯ")
        return known and letter not in LONE_LETTERS and text[1:] in ("", ".")


def _person(role: Role, names: Iterable[str]) -> Person:
    kept = tuple(name.strip() for name in names if _words(name))
    tokens = frozenset(token for name in kept for token in _tokens(name))
    return Person(role, kept, tokens)


def _words(name: str) -> list[str]:
    """The words of a name; none when it is an account of the company's or no name at all."""
    words = [plain(word) for word in _WORD.findall(name)]
    if "@" in name or any(word in NOT_PEOPLE for word in words):
        return []
    return [word for word in words if word not in TITLES]


def _tokens(name: str) -> Iterator[str]:
    words = [word for word in _words(name) if word not in PARTICLES | WEEKDAYS and len(word) > 1]
    yield from words
    if len(words) == 2 and len("".join(words)) >= 7:
        yield "".join(words)
        yield "".join(reversed(words))


def _merged(people: Iterable[Person], *, into: Sequence[Person] = ()) -> list[Person]:
    """People with a full name in common are one; so are those of an earlier version with the only one they fit."""
    merged = list(into)
    for person in people:
        if not person.tokens:
            continue
        names = {plain(name) for name in person.names}
        same = [i for i, other in enumerate(merged) if names & {plain(name) for name in other.names}]
        if not same:
            same = [i for i, other in enumerate(into) if all(_fits(other, name) for name in person.names)]
        if len(same) == 1 or (same and not into):
            merged[same[0]] = _joined(merged[same[0]], person)
        else:
            merged.append(person)
    return merged


def _joined(one: Person, other: Person) -> Person:
    names = tuple(dict.fromkeys((*one.names, *other.names)))
    return Person(one.role or other.role, names, one.tokens | other.tokens)


def _hits(lowered: str, stem: str, *, token: str) -> Iterator[_Hit]:
    """Where the name stands as a word of its own, in any of its endings. Scripts without spaces need no edges."""
    start = lowered.find(stem)
    while start >= 0:
        match = _WORD.match(lowered, start)
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
    patronymic = _PATRONYMIC.match(text, group[-1].end)
    end = patronymic.end() if patronymic else group[-1].end
    if not 0 < hit.start - end <= 8 or any(hit.token == other.token for other in group):
        return False
    gap = _GAP.fullmatch(text, end, hit.start)
    if gap is None or (gap[0] == ", " and len(group) > 1):
        return False
    return gap["particle"] is None or gap["particle"].lower() in PARTICLES


def _fits(person: Person, mention: str) -> bool:
    """Whether the mention's words are this person's. One word alone must have the right initial beside it."""
    words = [plain(word) for word in _WORD.findall(mention)]
    full = [word for word in words if len(word) > 1]
    if not all(_is_own(person, word) for word in full):
        return False
    initials = [word for word in words if len(word) == 1]
    if not initials or len(full) != 1:
        return True
    others = [token for token in person.tokens if not is_form(token, full[0])]
    return any(token.startswith(initials[0]) for token in others)


def _is_own(person: Person, word: str) -> bool:
    if word in PARTICLES or _PATRONYMIC.match(f" {word.capitalize()}"):
        return True
    return any(is_form(token, word) for token in person.tokens)
