"""A near-miss: a reply that the AI drafted and an agent rejected or rewrote before the customer saw it."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from casemill.domain.ticket import Event
from casemill.ingest.values import plain

TAG = "near-miss"
SENT_AS_IT_STOOD = "is no near-miss: the draft was sent as it stood"
UNTOLD = "does not tell what became of the draft: there is neither an outcome nor what was sent"
Outcome = Literal["rejected", "rewritten", "sent"]
_OUTCOMES: dict[str, Outcome] = {
    **dict.fromkeys(("rejected", "reject", "declined", "discarded", "dismissed", "deleted", "unused"), "rejected"),
    **dict.fromkeys(("отклонен", "отклонено", "отклонён", "удалено", "не использован"), "rejected"),
    **dict.fromkeys(("rewritten", "rewrote", "rewrite", "edited", "edit", "modified", "changed"), "rewritten"),
    **dict.fromkeys(("replaced", "corrected", "переписан", "переписано", "исправлен", "исправлено"), "rewritten"),
    **dict.fromkeys(("sent", "accepted", "accept", "approved", "used", "unchanged", "as is"), "sent"),
    **dict.fromkeys(("принят", "принято", "отправлен", "отправлено"), "sent"),
}


class NearMiss(NamedTuple):
    """What the AI drafted, what the agent sent in its place (nothing when it was only rejected), and why."""

    draft: str
    sent: str
    why: str
    outcome: Outcome

    @property
    def event(self) -> Event:
        return Event(kind="status", by="agent", text=f"AI draft {self.outcome}")

    def cut(self, messages: Sequence[Any]) -> int:
        """Before which message the draft was written: the first that is what was sent, else behind them all."""
        texts = (plain(_text(message)) for message in messages)
        return next((at for at, text in enumerate(texts) if self.sent and text == self.sent), len(messages))


def near_miss(fields: Mapping[str, Any]) -> NearMiss | None:
    """By the fields draft, sent, outcome and why; None where there is no draft.

    Two texts tell by themselves whether the draft was rewritten; an outcome in words tells the rest. Where neither
    does, the draft counts as rejected: `wrong` says what such a row lacks before it is taken in.
    """
    draft, sent, why = (plain(fields.get(name)) for name in ("draft", "sent", "why"))
    if not draft:
        return None
    return NearMiss(draft, sent, why, _outcome(draft, sent, told=fields.get("outcome")) or "rejected")


def wrong(fields: Mapping[str, Any]) -> str | None:
    """Why a row with a draft is no near-miss."""
    draft, sent = plain(fields.get("draft")), plain(fields.get("sent"))
    if not draft:
        return None
    outcome = _outcome(draft, sent, told=fields.get("outcome"))
    return SENT_AS_IT_STOOD if outcome == "sent" else UNTOLD if outcome is None else None


def _outcome(draft: str, sent: str, *, told: Any) -> Outcome | None:
    said = _OUTCOMES.get(plain(told).casefold().replace("_", " "))
    if not sent:
        return said if said != "rewritten" else "rejected"
    if " ".join(sent.split()) == " ".join(draft.split()):
        return "rejected" if said == "rejected" else "sent"
    return "rejected" if said == "rejected" else "rewritten"


def _text(message: Any) -> Any:
    if not isinstance(message, Mapping):
        return message
    return next((message[key] for key in ("content", "text", "body", "message") if message.get(key)), None)
