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
from casemill.personal.surrogate.parts import Whole, Wholes, agreeing, is_part
from casemill.personal.surrogate.people import Persons
from casemill.personal.surrogate.places import FIRM_WORDS, STREET_WORDS, address, firm, shop
from casemill.personal.surrogate.same import Same

SEED = "casemill"
ATTEMPTS = 40
_LETTERS = re.compile(r"[^\W\d_]+")

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
_SHUFFLED = frozenset({"PASSPORT", "PLATE", "SECRET", "ZIP", "NATIONAL_ID"})


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
        self._persons = Persons(seed, self._avoided)
        self._draws: dict[str, Draw] = {}
        self._values: dict[str, dict[str, None]] = {}
        self._given: dict[str, str] = {}
        self._wholes = Wholes()
        self._same = Same()
        self._written: dict[tuple[str, str], str] = {}

    def dress(
        self, texts: Sequence[str], masked: Sequence[Masked], *, entities: Iterable[Entity] = ()
    ) -> tuple[Dressed, ...]:
        """The texts as they were, with surrogates where they were masked. `entities` tell other ways to write them."""
        for text, result in zip(texts, masked, strict=True):
            for span in result.spans:
                self._note(span.placeholder, span.label, values=(text[span.start : span.end],))
                if span.label == "NAME":
                    self._persons.meet(span.placeholder, text, at=(span.start, span.end))
        for entity in entities:
            self._note(entity.placeholder, entity.label, values=entity.values)
        self._persons.cast()
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
        known = self._values.setdefault(placeholder, {})
        fresh = [value for value in dict.fromkeys(values) if value not in known]
        known.update(dict.fromkeys(fresh))
        self._avoided.add(fresh)
        for value in fresh:
            if label == "NAME":
                self._persons.note(placeholder, value)
            elif label == "EMAIL":
                self._same.note(placeholder, value)
            else:
                self._wholes.add(label, placeholder, value=value)

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
            return self._persons.of(placeholder).written_as(value)
        if (placeholder, value) not in self._written:
            agreed = self._agreeing(placeholder, label, value=value)
            self._written[placeholder, value] = agreed or self._drawn(placeholder, label, value=value)
        return self._written[placeholder, value]

    def _drawn(self, placeholder: str, label: str, *, value: str) -> str:
        if label == "EMAIL":
            placeholder = self._same.of(placeholder, value)
        if placeholder not in self._draws:
            self._draws[placeholder] = self._settled(placeholder, label, value=value)
        return self._shape(label)(value, self._draws[placeholder])

    def _agreeing(self, placeholder: str, label: str, *, value: str) -> str | None:
        """`ends in 4471` is the end of the surrogate of the card that ends so; `starts with 8701` likewise."""
        for whole in self._wholes.above(label, placeholder, value=value):

            def drawn(whole: Whole = whole) -> str:
                return self.surrogate(whole.placeholder, whole.label, value=whole.value)

            if agreed := agreeing(value, whole.value, drawn=drawn, label=label):
                return agreed
        return None

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
            return self._persons.made
        return {plain(word) for word in _LETTERS.findall(value) if numbers.is_of_form(word)}

    def _shape(self, label: str) -> Shape:
        if label in _OF_PEOPLE:
            build = _OF_PEOPLE[label]
            return lambda value, draw: build(value, draw, owner=self._persons.owner)
        if label in _SHAPES:
            return _SHAPES[label]
        if is_part(label):
            return numbers.piece
        return _code if label in _CODES else _shuffled if label in _SHUFFLED else _other


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
