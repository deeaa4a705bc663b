"""Two forges on 127.0.0.1, as far as comments on one change go: GitHub's pull request 7, GitLab's merge request 7."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

Comment = dict[str, Any]
TOKEN = "secret-token"
BOT: dict[str, dict[str, Any]] = {
    "github": {"user": {"id": 41, "type": "Bot", "login": "github-actions[bot]"}},
    "gitlab": {"author": {"id": 77}},
}
EVE: dict[str, dict[str, Any]] = {
    "github": {"user": {"id": 5, "type": "User", "login": "eve"}},
    "gitlab": {"author": {"id": 5}},
}


class Fault(NamedTuple):
    """What goes wrong with one request of a method; `after` it was carried out, or instead. No status: the connection
    breaks."""

    method: str
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    after: bool = False


class Forge:
    """The comments that stand there, oldest first, what was asked, and the faults that are still to come. `hidden` are
    the ids of comments that the token may not see: their places on a page stay empty."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.comments: list[Comment] = []
        self.asked: list[str] = []
        self.faults: list[Fault] = []
        self.hidden: set[int] = set()
        self.url = ""
        notes = "/api/v4/projects/42/merge_requests/7/notes"
        self.place = notes if kind == "gitlab" else "/repos/shop/bot/issues/7/comments"
        self.single = notes if kind == "gitlab" else "/repos/shop/bot/issues/comments"

    def said(self, body: str, *, by: dict[str, Any], **more: Any) -> Comment:
        self.comments.append({"id": 1000 + len(self.comments), "body": body, "system": False} | by | more)
        return self.comments[-1]

    def eves(self, count: int, body: str) -> list[Comment]:
        return [self.said(body, by=EVE[self.kind]) for _ in range(count)]

    @property
    def environ(self) -> dict[str, str]:
        """What a job's environment says."""
        if self.kind == "github":
            told = {"GITHUB_API_URL": self.url, "GITHUB_REPOSITORY": "shop/bot", "PULL_REQUEST": "7"}
            return told | {"GITHUB_TOKEN": TOKEN}
        told = {"CI_API_V4_URL": f"{self.url}/api/v4", "CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_PROJECT_ID": "42"}
        return told | {"CASEMILL_NOTE_TOKEN": TOKEN}

    @property
    def methods(self) -> list[str]:
        return [line.split()[0] for line in self.asked]


Told = tuple[int, Any, tuple[tuple[str, str], ...]]


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, forge: Forge) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.forge = forge

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that breaks is part of the tests."""


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def act(self) -> None:
        forge = self.forge = self.server.forge
        forge.asked.append(f"{self.command} {self.path}")
        sent = json.loads(self.rfile.read(int(self.headers.get("content-length") or 0)) or b"{}")
        fault = next((one for one in forge.faults if one.method == self.command), None)
        if fault is None:
            self.answer(*self.carried_out(sent))
            return
        forge.faults.remove(fault)
        if fault.after:
            self.carried_out(sent)
        if fault.status is None:
            self.close_connection = True
            self.connection.close()
        else:
            self.answer(fault.status, {"message": "not now"}, fault.headers)

    do_GET = do_POST = do_PUT = do_PATCH = act

    def carried_out(self, sent: dict[str, Any]) -> Told:
        gitlab = self.forge.kind == "gitlab"
        given = self.headers.get("private-token") or self.headers.get("authorization", "").removeprefix("Bearer ")
        path = urlsplit(self.path).path
        if given != TOKEN:
            return 401 if gitlab else 403, {"message": f"not with {given}"}, ()
        if gitlab and (self.command, path) == ("GET", "/api/v4/user"):
            return 200, {"username": "project_42_bot"} | BOT["gitlab"]["author"], ()
        if (self.command, path) == ("GET", self.forge.place):
            return self.page()
        if (self.command, path) == ("POST", self.forge.place):
            return 201, self.forge.said(sent["body"], by=BOT[self.forge.kind]), ()
        return self.edited(path, sent)

    def edited(self, path: str, sent: dict[str, Any]) -> Told:
        by = BOT[self.forge.kind]
        found = next((one for one in self.forge.comments if path == f"{self.forge.single}/{one['id']}"), None)
        if found is None or self.command != ("PUT" if self.forge.kind == "gitlab" else "PATCH"):
            return 404, {"message": "404 Not found"}, ()
        if not by.items() <= found.items():
            return 403, {"message": "403 Forbidden"}, ()
        found["body"] = sent["body"]
        return 200, found, ()

    def page(self) -> Told:
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(self.path).query).items()}
        size, number = min(100, int(asked.get("per_page", 20))), int(asked.get("page", 1))
        newest_first = self.forge.kind == "gitlab" and asked.get("sort") != "asc"
        everything = self.forge.comments[::-1] if newest_first else self.forge.comments
        listed = everything[(number - 1) * size : number * size]
        more = len(everything) > number * size
        link = (("Link", f'<{self.forge.url}{self.forge.place}?page={number + 1}>; rel="next"'),) if more else ()
        return 200, [one for one in listed if one["id"] not in self.forge.hidden], link

    def answer(self, status: int, told: Any, headers: tuple[tuple[str, str], ...]) -> None:
        raw = json.dumps(told).encode()
        self.send_response(status)
        for name, value in (("content-length", str(len(raw))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def talking(kind: str) -> Iterator[Forge]:
    forge = Forge(kind)
    with Server(forge) as server:
        forge.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield forge
        finally:
            server.shutdown()
            thread.join()
