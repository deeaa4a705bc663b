"""What a stranger can do to `casemill serve`: be told a clear status, or be cut off; never fill it or hang it."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from casemill.cli.main import casemill
from web.serving import JSON, SECRET, TOKEN, Serving, sample, serving, write_settings

SLOW = 1.0


@pytest.fixture
def server(project: Path) -> Iterator[Serving]:
    write_settings(project)
    with serving(project, "--no-fetch", seconds=SLOW) as running:
        yield running


def said_by(server: Serving, text: bytes, *, wait: float = 10) -> bytes:
    """What comes back to raw bytes until the server closes the line."""
    with closing(server.line()) as line:
        line.settimeout(wait)
        line.sendall(text)
        found = b""
        while piece := line.recv(65536):
            found += piece
    return found


def test_each_wrong_way_has_its_status(server: Serving) -> None:
    headers, body = sample("freshdesk")
    assert server.ask("/hooks/freshdesk", method="GET").status == 405
    assert set(server.ask("/hooks/freshdesk", method="PUT").headers["allow"].split(", ")) == {"POST", "HEAD"}
    assert server.ask("/hooks/freshdesk", method="HEAD").status == 200
    assert server.ask("/hooks/gorgias", body, headers=headers).status == 404
    assert server.ask("/hooks/gorgias", method="HEAD").status == 404
    assert server.ask("/", body).told == {"told": "Not Found"}
    assert server.ask("/hooks/freshdesk", body, headers=headers | {"content-type": "text/xml"}).status == 415
    assert server.ask("/hooks/freshdesk", b"{", headers=headers).status == 400
    assert server.ask("/hooks/freshdesk", b"", headers=headers).status == 400
    assert server.ask("/hooks/freshdesk", body, headers=JSON).status == 401
    assert server.ask("/hooks/freshdesk", body, headers=headers).status == 200


def test_a_body_that_says_it_is_too_long_is_refused_before_it_is_read(server: Serving) -> None:
    head = b"POST /hooks/zendesk HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
    assert said_by(server, head + b"content-length: 1000001\r\n\r\n").startswith(b"HTTP/1.1 413")
    assert said_by(server, head + b"content-length: 99999999999999999999\r\n\r\n").startswith(b"HTTP/1.1 413")
    traces = b"POST /v1/traces HTTP/1.1\r\nhost: a\r\ncontent-length: 16000001\r\n"
    assert said_by(server, traces + b"\r\n").startswith(b"HTTP/1.1 401"), "a stranger's body is not read"
    known = traces + b"authorization: Bearer " + TOKEN.encode() + b"\r\n\r\n"
    assert said_by(server, known).startswith(b"HTTP/1.1 413")


def test_a_body_in_pieces_is_read_no_further_than_it_may_be_long(server: Serving) -> None:
    head = (
        b"POST /hooks/zendesk HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n"
    )
    with closing(server.line()) as line:
        line.sendall(head + b"\r\n")
        for _ in range(1_001):
            line.sendall(b"3e8\r\n" + b" " * 1000 + b"\r\n")
        assert line.recv(4096).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"POST /hooks/zendesk HT",
        b"POST /hooks/zendesk HTTP/1.1\r\nhost: a\r\nx-slow: ",
        b"POST /hooks/zendesk HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{",
    ],
    ids=["silent", "first-line", "header", "body"],
)
def test_who_speaks_too_slowly_is_cut_off_and_holds_nobody_up(server: Serving, begun: bytes) -> None:
    lines = [server.line() for _ in range(150)]
    began = time.monotonic()
    for line in lines:
        line.sendall(begun)
    for _ in range(6):
        for line in lines[:20]:
            if begun and not begun.endswith(b"{"):
                line.sendall(b"x")
        time.sleep(SLOW / 10)
    assert server.hook("freshdesk").status == 200
    assert time.monotonic() - began < SLOW + 2
    for line in lines:
        line.settimeout(10 * SLOW)
        answer = line.recv(4096)
        assert answer == b"" or answer.startswith(b"HTTP/1.1 408")
        line.close()
    assert time.monotonic() - began < 4 * SLOW + 3


def test_an_answered_line_may_be_used_again_and_an_idle_one_is_closed(server: Serving) -> None:
    headers, body = sample("freshdesk")
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    text = f"POST /hooks/freshdesk HTTP/1.1\r\nhost: a\r\n{head}content-length: {len(body)}\r\n\r\n".encode() + body
    began = time.monotonic()
    with closing(server.line()) as line:
        for _ in range(3):
            line.sendall(text)
            got = line.recv(4096)
            while not got.endswith(b"}"):
                got += line.recv(4096)
            assert got.startswith(b"HTTP/1.1 200")
        line.sendall(text[:30])
        line.settimeout(10)
        assert line.recv(4096) == b""
    assert time.monotonic() - began < 6 * SLOW


def test_what_is_no_http_or_too_long_a_head_is_told_and_closed(server: Serving) -> None:
    for text in (b"\x16\x03\x01\x02\x00", b"hello\r\n\r\n", b"POST /hooks/zendesk HTTP/1.1\r\nx: " + b"a" * 70_000):
        assert said_by(server, text)[:12] in (b"HTTP/1.1 400", b"")
    for twice in (b"content-length: 2\r\ncontent-length: 3", b"content-length: -1", b"content-length: 2x"):
        assert said_by(server, b"POST /hooks/zendesk HTTP/1.1\r\nhost: a\r\n" + twice + b"\r\n\r\n{}")[9:12] == b"400"
    assert server.hook("freshdesk").status == 200


def test_nothing_that_was_sent_is_in_the_log(server: Serving) -> None:
    headers, body = sample("freshdesk")
    canary = "canary-7f31"
    for given in (headers, headers | {"x-casemill-secret": canary}, headers | {"x-other": canary}):
        server.ask(f"/hooks/freshdesk?{canary}", body[:-1] + f', "{canary}": 1}}'.encode(), headers=given)
        server.ask(f"/hooks/{canary}", body, headers=given)
        server.ask("/hooks/freshdesk", f"{{{canary}".encode(), headers=given)
    said_by(server, f"{canary}\r\n\r\n".encode())
    code, said = server.stop()
    assert code == 130
    assert "webhook of freshdesk" in said
    assert canary not in said
    assert SECRET not in said


def test_a_port_that_is_taken_and_a_project_with_nothing_to_receive_are_told(server: Serving, project: Path) -> None:
    words = ["--project", str(project), "serve", "--port", str(server.port)]
    command = [sys.executable, "-m", "casemill", *words]
    from web.serving import ENVIRON

    done = subprocess.run(command, env=ENVIRON | {"PATH": ""}, capture_output=True, text=True)
    assert done.returncode == 3
    assert f"cannot listen at 127.0.0.1:{server.port}" in done.stderr
    (project / "casemill.toml").write_text("")
    none = CliRunner().invoke(casemill, words, env={"CASEMILL_TRACES_TOKEN": ""})
    assert "there is nothing to receive" in str(none.exception)
