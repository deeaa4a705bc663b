"""What screening flagged, carried into the ticket: which of its texts a person must see first."""

from collections.abc import Iterator

from casemill.domain.arrival import Arrival, Reading
from casemill.domain.notice import Flag
from casemill.domain.ticket import Ticket, text_at, texts_of
from casemill.domain.word import changed


def flagged(arrival: Arrival, reading: Reading) -> Reading:
    """The reading with what screening found in the arrival."""
    return changed(reading, ticket=changed(reading.ticket, flags=arrival.flags)) if arrival.flags else reading


def placed(before: Reading, after: Reading) -> Reading:
    """Once model calls were laid between a ticket's turns: the flags where their texts stand now."""
    if not before.ticket.flags or before.ticket is after.ticket:
        return after
    return changed(after, ticket=changed(after.ticket, flags=tuple(_moved(before.ticket, after.ticket))))


def _moved(before: Ticket, after: Ticket) -> Iterator[Flag]:
    """A flag whose text is gone stays, without a place."""
    now: dict[str, str] = {}
    for path, text in texts_of(after):
        now.setdefault(text, path)
    for flag in before.flags:
        said = text_at(before, flag.path) if flag.path else None
        same = said is not None and text_at(after, flag.path) == said
        yield flag if same else changed(flag, path=now.get(said or "", ""))
