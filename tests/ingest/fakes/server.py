"""A loopback server that speaks a vendor's API and goes wrong on demand: real HTTP, faults switched by path and count.

A vendor is a function from `Asked` to `Reply`. Each `Fault` waits for its n-th call to a path and then strikes, once
unless it says otherwise; what belongs to one vendor's own data (a cursor that does not move, an empty page, a ticket
twice) is switched in that vendor's file.
"""

import json
import socket
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qsl, urlsplit

Kind = Literal[
    "limited", "busy", "failing", "cut", "truncated", "dripping", "silent", "malformed", "elsewhere", "bomb", "expired"
]
Headers = Mapping[str, str]


class Asked(NamedTuple):
    """One call as the server saw it; header names in lower case."""

    method: str
    path: str
    params: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Reply(NamedTuple):
    """What is answered: JSON for anything but bytes."""

    body: Any = b""
    status: int = 200
    headers: Headers = {}

    @property
    def data(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class Fault(NamedTuple):
    """Strikes at the `at`-th call (from 1) whose path contains `path`, and at the `times - 1` after it.

    `wait` is the seconds that a limited answer asks to wait; the server tells them in the vendor's own header and form
    (`wait_header`, `wait_as`). `to` is where a redirect leads.
    """

    kind: Kind
    at: int = 1
    path: str = ""
    times: int = 1
    wait: str = "0"
    to: str = "https://elsewhere.test/"


def faults_of(stream: str) -> tuple[Fault, ...]:
    """What goes wrong on a long walk along a stream, every third call at first."""
    kinds: tuple[Kind, ...] = ("limited", "failing", "cut", "truncated", "malformed", "dripping")
    return tuple(Fault(kind, at=3 * place, path=stream) for place, kind in enumerate(kinds, 1))


class FakeServer:
    """A running server: its address, every call it saw, and the faults still to come."""

    def __init__(
        self,
        vendor: Callable[[Asked], Reply],
        *,
        wait_header: str = "Retry-After",
        wait_as: Callable[[str], str] = str,
    ) -> None:
        self.vendor = vendor
        self.wait_header = wait_header
        self.wait_as = wait_as
        self.faults: list[Fault] = []
        self.asked: list[Asked] = []
        self.struck: list[Kind] = []
        self.now: datetime | None = None
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._met: dict[int, int] = {}
        self._server = _Server(("127.0.0.1", 0), _Talk)
        self._server.fake = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def calls(self, path: str = "") -> int:
        """How many calls there were to paths that contain a text."""
        return sum(path in asked.path for asked in self.asked)

    def add(self, *faults: Fault) -> None:
        self.faults += faults

    def reply(self, asked: Asked) -> tuple[Reply | None, Fault | None]:
        """The answer, and the fault that strikes it; no answer when the fault stands in its place."""
        with self._lock:
            self.asked.append(asked)
            fault = self._strikes(asked)
            if fault is not None:
                self.struck.append(fault.kind)
            reply = self._in_place(fault) if fault else None
            return reply or self.vendor(asked), fault

    def _strikes(self, asked: Asked) -> Fault | None:
        found = None
        for place, fault in enumerate(self.faults):
            if fault.path not in asked.path:
                continue
            self._met[place] = met = self._met.get(place, 0) + 1
            if found is None and fault.at <= met < fault.at + fault.times:
                found = fault
        return found

    def _in_place(self, fault: Fault) -> Reply | None:
        """The answers that a fault gives itself."""
        if fault.kind == "limited":
            return Reply({"error": "TooManyRequests"}, 429, {self.wait_header: self.wait_as(fault.wait)})
        if fault.kind in ("busy", "failing"):
            return Reply({"error": "for the moment"}, 503 if fault.kind == "busy" else 500)
        if fault.kind == "elsewhere":
            return Reply(b"", 302, {"Location": fault.to})
        if fault.kind == "expired":
            return Reply({"error": "invalid_token"}, 401)
        if fault.kind == "bomb":
            return Reply(_bomb(), 200, {"Content-Encoding": "gzip"})
        return None

    def __enter__(self) -> "FakeServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    fake: FakeServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class _Talk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # header and body in one piece: no delayed acknowledgements

    def log_message(self, format: str, *args: Any) -> None:
        """Silence."""

    def _answer(self) -> None:
        fake: FakeServer = self.server.fake  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, parts.path, dict(parse_qsl(parts.query)), headers, self.rfile.read(length))
        reply, fault = fake.reply(asked)
        assert reply is not None
        with suppress(OSError):
            _Sending(self, fake, reply).send(fault.kind if fault else None)

    do_GET = do_POST = _answer


class _Sending(NamedTuple):
    talk: _Talk
    fake: FakeServer
    reply: Reply

    def send(self, kind: Kind | None) -> None:
        data = self.reply.data
        if kind == "cut":
            self._hang_up()
            return
        if kind == "silent":
            self.fake.stopping.wait(30)
            self._hang_up()
            return
        if kind == "malformed":
            data = data[: len(data) // 2] + b"\x00}{"
        self._head(len(data))
        if kind == "truncated":
            self.talk.wfile.write(data[: len(data) // 2])
            self._hang_up()
        elif kind == "dripping":
            self._drip(data)
        else:
            self.talk.wfile.write(data)
        self.talk.wfile.flush()

    def _head(self, length: int) -> None:
        talk = self.talk
        moment = format_datetime(self.fake.now or datetime.now(UTC), usegmt=True)
        talk.send_response_only(self.reply.status)
        for name, value in {"Date": moment, "Content-Type": "application/json", **self.reply.headers}.items():
            talk.send_header(name, value)
        talk.send_header("Content-Length", str(length))
        talk.end_headers()

    def _drip(self, data: bytes) -> None:
        """A byte now and then: no read times out, and the answer never ends."""
        for place in range(len(data)):
            self.talk.wfile.write(data[place : place + 1])
            self.talk.wfile.flush()
            if self.fake.stopping.wait(0.02):
                break
        self._hang_up()

    def _hang_up(self) -> None:
        self.talk.close_connection = True
        with suppress(OSError):
            self.talk.wfile.flush()
            self.talk.connection.shutdown(socket.SHUT_RDWR)


@cache
def _bomb() -> bytes:
    """A few kilobytes that unpack to a thousand times as much."""
    pack = zlib.compressobj(9, wbits=31)
    piece = b"\0" * (1 << 20)
    return b"".join([*(pack.compress(piece) for _ in range(40)), pack.flush()])


@contextmanager
def serving(vendor: Callable[[Asked], Reply], **options: Any) -> Iterator[FakeServer]:
    """A server while the block lasts."""
    with FakeServer(vendor, **options) as fake:
        yield fake
