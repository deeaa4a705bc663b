"""`casemill serve` as a process of its own on a free port, and what is sent to it over real sockets."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from ingest.walking import fake_of

SECRET = "a-hook-secret-of-our-own"
TOKEN = "a-token-for-traces"
DESKS = ("zendesk", "intercom", "freshdesk", "helpscout")
JSON = {"content-type": "application/json"}
ENVIRON = {"HOOK_SECRET": SECRET, "CASEMILL_TRACES_TOKEN": TOKEN}
# Limits that a test can wait for, set before the command is read.
QUICK = """
import sys
from casemill.cli.main import main
from casemill.web import body, server
body.BODY_SECONDS = server.HEAD_SECONDS = {seconds}
server.IDLE_SECONDS = 1
main(sys.argv[1:])
"""


class Answer(NamedTuple):
    status: int
    told: Any
    headers: Mapping[str, str]


class Serving(NamedTuple):
    """A running server: its process, its port, what it takes, and the file with what it says."""

    process: "subprocess.Popen[str]"
    port: int
    paths: list[str]
    log: Path

    def ask(self, path: str, body: bytes = b"", *, headers: Mapping[str, str] = JSON, method: str = "POST") -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, body, dict(headers))
            got = line.getresponse()
            text = got.read()
        finally:
            line.close()
        told = json.loads(text) if text and "json" in (got.getheader("content-type") or "") else text
        return Answer(got.status, told, {name.lower(): value for name, value in got.getheaders()})

    def hook(self, name: str, ticket: str | None = "7", **given: Any) -> Answer:
        headers, body = sample(name, ticket, **given)
        return self.ask(f"/hooks/{name}", body, headers=headers)

    def line(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """The exit code, and all that was said on standard error."""
        self.process.send_signal(how)
        self.process.wait(timeout=30)
        return self.process.returncode, self.log.read_text()


def sample(name: str, ticket: str | None = "7", **given: Any) -> tuple[dict[str, str], bytes]:
    """A helpdesk's webhook, signed now."""
    headers, body = fake_of(name).hook(ticket, **({"secret": SECRET, "now": datetime.now(UTC)} | given))
    return JSON | headers, body


def write_settings(root: Path, *, store: Any = None, sources: dict[str, dict[str, Any]] | None = None) -> None:
    tables = {name: {"url": "http://127.0.0.1:9"} for name in DESKS} if sources is None else sources
    lines = ['[people]\nme = "lead@shop.test"', "[serve]\ntickets_a_minute = 6000"]
    if store is not None:
        lines.append(f'[store]\ndesk = "{store.desk}"\nvault = "{store.vault}"')
    for name, table in tables.items():
        told = "".join(
            f"{key} = {json.dumps(value)}\n" for key, value in (table | {"hook_secret_env": "HOOK_SECRET"}).items()
        )
        lines.append(f"[ingest.sources.{name}]\n{told}")
    (root / "casemill.toml").write_text("\n".join(lines))


@contextmanager
def serving(
    root: Path, *words: str, environ: Mapping[str, str] = ENVIRON, seconds: float | None = None
) -> Iterator[Serving]:
    """`seconds`: how long a head and a body may take, in place of the usual."""
    program = ["-m", "casemill"] if seconds is None else ["-c", QUICK.format(seconds=seconds)]
    log = root / "serve.log"
    command = [sys.executable, *program, "--project", str(root), "serve", "--port", "0", "--json", *words]
    # A file: a pipe that nobody reads is full after some hundred lines, and then the server waits for ever.
    with log.open("w") as said:
        process = subprocess.Popen(
            command, env={**os.environ, **environ}, stdout=subprocess.PIPE, stderr=said, text=True
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise AssertionError(log.read_text())
        told = json.loads(line)
        yield Serving(process, int(told["url"].rsplit(":", 1)[1]), told["paths"], log)
    finally:
        process.kill()
        process.communicate()
