"""Masks what waits in the vault and lays it on the desk: mapping first, then the ticket, then the arrival's mark."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Literal

from casemill.anonymize.fields import gather, put_back
from casemill.domain.arrival import Arrival, Identity, Reading
from casemill.domain.placeholder import Entity
from casemill.domain.progress import SILENT, Progress
from casemill.domain.ticket import Role, Ticket
from casemill.domain.word import Word, changed
from casemill.errors import UsageError
from casemill.ingest import read
from casemill.personal.fields import mask_fields
from casemill.personal.masking import Masker, Terms, mask
from casemill.personal.told import told
from casemill.settings import Anonymize, Settings
from casemill.store import tickets
from casemill.store.desk import Desk
from casemill.store.vault import Vault

PAGE = 100
SHOWN = 5
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
    now: datetime,  # noqa: ARG001 - what every step of the work is given
    progress: Progress = SILENT,
) -> MaskedTickets:
    """Mask every waiting arrival, a page at a time. May be run twice, side by side or killed anywhere."""
    counts = vault.counts()
    progress.start(counts.get("arrived", 0) + counts.get("screened", 0))
    done: Counter[str] = Counter()
    reasons: list[str] = []
    for page in _pages(vault):
        reasons += _mask_page((vault, desk), page, settings=settings, done=done)
        progress.step(len(page))
    return MaskedTickets(
        masked=done["new"],
        changed=done["changed"],
        same=done["same"],
        stuck=len(reasons),
        reasons=tuple(reasons[:SHOWN]),
    )


def _pages(vault: Vault) -> Iterator[tuple[Arrival, ...]]:
    after = 0
    while page := vault.waiting(after=after, limit=PAGE):
        yield page
        after = page[-1].id


def _mask_page(
    stores: tuple[Vault, Desk], page: Sequence[Arrival], *, settings: Settings, done: Counter[str]
) -> list[str]:
    """The mapping of each, then all tickets in one transaction, then the marks; the reasons of what is stuck."""
    vault, desk = stores
    read_well: list[tuple[Arrival, Ticket]] = []
    reasons: list[str] = []
    for arrival in page:
        try:
            reading = read(arrival.payload, settings.ingest)
        except UsageError as error:
            reasons.append(_reason(arrival, f"{error}"))
            vault.mark([arrival.id], state="stuck", reason=reasons[-1])
        else:
            read_well.append((arrival, mask_reading(vault, arrival, reading=reading, settings=settings.anonymize)))
    with desk.write() as db:
        done.update(tickets.put(db, ticket) for _, ticket in read_well)
    vault.mark([arrival.id for arrival, _ in read_well], state="masked")
    return reasons


def mask_reading(vault: Vault, arrival: Arrival, *, reading: Reading, settings: Anonymize) -> Ticket:
    """The masked ticket of an arrival, its mapping saved. The placeholders of earlier versions are kept.

    Every worker masks the versions of a conversation in order and from the same mapping, so that two of them side by
    side give out the same numbers.
    """
    payload = arrival.payload
    known = (*reading.people, *_signed(reading))
    terms = Terms(settings.keep, settings.mask)
    given = vault.entities(payload.source, payload.external_id)
    found = told(_said(reading.ticket), known)
    masker = Masker((*known, *found.people), entities=given, terms=terms, values=found.values)
    ticket, entities = _mask_ticket(reading.ticket, masker)
    if entities != given:
        vault.save_entities(payload.source, payload.external_id, entities)
    return changed(
        ticket,
        source=payload.source,
        external_id=payload.external_id,
        version=arrival.version,
        digest=payload.digest,
        person=vault.person_key(payload.source, reading.requester) if reading.requester else None,
    )


def _mask_ticket(ticket: Ticket, masker: Masker) -> tuple[Ticket, tuple[Entity, ...]]:
    masked = mask_fields(masker, gather(ticket))
    return put_back(ticket, [field.text for field in masked]), masker.entities()


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


def _reason(arrival: Arrival, message: str) -> str:
    """Why an arrival is stuck and what to do; what the payload says is not shown."""
    id = arrival.payload.external_id
    why = mask(_VALUE.sub("value", message.removeprefix(f"{arrival.payload.source}:{id}: "))).text
    key = f"{arrival.payload.source}:{mask(id).text}"
    return f"{key} (version {arrival.version}): {why}; mend it in the source and ingest it again"
