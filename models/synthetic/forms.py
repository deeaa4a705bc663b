"""The form of a training example, and templates with slots that become one: text, and where the slots landed."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

Mark = tuple[int, int, str]
SLOT = re.compile(r"\{(\w+)\}")
NOTHING = "\0"


class Example(NamedTuple):
    """A text and its marks (start, end, label), in order; labels are NAME, ADDRESS, PLACE, ORG.

    What the structured detectors cover at run time (addresses of e-mail, phones, ids) is NUL characters here too.
    """

    text: str
    spans: tuple[Mark, ...] = ()


class Piece(NamedTuple):
    """What a slot becomes: a text, and the label it is trained under, or none. It may hold marks of its own."""

    text: str
    label: str | None = None
    spans: tuple[Mark, ...] = ()


Maker = Callable[[random.Random], Piece]


def fill(template: str, makers: Mapping[str, Maker], *, chance: random.Random) -> Example:
    """The template with each `{slot}` replaced by what `makers[slot]` makes."""
    pieces: list[str] = []
    spans: list[Mark] = []
    length = position = 0
    for match in SLOT.finditer(template):
        before = template[position : match.start()]
        made = makers[match[1]](chance)
        pieces += (before, made.text)
        length += len(before)
        spans += [(start + length, end + length, label) for start, end, label in made.spans]
        if made.label:
            spans.append((length, length + len(made.text), made.label))
        length += len(made.text)
        position = match.end()
    return Example("".join((*pieces, template[position:])), tuple(spans))


def together(examples: Sequence[Example], *, between: str) -> Example:
    """Several examples as one text."""
    texts: list[str] = []
    spans: list[Mark] = []
    length = 0
    for example in examples:
        spans += [(start + length, end + length, label) for start, end, label in example.spans]
        texts.append(example.text)
        length += len(example.text) + len(between)
    return Example(between.join(texts), tuple(spans))


def lowered(example: Example) -> Example:
    """All in small letters; the same where a letter's small form is longer and the marks would move."""
    text = example.text.lower()
    return Example(text, example.spans) if len(text) == len(example.text) else example


def shouted(example: Example) -> Example:
    """All in capitals; the same where a letter's capital is longer and the marks would move."""
    text = example.text.upper()
    return Example(text, example.spans) if len(text) == len(example.text) else example


def mistyped(example: Example, chance: random.Random) -> Example:
    """Two neighbouring letters of one longer word changed places: lengths stay, so marks stay."""
    places = [match.start() for match in re.finditer(r"[^\W\d_]{4,}", example.text)]
    if not places:
        return example
    at = chance.choice(places) + chance.choice((1, 2))
    text = example.text
    return Example(text[:at] + text[at + 1] + text[at] + text[at + 2 :], example.spans)


def varied(examples: Iterator[Example], chance: random.Random) -> Iterator[Example]:
    """Each example as written by different hands: most as they are, some in small letters, capitals, mistyped."""
    for example in examples:
        draw = chance.random()
        if draw < 0.28:
            yield lowered(example)
        elif draw < 0.32:
            yield shouted(example)
        elif draw < 0.36:
            yield mistyped(example, chance)
        else:
            yield example
