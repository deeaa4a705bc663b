"""A Help Scout webhook: signed over its raw body; it only says which conversation to look at."""

import hmac
import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from casemill.domain.word import digest_of
from casemill.ingest.hooked import body_of, number_in
from casemill.ingest.source import Hint, HookRefused

_SIGNATURE = "x-helpscout-signature"
_EVENT = "x-helpscout-event"
_LINKED = re.compile(r"/conversations/(\d+)\b")
_NAMED = ("conversationId", "conversation_id", "ticketId")


def read_hook(headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> Hint | None:  # noqa: ARG001
    """The conversation of a `convo.…` event (its body is the conversation), or the one that another event names.

    Help Scout sends no time and no number of the delivery: the same body is the same delivery, whatever
    the event is called, since its name is not signed.
    """
    signed = b64encode(hmac.digest(secret.encode(), body, "sha1"))
    if not hmac.compare_digest(signed, headers.get(_SIGNATURE, "").encode()):
        raise HookRefused("the signature is not the secret's")
    told = body_of(body)
    event = headers.get(_EVENT, "")
    ticket = number_in(_ticket(told, event=event)) if isinstance(told, dict) else None
    if ticket is None:
        return None
    return Hint(ticket, signed=digest_of(body))


def _ticket(told: Mapping[str, Any], *, event: str) -> Any:
    if event.startswith("convo.") and told.get("id") is not None:
        return told["id"]
    linked = _LINKED.search(msgspec.json.encode(told.get("_links") or {}).decode())
    named = (told[name] for name in _NAMED if told.get(name) is not None)
    return next(named, linked[1] if linked else None)
