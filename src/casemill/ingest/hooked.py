"""What webhooks have in common: a body that is JSON, and a ticket that it names by its number."""

from typing import Any

import msgspec

from casemill.ingest.source import HookUnread

_LONGEST = 20


def body_of(body: bytes) -> Any:
    """The body's JSON; HookUnread when it is none."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise HookUnread("the body is not JSON") from None


def number_in(told: Any) -> str | None:
    """A ticket's number, told as a number or in digits; None for anything else."""
    text = str(told) if isinstance(told, int | str) else ""
    return text if text.isdecimal() and text.isascii() and len(text) <= _LONGEST else None
