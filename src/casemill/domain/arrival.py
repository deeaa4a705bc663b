"""What a source sent, byte for byte, and what it said about who is who."""

from datetime import datetime
from typing import Literal

from casemill.domain.notice import Flag
from casemill.domain.ticket import Ticket
from casemill.domain.word import Word, digest_of

ArrivalState = Literal["arrived", "screened", "masked", "stuck", "erased"]


class Payload(Word):
    """One conversation or incident as its source gave it: bytes that are never edited.

    `external_id` is the source's own id. A source that spreads a conversation over several files or calls
    joins the parts in one JSON object whose values are the original bytes (`msgspec.Raw`).
    """

    source: str
    external_id: str
    content: bytes

    @property
    def digest(self) -> str:
        return digest_of(self.content)


class Arrival(Word):
    """A payload in the vault. `version` counts from 1 for each (source, external_id); `again` how often a trace came
    to it that makes it be read once more; `flags` what screening found (None: nobody has looked yet)."""

    id: int
    payload: Payload
    version: int
    fetched_at: datetime
    state: ArrivalState = "arrived"
    reason: str | None = None
    again: int = 0
    flags: tuple[Flag, ...] | None = None


class Identity(Word):
    """A person the payload names. Lives in memory between reading and masking, never on the desk."""

    role: Literal["customer", "agent", "assistant", "other"]
    id: str | None = None
    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    usernames: tuple[str, ...] = ()


class Reading(Word):
    """What a payload tells: the ticket, not masked yet, and the people it names, the requester first."""

    ticket: Ticket
    people: tuple[Identity, ...] = ()
    requester: str | None = None
