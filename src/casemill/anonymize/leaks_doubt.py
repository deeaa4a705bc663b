"""Findings that may be masking's own slip: words that it once took for a name, which nothing else says they are.

A payload names people, a number or an address has a form; a name that masking found by itself in one ticket may be no
name at all (`Air Purifier`). When such words stand open somewhere, one of the two places is wrong. They are no leak
where they are everyday speech, or stand open in more tickets than masked them.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from casemill.anonymize.leaks_known import Met, Own, Text
from casemill.anonymize.leaks_words import CALENDAR
from casemill.domain.word import Word
from casemill.store.known import LONGEST

# Tickets in which words are written small, or left open, before that speaks for them.
EVERYDAY = 2
COMMON = 2
MOST_WORDS = 200_000


class Leak(Word):
    """Something personal that left the vault: where it stands, its type, and how it was found.

    `how` is `pattern`, `payload` (a person of this ticket), `mapping` (a value masked elsewhere in this ticket) or
    `digest` (a known value of any ticket).
    """

    where: str
    type: str
    how: str


class _Guess(NamedTuple):
    """Where some words stand open: in which tickets, and each place; `meant` when one is written as a name there."""

    tickets: set[str]
    leaks: list[tuple[Leak, bool]]


class Doubts:
    """Guessed findings, kept until everything was read and it is known how the words are used."""

    def __init__(self) -> None:
        self._small: dict[str, tuple[str, int]] = {}
        self._guesses: dict[tuple[str, ...], _Guess] = {}
        self._masked: Counter[int] = Counter()
        self._counted: set[str] = set()

    def count(self, ticket: str, own: Own) -> None:
        """Take note of what a ticket masked by itself; digests do, there are many."""
        if ticket not in self._counted:
            self._counted.add(ticket)
            self._masked.update({hash(words[:LONGEST]) for words in own.guesses()})

    def hear(self, text: Text, ticket: str) -> None:
        """Take note of the words that a ticket writes small."""
        if len(text.raw) != len(text.plain):
            return
        for word in text.words:
            if text.raw[word.start()].islower():
                last, count = self._small.get(word[0], ("", 0))
                if last != ticket and (count or len(self._small) < MOST_WORDS):
                    self._small[word[0]] = (ticket, count + 1)

    def keep(self, leak: Leak, met: Met, *, ticket: str | None) -> None:
        """A finding to be settled later; `ticket` where the ticket itself says it, not what was made of it."""
        guess = self._guesses.setdefault(met.guessed, _Guess(set(), []))
        guess.leaks.append((leak, met.meant))
        if ticket is not None:
            guess.tickets.add(ticket)

    def settled(self) -> Iterator[tuple[Leak, bool]]:
        """Each finding, and whether it counts."""
        for words, guess in self._guesses.items():
            common = len(guess.tickets) >= max(COMMON, self._masked[hash(words)] + 1)
            ordinary = common or all(self._is_everyday(word) for word in words)
            yield from ((leak, meant and not ordinary) for leak, meant in guess.leaks)

    def _is_everyday(self, word: str) -> bool:
        return word in CALENDAR or word.isdecimal() or self._small.get(word, ("", 0))[1] >= EVERYDAY
