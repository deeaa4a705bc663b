"""OTLP over HTTP, as far as it is ours: what is taken, what is refused and with which answer."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

import make
from anonymize.erasing import erase, filled
from casemill.errors import StoreError
from casemill.ingest import receive_traces, trace_hook
from casemill.ingest.trace_hook import Posted, Response, rows_of
from casemill.store import Desk, Vault
from ingest.tracing import TRACE, chat, envelope, span

JSON = {"content-type": "application/json; charset=utf-8"}


def send(vault: Vault, body: bytes = b"", *, token: str | None = None, **headers: str) -> Response:
    told = JSON | {name.replace("_", "-"): value for name, value in headers.items()}
    return receive_traces(vault, Posted(told, body), token=token, now=make.NOW)


def why(response: Response) -> str:
    return str(json.loads(response.body)["message"])


def test_spans_are_durable_when_the_answer_goes_out_and_may_be_sent_twice(vault: Vault) -> None:
    for _ in range(2):
        answer = send(vault, envelope(*chat()))
        assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"{}", "application/json")
        assert vault.traces() == (1, 3)
    assert send(vault, b"{}").status == 200


def test_a_packed_body_is_unpacked(vault: Vault) -> None:
    assert send(vault, gzip.compress(envelope(*chat())), content_encoding="gzip").status == 200
    assert vault.traces() == (1, 3)


def test_protobuf_is_refused_with_the_setting_that_changes_it(vault: Vault) -> None:
    answer = send(vault, b"\n\x00", content_type="application/x-protobuf")
    assert answer.status == 415
    assert answer.headers["accept"] == "application/json"
    assert why(answer) == "OTLP's JSON encoding alone is taken: set OTEL_EXPORTER_OTLP_PROTOCOL=http/json"


def test_bad_spans_are_counted_in_a_partial_success(vault: Vault) -> None:
    answer = send(vault, envelope(*chat(), {"traceId": TRACE}, 7))
    assert answer.status == 200
    assert json.loads(answer.body) == {
        "partialSuccess": {"rejectedSpans": "2", "errorMessage": "has no span id; is no JSON object"}
    }


def test_an_erased_tickets_spans_are_not_kept_and_the_sender_is_told(vault: Vault, desk: Desk, tmp_path: Path) -> None:
    erase(filled(vault, desk, tmp_path))
    before = vault.traces()
    answer = send(vault, envelope(*chat(), span(9, trace="f" * 32, gen_ai__conversation__id="T-9")))
    assert json.loads(answer.body) == {
        "partialSuccess": {"rejectedSpans": "1", "errorMessage": "belongs to a ticket that was erased"}
    }
    assert vault.traces() == (before[0] + 1, before[1] + 3)


@pytest.mark.parametrize(
    ("body", "headers", "status", "told"),
    [
        (b"{", {}, 400, "not JSON"),
        (b"\xff", {}, 400, "not JSON"),
        (b"[" * 100_000, {}, 400, "not JSON"),
        (b"[]", {}, 400, "no resourceSpans"),
        (b'{"resourceLogs": []}', {}, 400, "no resourceSpans"),
        (b'{"resourceSpans": [7]}', {}, 400, "cannot be read"),
        (b"x" * 101, {}, 413, "over 0 MB"),
        (b"no gzip at all", {"content_encoding": "gzip"}, 400, "not gzip"),
        (gzip.compress(b"{}", mtime=0)[:12], {"content_encoding": "gzip"}, 400, "cut short"),
        (gzip.compress(b" " * 5_000, mtime=0), {"content_encoding": "gzip"}, 413, "unpacks to over"),
        (b"{}", {"content_encoding": "br"}, 415, "gzip alone"),
    ],
)
def test_a_body_that_is_not_taken_gets_its_status_and_a_reason(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, body: bytes, headers: Any, status: int, told: str
) -> None:
    monkeypatch.setattr(trace_hook, "MOST_UNPACKED", 1_000)
    if len(body) < 1_000:
        monkeypatch.setattr(trace_hook, "MOST_BODY", 100)
    answer = send(vault, body, **headers)
    assert (answer.status, told in why(answer)) == (status, True)
    assert vault.traces() == (0, 0)


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", "Basic token-1", "token-1", "Bearer tökén"])
def test_without_the_token_nothing_is_taken(vault: Vault, given: str) -> None:
    answer = send(vault, envelope(*chat()), token="token-1", authorization=given)
    assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert "token-1" not in answer.body.decode()
    assert vault.traces() == (0, 0)
    with_it = send(vault, envelope(*chat()), token="token-1", authorization="bearer token-1")
    assert with_it.status == 200


def test_a_vault_that_cannot_be_written_is_told_so_that_the_sender_tries_again(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: Any, **__: Any) -> None:
        raise StoreError("locked")

    monkeypatch.setattr(Vault, "put_spans", locked)
    answer = send(vault, envelope(*chat()))
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")


def test_rows_are_a_pure_function_of_the_body() -> None:
    taken = rows_of(envelope(*chat()))
    assert taken == rows_of(envelope(*chat()))
    assert [row.trace for row in taken.rows] == [TRACE] * 3
