"""A webhook is believed when its helpdesk signed it now, kept as the ticket to look at, and answered after that."""

import json
import logging
import sqlite3
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.errors import SettingsError, StoreError
from casemill.ingest import receive_hook
from casemill.ingest.trace_hook import Posted, Response
from casemill.ingest.webhooks import MOST_BODY, SETTLED, Listener, listeners
from casemill.settings import Ingest
from casemill.store import Vault
from conftest import Home
from ingest.walking import fake_of

SECRET = "a-secret-of-our-own"
DESKS = ("zendesk", "intercom", "freshdesk", "helpscout")
JSON = {"content-type": "application/json; charset=utf-8"}
LATER = make.NOW + SETTLED
every_desk = pytest.mark.parametrize("name", DESKS)


def listener(name: str) -> Listener:
    settings = Ingest(sources={name: {"hook_secret_env": "HOOK_SECRET"}})
    return listeners(settings, {"HOOK_SECRET": SECRET})[name]


def sample(name: str, ticket: str | None = "7", **given: Any) -> tuple[dict[str, str], bytes]:
    headers, body = fake_of(name).hook(ticket, **({"secret": SECRET, "now": make.NOW} | given))
    return JSON | headers, body


def send(vault: Vault, name: str, *, headers: Mapping[str, str], body: bytes, now: Any = make.NOW) -> Response:
    return receive_hook(vault, listener(name), posted=Posted(headers, body), now=now)


@every_desk
def test_a_signed_webhook_is_taken_and_its_ticket_due_when_the_moment_is_over(vault: Vault, name: str) -> None:
    headers, body = sample(name)
    assert send(vault, name, headers=headers, body=body).status == 200
    assert vault.looks_due(now=make.NOW) == {}
    assert vault.looks_due(now=LATER) == {name: 1}
    look = vault.claim_look(name, by="me", now=LATER, until=LATER)
    assert look is not None
    assert look.ticket == "7"


@every_desk
def test_a_forged_webhook_is_refused_with_401_and_leaves_nothing(vault: Vault, name: str) -> None:
    headers, body = sample(name)
    forged, _ = sample(name, secret="another-secret")
    bare = {key: value for key, value in headers.items() if key in JSON}
    for given in (forged, bare):
        assert send(vault, name, headers=given, body=body).status == 401
    if name != "freshdesk":  # its secret stands in a header and covers no body
        assert send(vault, name, headers=headers, body=body.replace(b"7", b"8", 1)).status == 401
    assert vault.looks_due(now=LATER) == {}


@pytest.mark.parametrize("name", ["zendesk", "intercom", "helpscout"])
def test_a_webhook_sent_again_is_answered_as_the_first_and_changes_nothing(vault: Vault, name: str) -> None:
    headers, body = sample(name)
    send(vault, name, headers=headers, body=body)
    look = vault.claim_look(name, by="me", now=LATER, until=LATER + SETTLED)
    assert look is not None
    vault.finish_look(look, due=LATER)
    again = send(vault, name, headers=headers, body=body)
    assert (again.status, json.loads(again.body)) == (200, {"told": "came before"})
    assert vault.looks_due(now=LATER + 9 * SETTLED) == {}


@pytest.mark.parametrize(
    ("name", "unsigned"),
    [("zendesk", "x-zendesk-webhook-invocation-id"), ("helpscout", "x-helpscout-event")],
)
def test_a_captured_webhook_under_another_name_is_known_by_what_is_signed(
    vault: Vault, name: str, unsigned: str
) -> None:
    headers, body = sample(name)
    send(vault, name, headers=headers, body=body)
    renamed = headers | {unsigned: "convo.another"}
    assert json.loads(send(vault, name, headers=renamed, body=body).body) == {"told": "came before"}


@pytest.mark.parametrize(("name", "age"), [("zendesk", timedelta(minutes=6)), ("intercom", timedelta(hours=2))])
def test_an_old_webhook_is_refused_and_one_from_the_future_too(vault: Vault, name: str, age: timedelta) -> None:
    headers, body = sample(name)
    for now in (make.NOW + age, make.NOW - age):
        assert send(vault, name, headers=headers, body=body, now=now).status == 401
    assert vault.looks_due(now=make.NOW + 2 * age) == {}


@every_desk
def test_a_signed_webhook_about_no_ticket_is_answered_and_not_kept(vault: Vault, name: str) -> None:
    headers, body = sample(name, None)
    assert send(vault, name, headers=headers, body=body).status == 200
    assert vault.looks_due(now=LATER) == {}


def test_what_cannot_be_a_webhook_is_told_why(vault: Vault) -> None:
    headers, body = sample("freshdesk")
    assert send(vault, "freshdesk", headers=headers, body=b"{").status == 400
    assert send(vault, "freshdesk", headers=headers, body=b"\xff" * 9).status == 400
    assert send(vault, "freshdesk", headers=headers, body=b"[" * 100_000).status == 400
    assert send(vault, "freshdesk", headers=headers | {"content-type": "text/xml"}, body=body).status == 415
    assert send(vault, "freshdesk", headers=headers | {"content-encoding": "gzip"}, body=body).status == 415
    assert send(vault, "freshdesk", headers=headers, body=b" " * (MOST_BODY + 1)).status == 413
    assert vault.looks_due(now=LATER) == {}


def test_a_vault_that_cannot_be_written_is_503_with_a_wait(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> bool:
        raise StoreError("the vault (vault.db) is full")

    monkeypatch.setattr(vault, "hear", full)
    headers, body = sample("zendesk")
    told = send(vault, "zendesk", headers=headers, body=body)
    assert (told.status, told.headers["retry-after"]) == (503, "5")


@every_desk
def test_nothing_of_a_webhook_is_logged_or_kept_but_the_ticket(
    vault: Vault, home: Home, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    headers, body = sample(name)
    marked = body[:-1] + b', "note": "canary-in-the-body"}' if name == "freshdesk" else body
    for given in (headers, headers | {key: "canary-in-a-header" for key in headers if "x-" in key}):
        send(vault, name, headers=given, body=marked)
    said = caplog.text
    assert "canary" not in said
    assert SECRET not in said
    assert not any(value in said for key, value in headers.items() if "signature" in key)
    if home.store.vault.startswith("sqlite"):
        with sqlite3.connect(home.root / ".casemill" / "vault.db") as raw:
            rows = [row for table in ("hooks", "hook_deliveries") for row in raw.execute(f"SELECT * FROM {table}")]
        assert any(row[1:3] == (name, "7") for row in rows)
        assert "notif_1" not in str(rows)


def test_a_source_without_its_secret_is_an_error_that_names_the_variable() -> None:
    assert listeners(Ingest(sources={"zendesk": {"url": "https://a.test"}}), {}) == {}
    with pytest.raises(SettingsError, match=r"\[ingest.sources.zendesk\]: the variable HOOK is not set"):
        listeners(Ingest(sources={"zendesk": {"hook_secret_env": "HOOK"}}), {"HOOK": " "})
    with pytest.raises(SettingsError, match="come from a helpdesk"):
        listeners(Ingest(sources={"inbox": {"hook_secret_env": "HOOK", "path": "x"}}), {"HOOK": "s"})
    two = {"brand": {"kind": "zendesk", "hook_secret_env": "HOOK"}}
    assert listeners(Ingest(sources=two), {"HOOK": "s"})["brand"].source == "brand"


def test_the_samples_of_the_vendors_signatures_verify(vault: Vault) -> None:
    path = Path(__file__).parents[2] / ".." / "shared" / "samples" / "webhooks" / "signature_vectors.json"
    if not path.exists():
        pytest.skip("no ../shared/samples here")
    from datetime import datetime

    for one in json.loads(path.read_text()):
        if one["vendor"] not in DESKS:
            continue
        at = datetime.fromisoformat(one["timestamp"]) if one["timestamp"] else make.NOW
        headers = {
            "x-zendesk-webhook-signature": one["signature"],
            "x-zendesk-webhook-signature-timestamp": one["timestamp"] or "",
            "x-hub-signature": one["signature"],
            "x-helpscout-signature": one["signature"],
        }
        heard = listener(one["vendor"])._replace(secret=one["secret"])
        told = receive_hook(vault, heard, posted=Posted(JSON | headers, one["body"].encode()), now=at)
        assert (told.status, json.loads(told.body)) == (200, {"told": "about no ticket"}), one["vendor"]
