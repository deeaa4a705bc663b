"""One ticket's masking, layer by layer: structured values and known identities, cues and the tagger, who is who, and
every value that was found looked for in all of the texts. Facts and a company's kept words stay throughout."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from casemill.domain.arrival import Identity
from casemill.domain.placeholder import Entity, Span, bracketed
from casemill.personal.address_evidence import street_of
from casemill.personal.addresses import addresses_of
from casemill.personal.answer import is_short, lead_of
from casemill.personal.context import lower
from casemill.personal.detectors import labels
from casemill.personal.everyday import is_everyday
from casemill.personal.find import candidates, settle
from casemill.personal.inflection import is_form, plain
from casemill.personal.link import Place, Register, known_values
from casemill.personal.masked import NO_TERMS, Masked, MaskedSpan, Terms, Together
from casemill.personal.names import People
from casemill.personal.own_words import OwnWords
from casemill.personal.page import Cues, Page
from casemill.personal.people import WORD, words_of
from casemill.personal.rounds import Steps, alone
from casemill.personal.spread import Values
from casemill.personal.tidy import names_of, united, whole_addresses
from casemill.personal.who import Circle, Mention, mention_at

if TYPE_CHECKING:
    from casemill.personal.told import Told

_OF_ITS_FORM = frozenset({"EMAIL", "PHONE", "CARD", "IBAN", "IIN", "SSN"})
_LAYERS = ("structured", "identities", "cues", "tagger:latin", "tagger:cyrillic", "spread")
_NONE_OWN = OwnWords(NO_TERMS)
_STREET = re.compile(r"[^,\n]*")
_THING = re.compile(r"(?<![^\W_])(?:[Aa]n?|[Tt]he|[Tt]his|these|those|each|every|any|another|some) ([a-z]{3,})")
# A name of which the tagger is less sure than this, met once, says nothing about other places.
UNSURE = 0.6
UNSURE_LOWER = 0.1
# So many doubted names are looked for again, and so long an address; an endless text stays quick.
_MOST = 500
_LONGEST = 300


class Masker:
    """One numbering over as many texts as are given to it, at once or one after the other.

    What it needs to know is taken up when it is first needed: most texts name nobody.
    """

    def __init__(
        self,
        known: Sequence[Identity] = (),
        *,
        entities: Sequence[Entity] = (),
        terms: Terms = NO_TERMS,
        told: "Told | None" = None,
    ) -> None:
        self._known, self._given, self._told = known, entities, told
        if told and told.people:
            self._known = (*known, *told.people)
        self._named = bool(self._known or entities)
        self._seeking = self._named or bool(told and told.values)
        self._own = OwnWords(terms, whole=self._bots()) if known or terms != NO_TERMS else _NONE_OWN
        own = self._own.labels | {entity.label for entity in entities}
        self._labels = labels() | own if own else labels()
        self._towns: frozenset[str] = frozenset(map(lower, told.towns)) if told else frozenset()
        self._things: frozenset[str] | None = None
        self._again: dict[str, bool] = {}
        self._circle: Circle | None = None
        self._placed: dict[int, Place] = {}
        self._unsure: dict[str, tuple[int, ...]] = {}
        self._layers: set[str] = set()
        self.doubt = 0.0

    @cached_property
    def _people(self) -> People:
        return People(self._known, self._given)

    @cached_property
    def _register(self) -> Register:
        register = Register(self._given)
        for value in known_values(self._known):
            register.belongs(value)
        return register

    @cached_property
    def _values(self) -> Values:
        values = Values()
        for value in known_values(self._known):
            values.learn(value.label, value.value, certain=True)
        for value in self._told.values if self._told else ():
            values.learn(value.label, value.value, certain=value.label == "ADDRESS")
        for entity in self._given:
            for text in entity.values:
                values.learn(entity.label, text)
        return values

    def _bots(self) -> Iterator[str]:
        """What the AI is called, unless a person is called so, too."""
        tokens = {token for person in self._people.given for token in person.tokens}
        for identity in self._known:
            if identity.role == "assistant":
                yield from (name for name in identity.names if tokens.isdisjoint(words_of(name)))

    def meet(self, found: "Told") -> None:
        """Take up whom a text's structured data names, before the text is masked."""
        self._seeking |= bool(found.people or found.values)
        for person in found.people:
            for name in person.names:
                self._people.learn(name, sure=True)
        for value in found.values:
            self._values.learn(value.label, value.value, certain=value.label == "ADDRESS")
        self._towns |= frozenset(map(lower, found.towns))

    def entities(self) -> tuple[Entity, ...]:
        """Everybody and everything so far: those given first, then by first mention."""
        return self._register.entities() if self._seeking else ()

    def together(self, texts: Sequence[Masked]) -> Together:
        """The masked texts with all that was found out on the way."""
        return Together(
            texts=tuple(texts), entities=self.entities(), layers=self.layers(), doubt=self.doubt, unsure=self.unsure()
        )

    def layers(self) -> tuple[str, ...]:
        """What ran on one of the texts at least."""
        return tuple(layer for layer in _LAYERS if layer in self._layers)

    def unsure(self) -> tuple[str, ...]:
        """Who may be the same as whom, by placeholders."""
        return tuple(self._doubted_names()) if self._unsure else ()

    def _doubted_names(self) -> Iterator[str]:
        for placeholder, rivals in self._unsure.items():
            places = [self._placed[who] for who in rivals if who in self._placed]
            others = dict.fromkeys(bracketed(*place) for place in places)
            others.pop(placeholder, None)
            if others:
                yield f"{placeholder} may be {' or '.join(others)}"

    def mask(self, texts: Sequence[str], *, only_known: Container[int] = ()) -> tuple[Masked, ...]:
        """The texts, masked. In those at the places `only_known`, the company's own words, of what is not known only
        that is looked for which has a form of its own: addresses, phones, cards."""
        return alone(self.steps(texts, only_known=only_known))

    def steps(
        self, texts: Sequence[str], *, only_known: Container[int] = (), leads: Sequence[int] = ()
    ) -> "Steps[tuple[Masked, ...]]":
        """As `mask`, stopping wherever texts are to be tagged. `leads`: so many characters before each of the texts
        only tell what it is."""
        self._things, self._again = None, {}
        sizes = leads or [0] * len(texts)
        pages = [
            Page(text, searched=place not in only_known, lead=lead, labels=self._labels)
            for place, (text, lead) in enumerate(zip(texts, sizes, strict=True))
        ]
        for page, before in zip(pages[1:], pages, strict=False):
            page.before = before
        for page in pages:
            if "[" in page.text:
                self._register.reserve(page.text)
            values = self._values.find(page.work, page.lowered) if self._seeking else ()
            page.take(self._settled(page, [*values, *self._structured(page)]))
            page.read = True
        learned = self._learn(pages)
        while waiting := [page for page in pages if page.untagged]:
            answers = yield [page.asks() for page in waiting]
            for page, tagging in zip(waiting, answers, strict=True):
                page.answered(tagging)
            self._settle(pages, learned=learned)
            learned = False
        self._settle(pages, learned=learned)
        self._link(pages)
        return tuple([self._written(page) for page in pages])

    def _settle(self, pages: Sequence[Page], *, learned: bool) -> None:
        """Look until nothing new comes."""
        while learned or any(page.look or page.read for page in pages):
            for page in pages:
                if learned or page.look or page.read:
                    page.take(self._look(page, learned=learned))
                else:
                    page.fresh = ()
            learned = self._learn(pages)
            for page in pages:
                page.look |= page.before is not None and bool(page.before.fresh) and is_short(page.work)

    def _look(self, page: Page, *, learned: bool) -> tuple[Span, ...]:
        """What is still to be masked on a page; the values themselves first, for they win among equals.

        The detectors take longest, and are asked when nothing else is found.
        """
        found: list[Span] = []
        towns: list[Span] = []
        if self._seeking and (learned or page.look):
            found += self._values.find(page.work, page.lowered)
        if learned or page.read:
            known = list(self._people.mentions(page.work, page.lowered)) if self._seeking else []
            found += known
            if page.read and page.searched:
                towns = [_town(span) for span in page.tagged if self._is_town(page, span)]
                found += self._read(page, known)
        settled = self._settled(page, found, towns=towns) if found or towns else ()
        if page.look and not settled:
            settled = self._settled(page, list(self._structured(page)))
        return settled

    def _settled(self, page: Page, found: list[Span], *, towns: Sequence[Span] = ()) -> tuple[Span, ...]:
        """Of what was found, what is masked: no kept words, the longest of those that overlap."""
        found = self._own.left_of(found, page.work, is_known=self._is_known)
        towns = self._own.left_of(towns, page.work, is_known=self._is_known)
        return whole_addresses(page, settle(found), towns=towns) if found or towns else ()

    def _is_known(self, words: Sequence[str]) -> bool:
        """Whether words, as `plain` gives them, are two names at least of one who is known."""
        people = self._people.given if self._known else ()
        return any(sum(any(is_form(one, word) for one in person.tokens) for word in words) > 1 for person in people)

    def _structured(self, page: Page) -> Iterator[Span]:
        yield from self._own.always(page.lowered)
        if not page.searched:
            yield from (span for span in candidates(page.work) if span.label in _OF_ITS_FORM)
            return
        yield from candidates(page.work)
        if page.before and (lead := lead_of(page.before.work, page.work)):
            yield from _moved(candidates(lead + page.work), back=len(lead))

    def _is_town(self, page: Page, span: Span) -> bool:
        """Whether the tagger, or the ticket's own data, call it a place."""
        return span.label == "PLACE" or page.lowered[span.start : span.end] in self._towns

    def _read(self, page: Page, known: Sequence[Span]) -> Iterator[Span]:
        """What the cues and the tagger say, beside the mentions of known people."""
        cued = page.announced(_cues())
        if not (cued or page.tagged):
            return
        tagged = [span for span in page.tagged if not self._is_town(page, span)]
        told = list(names_of(page, [span for span in cued if span.label == "NAME"], sure=True))
        page.cued = {(span.start, span.end) for span in told}
        names = [*told, *names_of(page, [span for span in tagged if span.label == "NAME"])]
        if names:
            yield from united(page, names, known=known)
        yield from (span for span in cued if span.label != "NAME")
        yield from addresses_of(page, [span for span in tagged if span.label == "ADDRESS"], known=known)

    def _learn(self, pages: Sequence[Page]) -> bool:
        """Take up what the pages have just given; whether there is now more to look for elsewhere."""
        learned = False
        for page in pages:
            self._seeking |= bool(page.fresh)
            for span in page.fresh:
                text = page.text[span.start : span.end]
                if span.label == "NAME":
                    learned |= self._learn_name(page, span, pages=pages)
                elif span.label == "ADDRESS":
                    learned |= self._learn_address(text)
                elif span.label != "ORG" or not all(is_everyday(plain(word)) for word in WORD.findall(text)):
                    learned |= self._values.learn(span.label, text)
        return learned

    def _learn_name(self, page: Page, span: Span, *, pages: Sequence[Page]) -> bool:
        """Names that a cue told for certain; those of the tagger where it is sure or the name is said again, written
        as names are, and no thing is called so in the same texts."""
        name = page.text[span.start : span.end]
        if (span.start, span.end) in page.cued:
            return self._people.learn(name, sure=True)
        low = name.islower()
        if page.doubt_of(span) > (UNSURE_LOWER if low else UNSURE) and (low or not self._is_said_again(name, pages)):
            return False
        if self._things is None:
            self._things = frozenset(word for one in pages for word in _THING.findall(one.text))
        return not any(plain(word) in self._things for word in WORD.findall(name)) and self._people.learn(name)

    def _is_said_again(self, name: str, pages: Sequence[Page]) -> bool:
        """Whether a name that the tagger doubts stands in the texts once more, written the same."""
        if name not in self._again and len(self._again) < _MOST:
            self._again[name] = sum(page.text.count(name) for page in pages) > 1
        return self._again.get(name, False)

    def _learn_address(self, text: str) -> bool:
        """An address, and its street alone; without a number only if it could be nothing else."""
        learned = False
        if len(text) > _LONGEST:
            return False
        for part in dict.fromkeys((text, _STREET.match(text)[0].strip())):  # type: ignore[index]
            if len(part.split()) > 1 and (any(sign.isdigit() for sign in part) or len(part) >= 12):
                learned |= self._values.learn("ADDRESS", part)
        street = street_of(text)
        return learned | (bool(street) and self._values.learn("ADDRESS", street))

    def _link(self, pages: Sequence[Page]) -> None:
        """Decide who is meant by each name."""
        mentions: list[Mention] = []
        mails: list[str] = []
        for page in pages:
            if page.spans:
                page.spans.sort(key=_start)
                mentions += [mention_at(page.text, (one.start, one.end)) for one in page.spans if one.label == "NAME"]
                mails += [page.text[one.start : one.end] for one in page.spans if one.label == "EMAIL"]
        if self._circle is None and (mentions or mails):
            self._circle = Circle(self._people.given)
        if mentions and self._circle:
            self._circle.settle(mentions, mails=mails)

    def _written(self, page: Page) -> Masked:
        """The page with its placeholders; numbers are given out here, in the order of the text."""
        layers = self._ran(page)
        if not page.spans:
            return Masked(text=page.given, layers=layers)
        pieces: list[str] = []
        spans: list[MaskedSpan] = []
        position = 0
        for span in page.spans:
            label, number = self._place(page, span)
            placeholder = bracketed(label, number)
            start, end = page.original(span)
            pieces += (page.given[position:start], placeholder)
            spans.append(MaskedSpan(start=start, end=end, label=label, placeholder=placeholder))
            position = end
        return Masked(text="".join((*pieces, page.given[position:])), spans=tuple(spans), layers=layers)

    def _ran(self, page: Page) -> tuple[str, ...]:
        self.doubt = max(self.doubt, page.doubt)
        ran = _layers(page.models, read=page.searched, named=self._named)
        self._layers.update(ran)
        return ran

    def _place(self, page: Page, span: Span) -> Place:
        value = page.text[span.start : span.end]
        if self._circle and span.label == "NAME":
            return self._place_name(mention_at(page.text, (span.start, span.end)), self._circle)
        role = None
        if self._circle and span.label == "EMAIL":
            owner = self._circle.owner_of_mail(value)
            role = self._circle.people[owner].role if owner is not None else None
        if span.label in self._own.labels and (term := self._own.term_of(span.label, value)) != lower(value):
            return self._register.place(span.label, (term, value))
        return self._register.place(span.label, (value,), role=role)

    def _place_name(self, mention: Mention, circle: Circle) -> Place:
        meant = circle.meant(mention)
        value = circle.said(mention)
        if meant.who is None:
            place = self._register.place("NAME", (value,))
            if meant.rivals:
                self._unsure.setdefault(bracketed(*place), meant.rivals)
            return place
        person = circle.people[meant.who]
        given = person.names if meant.who < len(self._people.given) else ()
        known = self._placed.get(meant.who)
        place = self._register.place("NAME", (*given, value), role=person.role, known=known)
        self._placed.setdefault(meant.who, place)
        if meant.rivals:
            self._unsure.setdefault(bracketed(*place), meant.rivals)
        return place


@cache
def _cues() -> Cues:
    from casemill.personal.cues import cued

    return cued


@cache
def _layers(models: tuple[str, ...], *, read: bool, named: bool) -> tuple[str, ...]:
    ran = {"structured", "spread", *(f"tagger:{model}" for model in models)}
    ran |= ({"cues"} if read else set()) | ({"identities"} if named else set())
    return tuple(layer for layer in _LAYERS if layer in ran)


def _town(span: Span) -> Span:
    return Span(start=span.start, end=span.end, label="PLACE")


def _moved(spans: Iterable[Span], *, back: int) -> Iterator[Span]:
    """Spans found with something put before the text, as places in the text."""
    for span in spans:
        if span.start >= back:
            yield Span(start=span.start - back, end=span.end - back, label=span.label)


def _start(span: Span) -> int:
    return span.start
