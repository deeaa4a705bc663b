"""A ticket cut into what the customer complains of, the chat with the AI, and what the staff wrote."""

from typing import NamedTuple

from casemill.domain.ticket import Ticket, Turn
from casemill.triage.rules.passage import Passage
from casemill.triage.rules.speech import names_bot


class Sides(NamedTuple):
    """`complaint`: the customer's words around the chat; `chat`: the customer's words inside it; `replies`: what the
    AI said; `agent`: what a person answered the customer; `staff`: notes and fields that the customer never sees.
    """

    ticket: Ticket
    complaint: tuple[Passage, ...]
    chat: tuple[Passage, ...]
    replies: tuple[Passage, ...]
    agent: tuple[Passage, ...]
    staff: tuple[Passage, ...]

    @property
    def last_reply(self) -> int | None:
        """The assistant's last turn; None when the ticket has none."""
        return self.replies[-1].turn if self.replies else None

    @property
    def bot_took_part(self) -> bool:
        """Whether anything but words says that an AI was involved."""
        ticket = self.ticket
        called = any(turn.role == "tool" for turn in ticket.turns)
        return bool(self.replies or called or ticket.trace or ticket.model or ticket.ai_related or ticket.expected)

    def reply_before(self, turn: int) -> int | None:
        """The assistant turn a customer's turn answers; the last one of all when it comes before every reply."""
        earlier = [passage.turn for passage in self.replies if passage.turn is not None and passage.turn < turn]
        return earlier[-1] if earlier else self.last_reply


def take_apart(ticket: Ticket) -> Sides:
    """Cut by role and by place. What the customer says after the last reply is the complaint, between replies the chat;
    before the first reply it is the chat's request where a complaint follows, unless it speaks of the AI itself."""
    replies = _passages(ticket, "assistant")
    told = _passages(ticket, "customer")
    inside = _inside(told, replies)
    in_chat = {said.turn for said in inside}
    return Sides(
        ticket=ticket,
        complaint=(*_fields(ticket.subject, ticket.csat_comment), *(said for said in told if said.turn not in in_chat)),
        chat=inside,
        replies=replies,
        agent=_passages(ticket, "agent"),
        staff=_staff(ticket),
    )


def _inside(told: tuple[Passage, ...], replies: tuple[Passage, ...]) -> tuple[Passage, ...]:
    first, last = (replies[0].turn or 0, replies[-1].turn or 0) if replies else (0, -1)
    later = any((said.turn or 0) > last for said in told)
    return tuple(
        said
        for said in told
        if first < (said.turn or 0) < last or ((said.turn or 0) < first and later and not names_bot(said.text))
    )


def _staff(ticket: Ticket) -> tuple[Passage, ...]:
    """Notes and private fields, each text once; a note that repeats a field is the one that is kept."""
    notes = _passages(ticket, "note")
    said = {note.text.strip() for note in notes}
    fields = _fields(ticket.expected, ticket.resolution, ticket.root_cause)
    return (*notes, *(field for field in fields if field.text.strip() not in said))


def _passages(ticket: Ticket, role: str) -> tuple[Passage, ...]:
    return tuple(Passage(turn.text, index) for index, turn in enumerate(ticket.turns) if _says(turn, role))


def _says(turn: Turn, role: str) -> bool:
    return turn.role == role and bool(turn.text.strip())


def _fields(*texts: str | None) -> tuple[Passage, ...]:
    return tuple(Passage(text) for text in texts if text and text.strip())
