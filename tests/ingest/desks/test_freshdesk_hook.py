"""A Freshdesk webhook is a rule's call with a secret in a header."""

from typing import Any

import msgspec
import pytest

import make
from casemill.ingest.desks.freshdesk_hook import HEADER, read_hook
from casemill.ingest.source import Hint, HookRefused

SECRET = "a secret of ours, é"


def told(body: Any, *, secret: str = SECRET) -> Hint | None:
    raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return read_hook({HEADER: secret}, raw, secret=SECRET, now=make.NOW)


@pytest.mark.parametrize(
    "body",
    [
        {"freshdesk_webhook": {"ticket_id": 18, "ticket_subject": "refund"}},
        {"freshdesk_webhook": {"ticket_id": "18"}},
        {"ticket_id": "18"},
        {"id": 18, "freshdesk_webhook": "none"},
    ],
)
def test_a_rules_own_body_and_the_simple_one_name_the_ticket(body: Any) -> None:
    assert told(body) == Hint("18", None)


@pytest.mark.parametrize("body", [{}, [], 7, "18", {"ticket_id": "١٨"}, {"ticket_id": "18; drop"}, {"ticket_id": None}])
def test_a_call_that_names_no_ticket_is_about_none(body: Any) -> None:
    assert told(body) is None


@pytest.mark.parametrize("secret", ["", "a secret of ours", SECRET + " ", "ñ"])
def test_another_secret_is_refused(secret: str) -> None:
    with pytest.raises(HookRefused, match="does not hold the secret"):
        told({"ticket_id": 18}, secret=secret)


def test_a_secret_that_is_empty_lets_nobody_in() -> None:
    with pytest.raises(HookRefused):
        read_hook({}, b'{"ticket_id": 18}', secret="", now=make.NOW)


@pytest.mark.parametrize("body", [b"", b"ticket_id=18", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(HookRefused, match="not JSON"):
        told(body)
