"""A calibration that is killed, stopped or loses its disk goes on where it was: what the judge said is not paid for
again, and the certificate is the one that there would have been."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec

import make
from casemill.domain.calibration import JudgeCertificate
from casemill.domain.word import changed
from casemill.run.calibrate import KEPT
from casemill.suite.certificates import read_certificates
from llm.loopback import Held, Server, serving
from run.judging.court import court, grading, honest
from run.judging.test_calibrate import people, suite_of

MANY, SELF_TESTS = 40, 3
ALL = MANY + SELF_TESTS


def project(root: Path, server: Server) -> Path:
    court(root, server.url, others="[run]\nconcurrency = 4")
    said = people(suite_of(root, MANY), MANY // 2)
    (root / "said.jsonl").write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in said))
    return root


def start(root: Path, *before: str) -> "subprocess.Popen[str]":
    command = [*before, sys.executable, "-m", "casemill", "judge", "calibrate", "--from", "said.jsonl"]
    environ = os.environ | {"NO_PROXY": "*", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(
        command,
        cwd=root,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def kept(root: Path) -> int:
    """The answers that stand whole in the file."""
    return sum(path.read_bytes().count(b"\n") for path in (root / KEPT).glob("*.jsonl"))


def wait_for(there: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + 60
    while not there():
        assert time.monotonic() < until
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)


def certificate(root: Path) -> JudgeCertificate:
    """The only one, without its time."""
    (it,) = read_certificates(root / "evals")
    return changed(it, at=make.NOW, expires="")


def test_killed_half_way_it_asks_only_what_is_missing_and_comes_to_the_same_certificate(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        whole = project(tmp_path / "whole", server)
        told, err = (process := start(whole)).communicate(timeout=60)
        assert process.returncode == 0, err
        assert f"  {ALL} calls; evals/judges/factual_accuracy@1.json\n" in told
        assert len(server.seen) == ALL
        root = project(tmp_path / "killed", server)
        asked: Counter[bytes] = Counter()
        for answered in (12, 9):
            server.seen.clear()
            server.acts = [held := Held(answered, grading(honest))]
            before, process = kept(root), start(root)
            wait_for(lambda there=before + answered: kept(root) == there, process)  # type: ignore[misc]
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate(timeout=20)
            held.free.set()
            asked.update(seen.body for seen in server.seen)
        server.seen.clear()
        server.acts = [grading(honest)]
        told, err = (process := start(root)).communicate(timeout=60)
        assert process.returncode == 0, err
        asked.update(seen.body for seen in server.seen)
    assert len(server.seen) == ALL - 12 - 9
    assert f"  {ALL - 21} calls, 21 answers kept from before; evals/judges/factual_accuracy@1.json\n" in told
    assert len(asked) == ALL
    assert sum(asked.values()) - ALL <= 2 * 4, "what was in flight when the kill came, and nothing else"
    assert certificate(root) == certificate(whole)
    assert list((root / KEPT).iterdir()) == []


def test_ctrl_c_says_how_to_go_on_and_loses_no_answer(tmp_path: Path) -> None:
    with serving(held := Held(15, grading(honest))) as server:
        root = project(tmp_path, server)
        process = start(root)
        wait_for(lambda: kept(root) == 15, process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        held.free.set()
        assert process.returncode == 130
        assert err.splitlines() == [
            "error: stopped before factual_accuracy was calibrated",
            "  the same command goes on; what the judge said is kept",
        ]
        server.seen.clear()
        _, err = (process := start(root)).communicate(timeout=60)
        assert process.returncode == 0, err
        assert len(server.seen) == ALL - 15


def test_what_cannot_be_kept_is_not_paid_for(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        root = project(tmp_path, server)
        full = start(root, "bash", "-c", 'ulimit -f 2; exec "$@"', "-")
        _, err = full.communicate(timeout=60)
        assert full.returncode == 3, err
        assert "cannot be written: File too large\n  make room; the same command goes on" in err
        there, paid = kept(root), len(server.seen)
        assert 0 < there <= paid < ALL
        server.seen.clear()
        _, err = (process := start(root)).communicate(timeout=60)
        assert process.returncode == 0, err
        assert len(server.seen) == ALL - there


def test_a_second_calibration_of_the_same_ends_at_once_and_asks_nobody(tmp_path: Path) -> None:
    with serving(held := Held(10, grading(honest))) as server:
        root = project(tmp_path, server)
        first = start(root)
        wait_for(lambda: kept(root) == 10, first)
        told, err = (second := start(root)).communicate(timeout=60)
        held.free.set()
        first.communicate(timeout=60)
        assert len(server.seen) == ALL, "the first asked them all, and nobody else asked"
    assert (second.returncode, told, first.returncode) == (3, "", 0)
    assert err.splitlines() == [
        "error: another process is calibrating factual_accuracy by judge",
        "  wait until that one ends, or stop it, then run again: what the judge said is kept",
    ]
    assert len(read_certificates(root / "evals")) == 1
