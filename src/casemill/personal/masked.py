"""What masking gives back, and a company's own words that it is given."""

from collections.abc import Iterable
from typing import NamedTuple

from casemill.domain.placeholder import Entity
from casemill.domain.word import Word


class MaskedSpan(Word):
    """A masked piece, by character offsets in the text as it was given."""

    start: int
    end: int
    label: str
    placeholder: str


class Masked(Word):
    """A text with placeholders, and what they stand in for, in order; spans never overlap.

    `layers` ran on this text: `structured`, `identities`, `cues`, `tagger:latin`, `tagger:cyrillic`, `spread`.
    """

    text: str
    spans: tuple[MaskedSpan, ...] = ()
    layers: tuple[str, ...] = ()


class Together(Word):
    """Texts masked under one numbering, and the entities: those given first, then new ones by first mention.

    `layers` ran on one text at least; `doubt` is the least sure decision (0 sure, 1 a coin); `unsure` says who may be
    the same as whom: `[NAME_3] may be [NAME_1] or [NAME_2]`.
    """

    texts: tuple[Masked, ...]
    entities: tuple[Entity, ...] = ()
    layers: tuple[str, ...] = ()
    doubt: float = 0.0
    unsure: tuple[str, ...] = ()


class Terms(NamedTuple):
    """A company's own words: `keep` stay wherever they stand as words, also in a name or an address that was found, but
    not in the full name of somebody known; `always` are masked. Both hold in every ending of a Russian or Kazakh word.

    An entry of `always` is a word or phrase, labelled ORG, or carries its own label: `COURIER:Fast Fox`.
    """

    keep: Iterable[str] = ()
    always: Iterable[str] = ()


NO_TERMS = Terms()
