"""Help Scout's webhooks: believed only when signed, and only as a hint."""

import hmac
import json
from base64 import b64encode
from typing import Any

import pytest

import make
from casemill.ingest.desks.helpscout_hook import read_hook
from casemill.ingest.source import Hint, HookRefused

SECRET = "a-secret-of-our-own"


def signed(body: bytes, *, event: str = "convo.created", secret: str = SECRET) -> dict[str, str]:
    code = b64encode(hmac.digest(secret.encode(), body, "sha1")).decode()
    return {"x-helpscout-event": event, "x-helpscout-signature": code}


def hint(told: Any, *, event: str) -> Hint | None:
    body = json.dumps(told).encode()
    return read_hook(signed(body, event=event), body, secret=SECRET, now=make.NOW)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ("convo.customer.reply.created", {"id": 35436, "number": 7, "subject": "refund"}),
        ("convo.ai-answers.created", {"id": 35436, "source": {"type": "beacon-v2"}}),
        ("convo.deleted", {"id": 35436}),
        ("satisfaction.ratings", {"id": 9, "rating": "great", "conversationId": 35436}),
        ("beacon.chat.created", {"id": "7f-uuid", "conversationId": 35436}),
        ("convo.status", {"_links": {"conversation": {"href": "https://api.helpscout.net/v2/conversations/35436"}}}),
    ],
)
def test_a_signed_hook_tells_which_conversation_to_look_at(event: str, told: dict[str, Any]) -> None:
    found = hint(told, event=event)
    assert found is not None
    assert found.ticket == "35436"


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ("helpscout.test", {"id": 1}),
        ("customer.updated", {"id": 11}),
        ("tag.created", {"id": 5}),
        ("satisfaction.ratings", {"id": 9, "conversationNumber": 7}),
        ("convo.created", []),
        ("convo.created", {"id": "../1"}),
        ("convo.created", {"id": None}),
    ],
)
def test_a_signed_hook_about_something_else_tells_nothing(event: str, told: Any) -> None:
    assert hint(told, event=event) is None


def test_a_retry_is_told_by_its_body_since_the_name_of_the_event_is_not_signed() -> None:
    first, retry, renamed = (hint({"id": 7}, event=event) for event in ("convo.status", "convo.status", "convo.tags"))
    other = hint({"id": 7, "status": "closed"}, event="convo.status")
    assert first is not None
    assert other is not None
    assert first == retry == renamed
    assert first.signed != other.signed


@pytest.mark.parametrize("change", ["secret", "body", "none", "hex"])
def test_a_hook_that_was_not_signed_so_is_refused(change: str) -> None:
    body = b'{"id": 1}'
    headers = signed(body, secret="another" if change == "secret" else SECRET)
    if change == "hex":
        headers["x-helpscout-signature"] = hmac.digest(SECRET.encode(), body, "sha1").hex()
    with pytest.raises(HookRefused, match="signature is not"):
        read_hook({} if change == "none" else headers, body + b" " * (change == "body"), secret=SECRET, now=make.NOW)


def test_a_body_that_is_no_json_is_refused() -> None:
    with pytest.raises(HookRefused, match="not JSON"):
        read_hook(signed(b"{"), b"{", secret=SECRET, now=make.NOW)
