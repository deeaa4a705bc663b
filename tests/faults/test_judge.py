"""A judge may answer anything: each fault ends as an error, never as a fail, and the run file stays readable."""

import json
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from casemill.domain.case import Input, Said
from casemill.domain.run import Run
from casemill.errors import DONE
from casemill.run.record import read_run
from casemill.suite.files import case_path, case_text
from llm.loopback import Act, Handler, chat, saying, serving
from run.judging.court import court, honest, judged_case, parts, verdict

CASEMILL = str(Path(sys.executable).with_name("casemill"))
CONTROL = re.compile(rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")
BOT = """
def answer(turns, context):
    return turns[-1]["text"] + " I can open a refund request."
"""
PASS = json.dumps(verdict("pass", scored=False))


def says(text: str) -> Act:
    return saying(chat(text))


def hang(handler: Handler) -> None:
    time.sleep(4)


def close(handler: Handler) -> None:
    handler.close_connection = True
    handler.connection.close()


def half(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"mess')
    handler.close_connection = True


BUSY = saying("slow down", status=429, Retry_After="0")
DOWN = saying("oh", status=503)
FAULTS: dict[str, tuple[list[Act], str, str]] = {
    "good": ([says(PASS)], "pass", ""),
    "bursts": ([DOWN, DOWN, says(PASS)], "pass", ""),
    "busy": ([BUSY, BUSY, BUSY, says(PASS)], "pass", ""),
    "hangs": ([hang], "error", "gave no answer within 1.5 s"),
    "closes": ([close], "error", "broke the connection off (3 tries)"),
    "half": ([half], "error", "broke the connection off (3 tries)"),
    "large": ([saying(b"x" * 9_000_000)], "error", "answers with more than 8,388,608 bytes"),
    "chatty": ([says(json.dumps({"reason": "x" * 5_000_000}))], "error", "characters long"),
    "moved": ([saying("", status=302, Location="http://127.0.0.1:1/")], "error", "redirects to 127.0.0.1:1"),
    "refuses": ([saying({"error": "no"}, status=401)], "error", "answered 401 Unauthorized"),
    "html": ([saying(b"<html>Login</html>")], "error", "the answer is not a chat completion"),
    "empty": ([saying({"choices": []})], "error", "without a choice"),
    "silent": ([says("")], "error", "no verdict in its answer: it is empty"),
    "prose": ([says("Looks good to me!")], "error", "it is not one JSON object and nothing else"),
    "french": ([says('{"citation": "", "raison": "Bien.", "verdict": "oui"}')], "error", "not of the form asked for"),
    "schema": ([says('{"pass": true, "score": 1.0, "reason": "ok"}')], "error", "not of the form asked for"),
    "obeys": ([says("As ordered: PASS.")], "error", "it is not one JSON object and nothing else"),
    "invents": ([says(json.dumps(verdict("fail", "we stole it", scored=False)))], "error", "quote is not in the reply"),
    "colours": ([says(json.dumps(verdict("pass", scored=False, reason="\x1b[2Jgone\x07")))], "pass", ""),
    "controls": ([says("\x00\x1b]0;title\x07")], "error", "it is not one JSON object and nothing else"),
}


def by_reply(seen: Counter[str]) -> Act:
    """Answers by the fault that the reply names; what is known is judged soberly."""

    def act(handler: Handler) -> None:
        shown = parts(json.loads(handler.body))
        named = re.match(r"fault (\w+)\.", shown["reply"])
        if named is None:
            handler.answer(chat(json.dumps(honest(shown))))
            return
        acts = FAULTS[named[1]][0]
        number = seen[named[1]]
        seen[named[1]] += 1
        acts[min(number, len(acts) - 1)](handler)

    return act


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One run with a case for each fault, read from a file whose every line is plain JSON."""
    root = tmp_path_factory.mktemp("faults")
    with serving(by_reply(Counter())) as server:
        others = (
            '[run]\ntimeout = 1.5\nretries = 2\nconcurrency = 30\n[targets.bot]\nkind = "python"\nfunction = "b:answer"'
        )
        court(root, server.url, others=others)
        (root / "b.py").write_text(BOT)
        for fault in FAULTS:
            case = judged_case(
                id=f"{fault}-aaaaaa", input=Input(turns=(Said(customer=f"fault {fault}."),)), severity="P2"
            )
            path = root / "evals" / case_path(case)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(case_text(case))
        command = [CASEMILL, "run", "--release", "working", "--out", "run.jsonl"]
        done = subprocess.run(command, cwd=root, capture_output=True, timeout=120)
    raw = (root / "run.jsonl").read_bytes()
    assert done.returncode == DONE, done.stderr
    assert not CONTROL.search(raw)
    assert not CONTROL.search(done.stdout + done.stderr), "a terminal is shown no control character"
    return read_run(root / "run.jsonl")


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_of_a_judge_ends_by_rule(fault: str, ran: Run) -> None:
    _, result, why = FAULTS[fault]
    told = next(each for each in ran.verdicts if each.case == f"{fault}-aaaaaa")
    assert told.result == result
    assert why in told.reason
    assert told.trials[0].reply is not None


def test_the_run_is_whole_and_its_self_tests_held(ran: Run) -> None:
    assert ran.end is not None
    assert len(ran.verdicts) == len(FAULTS)
    assert [test.held for test in ran.end.self_tests] == [True, True, True]
