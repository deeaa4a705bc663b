"""`casemill run` against the plain aiohttp floor, from the shell to the exit: wall, processor time, memory, the ratio.

    python bench/run_cases.py [--cases 1000] [--concurrency 50] [--rounds 3] [--ms 0 200]

The floor is one small script that reads the same cases from JSONL, calls, checks a phrase and writes a line each. The
model is `../shared/bench/fakellm.c` where it and gcc are there, else a small server of our own (slower: then the
zero-latency figures measure the server). Physical limit = cases x latency / concurrency.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from casemill.domain.case import Case, Expect, Input, Said, case_id
from casemill.suite.files import case_path, case_text

CASEMILL = str(Path(sys.executable).with_name("casemill"))
FAKE = Path(__file__).parents[2] / "shared" / "bench" / "fakellm.c"
FLOOR = """
import asyncio, json, sys
import aiohttp
source, url, concurrency, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
async def main():
    cases = iter([json.loads(line) for line in open(source)])
    session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=concurrency))
    with open(out, "w") as file:
        async def work():
            for case in cases:
                body = {"model": "sut", "messages": [{"role": "user", "content": case["input"]}]}
                async with session.post(url, json=body) as response:
                    text = (await response.json())["choices"][0]["message"]["content"]
                file.write(json.dumps({"id": case["id"], "output": text, "pass": case["expect"] in text}) + "\\n")
        await asyncio.gather(*[work() for _ in range(concurrency)])
    await session.close()
asyncio.run(main())
"""
SERVER = """
import asyncio, sys
from aiohttp import web
async def answer(request):
    await asyncio.sleep(int(request.match_info.get("ms", 0)) / 1000)
    said = (await request.json())["messages"][-1]["content"]
    return web.json_response({"choices": [{"message": {"content": said}}]})
app = web.Application()
app.router.add_post("/v1/chat/completions", answer)
app.router.add_post("/ms/{ms}/v1/chat/completions", answer)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
"""


class Cost(NamedTuple):
    """Seconds on the clock, seconds of processor, megabytes at the peak."""

    wall: float
    processor: float
    megabytes: float


def measured(command: list[str], folder: Path) -> Cost:
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    assert process.stderr
    if status:
        sys.exit(f"{command}: {process.stderr.read().decode()[-2000:]}")
    process.stderr.close()
    process.returncode = 0
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@contextmanager
def model(folder: Path) -> Iterator[str]:
    """The address of a running model."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    if FAKE.exists() and shutil.which("gcc"):
        subprocess.run(["gcc", "-O2", "-w", "-o", folder / "fakellm", FAKE], check=True)
        command = [str(folder / "fakellm"), str(port)]
    else:
        command = [sys.executable, "-c", SERVER, str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def project(folder: Path, cases: int, *, address: str, latencies: list[int]) -> None:
    """The same cases as a suite and as JSONL, and a target for each latency."""
    rows = []
    for number in range(cases):
        said = f"CASE-{number:06d} my parcel came broken, may I have my money back?"
        case = Case(
            id=case_id("wrong-fact", source="bench", ticket=str(number), failure=1),
            failure_mode="wrong_fact",
            severity="P1",
            input=Input(turns=(Said(customer=said),)),
            expect=Expect(behavior="Names the case."),
            assert_=({"contains": {"any": [f"CASE-{number:06d}"]}},),
        )
        path = folder / "evals" / case_path(case)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case_text(case))
        rows.append(json.dumps({"id": case.id, "input": said, "expect": f"CASE-{number:06d}"}))
    (folder / "cases.jsonl").write_text("\n".join(rows) + "\n")
    tables = [
        f'[targets.ms{ms}]\nkind = "openai"\nmodel = "sut"\nbase_url = "{address}{f"/ms/{ms}" if ms else ""}/v1"\n'
        for ms in latencies
    ]
    (folder / "casemill.toml").write_text("\n".join(tables))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--concurrency", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ms", type=int, nargs="+", default=[0, 200])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, model(Path(name)) as address:
        folder = Path(name)
        project(folder, asked.cases, address=address, latencies=asked.ms)
        first = measured([CASEMILL, "run", "--target", f"ms{asked.ms[0]}", "--concurrency", "50"], folder)
        print(f"first run, case files parsed: {first.wall:.2f} s wall, {first.processor:.2f} s processor")
        for ms in asked.ms:
            compare(folder, asked, ms=ms, address=address)


def compare(folder: Path, asked: argparse.Namespace, *, ms: int, address: str) -> None:
    url = f"{address}{f'/ms/{ms}' if ms else ''}/v1/chat/completions"
    ours = [CASEMILL, "run", "--target", f"ms{ms}", "--concurrency", str(asked.concurrency)]
    floor = [sys.executable, "-c", FLOOR, "cases.jsonl", url, str(asked.concurrency), "floor.jsonl"]
    pairs = [(measured(floor, folder), measured(ours, folder)) for _ in range(asked.rounds)]
    limit = asked.cases * ms / 1000 / asked.concurrency
    print(
        f"\n{asked.cases:,} cases, {ms} ms, {asked.concurrency} at once, median of {asked.rounds}; limit {limit:.2f} s"
    )
    floors, runs = ([pair[side] for pair in pairs] for side in (0, 1))
    for label, costs in (("aiohttp floor", floors), ("casemill run", runs)):
        wall, processor, megabytes = (statistics.median(column) for column in zip(*costs, strict=True))
        of_limit = f"{wall / limit:.2f} x limit" if limit else f"{processor / asked.cases * 1000:.2f} ms a case"
        print(f"  {label:<14} {wall:6.2f} s wall ({of_limit})  {processor:5.2f} s processor  {megabytes:4.0f} MB")
    wall, processor = (statistics.median(mine[column] / other[column] for other, mine in pairs) for column in (0, 1))
    print(f"  casemill / floor: {wall:.2f} x wall, {processor:.2f} x processor")


if __name__ == "__main__":
    main()
