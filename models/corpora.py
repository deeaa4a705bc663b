"""The public sets that may be trained on, read into examples: what they call people, places, organizations."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from synthetic.forms import NOTHING, Example

LABELS = {
    "PER": "NAME",
    "person": "NAME",
    "PERSON": "NAME",
    "Person": "NAME",
    "LOC": "PLACE",
    "location": "PLACE",
    "GPE": "PLACE",
    "LOCATION": "PLACE",
    "FACILITY": "PLACE",
    "Location": "PLACE",
    "LocOrg": "PLACE",
    "ORG": "ORG",
    "group": "ORG",
    "corporation": "ORG",
    "ORGANISATION": "ORG",
    "Org": "ORG",
}
LATIN = ("ner_btc_train", "ner_wnut17_train", "ner_wikigold")
CYRILLIC = ("ner_kaznerd_valid", "ner_factrueval_devset")
PLAIN = ("banking77_train", "clinc150_trainval")
# Detectors take these before the tagger reads.
COVERED = re.compile(r"https?://\S+|www\.\S+|@\w+|\S+@\S+\.\w+")
# Tokens joined by blanks are read as they would have been written.
LOOSE = re.compile(r" (?=[,.!?;:)\]}%…»]|'s\b|'m\b|'re\b|'ll\b|'ve\b|'d\b|n't\b)|(?<=[(\[{$#«]) ")


def entities(path: Path) -> Iterator[Example]:
    """A set with marked people, places, organizations."""
    for row in rows(path):
        marks = tuple(
            (span["start"], span["end"], LABELS[span["type"]]) for span in row["spans"] if span["type"] in LABELS
        )
        yield covered(joined(Example(row["text"], apart(marks))))


def plain(path: Path) -> Iterator[Example]:
    """A set of requests that name (nearly) nobody."""
    for row in rows(path):
        yield Example(row["text"])


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def apart(marks: tuple[tuple[int, int, str], ...]) -> tuple[tuple[int, int, str], ...]:
    """The longest of overlapping marks."""
    taken: list[tuple[int, int, str]] = []
    for mark in sorted(marks, key=lambda mark: mark[0] - mark[1]):
        if all(mark[1] <= start or end <= mark[0] for start, end, _ in taken):
            taken.append(mark)
    return tuple(sorted(taken))


def joined(example: Example) -> Example:
    """Without the blanks that cutting into tokens has put before signs."""
    gone = [match.start() for match in LOOSE.finditer(example.text)]
    if not gone:
        return example
    dropped = set(gone)
    moved, place = [], 0
    for position in range(len(example.text) + 1):
        moved.append(place)
        place += position not in dropped
    text = "".join(sign for position, sign in enumerate(example.text) if position not in dropped)
    return Example(text, tuple((moved[start], moved[end], label) for start, end, label in example.spans))


def covered(example: Example) -> Example:
    """Links, addresses and handles covered, as at run time; a marked handle stays."""
    text = example.text
    for match in COVERED.finditer(text):
        if all(match.end() <= start or end <= match.start() for start, end, _ in example.spans):
            text = text[: match.start()] + NOTHING * len(match[0]) + text[match.end() :]
    return Example(text, example.spans)
