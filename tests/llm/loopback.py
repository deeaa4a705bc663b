"""A real server on 127.0.0.1 that does what a test tells it to, answer by answer."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

Act = Callable[["Handler"], None]


class Seen(NamedTuple):
    """A request as it came in."""

    method: str
    path: str
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Server(ThreadingHTTPServer):
    """Acts in order, the last one for ever."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, acts: tuple[Act, ...]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.acts = list(acts)
        self.seen: list[Seen] = []
        self.flying = self.most_flying = 0
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def next_act(self) -> Act:
        with self.lock:
            return self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the tests."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server
    body = b""

    def do_POST(self) -> None:
        body = self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.server.lock:
            self.server.seen.append(Seen(self.command, self.path, self.headers, body))
            self.server.flying += 1
            self.server.most_flying = max(self.server.most_flying, self.server.flying)
        try:
            with suppress(BrokenPipeError, ConnectionResetError):
                self.server.next_act()(self)
        finally:
            with self.server.lock:
                self.server.flying -= 1

    do_GET = do_PUT = do_POST

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on standard error."""

    def answer(self, body: bytes | Any, *, status: int = 200, **headers: str) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(raw)


def saying(body: bytes | Any, *, status: int = 200, **headers: str) -> Act:
    return lambda handler: handler.answer(body, status=status, **headers)


class Held:
    """Answers so many calls by an act, and the others when it is let go: `free.set()`."""

    def __init__(self, answered: int, act: Act) -> None:
        self.left, self.act = answered, act
        self.lock, self.free = threading.Lock(), threading.Event()

    def __call__(self, handler: Handler) -> None:
        with self.lock:
            self.left -= 1
            waits = self.left < 0
        if waits:
            self.free.wait(60)
        self.act(handler)


def chat(text: str | None = "hello", **message: Any) -> dict[str, Any]:
    """A chat completion."""
    usage = {"prompt_tokens": 11, "completion_tokens": 5, "total_tokens": 16}
    return {"id": "x", "choices": [{"index": 0, "message": {"content": text, **message}}], "usage": usage}


def response(*output: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An answer of the responses form."""
    usage = {"input_tokens": 11, "output_tokens": 5, "total_tokens": 16}
    return {"id": "x", "status": "completed", "output": list(output), "usage": usage, **fields}


def claude(*content: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An answer of Anthropic's messages; three of its tokens were read from a cache."""
    usage = {"input_tokens": 11, "cache_read_input_tokens": 3, "output_tokens": 5}
    return {"id": "x", "type": "message", "content": list(content), "stop_reason": "end_turn", "usage": usage, **fields}


@contextmanager
def serving(*acts: Act) -> Iterator[Server]:
    with Server(acts) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
