"""Values that are known: of the ticket a text comes from (its payload's people, its mapping), or of any other ticket.

A ticket's own values are compared as they are. Of all the others only keyed digests are at hand: pieces of the text are
digested with the vault's key and looked up, so that no value is opened and none can be listed. Names that a payload
gives are looked for in the other alphabet, too: by what `leaks_letters` leaves of them.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from casemill.anonymize.leaks_letters import SHORTEST, folds, is_ended, is_other_script
from casemill.anonymize.leaks_words import ORDINARY, ROLES
from casemill.domain.arrival import Identity
from casemill.domain.placeholder import Entity
from casemill.personal.shapes import digit_windows, flat
from casemill.store.known import (
    DIGIT,
    FEWEST_DIGITS,
    FEWEST_SIGNS,
    LONGEST,
    PHONE_DIGITS,
    WORD,
    Form,
    KnownValues,
    plain,
)

NEAR = 3
_TOKEN = re.compile(r"[^\s<>()\[\]{}\"'`,;:!?|=/\\\0]{7,320}")
_RUN = re.compile(r"[0-9](?:[0-9 ().\u00a0\u2013-]*[0-9])?")
_GROUP = re.compile(r"[0-9]+")
_MONEY = "$€£₸₽¥₴₹"
_ENDINGS = "аеёиоуыэюяйьәіұү"
_LONGEST_ENDING = 4
# A word of so many letters that sounds like a name is hardly another.
_TELLING = 6
MOST_SEEN = 500_000


# Types that masking finds by how words stand, without a form or a payload to say so.
GUESSED = frozenset({"NAME", "ADDRESS", "ORG"})


class Met(NamedTuple):
    """A known value in a text: where it begins and ends, its type, and by what it is known.

    `guessed` are the words when only masking ever called them personal, `meant` is False when one such word is not
    written as a name here.
    """

    start: int
    type: str
    how: str
    guessed: tuple[str, ...] = ()
    meant: bool = True
    end: int = 0


class _Value(NamedTuple):
    """What a form stands for; `sure` when a payload, a reader or its form says so."""

    type: str
    how: str
    sure: bool


class Text(NamedTuple):
    """A text as it is searched: as it stands, and in `plain` writing with its words."""

    raw: str
    plain: str
    words: Sequence[re.Match[str]]


def text_of(raw: str) -> Text:
    read = plain(flat(raw))
    return Text(raw, read, list(WORD.finditer(read)))


def plain_words(text: str) -> list[str]:
    """The words of a text in `plain` writing."""
    return WORD.findall(plain(text))


class Own:
    """The values of one ticket; `confirmed` says of a value whether a reader called it personal."""

    def __init__(
        self,
        people: Iterable[Identity] = (),
        entities: Iterable[Entity] = (),
        *,
        confirmed: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._phrases: dict[str, dict[tuple[str, ...], _Value]] = defaultdict(dict)
        self._digits: dict[str, _Value] = {}
        self._stems: dict[str, tuple[str, _Value]] = {}
        self._heard: dict[str, dict[str, _Value]] = defaultdict(dict)
        named = list(values_of(people))
        for label, value in named:
            self._add(value, _Value(label, "payload", sure=True))
        told = {plain(value) for _, value in named}
        for entity in entities:
            sure = entity.label not in GUESSED or any(
                plain(value) in told or confirmed(value) for value in entity.values
            )
            for value in entity.values:
                self._add(value, _Value(entity.label, "mapping", sure))

    def _add(self, value: str, met: _Value) -> None:
        flat = plain(value)
        words = tuple(WORD.findall(flat))
        digits = "".join(DIGIT.findall(flat))
        label = met.type
        if not words or (label == "NAME" and ROLES.intersection(words)):
            return
        if len(digits) >= FEWEST_DIGITS and not any(sign.isalpha() for sign in flat):
            self._digits.setdefault(digits[-PHONE_DIGITS:] if label == "PHONE" else digits, met)
            if label == "PHONE" and len(digits) >= PHONE_DIGITS:
                self._digits.setdefault(digits[-FEWEST_DIGITS:], met)
            return
        if len(words) == 1 and len(words[0]) < (3 if label == "NAME" else 4):
            return
        # A town or a street alone is a fact.
        if label != "ADDRESS" or len(words) >= (2 if digits else 3):
            self._phrases[words[0]].setdefault(words, met)
        if label == "NAME":
            for word in words:
                self._name(word, met)

    def _name(self, word: str, met: _Value) -> None:
        if len(word) < 3 or not word.isalpha():
            return
        self._phrases[word].setdefault((word,), met)
        stem = word.rstrip(_ENDINGS)
        if len(word) >= 4 and len(stem) >= 3 and "а" <= word[0] <= "ӿ":
            self._stems.setdefault(stem, (word, met))
        if met.sure:
            for fold in folds(word):
                self._heard[fold[:2]].setdefault(word, met)

    def guesses(self) -> Iterator[tuple[str, ...]]:
        """What only masking called personal, in words."""
        return (words for own in self._phrases.values() for words, value in own.items() if not value.sure)

    def find(self, text: Text) -> Iterator[Met]:
        """Each value of the ticket's that the text holds."""
        if not self._phrases and not self._digits:
            return
        for place, word in enumerate(text.words):
            if (phrases := self._phrases.get(word[0])) is not None:
                yield from _spoken(text, place, phrases=phrases)
            else:
                yield from self._in_other_forms(text, place)
        if self._digits:
            for start, end, digits in numbers(text.plain):
                met = self._digits.get(digits) or self._digits.get(digits[-PHONE_DIGITS:])
                if met is not None:
                    yield Met(start, met.type, met.how, end=end)

    def _in_other_forms(self, text: Text, place: int) -> Iterator[Met]:
        if self._stems and text.words[place][0][0] >= "а":
            yield from self._inflected(text, text.words[place])
        if self._heard:
            yield from self._in_other_letters(text, place)

    def _in_other_letters(self, text: Text, place: int) -> Iterator[Met]:
        """A name in the other alphabet: alone where it is long or written as a name, with an ending where it has a
        capital or another of the ticket's names stands beside it."""
        word = text.words[place]
        names = self._sounding(word[0])
        if not names or (len(word[0]) < SHORTEST and not _is_capital(text, word)):
            return
        name, value = names[0]
        exact = not set(folds(name)).isdisjoint(folds(word[0]))
        ended = is_ended(name, word[0], least=SHORTEST)
        long = len(word[0]) >= _TELLING and word[0] not in ORDINARY
        alone = (exact or (ended and _is_capital(text, word))) if long else (exact or ended) and _is_named(text, word)
        if alone or any(map(self._sounding, _beside(text, place))):
            yield Met(word.start(), value.type, value.how, end=word.end())

    def _sounding(self, word: str) -> list[tuple[str, _Value]]:
        """The names that a word may be in the other alphabet."""
        near = dict(pair for fold in folds(word) for pair in self._heard.get(fold[:2], {}).items())
        return [(name, value) for name, value in near.items() if is_other_script(name, word) and is_ended(name, word)]

    def _inflected(self, text: Text, word: re.Match[str]) -> Iterator[Met]:
        for size in range(3, len(word[0]) + 1):
            found = self._stems.get(word[0][:size])
            if found is not None and len(word[0]) - size <= _LONGEST_ENDING and _is_capital(text, word):
                yield _met(text, (word, word), words=(found[0],), value=found[1])


def _met(text: Text, place: tuple[re.Match[str], re.Match[str]], *, words: tuple[str, ...], value: _Value) -> Met:
    first, last = place
    if value.sure:
        return Met(first.start(), value.type, value.how, end=last.end())
    meant = len(words) > 1 or _is_named(text, first)
    return Met(first.start(), value.type, value.how, words, meant, last.end())


def values_of(people: Iterable[Identity]) -> Iterator[tuple[str, str]]:
    """What a payload says of its people, each with its label; the AI is nobody."""
    for person in people:
        if person.role != "assistant":
            yield from (("NAME", name) for name in person.names)
            yield from (("EMAIL", mail) for mail in person.emails)
            yield from (("PHONE", phone) for phone in person.phones)
            yield from (("USERNAME", name) for name in person.usernames)


def _beside(text: Text, place: int) -> Iterator[str]:
    """The words right before and behind a word."""
    for first, last in ((place - 1, place), (place, place + 1)):
        if first >= 0 and last < len(text.words) and text.words[last].start() - text.words[first].end() <= NEAR:
            yield text.words[first if last == place else last][0]


def heard_of(people: Iterable[Identity]) -> Iterator[tuple[str, str]]:
    """The names of people as they are whatever the alphabet, each with its label."""
    for label, value in values_of(people):
        if label == "NAME":
            yield label, " ".join(folds(word)[0] for word in plain_words(value))


def _spoken(text: Text, place: int, *, phrases: dict[tuple[str, ...], _Value]) -> Iterator[Met]:
    """The longest phrase that begins with this word."""
    for words, value in sorted(phrases.items(), key=lambda phrase: -len(phrase[0])):
        if following(text, place, count=len(words)) == words:
            if len(words) > 1 or _stands_alone(text, text.words[place], label=value.type):
                yield _met(text, (text.words[place], text.words[place + len(words) - 1]), words=words, value=value)
            return


def following(text: Text, place: int, *, count: int) -> tuple[str, ...] | None:
    """So many words from this one on, when nothing much stands between them."""
    words = text.words[place : place + count]
    near = all(0 <= after.start() - word.end() <= NEAR for word, after in pairwise(words))
    between = text.plain[words[0].start() : words[-1].end()]
    return tuple(word[0] for word in words) if len(words) == count and near and "\0" not in between else None


def _stands_alone(text: Text, word: re.Match[str], *, label: str) -> bool:
    """Whether one word is the value and no amount, no decimal, no ordinary word, no part of a longer id."""
    before, after = text.plain[max(0, word.start() - 1) : word.start()], text.plain[word.end() : word.end() + 2]
    if word[0].isdecimal():
        decimal = after[:1] in (".", ",") and after[1:].isdecimal()
        return before not in (*_MONEY, ".", ",", "-", "_") and not decimal and after[:1] not in ("%", "_", "-", *_MONEY)
    return label != "NAME" or _is_meant(text, word)


def _is_meant(text: Text, word: re.Match[str]) -> bool:
    """A name that is a word, too, counts where it is written as a name."""
    return word[0] not in ORDINARY or _is_named(text, word)


def _is_named(text: Text, word: re.Match[str]) -> bool:
    """Capitalised inside a sentence."""
    before = text.plain[max(0, word.start() - NEAR) : word.start()].rstrip(" \"'«“*_-")[-1:]
    return _is_capital(text, word) and before not in ("", ".", "!", "?", ":", "\n", ">", "\0")


def _is_capital(text: Text, word: re.Match[str]) -> bool:
    return len(text.raw) == len(text.plain) and text.raw[word.start()].isupper()


def numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Digits as one number, with everything between that could belong to it; where each begins and ends."""
    for run in _RUN.finditer(text):
        groups = [(run.start() + group.start(), group[0]) for group in _GROUP.finditer(run[0])]
        if sum(len(digits) for _, digits in groups) >= FEWEST_DIGITS:
            for first, last, digits in digit_windows(groups):
                if FEWEST_DIGITS <= len(digits) <= 40:
                    yield groups[first][0], groups[last][0] + len(groups[last][1]), digits


class Anybody:
    """The values of all tickets, by digest."""

    def __init__(self, known: KnownValues) -> None:
        self._known = known
        self._seen: dict[Form, str | None] = {}

    def find(self, text: Text) -> Iterator[Met]:
        """Each value that the text holds, whoever's it is."""
        for place, word in enumerate(text.words):
            if word[0] in ORDINARY:
                continue
            if self._label(Form("head", word[0])) is not None:
                yield from self._spoken(text, place)
            elif word[0].isalpha() and any(self._label(Form("head", fold)) is not None for fold in folds(word[0])):
                yield from self._heard(text, place)
        digits = any(sign in text.plain for sign in "0123456789")
        if digits or "@" in text.plain:
            yield from self._tokens(text)
        if digits:
            yield from self._numbers(text)

    def _spoken(self, text: Text, place: int) -> Iterator[Met]:
        for count in range(LONGEST, 1, -1):
            words = following(text, place, count=count)
            form = Form("words", " ".join(words)) if words is not None else None
            if words is None or form is None or (label := self._label(form)) is None:
                continue
            guessed = words if label in GUESSED and not self._known.is_sure(form) else ()
            yield Met(text.words[place].start(), label, "digest", guessed, end=text.words[place + count - 1].end())
            return

    def _heard(self, text: Text, place: int) -> Iterator[Met]:
        """A name of two words or more that a payload gives, in the other alphabet."""
        for count in range(LONGEST, 1, -1):
            words = following(text, place, count=count)
            if words is None:
                continue
            for said in product(*map(folds, words)):
                form = Form("words", " ".join(said))
                if self._label(form) == "NAME" and self._known.is_sure(form):
                    yield Met(text.words[place].start(), "NAME", "digest", end=text.words[place + count - 1].end())
                    return

    def _tokens(self, text: Text) -> Iterator[Met]:
        for match in _TOKEN.finditer(text.plain):
            token = match[0].strip("#@.-_")
            if len(token) >= FEWEST_SIGNS - 1 and ("@" in token or any(sign.isdecimal() for sign in token)):
                label = self._label(Form("token", token))
                if label is not None:
                    start = match.start() + match[0].index(token)
                    yield Met(start, label, "digest", end=start + len(token))

    def _numbers(self, text: Text) -> Iterator[Met]:
        for start, end, digits in numbers(text.plain):
            for form in dict.fromkeys((digits, digits[-PHONE_DIGITS:])):
                label = self._label(Form("digits", form))
                if label is not None and (form == digits or label == "PHONE"):
                    yield Met(start, label, "digest", end=end)
                    break

    def _label(self, form: Form) -> str | None:
        """Words come again and again; the memory of them is emptied before it grows too large."""
        try:
            return self._seen[form]
        except KeyError:
            if len(self._seen) >= MOST_SEEN:
                self._seen.clear()
            self._seen[form] = self._known.label(form)
            return self._seen[form]
