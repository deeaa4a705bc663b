"""Zendesk's webhooks: believed only when signed, and only as a hint."""

import hmac
import json
from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest

import make
from casemill.ingest.desks.zendesk_hook import read_hook
from casemill.ingest.source import HookRefused

SECRET = "a-secret-of-our-own"
STAMP = make.NOW.strftime("%Y-%m-%dT%H:%M:%SZ")


def signed(body: bytes, *, stamp: str = STAMP, secret: str = SECRET) -> dict[str, str]:
    code = b64encode(hmac.digest(secret.encode(), stamp.encode() + body, "sha256")).decode()
    return {
        "x-zendesk-webhook-signature": code,
        "x-zendesk-webhook-signature-timestamp": stamp,
        "x-zendesk-webhook-invocation-id": "01H",
    }


@pytest.mark.parametrize("told", [{"subject": "zen:ticket:35436", "detail": {}}, {"ticket_id": "35436"}])
def test_a_signed_hook_tells_which_ticket_to_look_at(told: dict[str, Any]) -> None:
    body = json.dumps(told).encode()
    found = read_hook(signed(body), body, secret=SECRET, now=make.NOW)
    assert found is not None
    assert found[:2] == ("35436", "01H")
    other = b" " + body
    again = read_hook(signed(other), other, secret=SECRET, now=make.NOW)
    assert again is not None
    assert again.signed != found.signed


@pytest.mark.parametrize("told", [{"subject": "zen:user:1"}, {}, [], {"ticket_id": "../1"}, {"ticket_id": None}])
def test_a_signed_hook_about_something_else_tells_nothing(told: Any) -> None:
    body = json.dumps(told).encode()
    assert read_hook(signed(body), body, secret=SECRET, now=make.NOW) is None


@pytest.mark.parametrize("change", ["secret", "body", "stamp", "none"])
def test_a_hook_that_was_not_signed_so_is_refused(change: str) -> None:
    body = b'{"ticket_id": "1"}'
    headers = signed(body, secret="another" if change == "secret" else SECRET)
    if change == "stamp":
        headers["x-zendesk-webhook-signature-timestamp"] = "2026-01-01T00:00:00Z"
    with pytest.raises(HookRefused, match="signature is not"):
        read_hook({} if change == "none" else headers, body + b" " * (change == "body"), secret=SECRET, now=make.NOW)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_or_early_hook_is_refused(minutes: int) -> None:
    body = b"{}"
    with pytest.raises(HookRefused, match="five minutes"):
        read_hook(signed(body), body, secret=SECRET, now=make.NOW + timedelta(minutes=minutes))


def test_a_body_that_is_no_json_is_refused() -> None:
    with pytest.raises(HookRefused, match="not JSON"):
        read_hook(signed(b"{"), b"{", secret=SECRET, now=make.NOW)


@pytest.mark.parametrize("ticket", ["7" * 21, "-7", "7.5", "٧", [7], {"id": 7}, True, None, ""])
def test_what_is_no_number_names_no_ticket(ticket: object) -> None:
    body = json.dumps({"ticket_id": ticket}).encode()
    assert read_hook(signed(body), body, secret=SECRET, now=make.NOW) is None
