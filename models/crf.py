"""Training: examples to token sequences, python-crfsuite over them, its weights as the tagger's whole numbers."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pycrfsuite
from lists import COMMON, FIRST, LAST
from synthetic.forms import Example, Mark

from casemill.personal.tagger.casing import CAPITAL, CASINGS, FLAGS, ROWS, SMALL, faces, rows
from casemill.personal.tagger.properties import EDGE, REACH, SLOTS, Lists, properties
from casemill.personal.tagger.tokens import cut
from casemill.personal.tagger.weights import LABELS, NEVER, UNIT, Weights

# Attributes of a word begin with its offset, those of how a line is written with this.
CASING = "c"
WORD_SLOTS = [place for place, slot in enumerate(SLOTS) if slot.name in {"word", "cased"}]


State = dict[tuple[str, str], float]
Moves = dict[tuple[str, str], float]


class Settings(NamedTuple):
    """How long and how sparse: L1 and L2 weights, iterations, and how often a property must have been seen."""

    sparse: float = 0.15
    smooth: float = 0.02
    iterations: int = 70
    seen: int = 3
    # Whether how a line is written counts.
    casing: bool = False


class Wordy(NamedTuple):
    """What a common word gets as a NAME where it is one, too: in small letters in a line without capitals, and with a
    capital; and what any common word loses in small letters in a line that has capitals."""

    small: float = 0.0
    capital: float = 0.0
    guard: float = 0.0


class Sequences(NamedTuple):
    """The examples as numbers: distinct tokens, each example's token numbers, each example's labels."""

    tokens: list[str]
    numbers: list[list[int]]
    labels: list[list[str]]


def sequences(examples: Sequence[Example]) -> Sequences:
    """Cut and labelled as the tagger cuts."""
    known: dict[str, int] = {EDGE: 0}
    numbers, labels = [], []
    for example in examples:
        tokens = cut(example.text.rstrip())
        if tokens:
            numbers.append([known.setdefault(token, len(known)) for token in tokens])
            labels.append(labelled(tokens, example.spans))
    return Sequences(list(known), numbers, labels)


def labelled(tokens: Sequence[str], spans: Sequence[Mark]) -> list[str]:
    """A label for each token: B-X for the first that a mark holds, I-X for those after it."""
    found, position, waiting = [], 0, sorted(spans)
    place, inside = 0, False
    for token in tokens:
        start, end = position + len(token) - len(token.lstrip()), position + len(token)
        position = end
        while place < len(waiting) and waiting[place][1] <= start:
            place, inside = place + 1, False
        if place < len(waiting) and waiting[place][0] < end:
            found.append(("I-" if inside else "B-") + waiting[place][2])
            inside = True
        else:
            found.append("O")
    return found


def train(examples: Sequence[Example], lists: Lists, *, settings: Settings, unnamed: frozenset[str]) -> Weights:
    """The trained weights. `unnamed` are words (small letters) known by their form only, not as themselves: names."""
    read = sequences(examples)
    keys = properties(read.tokens, lists)
    hidden = np.array([token.strip().lower() in unnamed for token in read.tokens])
    for slot in WORD_SLOTS:
        keys[hidden, slot] = 0
    attributes = _attributes(keys, read.numbers, seen=settings.seen)
    written = _written(read, lists) if settings.casing else []
    weights, steps = _fitted(read, attributes, written=written, settings=settings)
    return _packed(weights, steps)


def _attributes(keys: np.ndarray, numbers: Sequence[list[int]], *, seen: int) -> list[list[list[str]]]:
    """[offset][token]: the names of what a token says at an offset, of what was seen often enough."""
    often = np.bincount(np.concatenate([np.array(row) for row in numbers]), minlength=len(keys))
    often[0] = seen
    distinct, where = np.unique(keys, return_inverse=True)
    where = where.reshape(keys.shape)
    times = np.bincount(where.ravel(), weights=np.repeat(often, keys.shape[1]), minlength=len(distinct))
    names = [f"{key:x}" if key and count >= seen else "" for key, count in zip(distinct.tolist(), times, strict=True)]
    found = []
    for offset in range(-REACH, REACH + 1):
        slots = [place for place, slot in enumerate(SLOTS) if offset in slot.offsets]
        rows = where[:, slots].tolist()
        found.append([[f"{offset + REACH}{names[place]}" for place in row if names[place]] for row in rows])
    return found


def _written(read: Sequences, lists: Lists) -> list[list[str]]:
    """[example][token]: the name of how a token and its line are written."""
    counts = np.array([len(numbers) for numbers in read.numbers], np.int64)
    told = rows(faces(read.tokens, lists)[np.concatenate([np.array(row) for row in read.numbers])], counts)
    names = [f"{CASING}{row:x}" for row in range(ROWS)]
    return [[names[row] for row in part.tolist()] for part in np.split(told, np.cumsum(counts)[:-1])]


def _fitted(
    read: Sequences, attributes: list[list[list[str]]], *, written: list[list[str]], settings: Settings
) -> tuple[State, Moves]:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=bool(os.environ.get("CRF_VERBOSE")))
    trainer.set_params(
        {
            "c1": settings.sparse,
            "c2": settings.smooth,
            "max_iterations": settings.iterations,
            "feature.minfreq": settings.seen,
            "feature.possible_transitions": False,
            "period": 8,
            "delta": 2e-4,
        }
    )
    for example, (numbers, labels) in enumerate(zip(read.numbers, read.labels, strict=True)):
        line = [0] * REACH + numbers + [0] * REACH
        told = [
            [
                name
                for offset, token in enumerate(line[place : place + 2 * REACH + 1])
                for name in attributes[offset][token]
            ]
            for place in range(len(numbers))
        ]
        if written:
            told = [[*names, name] for names, name in zip(told, written[example], strict=True)]
        trainer.append(pycrfsuite.ItemSequence(told), labels)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/model"
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    return info.state_features, info.transitions


def _packed(state: State, moves: Moves) -> Weights:
    """Rounded to units. A cell says: at `offset` from the labelled token a word with this property speaks for a label.

    crfsuite's attribute `o + key` at token t means the word at t + o - REACH, and so does the tagger's offset o.
    """
    place = {label: number for number, label in enumerate(LABELS)}
    spoken: dict[int, list[tuple[int, int]]] = {}
    casing = np.zeros((ROWS, len(LABELS)), np.int16)
    for (name, label), weight in state.items():
        units = round(weight * UNIT)
        if name[0] == CASING:
            casing[int(name[1:], 16), place[label]] = max(-32000, min(32000, units))
        elif units:
            cell = int(name[0]) * len(LABELS) + place[label]
            spoken.setdefault(int(name[1:], 16), []).append((cell, max(-32000, min(32000, units))))
    keys = sorted(spoken)
    cells = [cell for key in keys for cell in sorted(spoken[key])]
    steps = np.full((len(LABELS), len(LABELS)), NEVER, np.int32)
    for (before, after), weight in moves.items():
        steps[place[before], place[after]] = round(weight * UNIT)
    steps = np.where(steps == NEVER, -6 * UNIT, steps).astype(np.int32)
    return Weights(
        keys=np.array(keys, np.uint64),
        counts=np.array([len(spoken[key]) for key in keys], np.uint8),
        cells=np.array([cell for cell, _ in cells], np.uint8),
        values=np.array([value for _, value in cells], np.int16),
        steps=steps,
        lean=np.zeros(len(LABELS), np.int32),
        lists=Lists(np.zeros(0, np.uint64), np.zeros(0, np.uint8)),
        casing=casing if casing.any() else casing[:0],
    )


def leaning(lean: Mapping[str, float]) -> np.ndarray:
    """What is added to each label everywhere, in units, from a weight for O, NAME, ADDRESS, PLACE, ORG."""
    return np.array([round(lean.get(label.split("-")[-1], 0.0) * UNIT) for label in LABELS], np.int32)


def worded(casing: np.ndarray, wordy: Wordy) -> np.ndarray:
    """How lines are written, with what common words get as a NAME."""
    if not len(casing):
        return casing
    found = casing.reshape(CASINGS, -1, FLAGS, len(LABELS)).copy()
    common = [flags for flags in range(FLAGS) if flags & COMMON]
    names = [flags for flags in common if flags & (FIRST | LAST)]
    for label in (LABELS.index("B-NAME"), LABELS.index("I-NAME")):
        found[:1, SMALL, names, label] += round(wordy.small * UNIT)
        found[1:, CAPITAL, names, label] += round(wordy.capital * UNIT)
        found[1:, SMALL, common, label] -= round(wordy.guard * UNIT)
    return found.reshape(casing.shape)


def names_only(read: Sequences, listed: frozenset[str]) -> frozenset[str]:
    """Words on a list that the examples use mostly as names: the weights shall not spell them."""
    as_name: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for numbers, labels in zip(read.numbers, read.labels, strict=True):
        for number, label in zip(numbers, labels, strict=True):
            word = read.tokens[number].strip().lower()
            seen[word] += 1
            as_name[word] += label.endswith("NAME")
    return frozenset(word for word, count in as_name.items() if 2 * count > seen[word] and word in listed)
