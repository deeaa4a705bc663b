"""How long `casemill gate` takes on a run of 10,000 cases and a suite of as many files, from the shell to its exit.

`bench/gate_speed.py [CASES]`. Beside it, in the same run: a fresh interpreter that only reads the same bytes (every
case file, the run file by json.loads), as the floor of a tool that would judge nothing.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
from suite_read import one

from casemill.domain.grade import Grade
from casemill.domain.reply import Reply
from casemill.domain.run import RunEnd, RunHead, Trial, Verdict
from casemill.domain.word import changed
from casemill.suite.files import case_path, case_text
from casemill.suite.starter import write_starter

LIMIT = 0.6
# As installed: Python keeps what it has compiled.
ENVIRON = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
FLOOR = """
import json, pathlib, sys
for path in pathlib.Path("evals/cases").rglob("*.yaml"):
    path.read_bytes()
for line in open("run.jsonl", "rb"):
    json.loads(line)
"""
TEXT = "Thank you for writing to us. No refund was started yet; I can open a request for it now. " * 4


def laid_out(folder: Path, cases: int) -> None:
    """A suite, a run of it in which one in a hundred fails, and the baseline of an earlier run."""
    from datetime import UTC, datetime

    now = datetime(2026, 11, 21, tzinfo=UTC)
    write_starter(folder / "evals")
    (folder / "casemill.toml").write_text("")
    lines = []
    for number in range(cases):
        fails = number % 100 == 7
        case = changed(one(number), severity="P2" if fails else "P1")
        path = folder / "evals" / case_path(case)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case_text(case))
        grade = Grade(
            result="fail" if fails else "pass", grader="not_contains", reason="says 'refund'" if fails else ""
        )
        trial = Trial(number=1, reply=Reply(text=TEXT, latency_ms=210.5), grades=(grade,), at=now)
        lines.append(
            Verdict(
                case=case.id,
                digest=case.digest,
                failure_mode=case.failure_mode,
                severity=case.severity,
                result="fail" if fails else "pass",
                reason="not_contains: says 'refund'" if fails else "",
                trials=(trial,),
            )
        )
    for name in ("before", "run"):
        head = RunHead(
            id=name, release=0, suite_digest="", target="bot", target_kind="http", cases=cases, started_at=now
        )
        words = [head, *lines, RunEnd(finished_at=now, verdicts=cases)]
        (folder / f"{name}.jsonl").write_bytes(b"".join(msgspec.json.encode(word) + b"\n" for word in words))


def timed(command: list[str], folder: Path) -> tuple[float, float, int]:
    """Wall and processor seconds, and the exit code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=ENVIRON, capture_output=True)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, done.returncode


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    casemill = [sys.executable, "-m", "casemill"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        laid_out(folder, cases)
        first = timed([*casemill, "gate", "before.jsonl"], folder)
        accepted = timed([*casemill, "baseline", "accept", "before.jsonl"], folder)
        assert (first[2], accepted[2]) == (0, 0), (first, accepted)
        rows = {"read the bytes, judge nothing": [sys.executable, "-c", FLOOR]}
        rows |= {"casemill gate run.jsonl": [*casemill, "gate", "run.jsonl"]}
        rows |= {"the same, six reports": [*casemill, "gate", "run.jsonl", *six()]}
        size = (folder / "run.jsonl").stat().st_size / 1e6
        print(f"{cases:,} case files, a run file of {size:.1f} MB, a baseline")
        print(f"first time, nothing remembered: {first[0]:.2f} s")
        best: dict[str, float] = {}
        for what, command in rows.items():
            told = [timed(command, folder) for _ in range(7)]
            best[what] = min(wall for wall, _, _ in told)
            print(f"{what:<32} wall {best[what]:.2f} s   processor {min(cpu for _, cpu, _ in told):.2f} s")
        floor, gate = list(best.values())[:2]
        print(json.dumps({"gate_seconds": round(gate, 3), "limit": LIMIT, "of_floor": round(gate / floor, 2)}))


def six() -> list[str]:
    files = {
        "markdown": "a.md",
        "junit": "a.xml",
        "html": "a.html",
        "gitlab": "a.json",
        "github": "a.txt",
        "text": "b.txt",
    }
    return [word for form, file in files.items() for word in ("--report", f"{form}={file}")]


if __name__ == "__main__":
    main()
