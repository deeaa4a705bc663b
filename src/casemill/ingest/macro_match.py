"""Which macro an agent's reply was written with, by its words: for helpdesks that do not say it themselves."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from casemill.domain.ticket import Macro
from casemill.domain.word import changed
from casemill.ingest.values import plain

LEAST = 0.85
FEWEST_WORDS = 6
_BLANK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<attribute\b[^>]*>|\{[a-z_.]+\}", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_FILLED = 4  # so many words may stand where a macro has a blank
_SURE_SHARE = 0.6


class _Known(NamedTuple):
    """A macro as it is compared: its own words, and how many blanks are between them."""

    macro: Macro
    words: tuple[str, ...]
    blanks: int


class Matcher:
    """Compares replies with every macro of a helpdesk that has at least six words of its own."""

    def __init__(self, macros: Iterable[Macro]) -> None:
        found = (_known(macro) for macro in macros)
        self.known = [known for known in found if len(known.words) >= FEWEST_WORDS]

    def last_used(self, replies: Sequence[str]) -> Macro | None:
        """The macro of the last reply that was written with one, with its `score` from 0.85 to 1; None for none."""
        return next((macro for reply in reversed(replies) if (macro := self.best(reply))), None)

    def best(self, reply: str) -> Macro | None:
        """The macro that a reply is most like; of equals the longer one."""
        said = _words(plain(reply))
        present = set(said)
        scored = [(_score(known, said), len(known.words), known) for known in self.known if _shares(known, present)]
        score, _, known = max(scored, key=lambda one: one[:2], default=(0.0, 0, None))
        return changed(known.macro, score=round(score, 2)) if known and score >= LEAST else None


def _known(macro: Macro) -> _Known:
    parts = _BLANK.split(macro.text)
    return _Known(macro, tuple(word for part in parts for word in _words(plain(part))), len(parts) - 1)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _shares(known: _Known, present: set[str]) -> bool:
    """Whether it is worth comparing word by word."""
    own = set(known.words)
    return len(own & present) >= _SURE_SHARE * len(own)


def _score(known: _Known, said: list[str]) -> float:
    """How much of the macro stands in the reply, and how little else between; what fills a blank is nothing else.

    Words before and after belong to the agent and change nothing.
    """
    blocks = [block for block in _matcher(known, said).get_matching_blocks() if block.size]
    if not blocks:
        return 0.0
    same = sum(block.size for block in blocks)
    span = blocks[-1].b + blocks[-1].size - blocks[0].b
    strange = max(0, span - same - _FILLED * known.blanks)
    return 2 * same / (len(known.words) + same + strange)


def _matcher(known: _Known, said: list[str]) -> "SequenceMatcher[str]":
    return SequenceMatcher(None, known.words, said, autojunk=False)
