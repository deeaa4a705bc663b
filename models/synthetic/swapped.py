"""Real sentences with other people in them: marked names give way to made ones, requests get somebody to speak."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from synthetic.forms import Example, Mark

Make = Callable[[random.Random, str], str]


def swapped(example: Example, chance: random.Random, *, makers: dict[str, Make]) -> Example:
    """Each mark whose label has a maker becomes what it makes of the text that stood there."""
    pieces: list[str] = []
    spans: list[Mark] = []
    length = position = 0
    for start, end, label in example.spans:
        before, text = example.text[position:start], example.text[start:end]
        made = makers[label](chance, text) if label in makers else text
        pieces += (before, made)
        length += len(before)
        spans.append((length, length + len(made), label))
        length += len(made)
        position = end
    return Example("".join((*pieces, example.text[position:])), tuple(spans))


def spoken(example: Example, chance: random.Random, *, frames: Sequence[Example]) -> Example:
    """A request beside a short text that names somebody: a greeting before it, a name behind it."""
    frame = chance.choice(frames)
    between = chance.choice((" ", " ", ", ", "\n", ". "))
    first, second = (frame, example) if chance.random() < 0.5 else (example, frame)
    gap = len(first.text) + len(between)
    moved = tuple((start + gap, end + gap, label) for start, end, label in second.spans)
    return Example(first.text + between + second.text, (*first.spans, *moved))
