"""Hand-written support messages in Russian and Kazakh, and what masking makes of them.

`python tests/personal/support_set.py [--lower]` prints recall with its interval, false alarms and every miss.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from casemill import mask
from casemill.stats import wilson

FOLDER = Path(__file__).parent / "cyrillic"
SETS = ("russian", "kazakh", "mixed", "nobody")
_MARK = re.compile("‹([^›]*)›")
# Blanks and signs between the words of a name or an address say nothing.
_SIGNS = frozenset(" ,.;")


class Message(NamedTuple):
    """A text and the places of what must go."""

    text: str
    must_go: tuple[tuple[int, int], ...]


class Outcome(NamedTuple):
    """How many pieces had to go and which stayed; what went that nobody is known by."""

    messages: int
    must_go: int
    stayed: tuple[str, ...]
    false: tuple[str, ...]

    @property
    def recall(self) -> float:
        return 1 - len(self.stayed) / max(1, self.must_go)


def messages(name: str) -> Iterator[Message]:
    """The messages of a set; lines of # and empty lines are none."""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield read(line)


def read(line: str) -> Message:
    """A line with what must go between ‹ and ›."""
    text, places, position = "", [], 0
    for match in _MARK.finditer(line):
        text += line[position : match.start()]
        places.append((len(text), len(text) + len(match[1])))
        text += match[1]
        position = match.end()
    return Message(text + line[position:], tuple(places))


def outcome(found: Iterator[Message], *, lower: bool = False) -> Outcome:
    """Each message masked alone; nine tenths of the letters of what must go have to be gone."""
    count = must_go = 0
    stayed, false = [], []
    for message in found:
        text = message.text.lower() if lower else message.text
        spans = mask(text).spans
        gone = {place for span in spans for place in range(span.start, span.end)}
        count, must_go = count + 1, must_go + len(message.must_go)
        for start, end in message.must_go:
            letters = [place for place in range(start, end) if text[place] not in _SIGNS]
            if len(gone & set(letters)) < 0.9 * len(letters):
                stayed.append(f"{text[start:end]} in: {text}")
        for span in spans:
            if not any(span.start < end and start < span.end for start, end in message.must_go):
                false.append(f"{text[span.start : span.end]} in: {text}")
    return Outcome(count, must_go, tuple(stayed), tuple(false))


def main() -> None:
    for name in SETS:
        end = outcome(messages(name), lower="--lower" in sys.argv[1:])
        low, high = wilson(end.must_go - len(end.stayed), end.must_go) or (0.0, 1.0)
        recall = f"recall {end.recall:.3f} [{low:.3f} {high:.3f}] of {end.must_go}, " if end.must_go else ""
        print(f"{name}: {end.messages} messages, {recall}{len(end.false)} false alarms")
        for kind, pieces in (("stayed", end.stayed), ("false", end.false)):
            for piece in pieces:
                print(f"  {kind}: {piece}")


if __name__ == "__main__":
    main()
