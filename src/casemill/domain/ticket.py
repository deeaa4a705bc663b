"""One support conversation or incident: who said what, and how it was resolved."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from casemill.domain.notice import Flag
from casemill.domain.word import Word, canonical, digest_of

Role = Literal["customer", "assistant", "agent", "tool", "note"]
TicketState = Literal[
    "masked", "proposed", "decided", "drafted", "admitted", "not_a_case", "duplicate", "erased", "stuck"
]
Csat = Literal["good", "bad"]
EventKind = Literal["assigned", "transferred", "paused", "resumed", "status", "rated", "field"]


class ToolCall(Word, omit_defaults=True):
    """One call of a tool by the AI, with what came back (None: nothing recorded)."""

    name: str
    arguments: dict[str, Any] = {}
    result: str | None = None


class Turn(Word, omit_defaults=True):
    """One thing said or done. `tool` turns carry a `call`; `note` turns were never seen by the customer."""

    role: Role
    text: str = ""
    call: ToolCall | None = None
    by: str | None = None
    at: datetime | None = None


class Attachment(Word, omit_defaults=True):
    """A file that came with a turn: its name, type, bytes and digest, never its content."""

    name: str
    type: str | None = None
    size: int | None = None
    digest: str | None = None


class Event(Word, omit_defaults=True):
    """What happened to a ticket beside what was said: handed over, paused, rated, a field filled in.

    `by` is the side that did it, None for a rule or nobody known; `text` what it came to: a side (`assistant → agent`),
    a status, a rating, `Title: value`. It may hold anybody's words and is masked.
    """

    kind: EventKind
    at: datetime | None = None
    by: Role | None = None
    text: str = ""


class Macro(Word, omit_defaults=True):
    """A canned reply or action of the support team, in the revision that was used.

    `score` says how alike reply and macro are, 0 to 1, where a helpdesk does not name the macro itself.
    """

    id: str
    title: str = ""
    text: str = ""
    revision: str | None = None
    score: float | None = None


class Masking(Word, omit_defaults=True):
    """How a ticket was masked: the layers that ran, how unsure the least sure decision was (0 sure, 1 a coin), and who
    may be the same as whom (`[NAME_3] may be [NAME_1]`)."""

    layers: tuple[str, ...] = ()
    doubt: float = 0.0
    unsure: tuple[str, ...] = ()


class Traced(Word, omit_defaults=True):
    """The model calls behind a ticket, as the AI's tracing told them: which traces, by what they were found (`id`,
    `conversation`, the replies' `words`, or, weakly, the `user` and the time), models, prompts as `support@7`.

    `digest` is that of the spans, None when no trace was joined; `missing` says in words what none explains.
    """

    ids: tuple[str, ...] = ()
    by: Literal["id", "conversation", "words", "user"] | None = None
    models: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    digest: str | None = None
    missing: tuple[str, ...] = ()


class Ticket(Word, omit_defaults=True):
    """A conversation with its provenance. `turns` are in the order they happened.

    `expected` is the structured "expected behaviour" field, `resolution` the agents' last private note, `digest` the
    payload's (keyed wherever it left the vault), `person` the Person key, `mode` and `root_cause` what an incident
    report names, `flags` what screening found in the raw text on arrival.
    """

    source: str
    external_id: str
    version: int = 1
    digest: str = ""
    subject: str = ""
    turns: tuple[Turn, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None
    channel: str | None = None
    status: str | None = None
    tags: tuple[str, ...] = ()
    csat: Csat | None = None
    csat_comment: str | None = None
    ai_related: bool | None = None
    expected: str | None = None
    resolution: str | None = None
    macro: Macro | None = None
    trace: str | None = None
    model: str | None = None
    link: str | None = None
    attachments: tuple[Attachment, ...] = ()
    events: tuple[Event, ...] = ()
    mode: str | None = None
    severity: str | None = None
    root_cause: str | None = None
    plan: str | None = None
    person: str | None = None
    masking: Masking | None = None
    flags: tuple[Flag, ...] = ()
    traced: Traced | None = None

    @property
    def told_by(self) -> str:
        """The digest of all it was read from: its payload, and the spans of the traces that were joined."""
        if self.traced is None or self.traced.digest is None:
            return self.digest
        return "told-" + digest_of(f"{self.digest} {self.traced.digest}".encode())

    @property
    def key(self) -> str:
        """How people and files name it: `zendesk:48213`."""
        return f"{self.source}:{self.external_id}"

    def said_by(self, role: Role) -> tuple[tuple[int, Turn], ...]:
        """The turns of one role, each with its index."""
        return tuple((index, turn) for index, turn in enumerate(self.turns) if turn.role == role)


_TOLD = (
    *("expected", "resolution", "root_cause", "csat_comment"),
    *("channel", "status", "mode", "severity", "plan", "link"),
)


def texts_of(ticket: Ticket) -> Iterator[tuple[str, str]]:
    """Every text of a ticket that is not empty, with its path: `subject`, `turns.3.text`, `turns.3.call.result`,
    `tags.0`; a call's arguments are one text, canonical JSON. Ids and digests are no texts."""
    return ((path, text) for path, text in _texts(ticket) if text)


def _texts(ticket: Ticket) -> Iterator[tuple[str, str | None]]:
    yield "subject", ticket.subject
    for place, turn in enumerate(ticket.turns):
        yield f"turns.{place}.by", turn.by
        yield f"turns.{place}.text", turn.text
        if turn.call is not None:
            yield (
                f"turns.{place}.call.arguments",
                canonical(turn.call.arguments).decode() if turn.call.arguments else "",
            )
            yield f"turns.{place}.call.result", turn.call.result
    for name in _TOLD:
        yield name, getattr(ticket, name)
    if ticket.macro is not None:
        yield "macro.title", ticket.macro.title
        yield "macro.text", ticket.macro.text
    yield from ((f"tags.{place}", tag) for place, tag in enumerate(ticket.tags))
    yield from ((f"attachments.{place}.name", one.name) for place, one in enumerate(ticket.attachments))
    yield from ((f"events.{place}.text", event.text) for place, event in enumerate(ticket.events))


def text_at(ticket: Ticket, path: str) -> str | None:
    """The text that `texts_of` gives under a path; None when there is none."""
    return next((text for known, text in texts_of(ticket) if known == path), None)


def texts_digest(ticket: Ticket) -> str:
    """Changes whenever a text changes, and with nothing else: masked anew, or told anew."""
    return digest_of(canonical(list(texts_of(ticket))))
