"""A run that is killed, stopped, or loses its disk goes on where it was: nothing finished is asked twice, nothing is
left out."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import make
from casemill.domain.case import Case, Input, Said
from casemill.domain.reply import Reply
from casemill.domain.run import RunHead
from casemill.run import read_run
from casemill.run.record import Recorder
from casemill.run.targets import Around, Target
from casemill.run.trials import Terms, Watch, run_suite
from llm.loopback import Act, Handler, Held, Server, chat, saying, serving
from run.shop import bot_at, shop

MANY = 60
PLAIN = os.environ | {"NO_PROXY": "*"}


def cases(many: int = MANY, *, severity: str = "P0") -> list[Case]:
    return [
        make.case(f"c{number:03}-aaaaaa", severity=severity, input=Input(turns=(Said(customer=f"case c{number:03}"),)))
        for number in range(many)
    ]


def slowly(seconds: float = 0.02) -> Act:
    def act(handler: Handler) -> None:
        time.sleep(seconds)
        handler.answer(chat(make.GOOD))

    return act


def asked(server: Server) -> Counter[str]:
    """How often each case was asked."""
    return Counter(seen.json["messages"][-1]["content"].split()[-1] for seen in server.seen)


def start(root: Path, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "casemill", "run", "--concurrency", "4", *arguments]
    return subprocess.Popen(
        command, cwd=root, env=PLAIN, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def wait_for(there: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + 60
    while not there():
        assert time.monotonic() < until
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)


def lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def killed(root: Path, *arguments: str, lines_before: int) -> set[str]:
    """Starts a run, kills it when so many lines stand, and returns the cases that the file holds."""
    out, process = root / "run.jsonl", start(root, *arguments)
    wait_for(lambda: lines(out) >= lines_before, process)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=20)
    return {verdict.case[:4] for verdict in read_run(out).verdicts}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_killed_again_and_again_it_ends_with_every_case_once_and_none_finished_asked_twice(
    tmp_path: Path, seed: int
) -> None:
    drawn, out = random.Random(seed), tmp_path / "run.jsonl"
    with serving(slowly()) as server:
        root = shop(tmp_path, *cases(), toml=bot_at(server.url))
        finished: set[str] = set()
        for _ in range(5):
            server.seen.clear()
            now = killed(root, "--resume", "run.jsonl", lines_before=lines(out) + drawn.randint(2, 8))
            assert finished < now
            assert not finished & set(asked(server))
            finished = now
        _, err = (process := start(root, "--resume", "run.jsonl")).communicate(timeout=60)
        assert process.returncode == 0, err
    whole = read_run(out)
    assert whole.end is not None
    assert sorted(verdict.case for verdict in whole.verdicts) == [case.id for case in cases()]
    assert {verdict.result for verdict in whole.verdicts} == {"pass"}


def test_every_line_that_stands_when_ctrl_c_comes_is_kept_and_so_is_what_was_being_written(tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    with serving(slowly()) as server:
        process = start(shop(tmp_path, *cases(), toml=bot_at(server.url)), "--out", "run.jsonl")
        wait_for(lambda: lines(out) > 10, process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        done = len(server.seen)
    assert process.returncode == 130
    assert "Traceback" not in err
    kept = read_run(out)
    assert done - 4 <= len(kept.verdicts) <= done  # what was in flight is lost, nothing else
    assert f"stopped after {len(kept.verdicts)} of {MANY} cases" in err


@pytest.mark.parametrize("first", ["--out", "--resume"], ids=["a new run", "one that is continued"])
def test_a_run_file_is_continued_by_one_process_at_a_time_and_is_free_when_that_one_is_killed(
    tmp_path: Path, first: str
) -> None:
    out = tmp_path / "run.jsonl"
    with serving(slowly()) as server:
        root = shop(tmp_path, *cases(), toml=bot_at(server.url))
        if first == "--resume":
            killed(root, "--out", "run.jsonl", lines_before=5)
        server.acts = [held := Held(9, saying(chat(make.GOOD)))]
        before = lines(out)
        writing = start(root, first, "run.jsonl")
        wait_for(lambda: lines(out) >= before + 9, writing)
        told, err = (second := start(root, "--resume", "run.jsonl")).communicate(timeout=60)
        assert (second.returncode, told) == (3, "")
        assert err.splitlines() == [
            "error: run.jsonl is being written by another run",
            "  wait until that one ends, or stop it, then go on: casemill run --resume run.jsonl",
        ]
        os.killpg(writing.pid, signal.SIGKILL)
        writing.communicate(timeout=20)
        held.free.set()
        finished = {verdict.case[:4] for verdict in read_run(out).verdicts}
        server.seen.clear()
        _, err = (last := start(root, "--resume", "run.jsonl")).communicate(timeout=60)
        assert last.returncode == 0, err
        assert len(finished) >= 8
        assert not finished & set(asked(server))
    assert len(read_run(out).verdicts) == MANY
    assert [item.name for item in tmp_path.glob("*run.jsonl*")] == ["run.jsonl"]


def test_of_two_processes_that_continue_a_file_at_the_same_moment_one_does_and_no_case_is_asked_twice(
    tmp_path: Path,
) -> None:
    out = tmp_path / "run.jsonl"
    with serving(slowly()) as server:
        root = shop(tmp_path, *cases(), toml=bot_at(server.url))
        finished = killed(root, "--out", "run.jsonl", lines_before=5)
        server.seen.clear()
        server.acts = [held := Held(9, saying(chat(make.GOOD)))]
        one, other = (start(root, "--resume", "run.jsonl") for _ in range(2))
        until = time.monotonic() + 60
        while one.poll() is None and other.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.005)
        held.free.set()
        told = [process.communicate(timeout=60)[1] for process in (one, other)]
        assert sorted((one.returncode, other.returncode)) == [0, 3], told
    assert any("run.jsonl is being written by another run" in err for err in told)
    assert set(asked(server).values()) == {1}
    assert not finished & set(asked(server))
    assert len(read_run(out).verdicts) == MANY


def test_ctrl_c_between_two_targets_says_how_to_go_on_with_both(tmp_path: Path) -> None:
    with serving(slowly()) as server:
        root = shop(tmp_path, *cases(), toml=bot_at(server.url, "one") + bot_at(server.url, "two"))
        process = start(root, "--target", "one", "--target", "two", "--out", "{target}.jsonl")
        wait_for(lambda: lines(root / "one.jsonl") > 3, process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "go on with: casemill run --resume one.jsonl, then: casemill run --target two" in err
    assert not (root / "two.jsonl").exists()


def test_a_disk_that_fills_up_keeps_whole_lines_and_the_run_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with serving(slowly(0.0)) as server:
        root = shop(tmp_path, *cases(), toml=bot_at(server.url))
        command = [sys.executable, "-m", "casemill", "run", "--out", "run.jsonl", "--concurrency", "4"]
        limited = ["bash", "-c", 'ulimit -f 12; exec "$@"', "-", *command]
        quiet = PLAIN | {"PYTHONDONTWRITEBYTECODE": "1"}
        full = subprocess.run(limited, cwd=root, capture_output=True, text=True, env=quiet)
        assert full.returncode == 3, full.stderr
        assert "run.jsonl cannot be written" in full.stderr
        kept = read_run(root / "run.jsonl")
        assert kept.end is None
        assert 5 < len(kept.verdicts) < MANY
        server.seen.clear()
        process = start(root, "--resume", "run.jsonl")
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        assert not {verdict.case[:4] for verdict in kept.verdicts} & set(asked(server))
    assert len(read_run(root / "run.jsonl").verdicts) == MANY


def test_a_case_killed_between_its_trials_is_asked_from_the_first_again(tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    with serving(slowly(0.1)) as server:
        root = shop(tmp_path, *cases(4), toml=bot_at(server.url))
        process = start(root, "--trials", "3", "--out", "run.jsonl")
        wait_for(lambda: len(server.seen) >= 6, process)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=20)
        _, err = (process := start(root, "--resume", "run.jsonl")).communicate(timeout=60)
        assert process.returncode == 0, err
    whole = read_run(out)
    assert [len(verdict.trials) for verdict in whole.verdicts] == [3] * 4
    assert whole.head.trials == 3


class Prompt(Target):
    """Answers at once."""

    async def ask(self, case: Case) -> Reply:
        return make.reply()


@pytest.mark.slow
def test_ten_thousand_cases_on_a_slow_disk_are_written_in_large_pieces_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many, pieces = 10_000, []

    def write(file: int, raw: bytes, real: Callable[[int, bytes], int] = os.write) -> int:
        if raw.startswith(b'{"case":'):
            pieces.append(raw.count(b"\n"))
            time.sleep(0.02)
        return real(file, raw)

    monkeypatch.setattr("casemill.run.record.os.write", write)
    head = RunHead(id="r", release=0, suite_digest="s", target="bot", target_kind="t", cases=many, started_at=make.NOW)
    recorder = Recorder.start(tmp_path / "run.jsonl", head)
    put = [make.case(f"c{number}-aaaaaa") for number in range(many)]
    run_suite(put, Prompt(), recorder=recorder, around=Around(tmp_path, 50), terms=Terms(Watch(make.NOW)))
    assert {verdict.case for verdict in read_run(tmp_path / "run.jsonl").verdicts} == {case.id for case in put}
    assert sum(pieces) == many
    assert len(pieces) < many / 20


def nonsense(handler: Handler) -> None:
    """Half a JSON, a refusal, a hang-up, a redirect, megabytes, control characters: by the case's number."""
    said = json.loads(handler.body)["messages"][-1]["content"].split()[-1]
    number = int(said[1:])
    acts: list[Callable[[], None]] = [
        lambda: handler.answer(chat(make.GOOD)),
        lambda: handler.answer(b'{"choices": [{"message": {"con'),
        lambda: handler.answer(b"no", status=403),
        lambda: handler.connection.shutdown(socket.SHUT_RDWR),
        lambda: handler.answer(b"", status=302, Location="http://elsewhere.test/"),
        lambda: handler.answer(chat("x" * 5_000_000)),
        lambda: handler.answer(chat("\x1b[2J\x00\x07\u202eNo refund was started.\r\nReally.")),
        lambda: handler.answer(b"\xff\xfe\x00"),
        lambda: handler.answer(chat("")),
        lambda: handler.answer([1, 2, 3]),
    ]
    acts[number % len(acts)]()


def test_whatever_a_target_does_each_case_ends_by_rule_and_the_file_stays_readable(tmp_path: Path) -> None:
    with serving(nonsense) as server:
        toml = f"[run]\nretries = 0\ntimeout = 10.0\n{bot_at(server.url)}"
        process = start(shop(tmp_path, *cases(40), toml=toml), "--out", "run.jsonl")
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    whole = read_run(tmp_path / "run.jsonl")
    results = Counter((int(verdict.case[1:4]) % 10, verdict.result) for verdict in whole.verdicts)
    assert results == {(kind, "pass" if kind in (0, 6) else "error"): 4 for kind in range(10)}
    assert all(verdict.reason for verdict in whole.verdicts if verdict.result == "error")
    said = [verdict.trials[0].reply.text for verdict in whole.verdicts if verdict.case.startswith("c006")]  # type: ignore[union-attr]
    assert said == ["No refund was started.\nReally."]
    assert (tmp_path / "run.jsonl").stat().st_size < 200_000
    assert "\x1b" not in err
