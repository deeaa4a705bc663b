"""People by what is said around them, without a model: introductions, greetings, signatures, transcripts, employers."""

from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import keys_of
from casemill.personal.cues.employer import employed
from casemill.personal.cues.lines import greeted, sent, signed, spoken
from casemill.personal.cues.said import BEGINNINGS, said
from casemill.personal.veil import Place
from casemill.personal.words import listed

_SAID = frozenset(BEGINNINGS) | listed("her spe мен")
_GREETING = listed(
    "hi hel hey hiy dea goo gre wel tha sor oka ok yes no sur bye при здр доб ува дор спа до сәл арм қай құр рах рақ"
)
_CLOSING = listed("reg sin you res che bes tha lov wis kin war man с все зар спа құр ізг рах")
_EMPLOYER = listed("wor emp com fir we us раб мы ком")


def cued(text: str, lowered: str) -> Iterator[Span]:
    """Names (NAME), and employers (ORG), that the words around them announce; spans may overlap.

    `lowered` is the text in lower case, character for character. Nothing is read across a NUL.
    """
    keys = keys_of(lowered)
    places: set[Place] = set()
    if not _SAID.isdisjoint(keys):
        places.update(said(text, lowered))
    if not _GREETING.isdisjoint(keys):
        places.update(greeted(text, lowered))
    if not _CLOSING.isdisjoint(keys):
        places.update(signed(text, lowered))
    if ":" in text:
        places.update(spoken(text))
        places.update(sent(text, lowered))
    for start, end in sorted(places):
        yield Span(start=start, end=end, label="NAME")
    if not _EMPLOYER.isdisjoint(keys):
        for start, end in sorted(set(employed(text, lowered))):
            yield Span(start=start, end=end, label="ORG")
