"""Masks what waits in the vault and lays it on the desk: mapping first, then the ticket, then the arrival's mark."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from casemill.anonymize.fields import gather, put_back
from casemill.anonymize.flagged import flagged, placed
from casemill.anonymize.ids import refuse_personal_id
from casemill.anonymize.rekey import rekey_desk
from casemill.anonymize.titles import Ours, Titles, titles_of
from casemill.domain.arrival import Arrival, Identity, Reading
from casemill.domain.placeholder import Entity
from casemill.domain.progress import SILENT, Progress
from casemill.domain.ticket import Masking, Role, Ticket
from casemill.domain.word import Word, changed
from casemill.errors import StoreError, UsageError
from casemill.ingest import join_traces, read
from casemill.ingest.screen import screened
from casemill.personal.fields import fields_steps
from casemill.personal.masking import Masker, Terms, mask
from casemill.personal.rounds import Steps, alone, together
from casemill.personal.told import told
from casemill.settings import Anonymize, Settings
from casemill.store import tickets
from casemill.store.desk import Desk
from casemill.store.desk_digests import key_ticket
from casemill.store.vault import Vault

PAGE = 100
SHOWN = 5
LEFT = "another worker gave other placeholders meanwhile; it waits for the next run"
_VALUE = re.compile(r"value '.*?'", re.DOTALL)
_ROLES: dict[Role, Literal["customer", "agent", "assistant"]] = {
    "customer": "customer",
    "agent": "agent",
    "assistant": "assistant",
}


class MaskedTickets(Word):
    """What became of the arrivals: tickets masked for the first time, new versions of known ones, the same again, and
    arrivals that could not be read; `reasons` are those of the first few."""

    masked: int = 0
    changed: int = 0
    same: int = 0
    stuck: int = 0
    reasons: tuple[str, ...] = ()


def mask_waiting(
    vault: Vault,
    desk: Desk,
    *,
    settings: Settings,
    now: datetime,
    progress: Progress = SILENT,
) -> MaskedTickets:
    """Mask every waiting arrival, a page at a time. May be run twice, side by side or killed anywhere."""
    rekey_desk(vault, desk)
    counts = vault.counts()
    progress.start(counts.get("arrived", 0) + counts.get("screened", 0))
    done: Counter[str] = Counter()
    reasons: list[str] = []
    titles = titles_of(desk)
    for page in _pages(vault, settings=settings, now=now):
        reasons += _mask_page((vault, desk), page, settings=settings, titles=titles, done=done)
        progress.step(len(page))
    return MaskedTickets(
        masked=done["new"],
        changed=done["changed"],
        same=done["same"],
        stuck=len(reasons),
        reasons=tuple(reasons[:SHOWN]),
    )


def _pages(vault: Vault, *, settings: Settings, now: datetime) -> Iterator[tuple[Arrival, ...]]:
    after = 0
    while page := vault.waiting(after=after, limit=PAGE):
        yield screened(vault, page, settings=settings, now=now)
        after = page[-1].id


class _Read(NamedTuple):
    """An arrival that could be read."""

    arrival: Arrival
    reading: Reading


def _mask_page(
    stores: tuple[Vault, Desk], page: Sequence[Arrival], *, settings: Settings, titles: Titles, done: Counter[str]
) -> list[str]:
    """The mappings, then all tickets in one transaction, then the marks; the reasons of what is stuck."""
    vault, desk = stores
    read_well: list[_Read] = []
    reasons: list[str] = []
    for arrival in page:
        people: tuple[Identity, ...] = ()
        try:
            reading = read(arrival.payload, settings.ingest)
            people = reading.people
            refuse_personal_id(arrival, reading)
            read_well.append(_Read(arrival, flagged(arrival, reading)))
        except UsageError as error:
            reasons.append(_reason(arrival, f"{error}", people=people))
            vault.mark([arrival.id], state="stuck", reason=reasons[-1])
    terms = Ours(_terms(vault, settings.anonymize), titles)
    for batch in _batches(read_well):
        masked, left = _mask_batch(vault, _with_traces(vault, batch), terms=terms)
        with desk.write() as db:
            tickets.lock(db)
            # Looked up under the lock: an erasure that ends after this takes the ticket off the desk by itself.
            gone = vault.erased(_talk(one.arrival) for one, _ in masked)
            done.update(tickets.put(db, ticket) for one, ticket in masked if _talk(one.arrival) not in gone)
        vault.mark_masked(one.arrival for one, _ in masked)
        reasons += [f"{_named(one.arrival)}: {LEFT}" for one in left]
    return reasons


def _batches(page: Sequence[_Read]) -> Iterator[list[_Read]]:
    """Arrivals that may be masked at once: a version is masked by the mapping of the version before it."""
    batch: dict[tuple[str, str], _Read] = {}
    for one in page:
        talk = _talk(one.arrival)
        if talk in batch:
            yield list(batch.values())
            batch = {}
        batch[talk] = one
    if batch:
        yield list(batch.values())


def _with_traces(vault: Vault, batch: Sequence[_Read]) -> list[_Read]:
    """With the model calls behind each, which are masked as one with it: the same placeholders."""
    found = join_traces(vault, {_talk(one.arrival): one.reading for one in batch})
    return [_Read(one.arrival, placed(one.reading, found[_talk(one.arrival)])) for one in batch]


def _mask_batch(vault: Vault, batch: Sequence[_Read], *, terms: Ours) -> tuple[list[tuple[_Read, Ticket]], list[_Read]]:
    """The masked tickets, their mappings saved; and those that another worker gave other numbers to meanwhile.

    Every worker masks the versions of a conversation in order and from the same mapping, so that two of them side by
    side give out the same numbers; where they did not all the same, the ticket is masked once more.
    """
    given = vault.entities_of(_talk(one.arrival) for one in batch)
    masked = together([_steps(one, given.get(_talk(one.arrival), ()), terms=terms) for one in batch])
    new = {
        _talk(one.arrival): entities
        for one, (_, entities) in zip(batch, masked, strict=True)
        if entities != given.get(_talk(one.arrival), ())
    }
    try:
        if new:
            vault.save_all(new)
    except StoreError:
        return _one_by_one(vault, batch, terms=terms)
    return [(one, _told(vault, one, ticket=ticket)) for one, (ticket, _) in zip(batch, masked, strict=True)], []


def _one_by_one(vault: Vault, batch: Sequence[_Read], *, terms: Ours) -> tuple[list[tuple[_Read, Ticket]], list[_Read]]:
    masked: list[tuple[_Read, Ticket]] = []
    left: list[_Read] = []
    for one in batch:
        if (ticket := _mask_afresh(vault, one, terms=terms)) is None:
            left.append(one)
        else:
            masked.append((one, ticket))
    return masked, left


def _mask_afresh(vault: Vault, one: _Read, *, terms: Ours) -> Ticket | None:
    """The ticket by the mapping as it is now; None when it has changed once more in the meantime."""
    talk = _talk(one.arrival)
    given = vault.entities(*talk)
    ticket, entities = alone(_steps(one, given, terms=terms))
    try:
        if entities != given:
            vault.save_entities(*talk, entities)
    except StoreError:
        if vault.entities(*talk) == given:
            raise
        return None
    return _told(vault, one, ticket=ticket)


def _steps(one: _Read, given: Sequence[Entity], *, terms: Ours) -> "Steps[tuple[Ticket, tuple[Entity, ...]]]":
    """The ticket with its texts masked and how they were, and the mapping."""
    reading = one.reading
    known = (*reading.people, *_signed(reading))
    found = told(_said(reading.ticket), known)
    masker = Masker(known, entities=given, terms=terms.of(reading), told=found)
    masked = yield from fields_steps(masker, gather(reading.ticket))
    masking = Masking(layers=masker.layers(), doubt=masker.doubt, unsure=masker.unsure())
    ticket = put_back(reading.ticket, [field.text for field in masked])
    return changed(ticket, masking=masking), masker.entities()


def _told(vault: Vault, one: _Read, *, ticket: Ticket) -> Ticket:
    """With its provenance."""
    payload = one.arrival.payload
    requester = one.reading.requester
    told = changed(
        ticket,
        source=payload.source,
        external_id=payload.external_id,
        version=one.arrival.version,
        digest=payload.digest,
        person=vault.person_key(payload.source, requester) if requester else None,
    )
    return key_ticket(told, vault.outside)


def _talk(arrival: Arrival) -> tuple[str, str]:
    return arrival.payload.source, arrival.payload.external_id


def _terms(vault: Vault, settings: Anonymize) -> Terms:
    """The settings' words, and those that reviewers called personal everywhere."""
    return Terms(settings.keep, (*settings.mask, *(f"{label}:{value}" for label, value in vault.learned())))


def _said(ticket: Ticket) -> Iterator[Any]:
    """What may hold structured data: the turns' texts, tool arguments and results."""
    for turn in ticket.turns:
        yield turn.text
        if turn.call:
            yield from (turn.call.arguments, turn.call.result)


def _signed(reading: Reading) -> Iterator[Identity]:
    """Whoever signed a turn is a person, even where the payload's list of people does not hold the name."""
    listed = {name for person in reading.people for name in person.names}
    for turn in reading.ticket.turns:
        if turn.by and turn.by not in listed:
            listed.add(turn.by)
            yield Identity(role=_ROLES.get(turn.role, "other"), names=(turn.by,))


def _reason(arrival: Arrival, message: str, *, people: Sequence[Identity] = ()) -> str:
    """Why an arrival is stuck and what to do; what the payload says is not shown."""
    payload = arrival.payload
    why = mask(_VALUE.sub("value", message.removeprefix(f"{payload.source}:{payload.external_id}: "))).text
    return f"{_named(arrival, people)}: {why}; mend it in the source and ingest it again"


def _named(arrival: Arrival, people: Sequence[Identity] = ()) -> str:
    return f"{arrival.payload.source}:{mask(arrival.payload.external_id, people).text} (version {arrival.version})"
