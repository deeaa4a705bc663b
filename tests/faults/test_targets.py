"""A target may do anything: each fault ends as pass, fail or error by rule, and the run file stays readable."""

import gzip
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.case import Input, Said
from casemill.domain.run import Run, Verdict
from casemill.run.record import read_run
from casemill.suite.files import case_path, case_text
from casemill.suite.starter import write_starter
from llm.loopback import Act, Handler, chat, claude, response, saying, serving

CASEMILL = str(Path(sys.executable).with_name("casemill"))
CONTROL = re.compile(rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")


def named(fault: str) -> str:
    """The id of a fault's case."""
    return f"{fault}-aaaaaa"


def shop(root: Path, settings: str, *faults: str) -> Path:
    """A project with one case a fault, none of which may say that a refund was processed."""
    write_starter(root / "evals")
    (root / "casemill.toml").write_text(f"[run]\ntimeout = 5\nretries = 2\nconcurrency = 40\n{settings}")
    for fault in faults:
        case = make.case(named(fault), input=Input(turns=(Said(customer=f"fault {fault}."),)))
        path = root / "evals" / case_path(case)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case_text(case))
    return root


def run(root: Path, *options: str) -> tuple[int, dict[str, Verdict]]:
    """The exit code and the verdicts by fault, read from a file whose every line is plain JSON."""
    command = [CASEMILL, "run", "--release", "working", "--out", "run.jsonl", *options]
    done = subprocess.run(command, cwd=root, capture_output=True, timeout=120)
    raw = (root / "run.jsonl").read_bytes()
    assert not CONTROL.search(raw)
    assert all(isinstance(json.loads(line), dict) for line in raw.splitlines())
    assert not CONTROL.search(done.stdout + done.stderr), "a terminal is shown no control character"
    told: Run = read_run(root / "run.jsonl")
    assert told.end is not None
    return done.returncode, {verdict.case.rpartition("-")[0]: verdict for verdict in told.verdicts}


def by_case(acts: dict[str, list[Act]], seen: Counter[str]) -> Act:
    """Answers a request by the case that it is about: its acts in order, the last one for ever."""

    def act(handler: Handler) -> None:
        fault = json.loads(handler.body)["case"]["id"].rpartition("-")[0]
        number = seen[fault]
        seen[fault] += 1
        acts[fault][min(number, len(acts[fault]) - 1)](handler)

    return act


def hang(handler: Handler) -> None:
    time.sleep(9)


def drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def break_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"text": "No ref')
    handler.close_connection = True


def hang_up(handler: Handler) -> None:
    handler.close_connection = True


def telling(raw: bytes) -> Act:
    """Writes bytes as they are, whatever they are, and closes the connection."""

    def act(handler: Handler) -> None:
        handler.wfile.write(raw)
        handler.close_connection = True

    return act


GOOD = saying({"text": make.GOOD})
BOMB = gzip.compress(b"x" * 20_000_000)
PACKED = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b"
BUSY = saying(b"", status=429)
DOWN = saying(b"down", status=500)
ANSI = "I've processed \x1b[1myour\x1b[0m\x00 refund\x07\r\n\x9b31mnow"
# What each fault does, what it comes to, why, and how often it is asked.
FAULTS: dict[str, tuple[list[Act], str, str, int]] = {
    "hang": ([hang], "error", r"gave no answer within 5 s", 1),
    "drip": ([drip], "error", r"gave no answer within 5 s", 1),
    "half-json": ([saying(b'{"text": "No ref')], "error", "begins like JSON but is not", 1),
    "break-off": ([break_off], "error", r"broke the connection off \(3 tries\)", 3),
    "break-off-once": ([break_off, GOOD], "pass", "", 2),
    "hang-up": ([hang_up], "error", r"(broke the connection off|cannot be reached).* \(3 tries\)", 3),
    "hang-up-once": ([hang_up, GOOD], "pass", "", 2),
    "busy-named": ([saying(b"", status=429, Retry_After="0.05")] * 5 + [GOOD], "pass", "", 6),
    "busy": ([BUSY, BUSY, GOOD], "pass", "", 3),
    "busy-always": ([BUSY], "error", r"answered 429 Too Many Requests \(3 tries\)", 3),
    "burst": ([DOWN, DOWN, GOOD], "pass", "", 3),
    "burst-always": ([DOWN], "error", r"answered 500 Internal Server Error: down \(3 tries\)", 3),
    "not-found": ([saying(b"\x1b[31mno such\x07 bot", status=404)], "error", "answered 404 Not Found: no such bot", 1),
    "five-megabytes": ([saying({"text": "x" * 5_000_000})], "error", "bytes long, more than 1,000,000", 1),
    "ten-megabytes": ([saying({"text": "x" * 10_000_000})], "error", "answers with more than 8,388,608 bytes", 1),
    "codes": ([saying({"text": ANSI})], "fail", 'not_contains: says "processed your refund"', 1),
    "codes-good": ([saying({"text": f"\x1b[32m{make.GOOD}\x1b[0m\x00"})], "pass", "", 1),
    "moved": ([saying(b"", status=302, Location="http://127.0.0.1:9/")], "error", "redirects to 127.0.0.1:9, which", 1),
    "not-modified": ([saying(b"", status=304)], "error", "answered 304 Not Modified", 1),
    "other-protocol": ([telling(b"SSH-2.0-OpenSSH_9.9\r\n")], "error", "does not speak HTTP as it should", 1),
    "no-chunks": (
        [telling(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhi\r\n0\r\n\r\n")],
        *("error", "does not speak HTTP as it should", 1),
    ),
    "packed": ([telling(PACKED % (len(BOMB), BOMB))], "error", "answers with more than 8,388,608 bytes", 1),
    "packed-wrongly": ([telling(PACKED % (5, b"hello")), GOOD], "pass", "", 2),
    "nested": ([saying(b'{"a":' * 50_000)], "error", "begins like JSON but is not: it is nested too deep", 1),
    "page": ([saying(b"<!doctype html><p>Sign in")], "error", "the answer is a web page", 1),
    "not-utf-8": ([saying("schön".encode("latin-1"))], "error", "not UTF-8 text", 1),
    "charset-lie": (
        [saying("schön".encode("latin-1"), Content_Type="text/plain; charset=utf-8")],
        "error",
        "not UTF",
        1,
    ),
    "charset": ([saying("schön".encode("latin-1"), Content_Type="text/plain; charset=iso-8859-1")], "pass", "", 1),
    "half-a-character": ([saying(b'{"text": "\\ud83d"}')], "error", "", 1),
    "unknown-field": ([saying({"text": "x", "mood": "sour"})], "error", "unknown field `mood`", 1),
    "nothing": ([saying(b"", status=204)], "error", "the target answered nothing", 1),
    "refuses": ([saying({"text": "I cannot help with that."})], "pass", "", 1),
    "good": ([GOOD], "pass", "", 1),
}


def test_each_fault_of_an_http_target_ends_by_rule(tmp_path: Path) -> None:
    asked: Counter[str] = Counter()
    acts = {fault: done for fault, (done, *_) in FAULTS.items()}
    with serving(by_case(acts, asked)) as server:
        code, verdicts = run(shop(tmp_path, f'[targets.bot]\nkind = "http"\nurl = "{server.url}"\n', *FAULTS))
    assert code == 0
    assert verdicts.keys() == FAULTS.keys()
    came = {fault: (verdict.result, asked[fault]) for fault, verdict in verdicts.items()}
    assert came == {fault: (result, times) for fault, (_, result, _, times) in FAULTS.items()}
    for fault, (_, _, reason, _) in FAULTS.items():
        assert re.search(reason, verdicts[fault].reason), (fault, verdicts[fault].reason)
    assert verdicts["codes"].trials[0].reply is not None
    assert verdicts["codes"].trials[0].reply.text == "I've processed your refund\nnow"


def test_a_target_that_refuses_every_connection_cannot_be_told_about(tmp_path: Path) -> None:
    with serving(GOOD) as server:
        gone = server.url
    code, verdicts = run(shop(tmp_path, f'[targets.bot]\nkind = "http"\nurl = "{gone}"\n', "one", "two"))
    assert code == 3
    assert {verdict.result for verdict in verdicts.values()} == {"error"}
    assert all("cannot be reached" in verdict.reason for verdict in verdicts.values())


MODELS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "chat": ('kind = "openai"\n', lambda text: chat(text)),
    "responses": (
        'kind = "openai"\napi = "responses"\n',
        lambda text: response({"type": "message", "content": [{"type": "output_text", "text": text}]}),
    ),
    "anthropic": ('kind = "anthropic"\n', lambda text: claude({"type": "text", "text": text})),
}


@pytest.mark.parametrize("form", MODELS)
def test_each_fault_of_a_model_ends_by_rule(tmp_path: Path, form: str) -> None:
    kind, answer = MODELS[form]
    whole = json.dumps(answer(make.GOOD)).encode()
    faults: dict[str, tuple[list[Act], str, str]] = {
        "prose": ([saying(b"I am a model.")], "error", "the answer is not a"),
        "half-json": ([saying(whole[:-20])], "error", "the answer is not a"),
        "other-json": ([saying({"detail": "quota"})], "error", "the answer is not a"),
        "page": ([saying(b"<html>gateway")], "error", "the answer is not a"),
        "latin": ([saying(whole.replace(b"No refund", b"Sch\xf6n"))], "error", "the answer is not a"),
        "silence": ([saying(answer(""))], "error", "the target answered nothing"),
        "codes": ([saying(answer(ANSI))], "fail", "processed your refund"),
        "five-megabytes": ([saying(answer("x" * 5_000_000))], "error", "more than 1,000,000"),
        "overloaded": ([saying(b"", status=529), saying(b"", status=503), saying(answer(make.GOOD))], "pass", ""),
        "no-key": ([saying({"error": {"message": "bad key"}}, status=401)], "error", "answered 401 Unauthorized"),
        "good": ([saying(answer(make.GOOD))], "pass", ""),
    }
    seen: Counter[str] = Counter()

    def act(handler: Handler) -> None:
        fault = next(fault for fault in faults if f"fault {fault}." in handler.body.decode())
        number, acts = seen[fault], faults[fault][0]
        seen[fault] += 1
        acts[min(number, len(acts) - 1)](handler)

    with serving(act) as server:
        settings = f'[targets.bot]\n{kind}base_url = "{server.url}"\nmodel = "m"\n'
        code, verdicts = run(shop(tmp_path, settings, *faults))
    assert code == 0
    assert {fault: verdict.result for fault, verdict in verdicts.items()} == {
        fault: result for fault, (_, result, _) in faults.items()
    }
    for fault, (_, _, reason) in faults.items():
        assert re.search(reason, verdicts[fault].reason), (fault, verdicts[fault].reason)


PROGRAM = f"""
import json, os, signal, sys, time
fault = json.load(sys.stdin)["case"]["id"].rpartition("-")[0]
out = sys.stdout.buffer
if fault == "hang": time.sleep(30)
elif fault == "crash": sys.stderr.write("\\x1b[31mno key\\x1b[0m\\n"); sys.exit(3)
elif fault == "killed": os.kill(os.getpid(), signal.SIGKILL)
elif fault == "half-json": out.write(b'{{"text": "No ref')
elif fault == "silent": pass
elif fault == "latin": out.write("schön".encode("latin-1"))
elif fault == "codes": out.write({ANSI!r}.encode())
elif fault == "five-megabytes": out.write(b"x" * 5_000_000)
elif fault == "never-stops":
    while True: out.write(b"x" * 1_000_000)
else: out.write({make.GOOD!r}.encode())
"""


def test_each_fault_of_a_program_ends_by_rule(tmp_path: Path) -> None:
    faults = {
        "hang": ("error", r"gave no answer within 10 s"),
        "crash": ("error", r"ended with 3: no key$"),
        "killed": ("error", r"ended with -9"),
        "half-json": ("error", "begins like JSON but is not"),
        "silent": ("error", "answered nothing"),
        "latin": ("error", "not UTF-8 text"),
        "codes": ("fail", "processed your refund"),
        "five-megabytes": ("error", "more than 1,000,000"),
        "never-stops": ("error", "more than 8,388,608 bytes"),
        "good": ("pass", ""),
    }
    settings = f'[targets.bot]\nkind = "command"\nargv = ["{sys.executable}", "bot.py"]\n'
    root = shop(tmp_path, settings, *faults)
    toml = root / "casemill.toml"
    toml.write_text(toml.read_text().replace("timeout = 5", "timeout = 10"))
    (root / "bot.py").write_text(PROGRAM)
    code, verdicts = run(root)
    assert code == 0
    assert {fault: verdict.result for fault, verdict in verdicts.items()} == {
        fault: result for fault, (result, _) in faults.items()
    }
    for fault, (_, reason) in faults.items():
        assert re.search(reason, verdicts[fault].reason), (fault, verdicts[fault].reason)
