"""Run files sent to a desk that listens."""

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import make
from casemill.domain.run import Run
from web.serving import Serving, serving, write_settings

TOKEN = "a-token-for-run-files"
SENT = {"authorization": f"Bearer {TOKEN}", "content-type": "application/jsonl"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_settings(tmp_path, sources={})
    subprocess.run([sys.executable, "-m", "casemill", "init", str(tmp_path)], check=True, capture_output=True)
    return tmp_path


@pytest.fixture
def server(project: Path) -> Iterator[Serving]:
    with serving(project, environ={"CASEMILL_RUNS_TOKEN": TOKEN}) as running:
        yield running


def lines(run: Run) -> bytes:
    return b"".join(msgspec.json.encode(word) + b"\n" for word in (run.head, *run.verdicts, run.end))


def casemill(project: Path, *words: str, token: str = TOKEN) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "casemill", "--project", str(project), *words]
    environ = {**os.environ, "CASEMILL_RUNS_TOKEN": token}
    return subprocess.run(command, capture_output=True, text=True, env=environ)


def test_a_pushed_run_is_on_the_desk_and_pushing_it_again_changes_nothing(
    server: Serving, project: Path, tmp_path: Path
) -> None:
    assert server.paths == ["/v1/runs"]
    path = tmp_path / "run.jsonl"
    path.write_bytes(lines(make.run("r1")))
    url = f"http://127.0.0.1:{server.port}"
    first = casemill(project, "runs", "push", str(path), "--url", url)
    assert (first.returncode, first.stdout) == (0, f"Brought run r1 to 127.0.0.1:{server.port}.\n"), first.stderr
    again = casemill(project, "runs", "push", str(path), "--url", f"{url}/v1/runs/")
    assert (again.returncode, again.stdout) == (0, "The desk has run r1 already.\n")
    here = casemill(project, "runs", "import", str(path))
    assert "is on the desk already" in here.stdout


def test_a_stranger_is_refused_before_the_body_and_told_nothing(server: Serving, project: Path, tmp_path: Path) -> None:
    for headers in ({}, {"authorization": "Bearer other"}, {"authorization": f"Basic {TOKEN}"}):
        answer = server.ask("/v1/runs", lines(make.run()), headers=headers)
        assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
    path = tmp_path / "run.jsonl"
    path.write_bytes(lines(make.run()))
    done = casemill(project, "runs", "push", str(path), "--url", f"http://127.0.0.1:{server.port}", token="other-token")
    assert done.returncode == 3
    assert "401 Unauthorized" in done.stderr
    assert "other-token" not in done.stderr


@pytest.mark.parametrize(
    ("body", "coding", "status", "said"),
    [
        (b"not a run\n", "identity", 400, "the body is no run file at line 1"),
        (b"", "identity", 400, "the body is no run file at line 1"),
        (b"not gzip", "gzip", 400, "the body is not gzip"),
        (gzip.compress(b"x" * 100, mtime=0)[:-9], "gzip", 400, "the body is cut short"),
        (b"x", "br", 415, "the body may be packed with gzip alone"),
    ],
)
def test_what_is_no_run_file_is_refused_and_none_of_it_is_said_back(
    server: Serving, body: bytes, coding: str, status: int, said: str
) -> None:
    answer = server.ask("/v1/runs", body, headers=SENT | {"content-encoding": coding})
    assert (answer.status, answer.told) == (status, {"told": said})


def test_a_body_that_unpacks_too_far_is_refused(server: Serving) -> None:
    bomb = gzip.compress(b"\0" * 257_000_000, 1)
    answer = server.ask("/v1/runs", bomb, headers=SENT | {"content-encoding": "gzip"})
    assert (answer.status, answer.told) == (413, {"told": "the body unpacks to over 256 MB"})


def test_without_a_token_here_or_a_desk_to_push_to_it_says_so(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    path.write_bytes(lines(make.run()))
    none = casemill(project, "runs", "push", str(path), "--url", "http://127.0.0.1:9", token="")
    assert (none.returncode, "CASEMILL_RUNS_TOKEN is not set" in none.stderr) == (2, True)
    nowhere = casemill(project, "runs", "push", str(path))
    assert (nowhere.returncode, "no desk is named" in nowhere.stderr) == (2, True)
    gone = casemill(project, "runs", "push", str(path), "--url", "ftp://desk.test")
    assert (gone.returncode, "is not an http or https address" in gone.stderr) == (2, True)
