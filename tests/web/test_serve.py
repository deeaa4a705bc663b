"""`casemill serve`, a process of its own: believes what is signed, refuses the rest, loses nothing it has answered."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casemill.settings import load
from casemill.store import Vault, open_vault
from conftest import Home
from ingest.tracing import chat, envelope
from ingest.walking import fake_of
from web.serving import DESKS, ENVIRON, JSON, SECRET, TOKEN, Serving, sample, serving, write_settings

LATER = timedelta(minutes=1)


@pytest.fixture
def server(home: Home) -> Iterator[Serving]:
    """Takes webhooks, fetches nothing; once on SQLite, once on Postgres."""
    write_settings(home.root, store=home.store)
    with serving(home.root, "--no-fetch") as running:
        yield running


@pytest.fixture
def light(project: Path) -> Iterator[Serving]:
    """The same on SQLite alone, for what no store has a part in; heads and bodies may take a second."""
    write_settings(project)
    with serving(project, "--no-fetch", seconds=1) as running:
        yield running


def due(home: Home) -> dict[str, int]:
    with open_vault(home.store, root=home.root) as vault:
        return vault.looks_due(now=datetime.now(UTC) + LATER)


def test_each_helpdesks_webhook_is_kept_when_the_answer_is_there(server: Serving, home: Home) -> None:
    assert server.paths == [*(f"/hooks/{name}" for name in DESKS), "/v1/traces"]
    for number, name in enumerate(DESKS, 1):
        answer = server.hook(name)
        assert (answer.status, answer.told) == (200, {"told": "taken"})
        assert sum(due(home).values()) == number


def test_what_is_forged_replayed_or_old_changes_nothing(server: Serving, home: Home) -> None:
    for name in DESKS:
        assert server.hook(name, secret="another").status == 401
    old = datetime.now(UTC) - timedelta(hours=2)
    assert [server.hook(name, now=old).status for name in ("zendesk", "intercom")] == [401, 401]
    assert due(home) == {}
    for name in ("zendesk", "intercom", "helpscout"):
        headers, body = sample(name)
        told = [server.ask(f"/hooks/{name}", body, headers=headers).told["told"] for _ in range(3)]
        assert told == ["taken", "came before", "came before"]
    assert sum(due(home).values()) == 3


def test_200_webhooks_at_once_are_all_taken_and_one_ticket_is_one_look(server: Serving, home: Home) -> None:
    got: Counter[int] = Counter()
    places = threading.Barrier(200)

    def send(number: int) -> None:
        headers, body = sample("helpscout", str(number % 20))
        places.wait()
        body = body[:-1] + f', "n": {number}}}'.encode()
        headers |= sign(body)
        got[server.ask("/hooks/helpscout", body, headers=headers).status] += 1

    threads = [threading.Thread(target=send, args=(number,)) for number in range(200)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"200 webhooks at once: {time.monotonic() - began:.2f} s")
    assert got == {200: 200}
    assert due(home) == {"helpscout": 20}


def sign(body: bytes) -> dict[str, str]:
    import base64
    import hmac

    return {"x-helpscout-signature": base64.b64encode(hmac.digest(SECRET.encode(), body, "sha1")).decode()}


def test_killed_right_after_its_answer_it_has_lost_nothing(home: Home) -> None:
    write_settings(home.root, store=home.store)
    for number in range(1, 4):
        with serving(home.root, "--no-fetch") as server:
            assert server.hook("freshdesk", str(number)).status == 200
            server.kill()
        assert due(home) == {"freshdesk": number}


def test_what_a_killed_server_had_taken_is_fetched_by_work(project: Path) -> None:
    fakes = fake_of("zendesk")
    with fakes.running(fakes.shop(8)) as fake:
        write_settings(project, sources=fakes.settings(fake))
        with serving(project, "--no-fetch", environ=ENVIRON | fakes.ENVIRON) as server:
            assert server.hook("zendesk", "7").status == 200
            server.kill()
        time.sleep(2.1)
        command = [sys.executable, "-m", "casemill", "--project", str(project), "work", "--json"]
        done = subprocess.run(command, env={**os.environ, **fakes.ENVIRON}, capture_output=True, text=True)
        steps = {step["name"]: step for step in json.loads(done.stdout)["steps"]}
    assert "hooks zendesk" in steps, done.stderr
    assert "failed" not in steps["hooks zendesk"]
    with open_vault_of(project) as vault:
        assert vault.arrival("zendesk", "7") is not None
        assert vault.looks_due(now=datetime.now(UTC) + LATER) == {}


def open_vault_of(project: Path) -> Vault:
    return open_vault(load(project).settings.store, root=project)


@pytest.mark.parametrize("name", DESKS)
def test_it_fetches_what_was_named_by_itself(project: Path, name: str) -> None:
    fakes = fake_of(name)
    with fakes.running(fakes.shop(8)) as fake:
        write_settings(project, sources=fakes.settings(fake))
        with serving(project, environ=ENVIRON | fakes.ENVIRON) as server:
            assert server.hook(name, "3").status == 200
            with open_vault_of(project) as vault:
                until = time.monotonic() + 20
                while time.monotonic() < until and vault.arrival(name, "3") is None:
                    time.sleep(0.1)
                came = [number for number in range(1, 9) if vault.arrival(name, str(number))]
            code, said = server.stop()
    assert code == 130, said
    assert came == [3]
    assert f"hooks {name}: 1 new, 0 changed, 0 the same\n" in said
    assert not any(secret in said for secret in (SECRET, TOKEN, *fakes.SECRETS))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_answers_whom_it_is_answering_and_ends_well(light: Serving, how: signal.Signals) -> None:
    headers, body = sample("freshdesk")
    with closing(light.line()) as line:
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        line.sendall(f"POST /hooks/freshdesk HTTP/1.1\r\nhost: a\r\n{head}content-length: {len(body)}\r\n\r\n".encode())
        time.sleep(0.2)
        light.process.send_signal(how)
        time.sleep(0.2)
        line.sendall(body)
        assert line.recv(4096).startswith(b"HTTP/1.1 200")
    light.process.wait(timeout=20)
    said = light.log.read_text()
    assert light.process.returncode == 130, said
    assert said.endswith("Stopped; what was taken is kept.\n")
    assert "Traceback" not in said


def test_spans_are_taken_with_the_token_alone(server: Serving, home: Home) -> None:
    body = envelope(*chat())
    assert server.ask("/v1/traces", body).status == 401
    answer = server.ask("/v1/traces", body, headers=JSON | {"authorization": f"Bearer {TOKEN}"})
    assert (answer.status, answer.told) == (200, {})
    with open_vault(home.store, root=home.root) as vault:
        assert vault.traces() == (1, 3)


def test_without_a_token_there_is_no_place_for_spans(project: Path) -> None:
    write_settings(project)
    with serving(project, "--no-fetch", environ={"HOOK_SECRET": SECRET}) as server:
        assert server.paths == [f"/hooks/{name}" for name in DESKS]
        assert server.ask("/v1/traces", b"{}").status == 404
