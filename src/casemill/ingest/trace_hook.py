"""What `casemill serve` does with OTLP/HTTP: a body of spans becomes rows of the vault, the answer is the protocol's.

The route is `POST /v1/traces`; the web room gives headers (lower-case names) and the raw body, at most `MOST_BODY`
bytes of it, and sends back what `receive_traces` says. Only OTLP's JSON encoding is taken: a protobuf body is refused
with 415 and the setting that changes it.
"""

import hmac
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from casemill.errors import OutsideError, StoreError
from casemill.ingest.spans.forms import spans_in
from casemill.ingest.spans.words import BadSpan
from casemill.ingest.traces import row_of
from casemill.store.traces import SpanRow
from casemill.store.vault import Vault

PATH = "/v1/traces"
MOST_BODY = 16_000_000
MOST_UNPACKED = 64_000_000
RETRY_SECONDS = 5
_INVALID, _BUSY, _STRANGER = 3, 14, 16  # codes of google.rpc.Status
_PROTOBUF = "OTLP's JSON encoding alone is taken: set OTEL_EXPORTER_OTLP_PROTOCOL=http/json"
_ERASED = "belongs to a ticket that was erased"


class Posted(NamedTuple):
    """A request: its headers by lower-case name, and the body as it came."""

    headers: Mapping[str, str]
    body: bytes


class Response(NamedTuple):
    """What is sent back."""

    status: int
    body: bytes = b"{}"
    headers: Mapping[str, str] = {"content-type": "application/json"}


class Taken(NamedTuple):
    """The rows of a body, and why its other spans were refused."""

    rows: tuple[SpanRow, ...]
    refused: tuple[str, ...]


class Refused(OutsideError):
    """A body that is not taken, with the answer."""

    def __init__(self, response: Response) -> None:
        super().__init__(f"refused with {response.status}")
        self.response = response


def receive_traces(vault: Vault, posted: Posted, *, token: str | None, now: datetime) -> Response:
    """Keeps the spans of a request; 2xx only after they are durable. `token` is the bearer token that senders need
    (None: whoever reaches the port may send). Pure but for the vault; may be sent twice.

    Spans that are left out, as no spans or as an erased ticket's, are counted in a partial success.
    """
    try:
        if token is not None:
            _check(posted.headers.get("authorization", ""), token)
        taken = rows_of(_unpacked(posted))
    except Refused as error:
        return error.response
    try:
        erased = vault.put_spans(taken.rows, now=now).erased if taken.rows else 0
    except StoreError:
        return _told(503, _BUSY, why="the vault cannot be written just now", **{"retry-after": str(RETRY_SECONDS)})
    return _taken((*taken.refused, *[_ERASED] * erased))


def _taken(refused: Sequence[str]) -> Response:
    if not refused:
        return Response(200)
    why = "; ".join(dict.fromkeys(refused))[:500]
    partial = {"partialSuccess": {"rejectedSpans": str(len(refused)), "errorMessage": why}}
    return Response(200, msgspec.json.encode(partial))


def refuse_stranger(headers: Mapping[str, str], *, token: str) -> Response | None:
    """The answer to who does not show the token, before a byte of the body is read; None to who does."""
    try:
        _check(headers.get("authorization", ""), token)
    except Refused as error:
        return error.response
    return None


def rows_of(body: bytes) -> Taken:
    """The rows of a JSON body; Refused (400) when it is no envelope of spans."""
    try:
        told = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Refused(_told(400, _INVALID, why="the body is not JSON")) from None
    if not isinstance(told, dict) or (told and "resourceSpans" not in told):
        raise Refused(_told(400, _INVALID, why="the body holds no resourceSpans"))
    found = list(spans_in(body)) if told else []
    rows = tuple(row_of(one) for one in found if not isinstance(one, BadSpan))
    refused = tuple(f"{one}" for one in found if isinstance(one, BadSpan))
    if refused and not rows and len(refused) == 1 and refused[0].startswith("cannot be read"):
        raise Refused(_told(400, _INVALID, why=f"the body {refused[0]}"))
    return Taken(rows, refused)


def _check(given: str, token: str) -> None:
    scheme, _, sent = given.partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(sent.strip().encode(), token.encode()):
        why = "OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20… must hold the receiver's token"
        raise Refused(_told(401, _STRANGER, why=why, **{"www-authenticate": "Bearer"}))


def _unpacked(posted: Posted) -> bytes:
    """The body as JSON: its type checked, gzip undone, both within their caps."""
    kind = posted.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(_told(415, _INVALID, why=_PROTOBUF, accept="application/json"))
    if len(posted.body) > MOST_BODY:
        raise Refused(_told(413, _INVALID, why=f"the body is over {MOST_BODY // 1_000_000} MB; export smaller batches"))
    coding = posted.headers.get("content-encoding", "identity").strip().lower()
    if coding in ("", "identity"):
        return posted.body
    if coding != "gzip":
        raise Refused(_told(415, _INVALID, why="the body may be packed with gzip alone"))
    member = zlib.decompressobj(wbits=31)
    try:
        body = member.decompress(posted.body, MOST_UNPACKED)
    except zlib.error:
        raise Refused(_told(400, _INVALID, why="the body is not gzip")) from None
    if member.unconsumed_tail or not member.eof:
        whole = not member.unconsumed_tail
        why = "the body is cut short" if whole else f"the body unpacks to over {MOST_UNPACKED // 1_000_000} MB"
        raise Refused(_told(400 if whole else 413, _INVALID, why=why))
    return body


def _told(status: int, code: int, *, why: str, **headers: str) -> Response:
    """An error as OTLP has it: a google.rpc.Status."""
    body = msgspec.json.encode({"code": code, "message": why})
    return Response(status, body, {"content-type": "application/json", **headers})
