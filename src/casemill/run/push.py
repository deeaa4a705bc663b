"""A run file sent to a desk that listens (`casemill serve`): whole, with a token, as often as you like."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from casemill.domain.word import Word
from casemill.errors import OutsideError, UsageError
from casemill.run.record import read_run

PATH = "/v1/runs"
TIMEOUT = 120.0


class Pushed(Word):
    """Which run went where, and whether it brought the desk anything new."""

    run: str
    new: bool
    host: str


class _Said(Word):
    run: str
    new: bool


def push_run(path: Path, url: str, *, token: str, allow: tuple[str, ...] = ()) -> Pushed:
    """Sends a run file to the desk at `url`; sending it twice changes nothing there.

    A FileError when it is not a run file, an OutsideError when the desk does not take it. `allow` are the hosts that
    may be called, beside the desk's own.
    """
    from casemill.llm.http import Limits, Request, host_of
    from casemill.llm.once import ask_once

    run = read_run(path)
    if urlsplit(url).scheme not in ("http", "https"):
        raise UsageError(f"{host_of(url)} is not an http or https address", hint="--url https://desk.company.com")
    at = url.rstrip("/") + ("" if urlsplit(url).path.rstrip("/").endswith(PATH) else PATH)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/jsonl", "Content-Encoding": "gzip"}
    body = gzip.compress(path.read_bytes(), 6, mtime=0)
    hosts = (*allow, urlsplit(at).hostname or "") if allow else ()
    answer = ask_once(Request(at, body, headers), Limits(concurrency=1, timeout=TIMEOUT, allow=hosts)).body
    try:
        said = msgspec.json.decode(answer, type=_Said)
    except msgspec.DecodeError:
        raise OutsideError(f"{host_of(url)} is no desk: it does not answer as one") from None
    return Pushed(run=run.head.id, new=said.new, host=host_of(url))
