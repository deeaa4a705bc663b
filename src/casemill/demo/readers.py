"""The two people of the shop who read masked tickets for leaks: what each would mark was written down beforehand.

They know every packaged ticket as it came in, who wrote it, and which of its other words tell who somebody is
(`shop/leaks.jsonl`). Where masking left such words standing they mark a leak; where a placeholder hides other words,
they mark that it hides a fact.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from casemill.domain.leak import LeakReview, LeakVerdict, Mark
from casemill.domain.placeholder import PLACEHOLDER
from casemill.domain.ticket import Ticket, texts_of
from casemill.domain.word import Word
from casemill.errors import UsageError

if TYPE_CHECKING:
    from casemill.store import Desk

READER = "aigerim@borsuq.test"
# What the readers look behind; a number or an e-mail that became a placeholder is always right in this shop.
LOOKED_BEHIND = ("NAME", "ADDRESS", "ORG", "USERNAME")
STEM = 4


class Personal(Word):
    """Words of a ticket that must not be left, and what they are."""

    words: str
    label: str


class Noted(Word):
    """What a reader would mark in one ticket."""

    ticket: str
    personal: tuple[Personal, ...] = ()
    by: str = READER


def answer_readers(desk: "Desk", shop: Path, *, now: datetime) -> int:
    """Record the readers' verdicts on every packaged ticket that is asked about; how many were leaks."""
    from casemill.review import record_verdict
    from casemill.store import leaks, tickets

    readers = _Readers(shop)
    with desk.read() as db:
        asked = [ticket for key in sorted(leaks.asked_about(db)) if (ticket := tickets.get(db, key))]
    reviews = [readers.verdict(ticket, now=now) for ticket in asked if ticket.external_id in readers.packaged]
    for review in reviews:
        record_verdict(desk, review, now=now)
    return sum(review.verdict == "leak" for review in reviews)


class _Readers:
    """What the two of them know."""

    def __init__(self, shop: Path) -> None:
        self.shop = shop

    def verdict(self, ticket: Ticket, *, now: datetime) -> LeakReview:
        note = self.noted.get(ticket.key, Noted(ticket=ticket.key))
        marks = (*_left(ticket, note), *self._hidden(ticket, note))
        leaked = any(not mark.hides_none for mark in marks)
        verdict: LeakVerdict = "leak" if leaked else "over_masked" if marks else "fine"
        version = ticket.version
        return LeakReview(ticket=ticket.key, version=version, verdict=verdict, marks=marks, by=note.by, at=now)

    def _hidden(self, ticket: Ticket, note: Noted) -> Iterator[Mark]:
        """The placeholders that stand for nobody."""
        told = self.packaged[ticket.external_id]
        people = [told.get("requester", {}), *told.get("people", ()), *told["messages"]]
        known = _stems(" ".join([*(one.get("name", "") for one in people), *(one.words for one in note.personal)]))
        texts = [told.get("subject", ""), *(said.get("text", "") for said in told["messages"])]
        for path, text in texts_of(ticket):
            for match, words in _behind(text, texts) if ".call." not in path else ():
                if match[1] in LOOKED_BEHIND and not _stems(words) & known:
                    yield Mark(path=path, start=match.start(), end=match.end(), label=match[1], hides_none=True)

    @cached_property
    def noted(self) -> dict[str, Noted]:
        return {one.ticket: one for one in _lines(self.shop / "leaks.jsonl", Noted)}

    @cached_property
    def packaged(self) -> dict[str, dict[str, Any]]:
        return {str(one["id"]): one for one in _lines(self.shop / "tickets.jsonl", dict)}


def _left(ticket: Ticket, note: Noted) -> Iterator[Mark]:
    from casemill.review.leaks_marks import mark_at, places_of

    for personal in note.personal:
        for place in places_of(ticket, personal.words)[:1]:
            yield mark_at(ticket, place, label=personal.label)


def _behind(masked: str, texts: list[str]) -> list[tuple[re.Match[str], str]]:
    """Each placeholder with the words it stands for in the first text that fits."""
    found = list(PLACEHOLDER.finditer(masked))
    if not found:
        return []
    pattern = "(.+?)".join(re.escape(part) for part in PLACEHOLDER.split(masked)[::3])
    fitting = (re.fullmatch(pattern, text, re.DOTALL) for text in texts)
    whole = next((match for match in fitting if match), None)
    return list(zip(found, whole.groups(), strict=True)) if whole else []


def _stems(text: str) -> set[str]:
    """The beginnings of words, so that `Дану` is `Дана` and `Достык` is `Достыка`."""
    return {word[: max(2, min(STEM, len(word) - 1))] for word in re.findall(r"\w+", text.lower())}


def _lines(path: Path, kind: Any) -> list[Any]:
    try:
        return [msgspec.json.decode(line, type=kind) for line in path.read_bytes().splitlines() if line.strip()]
    except msgspec.DecodeError as error:
        raise UsageError(f"{path} was edited and cannot be read: {error}") from None
