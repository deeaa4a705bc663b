"""uvicorn, told to be careful: bounded heads, bodies, waits and connections, and no log of what was asked."""

import asyncio
import logging
import socket
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from casemill.errors import OutsideError

HEAD_SECONDS = 10.0
IDLE_SECONDS = 15
STOP_SECONDS = 10
MOST_CONNECTIONS = 400
MOST_HEAD = 32_000
BACKLOG = 1_024


def listen(host: str, port: int) -> socket.socket:
    """A socket that others can connect to from now on; port 0 takes a free one. OutsideError when it cannot be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # asyncio sends at once (TCP_NODELAY) only where the protocol is named; else each answer waits 40 ms.
        sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind((host, port))
            sock.listen(BACKLOG)
        except OSError:
            sock.close()
            raise
        return sock
    except OSError as error:
        raise OutsideError(
            f"cannot listen at {host}:{port}: {error.strerror or error}",
            hint="another port: casemill serve --port 8351",
        ) from None


def run_server(app: Any, sock: socket.socket) -> None:
    """Serves until SIGTERM or Ctrl-C: nobody new is let in, who is being answered is answered."""
    logging.getLogger("uvicorn.error").addFilter(_bare)
    config = uvicorn.Config(
        app,
        http=_Impatient,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=MOST_HEAD,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    try:
        uvicorn.Server(config).run(sockets=[sock])
    except KeyboardInterrupt:
        # The signal that stopped it, told once more when all is done.
        return


def _bare(record: logging.LogRecord) -> bool:
    """A traceback's last line may quote what was sent: the kind of the error is enough."""
    if record.exc_info and record.exc_info[0] is not None:
        record.msg, record.args = f"unexpected {record.exc_info[0].__name__}", ()
        record.exc_info = record.exc_text = None
    return True


class _Impatient(H11Protocol):
    """Closes a connection on which the head of a request does not come; uvicorn itself would wait for ever."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_head(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        done = self.cycle
        super().on_response_complete()
        self._wait_for_head(done)

    def _wait_for_head(self, before: object) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = self.loop.call_later(HEAD_SECONDS, self._give_up, before)

    def _give_up(self, before: object) -> None:
        if self.cycle is before and not self.transport.is_closing():
            self.transport.close()
