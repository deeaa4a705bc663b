"""Screening on arrival: distress, threats and legal demands in the raw text, before anything is masked.

A phrase or the classifier is enough to flag a text, and what cannot be looked at is flagged, too. What the customer
writes is looked at by both, what people note about it by the phrases; replies and tool results are ours and are not
looked at. What is found is settled with a Notice in one transaction.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from casemill.domain.arrival import Arrival
from casemill.domain.notice import Danger, Flag
from casemill.domain.progress import SILENT, Progress
from casemill.domain.ticket import Ticket, texts_of
from casemill.domain.word import Word, changed
from casemill.ingest.pull import read
from casemill.settings import Settings
from casemill.store.screening import Lease, Screened
from casemill.store.vault import Vault

log = logging.getLogger(__name__)

PAGE = 200
LEASE_MINUTES = 10.0
UNSCREENED = (Flag(danger="unscreened"),)
# What the customer writes outside of turns, and what people write about it.
_CUSTOMER = ("subject", "csat_comment")
_ABOUT = ("resolution", "root_cause", "expected", "events.", "tags.", "attachments.")


class Watch(NamedTuple):
    """Who screens, and when."""

    by: str
    now: datetime


class Said(NamedTuple):
    """A text that is looked at and its path; `scored`: by the classifier, too."""

    path: str
    text: str
    scored: bool


class ScreenedArrivals(Word, omit_defaults=True):
    """What became of the arrivals: how many were screened and flagged, and how many tickets hold which danger."""

    screened: int = 0
    flagged: int = 0
    dangers: dict[str, int] = {}


def screen_waiting(vault: Vault, *, settings: Settings, watch: Watch, progress: Progress = SILENT) -> ScreenedArrivals:
    """Screen every arrival that nobody has looked at, a leased page at a time. May be run twice, side by side or
    killed anywhere: an arrival is settled once, and what another worker holds is left to it."""
    progress.start(vault.counts().get("arrived", 0))
    screened, flagged = 0, 0
    dangers: Counter[str] = Counter()
    while page := vault.lease(Lease(watch.by, watch.now, LEASE_MINUTES, PAGE)):
        flags = look(page, settings=settings)
        settled = vault.settle(Screened(flags, whom(settings), watch.now, by=watch.by))
        screened += settled
        flagged += sum(bool(found) for found in flags.values())
        dangers.update(danger for found in flags.values() for danger in {flag.danger for flag in found})
        progress.step(len(page))
        if not settled:
            break
    return ScreenedArrivals(screened=screened, flagged=flagged, dangers=dict(dangers))


def screened(vault: Vault, page: Sequence[Arrival], *, settings: Settings, now: datetime) -> tuple[Arrival, ...]:
    """Arrivals that are about to be masked, with what screening found. Those that nobody has looked at are looked at
    now, whoever holds them: none is masked unscreened."""
    missing = [arrival for arrival in page if arrival.state == "arrived" or arrival.flags is None]
    if not missing:
        return tuple(page)
    vault.settle(Screened(look(missing, settings=settings), whom(settings), now))
    found = vault.flags_of([arrival.id for arrival in missing])
    asked = {arrival.id for arrival in missing}
    return tuple(
        changed(arrival, flags=found.get(arrival.id, UNSCREENED)) if arrival.id in asked else arrival
        for arrival in page
    )


def whom(settings: Settings) -> str | None:
    """The safety owner's address; None when nobody was named."""
    people = settings.people
    return people.safety or people.owner or people.me


def look(page: Sequence[Arrival], *, settings: Settings) -> dict[int, tuple[Flag, ...]]:
    """The flags of each arrival, by its id."""
    texts = [_texts(arrival, settings) for arrival in page]
    try:
        found = iter(_dangers(texts))
        return {arrival.id: _flags(some, found) for arrival, some in zip(page, texts, strict=True)}
    except Exception as error:  # noqa: BLE001 - fail-closed: whatever goes wrong, the ticket is seen by a person
        log.error("screening failed: %s", type(error).__name__)
    if len(page) == 1:
        return {page[0].id: UNSCREENED}
    return {arrival.id: look([arrival], settings=settings)[arrival.id] for arrival in page}


def dangers_in(texts: Sequence[str]) -> list[set[Danger]]:
    """What each text holds by the phrases or the classifier, each as a ticket of its own that the customer wrote."""
    return _dangers([[Said("subject", text, scored=True)] for text in texts])


def dangers_of(ticket: Sequence[str]) -> set[Danger]:
    """What is found in what the customer writes in one ticket."""
    return set[Danger]().union(*_dangers([[Said("subject", text, scored=True) for text in ticket]]))


def _dangers(tickets: Sequence[Sequence[Said] | None]) -> list[set[Danger]]:
    """The dangers of each text of each ticket in turn."""
    from casemill.ingest.screening.classifier import classified
    from casemill.ingest.screening.folding import fold
    from casemill.ingest.screening.lexicon import each_in_lexicon

    every = [(number, one) for number, some in enumerate(tickets) for one in some or ()]
    folded = [fold(one.text) for _, one in every]
    found = each_in_lexicon(folded)
    places = [place for place, (_, one) in enumerate(every) if one.scored]
    scored = classified([folded[place] for place in places], tickets=[every[place][0] for place in places])
    for place, dangers in zip(places, scored, strict=True):
        found[place] |= dangers
    return found


def _texts(arrival: Arrival, settings: Settings) -> list[Said] | None:
    """A ticket's texts by their paths; None when it cannot be read."""
    try:
        return said(read(arrival.payload, settings.ingest).ticket)
    except Exception as error:  # noqa: BLE001 - fail-closed, too
        log.error("an arrival could not be read for screening: %s", type(error).__name__)
        return None


def said(ticket: Ticket) -> list[Said]:
    """What is looked at, each text once. Where no turn is the customer's nobody knows who speaks: all of them count."""
    theirs = ("customer",) if ticket.said_by("customer") else ("assistant", "agent")
    customers = {f"turns.{place}.text" for place, turn in enumerate(ticket.turns) if turn.role in theirs}
    notes = {f"turns.{place}.text" for place, _ in ticket.said_by("note")}
    seen: dict[str, Said] = {}
    for path, text in texts_of(ticket):
        scored = path in customers or path in _CUSTOMER
        if scored or path in notes or path.startswith(_ABOUT):
            known = seen.get(text)
            if known is None or (scored and not known.scored):
                seen[text] = Said(path, text, scored)
    return list(seen.values())


def _flags(texts: Sequence[Said] | None, found: Iterator[set[Danger]]) -> tuple[Flag, ...]:
    if texts is None:
        return UNSCREENED
    return tuple(Flag(danger=danger, path=one.path) for one in texts for danger in sorted(next(found)))
