"""The routes of `casemill serve`: webhooks of helpdesks, spans of traces, run files of CI."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from casemill.ingest import receive_hook, receive_traces, trace_hook, webhooks
from casemill.ingest.trace_hook import Posted
from casemill.ingest.webhooks import Listener
from casemill.web.body import read_body
from casemill.web.runs import RunsInlet, runs_route

if TYPE_CHECKING:
    from casemill.store.vault import Vault

AT_ONCE = 4
TRACES_AT_ONCE = 2


class Inlets(NamedTuple):
    """What comes in, and where to: an open vault, the sources whose webhooks are taken, the token that senders of
    traces show (None: no traces are taken), the clock, and the desk that takes run files (None: none are taken)."""

    vault: "Vault"
    listeners: Mapping[str, Listener]
    traces_token: str | None
    clock: Callable[[], datetime]
    runs: RunsInlet | None = None


def create_app(inlets: Inlets) -> Starlette:
    """The application; its stores stay the caller's to close."""
    routes = [Route("/hooks/{source}", _hooks(inlets), methods=["POST", "HEAD"])]
    if inlets.traces_token is not None:
        routes.append(Route(trace_hook.PATH, _traces(inlets, inlets.traces_token), methods=["POST"]))
    if inlets.runs is not None:
        routes.append(runs_route(inlets.runs))
    return Starlette(routes=routes, exception_handlers={HTTPException: _refuse})


def _hooks(inlets: Inlets) -> Callable[..., object]:
    # Writers of one vault wait for each other anyhow; a crowd of them would wait longer than its patience.
    places = asyncio.Semaphore(AT_ONCE)

    async def endpoint(request: Request) -> Response:
        listener = inlets.listeners.get(request.path_params["source"])
        if listener is None:
            raise HTTPException(404, "no webhooks are taken for this source")
        if request.method == "HEAD":  # Intercom looks whether somebody is there when a webhook is set up.
            return Response(status_code=200)
        posted = Posted(_plain(request), await read_body(request, most=webhooks.MOST_BODY))
        async with places:
            told = await run_in_threadpool(receive_hook, inlets.vault, listener, posted=posted, now=inlets.clock())
        return Response(told.body, told.status, dict(told.headers))

    return endpoint


def _traces(inlets: Inlets, token: str) -> Callable[..., object]:
    places = asyncio.Semaphore(TRACES_AT_ONCE)

    async def endpoint(request: Request) -> Response:
        headers = _plain(request)
        if (refused := trace_hook.refuse_stranger(headers, token=token)) is not None:
            return Response(refused.body, refused.status, {**refused.headers, "connection": "close"})
        async with places:
            posted = Posted(headers, await read_body(request, most=trace_hook.MOST_BODY))
            told = await run_in_threadpool(receive_traces, inlets.vault, posted, token=token, now=inlets.clock())
        return Response(told.body, told.status, dict(told.headers))

    return endpoint


def _plain(request: Request) -> dict[str, str]:
    """Headers by lower-case name; of one that stands twice, what stands first."""
    found: dict[str, str] = {}
    for name, value in request.headers.items():
        found.setdefault(name, value)
    return found


async def _refuse(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"told": error.detail}, error.status_code, headers=error.headers)
