"""A model on 127.0.0.1 that answers as the demo's bot, and the other tools that are asked to grade it."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from casemill.demo.bot import version_one, version_two

Bot = Callable[[list[dict[str, Any]], dict[str, Any]], dict[str, Any]]


def parrot(turns: list[dict[str, Any]], context: dict[str, Any]) -> dict[str, Any]:
    """Says what the customer said last, and makes the calls that the context names."""
    return {"text": turns[-1]["text"], "calls": context.get("calls", [])}


BOTS: dict[str, Bot] = {"v1": version_one, "v2": version_two, "parrot": parrot}
KNOWN = "What is known about this conversation: "
ROLES = {"user": "customer", "assistant": "assistant"}
Results = dict[tuple[str, int], str]


class Model(BaseHTTPRequestHandler):
    """`/v1/chat/completions`; the model's name is the bot's version."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        reply = BOTS[asked["model"]](*_turns(asked["messages"]))
        calls = [
            {
                "id": f"call_{number}",
                "type": "function",
                "function": {"name": call["name"], "arguments": json.dumps(call.get("arguments", {}))},
            }
            for number, call in enumerate(reply["calls"], 1)
        ]
        message = {"role": "assistant", "content": reply["text"], **({"tool_calls": calls} if calls else {})}
        choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if calls else "stop"}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        answer = {"id": "1", "object": "chat.completion", "created": 1, "model": asked["model"], "choices": [choice]}
        raw = json.dumps({**answer, "usage": usage}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on standard error."""


def _turns(messages: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    turns: list[dict[str, Any]] = []
    context: dict[str, Any] = {}
    for message in messages:
        said = message.get("content") or ""
        if isinstance(said, list):
            said = "".join(part.get("text", "") for part in said)
        if said.startswith(KNOWN):
            context = json.loads(said.removeprefix(KNOWN))
        elif message["role"] in ROLES and said:
            turns.append({"role": ROLES[message["role"]], "text": said})
    return turns, context


@contextmanager
def model_server() -> Iterator[str]:
    """The model's address, up to `/v1`, as long as the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()


def by_casemill(run: Path) -> Results:
    """The results of a run file: for each case and grader pass, fail or error."""
    results: Results = {}
    for line in run.read_text().splitlines():
        told = json.loads(line)
        told = told.get("verdict", told)
        for trial in told.get("trials", ())[:1]:
            for number, grade in enumerate(trial.get("grades", ())):
                results[told["case"], number] = grade["result"]
    return results


def by_promptfoo(program: str, folder: Path) -> Results:
    """The same, as promptfoo comes to it."""
    out = folder / "out.json"
    quiet = ("TELEMETRY", "UPDATE", "REMOTE_GENERATION", "SHARING")
    environ = {
        **os.environ,
        **{f"PROMPTFOO_DISABLE_{name}": "1" for name in quiet},
        "PROMPTFOO_CONFIG_DIR": str(folder / "home"),
        "PROMPTFOO_CACHE_ENABLED": "false",
        "PROMPTFOO_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "CI": "1",
    }
    options = ["--no-cache", "--no-write", "--no-progress-bar", "--no-table", "-o", str(out)]
    done = subprocess.run(
        [program, "eval", "-c", str(folder / "promptfooconfig.yaml"), *options],
        capture_output=True,
        text=True,
        env=environ,
        cwd=folder,
        timeout=400,
    )
    assert out.exists(), done.stdout + done.stderr
    results: Results = {}
    for row in json.loads(out.read_text())["results"]["results"]:
        assert not row.get("error") or row["failureReason"] == 1, row["error"]
        case = row["testCase"]["metadata"]["case_id"]
        for number, told in enumerate(row["gradingResult"]["componentResults"]):
            error = not told["pass"] and told["reason"].startswith("error: ")
            results[case, number] = "error" if error else "pass" if told["pass"] else "fail"
    return results


def by_inspect(python: str, folder: Path, *, url: str, model: str) -> Results:
    """The same, as Inspect comes to it."""
    environ = {
        **os.environ,
        "OPENAI_BASE_URL": url,
        "OPENAI_API_KEY": "none",
        "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
    }
    options = ["--display", "none", "--log-dir", str(folder / "logs"), "--log-format", "json", "--max-samples", "8"]
    options += ["-M", "responses_api=false"]
    done = subprocess.run(
        [python, "-m", "inspect_ai", "eval", "casemill_task.py", "--model", f"openai/{model}", *options],
        capture_output=True,
        text=True,
        env=environ,
        cwd=folder,
        timeout=400,
    )
    logs = sorted((folder / "logs").glob("*.json"))
    assert logs, done.stdout + done.stderr
    told = json.loads(logs[-1].read_text())
    assert told["status"] == "success", told.get("error")
    return {
        (str(sample["id"]), number): grade["result"]
        for sample in told["samples"]
        for number, grade in enumerate(sample["scores"]["casemill"]["metadata"]["grades"])
    }
