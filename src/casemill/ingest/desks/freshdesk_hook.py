"""A Freshdesk webhook: an automation rule's call with a secret in a header; it only says which ticket to look at."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from casemill.ingest.source import Hint, HookRefused, HookUnread

HEADER = "x-casemill-secret"
_WRAPPED = "freshdesk_webhook"
_NAMES = ("ticket_id", "id")


def read_hook(headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> Hint | None:  # noqa: ARG001 - no stamp
    """The ticket of a rule's simple body (`{"freshdesk_webhook": {"ticket_id": 7}}`) or of one's own (`{"ticket_id":
    "7"}`). Freshdesk signs nothing and tells no time: whoever knows the secret can only make us look."""
    given = headers.get(HEADER, "")
    if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
        raise HookRefused(f"the header {HEADER} does not hold the secret")
    try:
        told: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise HookUnread("the body is not JSON") from None
    if isinstance(told, dict) and isinstance(told.get(_WRAPPED), dict):
        told = told[_WRAPPED]
    ticket = next((str(told[name]) for name in _NAMES if told.get(name)), "") if isinstance(told, dict) else ""
    return Hint(ticket) if ticket.isdecimal() and ticket.isascii() else None
