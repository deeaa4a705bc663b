"""Phrases of danger in three languages, and which of them a folded text holds.

A phrase is words apart by blanks: `a|b` either, `stem*` any ending, `..3` up to three words between, `word?` or not.
Between two words anything but a letter may stand, or nothing: `killmyself` is `kill myself`.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast

from casemill.domain.notice import Danger
from casemill.ingest.screening.folding import fold

# Whole words: `can ..2 sue` is not in "can you issue".
_GAP = r"(?:(?:[^\w.!?\n]+\w+){{0,{}}}?[^\w.!?\n]+|[\W_]*)"
_NEXT = r"[\W_]*"
_ENDING = r"\w*"


class Phrase(NamedTuple):
    """A compiled phrase; it can only be met where one of its `anchors` stands, and one word of each of its `needs`."""

    category: Danger
    anchors: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    pattern: re.Pattern[str]


def in_lexicon(folded: str) -> set[Danger]:
    """What the phrases say about a text that was folded."""
    return each_in_lexicon([folded])[0]


def each_in_lexicon(folded: Sequence[str]) -> list[set[Danger]]:
    """The same for a page of texts: words that none of them holds are looked for once."""
    page = "\n".join(folded)
    due = [(anchor, phrases) for anchor, phrases in _by_anchor().items() if anchor in page]
    return [_met(text, due) for text in folded]


def _met(folded: str, due: Sequence[tuple[str, list[Phrase]]]) -> set[Danger]:
    found: set[Danger] = set()
    for anchor, phrases in due:
        if anchor in folded:
            found.update(one.category for one in phrases if one.category not in found and _holds(one, folded))
    return found


def _holds(phrase: Phrase, folded: str) -> bool:
    there = all(any(word in folded for word in words) for words in phrase.needs)
    return there and phrase.pattern.search(folded) is not None


@cache
def _by_anchor() -> dict[str, list[Phrase]]:
    """Plain words are looked for first: that is far quicker than any pattern."""
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases():
        for anchor in phrase.anchors:
            found.setdefault(anchor, []).append(phrase)
    return found


@cache
def phrases() -> tuple[Phrase, ...]:
    """Every phrase of lexicon.toml."""
    return tuple(_read())


def _read() -> Iterator[Phrase]:
    told = files("casemill.ingest.screening").joinpath("lexicon.toml").read_text(encoding="utf-8")
    for category, languages in cast(dict[Danger, dict[str, list[str]]], tomllib.loads(told)).items():
        for lines in languages.values():
            yield from (compiled(category, line) for line in lines)


def compiled(category: Danger, line: str) -> Phrase:
    """A phrase as a pattern over folded text."""
    tokens = line.split()
    pattern, glue = r"(?<!\w)", ""
    for token in tokens:
        if token.startswith(".."):
            glue = _GAP.format(int(token[2:]))
        elif token.endswith("?"):
            pattern += f"(?:{glue}{_either(token[:-1])})?"
            glue = _NEXT
        else:
            pattern += glue + _either(token)
            glue = _NEXT
    needs = _needs(tokens)
    anchors = max(needs, key=lambda words: min(map(len, words)))
    return Phrase(category, anchors, needs, re.compile(pattern + r"(?!\w)"))


def _either(token: str) -> str:
    words = (fold(word.rstrip("*")) + (_ENDING if word.endswith("*") else "") for word in token.split("|"))
    return f"(?:{'|'.join(words)})"


def _needs(tokens: list[str]) -> tuple[tuple[str, ...], ...]:
    """The words of each token that must be met; those with the longest words are the anchors: the rarest."""
    must = [token for token in tokens if not token.startswith("..") and not token.endswith("?")]
    return tuple(tuple(fold(word.rstrip("*")) for word in token.split("|")) for token in must)
