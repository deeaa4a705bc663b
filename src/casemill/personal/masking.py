"""The anonymizer: texts and known people in, masked texts, spans and entities out; masking twice is masking once."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from casemill.domain.arrival import Identity
from casemill.domain.placeholder import Entity, Span
from casemill.domain.word import Word
from casemill.personal.answer import is_short, lead_of
from casemill.personal.context import lower
from casemill.personal.find import candidates, settle
from casemill.personal.keep import Kept, occurrences
from casemill.personal.link import Known, Register, known_values
from casemill.personal.names import People
from casemill.personal.spread import Values
from casemill.personal.veil import cover, cover_placeholders

_TERM = re.compile(r"(?P<label>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*):(?!//)\s*(?P<term>\S.*)", re.DOTALL)
_OF_ITS_FORM = frozenset({"EMAIL", "PHONE", "CARD", "IBAN", "IIN", "SSN"})
_USERNAME = re.compile(r"[\w.-]*[\d_.][\w.-]*")


class MaskedSpan(Word):
    """A masked piece, by character offsets in the text as it was given."""

    start: int
    end: int
    label: str
    placeholder: str


class Masked(Word):
    """A text with placeholders, and what they stand in for, in order; spans never overlap."""

    text: str
    spans: tuple[MaskedSpan, ...] = ()


class Together(Word):
    """Texts masked under one numbering, and the entities: those given first, then new ones by first mention."""

    texts: tuple[Masked, ...]
    entities: tuple[Entity, ...] = ()


class Terms(NamedTuple):
    """A company's own words: `keep` stay unless they are part of something longer, `always` are masked.

    An entry of `always` is a word or phrase, labelled ORG, or carries its own label: `COURIER:Fast Fox`.
    """

    keep: Iterable[str] = ()
    always: Iterable[str] = ()


def mask(
    text: str, known: Iterable[str | Identity] = (), *, keep: Iterable[str] = (), always: Iterable[str] = ()
) -> Masked:
    """Mask one text. `known` names the people in it: names, e-mail addresses, phones, user names, or Identities."""
    people = [entry if isinstance(entry, Identity) else identity_of(entry) for entry in known]
    return mask_together([text], known=people, keep=keep, always=always).texts[0]


def mask_together(
    texts: Sequence[str],
    *,
    known: Sequence[Identity] = (),
    entities: Sequence[Entity] = (),
    keep: Iterable[str] = (),
    always: Iterable[str] = (),
) -> Together:
    """Mask the texts of one ticket under one numbering, by first mention; given entities keep their numbers."""
    masker = Masker(known, entities=entities, terms=Terms(keep, always))
    masked = masker.mask(texts)
    return Together(texts=masked, entities=masker.entities())


def identity_of(text: str, *, role: str = "other") -> Identity:
    """What a person typed to name somebody: an e-mail address, a phone, a user name or a name."""
    text = text.strip()
    digits = sum(sign.isdigit() for sign in text)
    field = "names"
    if "@" in text.strip("@"):
        field = "emails"
    elif digits >= 7 and not any(sign.isalpha() for sign in text):
        field = "phones"
    elif text.startswith("@") or _USERNAME.fullmatch(text):
        field = "usernames"
    return Identity(role=role, **{field: (text.lstrip("@"),)})  # type: ignore[arg-type]


NO_TERMS = Terms()


class Masker:
    """One numbering over as many texts as are given to it, at once or one after the other."""

    def __init__(
        self,
        known: Sequence[Identity] = (),
        *,
        entities: Sequence[Entity] = (),
        terms: Terms = NO_TERMS,
        values: Iterable[Known] = (),
    ) -> None:
        self._people = People(known, entities)
        self._kept = Kept(terms.keep)
        self._always = [_labelled(term.strip()) for term in terms.always if term.strip()]
        self._register = Register(entities)
        self._values = Values()
        for value in known_values(known):
            self._values.learn(value.label, value.value, certain=True)
            self._register.belongs(value)
        for value in values:
            self._values.learn(value.label, value.value, certain=value.label == "ADDRESS")
        for entity in entities:
            for text in entity.values:
                self._values.learn(entity.label, text)

    def entities(self) -> tuple[Entity, ...]:
        """Everybody and everything so far: those given first, then by first mention."""
        return self._register.entities()

    def mask(self, texts: Sequence[str], *, only_known: Container[int] = ()) -> tuple[Masked, ...]:
        """The texts, masked. In those at the places `only_known`, the company's own words, of what is not known only
        that is looked for which has a form of its own: addresses, phones, cards."""
        for text in texts:
            self._register.reserve(text)
        pages = [_Page(text, searched=place not in only_known) for place, text in enumerate(texts)]
        for page, before in zip(pages[1:], pages, strict=False):
            page.before = before
        learned = True
        while learned or any(page.changed for page in pages):
            for page in pages:
                page.take(self._look(page, learned=learned))
            learned = sum(self._learn(page) for page in pages) > 0
            for page in pages:
                page.changed |= page.before is not None and bool(page.before.fresh) and is_short(page.work)
        return tuple(self._written(page) for page in pages)

    def _look(self, page: "_Page", *, learned: bool) -> tuple[Span, ...]:
        """What is still to be masked on a page; the values themselves first, for they win among equals."""
        found: list[Span] = []
        if learned or page.changed:
            found += self._values.find(page.work, page.lowered)
        if page.changed:
            found += self._named(page)
        if not found:
            return ()
        kept = self._kept.places(page.lowered)
        return settle(span for span in found if not any(start <= span.start and span.end <= end for start, end in kept))

    def _named(self, page: "_Page") -> Iterator[Span]:
        for label, term in self._always:
            yield from (Span(start=start, end=end, label=label) for start, end in occurrences(term, page.lowered))
        yield from self._people.mentions(page.work, page.lowered)
        if not page.searched:
            yield from (span for span in candidates(page.work) if span.label in _OF_ITS_FORM)
        else:
            yield from candidates(page.work)
            if lead := lead_of(page.before.work if page.before else "", page.work):
                yield from _moved(candidates(lead + page.work), back=len(lead))

    def _learn(self, page: "_Page") -> int:
        """How many values to look for elsewhere the page has just given."""
        return sum(self._values.learn(span.label, page.text[span.start : span.end]) for span in page.fresh)

    def _written(self, page: "_Page") -> Masked:
        """The page with its placeholders; numbers are given out here, in the order of the text."""
        pieces: list[str] = []
        spans: list[MaskedSpan] = []
        position = 0
        for span in sorted(page.spans, key=lambda span: span.start):
            label, number = self._place(span.label, page.text[span.start : span.end])
            placeholder = f"[{label}_{number}]"
            pieces += (page.text[position : span.start], placeholder)
            spans.append(MaskedSpan(start=span.start, end=span.end, label=label, placeholder=placeholder))
            position = span.end
        return Masked(text="".join((*pieces, page.text[position:])), spans=tuple(spans))

    def _place(self, label: str, value: str) -> tuple[str, int]:
        person = self._people.owner(value) if label == "NAME" else None
        if person is None:
            return self._register.place(label, (value,))
        return self._register.place(label, (*person.names, value), role=person.role)


class _Page:
    """A text while it is masked: what was found is covered, so that the rest is looked at as it will stand."""

    def __init__(self, text: str, *, searched: bool) -> None:
        self.text = text
        self.searched = searched
        self.work = cover_placeholders(text)
        self.lowered = lower(self.work)
        self.spans: list[Span] = []
        self.fresh: tuple[Span, ...] = ()
        self.changed = True
        self.before: _Page | None = None

    def take(self, found: tuple[Span, ...]) -> None:
        self.fresh = found
        self.changed = bool(found)
        self.spans += found
        if found:
            places = [(span.start, span.end) for span in found]
            self.work = cover(self.work, places)
            self.lowered = cover(self.lowered, places)


def _moved(spans: Iterable[Span], *, back: int) -> Iterator[Span]:
    """Spans found with something put before the text, as places in the text."""
    for span in spans:
        if span.start >= back:
            yield Span(start=span.start - back, end=span.end - back, label=span.label)


def _labelled(term: str) -> tuple[str, str]:
    match = _TERM.fullmatch(term)
    return (match["label"], lower(match["term"])) if match else ("ORG", lower(term))
