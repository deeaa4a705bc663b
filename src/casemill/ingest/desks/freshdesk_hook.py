"""A Freshdesk webhook: an automation rule's call with a secret in a header; it only says which ticket to look at."""

import hmac
from collections.abc import Mapping
from datetime import datetime

from casemill.ingest.hooked import body_of, number_in
from casemill.ingest.source import Hint, HookRefused

HEADER = "x-casemill-secret"
_WRAPPED = "freshdesk_webhook"
_NAMES = ("ticket_id", "id")


def read_hook(headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> Hint | None:  # noqa: ARG001 - no stamp
    """The ticket of a rule's simple body (`{"freshdesk_webhook": {"ticket_id": 7}}`) or of one's own (`{"ticket_id":
    "7"}`). Freshdesk signs nothing and tells no time: whoever knows the secret can only make us look."""
    given = headers.get(HEADER, "")
    if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
        raise HookRefused(f"the header {HEADER} does not hold the secret")
    told = body_of(body)
    if isinstance(told, dict) and isinstance(told.get(_WRAPPED), dict):
        told = told[_WRAPPED]
    named = next((told[name] for name in _NAMES if told.get(name)), None) if isinstance(told, dict) else None
    ticket = number_in(named)
    return Hint(ticket) if ticket else None
