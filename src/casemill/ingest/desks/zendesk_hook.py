"""A Zendesk webhook: signed over its time and raw body; it only says which ticket to look at."""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from casemill.domain.word import digest_of
from casemill.ingest.hooked import body_of, number_in
from casemill.ingest.source import Hint, HookRefused
from casemill.ingest.values import moment

OLDEST = timedelta(minutes=5)
_SIGNATURE = "x-zendesk-webhook-signature"
_MOMENT = "x-zendesk-webhook-signature-timestamp"
_DELIVERY = "x-zendesk-webhook-invocation-id"
_SUBJECT = "zen:ticket:"


def read_hook(headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> Hint | None:
    """The ticket of an event subscription (`subject` zen:ticket:7) or of a trigger (`{"ticket_id": "7"}`)."""
    stamp = headers.get(_MOMENT, "")
    signed = hmac.digest(secret.encode(), stamp.encode() + body, "sha256")
    if not hmac.compare_digest(b64encode(signed), headers.get(_SIGNATURE, "").encode()):
        raise HookRefused("the signature is not the secret's")
    at = moment(stamp)
    if at is None or abs(now - at) > OLDEST:
        raise HookRefused("the signature is older than five minutes, or from a clock that is off")
    told = body_of(body)
    ticket = number_in(_ticket(told)) if isinstance(told, dict) else None
    if ticket is None:
        return None
    return Hint(ticket, headers.get(_DELIVERY), digest_of(stamp.encode() + b"\n" + body))


def _ticket(told: Mapping[str, Any]) -> Any:
    subject = told.get("subject")
    if isinstance(subject, str) and subject.startswith(_SUBJECT):
        return subject.removeprefix(_SUBJECT)
    return told.get("ticket_id")
