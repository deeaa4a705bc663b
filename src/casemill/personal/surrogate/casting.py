"""Who plays whom: one surrogate for each entity, written into the text in the form of every mention."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from casemill.domain.placeholder import PLACEHOLDER, Entity
from casemill.personal.inflection import plain
from casemill.personal.masking import Masked, MaskedSpan, Together
from casemill.personal.surrogate import numbers
from casemill.personal.surrogate.avoided import Avoided
from casemill.personal.surrogate.chance import Draw
from casemill.personal.surrogate.contacts import email, url, username
from casemill.personal.surrogate.dates import birth
from casemill.personal.surrogate.grammar import latin
from casemill.personal.surrogate.person import Person
from casemill.personal.surrogate.places import FIRM_WORDS, STREET_WORDS, address, firm, shop

SEED = "casemill"
ATTEMPTS = 40
_PART_OF = {"CARD_LAST4": ("CARD", "IBAN", "ACCOUNT"), "PHONE": ("PHONE",), "PHONE_PART": ("PHONE",)}
_LETTERS = re.compile(r"[^\W\d_]+")
_TITLE = re.compile(r"(?:^|[^\w])(mr|mrs|ms|miss|dr|prof|sir|madam|г-жа|госпожа|господин|г-н)\.?\s$", re.IGNORECASE)

Shape = Callable[[str, Draw], str]
_SHAPES: dict[str, Shape] = {
    "PHONE": numbers.phone,
    "CARD": numbers.card,
    "IBAN": numbers.iban,
    "IIN": numbers.iin,
    "SSN": numbers.ssn,
    "IP": numbers.ip,
    "DEVICE": numbers.device,
    "DOB": birth,
    "ADDRESS": address,
    "PLACE": address,
    "STORE": shop,
    "BRANCH": shop,
}
_OF_PEOPLE = {"EMAIL": email, "USERNAME": username, "URL": url}
_CODES = frozenset({"ORDER", "ACCOUNT", "TICKET"})
_SHUFFLED = frozenset({"PASSPORT", "PLATE", "SECRET", "ZIP"})
_SEARCHED = 200


class Dressed(NamedTuple):
    """A text with surrogates, and the surrogate of each of its spans, in their order."""

    text: str
    surrogates: tuple[str, ...]


class Cast:
    """Surrogates for as many texts as are given, at once or one after the other; the seed decides all of them."""

    def __init__(self, seed: str = SEED, *, known: Iterable[str] = ()) -> None:
        """`known` are values of real people: no surrogate looks like one of them, nor like what it stands for."""
        self._seed = seed
        self._avoided = Avoided()
        self._avoided.add(known)
        self._people: dict[str, Person] = {}
        self._owners: dict[str, Person] = {}
        self._draws: dict[str, Draw] = {}
        self._values: dict[str, list[str]] = {}
        self._given: dict[str, str] = {}
        self._of_label: dict[str, dict[str, None]] = {}

    def dress(
        self, texts: Sequence[str], masked: Sequence[Masked], *, entities: Iterable[Entity] = ()
    ) -> tuple[Dressed, ...]:
        """The texts as they were, with surrogates where they were masked. `entities` tell other ways to write them."""
        for entity in entities:
            self._note(entity.placeholder, entity.label, values=entity.values)
        for text, result in zip(texts, masked, strict=True):
            for span in result.spans:
                self._note(span.placeholder, span.label, values=(text[span.start : span.end],))
        for text, result in zip(texts, masked, strict=True):
            for span in result.spans:
                if span.label == "NAME":
                    self._person(span.placeholder, before=text[max(0, span.start - 12) : span.start])
        return tuple(self._dressed(text, result.spans) for text, result in zip(texts, masked, strict=True))

    def meet(self, given: str | None, masked: str) -> str:
        """Take up a value from a masked text of which no spans are known, for `dress_loosely`; the text as it is."""
        if alone := _alone(given, masked):
            self._note(alone.placeholder, alone.label, values=(alone.value,))
        return masked

    def dress_loosely(self, given: str | None, masked: str) -> str:
        """A masked text of which no spans are known; `given` is the original, where there is one.

        A placeholder alone in its text takes the form of what it stands for, another that of the longest mention; one
        that was never met and one that the original writes out itself stay.
        """
        if alone := _alone(given, masked):
            return masked.replace(alone.placeholder, self.surrogate(alone.placeholder, alone.label, value=alone.value))

        def change(match: re.Match[str]) -> str:
            if match[0] not in self._values or (given is not None and match[0] in given):
                return match[0]
            return self.surrogate(match[0], match[1], value=max(self._values[match[0]], key=len))

        return PLACEHOLDER.sub(change, masked)

    def _note(self, placeholder: str, label: str, *, values: Iterable[str]) -> None:
        known = self._values.setdefault(placeholder, [])
        fresh = [value for value in dict.fromkeys(values) if value not in known]
        known += fresh
        self._of_label.setdefault(label, {})[placeholder] = None
        self._avoided.add(fresh)

    def _dressed(self, text: str, spans: Sequence[MaskedSpan]) -> Dressed:
        pieces: list[str] = []
        drawn: list[str] = []
        position = 0
        for span in sorted(spans, key=lambda span: span.start):
            drawn.append(self.surrogate(span.placeholder, span.label, value=text[span.start : span.end]))
            pieces += (text[position : span.start], drawn[-1])
            position = span.end
        return Dressed("".join((*pieces, text[position:])), tuple(drawn))

    def surrogate(self, placeholder: str, label: str, *, value: str) -> str:
        """What stands for this writing of the thing."""
        if label == "NAME":
            return self._person(placeholder).written_as(value)
        if part := self._part_of(placeholder, label, value=value):
            return part
        if placeholder not in self._draws:
            self._draws[placeholder] = self._settled(placeholder, label, value=value)
        return self._shape(label)(value, self._draws[placeholder])

    def _settled(self, placeholder: str, label: str, *, value: str) -> Draw:
        """The first draw that looks like nothing known and like nobody else's surrogate."""
        draw = Draw(self._seed, placeholder)
        shape = self._shape(label)
        form = STREET_WORDS if label in ("ADDRESS", "PLACE") else FIRM_WORDS | STREET_WORDS
        for _ in range(ATTEMPTS):
            drawn = shape(value, draw)
            other = drawn != value and self._given.get(drawn, placeholder) == placeholder
            if other and self._avoided.allows(drawn, form=form | self._kept(value, label=label)):
                break
            draw = draw.again()
        self._given[drawn] = placeholder
        return draw

    def _kept(self, value: str, *, label: str) -> set[str]:
        """Words of the form of this value; those of people, who have their surrogates."""
        if label in _OF_PEOPLE:
            people = self._people.values()
            return {latin(plain(word)) for person in people for word in (person.given(), person.surname())}
        return {plain(word) for word in _LETTERS.findall(value) if numbers.is_of_form(word)}

    def _shape(self, label: str) -> Shape:
        if label in _OF_PEOPLE:
            build = _OF_PEOPLE[label]
            return lambda value, draw: build(value, draw, owner=self._owner)
        if label in _SHAPES:
            return _SHAPES[label]
        return _code if label in _CODES else _shuffled if label in _SHUFFLED else _other

    def _person(self, placeholder: str, *, before: str = "") -> Person:
        if placeholder not in self._people:
            title = _TITLE.search(before)
            self._people[placeholder] = Person(
                self._values[placeholder],
                Draw(self._seed, placeholder),
                avoided=self._avoided,
                before=title[1] if title else "",
            )
            person = self._people[placeholder]
            self._avoided.give_out((person.given(), person.surname()))
            for word in person.words():
                self._owners.setdefault(word, person)
        return self._people[placeholder]

    def _owner(self, words: Sequence[str]) -> Person | None:
        """Whose words stand in an address: one of them alone, or several run together."""
        for word in words:
            if person := self._owners.get(latin(plain(word))):
                return person
        few = list(self._people.values())[:_SEARCHED]
        return next((person for person in few if any(person.counterpart(word) for word in words)), None)

    def _part_of(self, placeholder: str, label: str, *, value: str) -> str | None:
        """`ends in 4471` is the end of the surrogate of the card that ends so; `starts with 8701` likewise."""
        shown = numbers.digits_in(value)
        if label not in _PART_OF or not 3 <= len(shown) <= 6:
            return None
        for other in [one for kind in _PART_OF[label] for one in self._of_label.get(kind, ())]:
            whole = next((value for value in self._values[other] if len(numbers.digits_in(value)) > 6), None)
            if whole is None or other == placeholder:
                continue
            drawn = numbers.digits_in(self.surrogate(other, other[1:].rpartition("_")[0], value=whole))
            if numbers.digits_in(whole).endswith(shown):
                return numbers.filled(value, drawn[-len(shown) :])
            if numbers.digits_in(whole).startswith(shown):
                return numbers.filled(value, drawn[: len(shown)])
        return None


class _Alone(NamedTuple):
    """The one placeholder of a text, and what it stands for."""

    placeholder: str
    label: str
    value: str


def _alone(given: str | None, masked: str) -> _Alone | None:
    found = list(PLACEHOLDER.finditer(masked))
    if given is None or len(found) != 1:
        return None
    before, after = masked[: found[0].start()], masked[found[0].end() :]
    value = given[len(before) : len(given) - len(after)]
    if not value or given != before + value + after or value == found[0][0]:
        return None
    return _Alone(found[0][0], found[0][1], value)


def _code(value: str, draw: Draw) -> str:
    return numbers.reshaped(value, draw)


def _shuffled(value: str, draw: Draw) -> str:
    return numbers.reshaped(value, draw, keep_words=False)


def _other(value: str, draw: Draw) -> str:
    """What nobody here knows: words as a firm's, ids sign by sign."""
    is_code = not any(map(str.isspace, value)) and any(map(str.isdecimal, value))
    return numbers.reshaped(value, draw) if is_code else firm(value, draw)


def surrogate_text(text: str, masked: Masked, *, seed: str = SEED, entities: Iterable[Entity] = ()) -> str:
    """The text with a surrogate where each placeholder of `masked` would stand."""
    return Cast(seed).dress([text], [masked], entities=entities)[0].text


def surrogate_together(texts: Sequence[str], together: Together, *, seed: str = SEED) -> tuple[Dressed, ...]:
    """The texts of a ticket with one cast of surrogates."""
    return Cast(seed).dress(texts, together.texts, entities=together.entities)
