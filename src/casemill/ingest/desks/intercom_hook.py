"""An Intercom webhook: signed over its raw body; it only says which conversation to look at."""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from casemill.ingest.hooked import body_of, number_in
from casemill.ingest.source import Hint, HookRefused
from casemill.ingest.values import moment

OLDEST = timedelta(hours=1)
_SIGNATURE = "x-hub-signature"


def read_hook(headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> Hint | None:
    """The conversation of a notification; None for a ping and for what is about no conversation.

    There is no signed time beside the body, and the one in it is that of the first attempt: an hour is left for others.
    """
    signed = "sha1=" + hmac.digest(secret.encode(), body, "sha1").hex()
    if not hmac.compare_digest(signed.encode(), headers.get(_SIGNATURE, "").encode()):
        raise HookRefused("the signature is not the secret's")
    told = body_of(body)
    if not isinstance(told, dict):
        return None
    at = moment(told.get("first_sent_at")) or moment(told.get("created_at"))
    if at is not None and abs(now - at) > OLDEST:
        raise HookRefused("the notification is older than an hour, or from a clock that is off")
    id = _conversation(told)
    delivery = told.get("id")
    return Hint(id, delivery if isinstance(delivery, str) else None) if id else None


def _conversation(told: Mapping[str, Any]) -> str | None:
    data = told.get("data")
    item = data.get("item") if isinstance(data, dict) else None
    if not isinstance(item, dict) or item.get("type") != "conversation":
        return None
    return number_in(item.get("id"))
