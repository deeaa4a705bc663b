"""Intercom's webhooks: believed only when signed, and only as a hint."""

import hmac
import json
from datetime import timedelta
from typing import Any

import pytest

import make
from casemill.ingest.desks.intercom_hook import read_hook
from casemill.ingest.source import Hint, HookRefused

SECRET = "a-secret-of-our-own"
AT = int(make.NOW.timestamp())


def signed(body: bytes, *, secret: str = SECRET) -> dict[str, str]:
    return {"x-hub-signature": f"sha1={hmac.digest(secret.encode(), body, 'sha1').hex()}"}


def notification(item: Any, **fields: Any) -> bytes:
    told = {"type": "notification_event", "id": "notif_1", "first_sent_at": AT, "data": {"item": item}}
    return json.dumps(told | fields).encode()


TALK = {"type": "conversation", "id": "503"}


def test_a_signed_hook_tells_which_conversation_to_look_at() -> None:
    body = notification(TALK)
    assert read_hook(signed(body), body, secret=SECRET, now=make.NOW) == Hint("503", "notif_1")


@pytest.mark.parametrize(
    "item",
    [
        {"type": "ping", "message": "hello"},
        {"type": "ticket", "id": "7"},
        {"type": "conversation", "id": "../1"},
        {"type": "conversation"},
        "conversation",
        None,
    ],
)
def test_a_signed_hook_about_something_else_tells_nothing(item: Any) -> None:
    body = notification(item)
    assert read_hook(signed(body), body, secret=SECRET, now=make.NOW) is None


@pytest.mark.parametrize("body", [b"[]", b"7", b'{"data": []}', b"{}"])
def test_signed_json_of_another_shape_tells_nothing(body: bytes) -> None:
    assert read_hook(signed(body), body, secret=SECRET, now=make.NOW) is None


@pytest.mark.parametrize("change", ["secret", "body", "none", "not ascii"])
def test_a_hook_that_is_not_signed_with_the_secret_is_refused(change: str) -> None:
    body = notification(TALK)
    headers = signed(body, secret="another" if change == "secret" else SECRET)
    headers = {"none": {}, "not ascii": {"x-hub-signature": "sha1=é"}}.get(change, headers)
    with pytest.raises(HookRefused, match="signature"):
        read_hook(headers, body + b" " if change == "body" else body, secret=SECRET, now=make.NOW)


@pytest.mark.parametrize("minutes", [-61, 61])
def test_a_hook_from_another_time_is_refused(minutes: int) -> None:
    body = notification(TALK)
    with pytest.raises(HookRefused, match="older than an hour"):
        read_hook(signed(body), body, secret=SECRET, now=make.NOW + timedelta(minutes=minutes))


def test_a_second_attempt_some_minutes_later_is_taken() -> None:
    body = notification(TALK, delivery_attempts=2)
    assert read_hook(signed(body), body, secret=SECRET, now=make.NOW + timedelta(minutes=20)) is not None


def test_a_body_that_is_no_json_is_refused() -> None:
    with pytest.raises(HookRefused, match="not JSON"):
        read_hook(signed(b"{"), b"{", secret=SECRET, now=make.NOW)


def test_the_signature_is_that_of_a_known_vector() -> None:
    """RFC 2202, test case 2: the same arithmetic as any other HMAC-SHA1."""
    body = b"what do ya want for nothing?"
    headers = {"x-hub-signature": "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"}
    with pytest.raises(HookRefused, match="not JSON"):
        read_hook(headers, body, secret="Jefe", now=make.NOW)
