"""Run files that CI sends: `POST /v1/runs`, shown a token, read strictly, laid on the desk."""

import asyncio
import hmac
import os
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from casemill.errors import FileError, StoreError
from casemill.run.push import PATH
from casemill.sync import import_run
from casemill.web.body import read_body

if TYPE_CHECKING:
    from casemill.store.desk import Desk

MOST_BODY = 32_000_000
MOST_UNPACKED = 256_000_000
RETRY_SECONDS = "5"


class RunsInlet(NamedTuple):
    """The desk that takes run files, and the token that their senders show."""

    desk: "Desk"
    token: str


def runs_route(inlet: RunsInlet) -> Route:
    """One run file a request, packed with gzip or not; the same one twice changes nothing."""
    place = asyncio.Semaphore(1)

    async def endpoint(request: Request) -> Response:
        _refuse_stranger(request.headers.get("authorization", ""), inlet.token)
        async with place:
            body = await read_body(request, most=MOST_BODY)
            packed = request.headers.get("content-encoding", "identity").strip().lower()
            return await run_in_threadpool(_take, inlet.desk, body, packed=packed)

    return Route(PATH, endpoint, methods=["POST"])


def _refuse_stranger(given: str, token: str) -> None:
    scheme, _, sent = given.partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(sent.strip().encode(), token.encode()):
        headers = {"www-authenticate": "Bearer", "connection": "close"}
        raise HTTPException(401, "the token is not that of this desk", headers)


def _take(desk: "Desk", body: bytes, *, packed: str) -> Response:
    """The answer, after the run is durable on the desk. No word of the file is said back."""
    raw = _unpacked(body, packed)
    handle, name = tempfile.mkstemp(suffix=".jsonl")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        imported = import_run(desk, Path(name))
    except FileError as error:
        at = f" at line {error.line}" if error.line else ""
        raise HTTPException(400, f"the body is no run file{at}") from None
    except StoreError:
        raise HTTPException(503, "the desk cannot be written just now", {"retry-after": RETRY_SECONDS}) from None
    finally:
        Path(name).unlink()
    return JSONResponse({"run": imported.run.head.id, "new": imported.new})


def _unpacked(body: bytes, packed: str) -> bytes:
    if packed in ("", "identity"):
        return body
    if packed != "gzip":
        raise HTTPException(415, "the body may be packed with gzip alone")
    member = zlib.decompressobj(wbits=31)
    try:
        raw = member.decompress(body, MOST_UNPACKED)
    except zlib.error:
        raise HTTPException(400, "the body is not gzip") from None
    if member.unconsumed_tail:
        raise HTTPException(413, f"the body unpacks to over {MOST_UNPACKED // 1_000_000} MB")
    if not member.eof:
        raise HTTPException(400, "the body is cut short")
    return raw
