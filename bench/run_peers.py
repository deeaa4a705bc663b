"""`casemill run` against other eval runners on the same cases and the same loopback model, from the shell to the exit.

    python bench/run_peers.py [--work judged plain one] [--rounds 1] [--peers FOLDER] [--install]

judged: 1,000 cases, a phrase and a judge each, 200 ms a call, 50 at once; the physical limit is 8.0 s.
plain:  10,000 cases, a phrase each, no wait; casemill writes its run file, the peers what they write by default.
one:    a single case with a judge: start-up above all.

Caches are off. The model counts calls and how many were in flight, so nobody is believed on that. A peer is one that
`--install` put into an environment of its own under FOLDER (promptfoo by npm, the others by pip); what is not there is
said and left out. Every figure of a table comes from the same run of this script.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from peers.project import CASEMILL, FLOOR, free_port, project

HERE = Path(__file__).parent / "peers"
PACKAGES = {
    "pydantic-evals": ("pydantic-evals", "pydantic-ai-slim[openai]"),
    "inspect": ("inspect-ai", "openai"),
    "deepeval": ("deepeval", "openai"),
}
PROMPTFOO = "promptfoo@0.121"
# Every runner may keep its compiled modules, as it would where it is installed.
ENVIRON = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Work(NamedTuple):
    """What every runner is given to do."""

    cases: int
    milliseconds: int
    concurrency: int
    judged: bool

    @property
    def calls(self) -> int:
        return self.cases * (2 if self.judged else 1)

    @property
    def limit(self) -> float:
        """Seconds that no runner can go below."""
        return self.calls * self.milliseconds / 1000 / self.concurrency


WORKS = {"judged": Work(1000, 200, 50, True), "plain": Work(10_000, 0, 50, False), "one": Work(1, 0, 50, True)}


class Cost(NamedTuple):
    """Seconds on the clock, seconds of processor, megabytes at the peak of the whole process tree; what the model
    counted."""

    wall: float
    processor: float
    megabytes: float
    calls: int
    most_at_once: int


class Place(NamedTuple):
    """Where a piece of work lies: its folder, the model's address, the folder of the peers."""

    folder: Path
    address: str
    peers: Path

    @property
    def cases(self) -> str:
        return str(self.folder / "cases.jsonl")


Command = tuple[list[str], dict[str, str]]


def casemill(work: Work, place: Place) -> Command:
    out = place.folder / "runs" / f"{time.monotonic_ns()}.jsonl"
    return [CASEMILL, "run", "--concurrency", str(work.concurrency), "--no-cache", "--out", str(out)], {}


def floor(work: Work, place: Place) -> Command:
    judged = ["judge"] if work.judged else []
    return [sys.executable, "-c", FLOOR, place.cases, place.address, str(work.concurrency), *judged], {}


def python_peer(name: str, script: str) -> Callable[[Work, Place], Command]:
    def command(work: Work, place: Place) -> Command:
        judged = ["judge"] if work.judged else []
        python = str(place.peers / name / "bin" / "python")
        return [python, str(HERE / script), place.cases, place.address, str(work.concurrency), *judged], {}

    return command


def inspect(work: Work, place: Place) -> Command:
    many = str(work.concurrency)
    shutil.copy(HERE / "inspect_run.py", place.folder)  # it takes a path relative to where it stands
    command = [str(place.peers / "inspect" / "bin" / "inspect"), "eval", "inspect_run.py"]
    command += ["--model", "openai/sut", "--max-connections", many, "--max-samples", many, "--display", "none"]
    command += ["--log-dir", str(place.folder / "inspect"), "--log-level", "error", "-M", "responses_api=false"]
    told = {"CASES": place.cases, "ADDRESS": place.address, "CONCURRENCY": many, "OPENAI_API_KEY": "none"}
    return command, told | {"OPENAI_BASE_URL": place.address, "JUDGED": "1" if work.judged else ""}


def promptfoo(work: Work, place: Place) -> Command:
    provider = {"apiBaseUrl": place.address, "apiKey": "none"}
    judge = {"type": "llm-rubric", "value": "The reply names the case and makes up no policy."}
    judge |= {"provider": {"id": "openai:chat:judge", "config": provider}}
    tests = []
    for line in Path(place.cases).read_text().splitlines():
        row = json.loads(line)
        graders = [{"type": "contains", "value": row["expect"]}, *([judge] if work.judged else [])]
        tests.append({"vars": {"input": row["input"]}, "assert": graders})
    providers = [{"id": "openai:chat:sut", "config": provider}]
    config = place.folder / "promptfoo.json"
    told = {"description": "bench", "prompts": ["{{input}}"], "providers": providers, "tests": tests}
    config.write_text(json.dumps(told))
    command = ["node", str(place.peers / "promptfoo" / "node_modules" / ".bin" / "promptfoo"), "eval"]
    command += ["-c", str(config), "--no-cache", "-j", str(work.concurrency), "--no-progress-bar", "--no-table"]
    command += ["-o", str(place.folder / "promptfoo-out.json")]
    quiet = {"DISABLE_TELEMETRY": "1", "DISABLE_UPDATE": "1", "DISABLE_REMOTE_GENERATION": "1", "DISABLE_SHARING": "1"}
    quiet |= {"CACHE_ENABLED": "false", "CONFIG_DIR": str(place.folder / "promptfoo-home")}
    return command, {f"PROMPTFOO_{name}": value for name, value in quiet.items()} | {"CI": "1"}


RUNNERS: dict[str, Callable[[Work, Place], Command]] = {
    "aiohttp floor": floor,
    "casemill": casemill,
    "pydantic-evals": python_peer("pydantic-evals", "pydantic_evals_run.py"),
    "promptfoo": promptfoo,
    "inspect": inspect,
    "deepeval": python_peer("deepeval", "deepeval_run.py"),
}


def installed(peers: Path, name: str) -> bool:
    if name == "promptfoo":
        return (peers / "promptfoo" / "node_modules" / ".bin" / "promptfoo").exists()
    return name not in PACKAGES or (peers / name / "bin" / "python").exists()


def install(peers: Path) -> None:
    """Each peer in an environment of its own."""
    for name, packages in PACKAGES.items():
        if not installed(peers, name):
            subprocess.run([sys.executable, "-m", "venv", peers / name], check=True)
            subprocess.run([peers / name / "bin" / "pip", "install", "--quiet", *packages], check=True)
    (peers / "promptfoo").mkdir(parents=True, exist_ok=True)
    if not installed(peers, "promptfoo"):
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", PROMPTFOO], cwd=peers / "promptfoo", check=True)


def measured(command: Command, place: Place, *, seconds: float) -> Cost | str:
    """What a runner cost, or why it came to no end."""
    asked(place, "reset")
    peak, over = [0.0], threading.Event()
    with (place.folder / "out.txt").open("wb") as out:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command[0], cwd=place.folder, env=ENVIRON | command[1], stdout=out, stderr=out, stdin=subprocess.DEVNULL
        )
        watcher = threading.Thread(target=watch, args=(process.pid, peak), kwargs={"over": over})
        killer = threading.Timer(seconds, process.kill)
        watcher.start(), killer.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = status
        killer.cancel(), over.set(), watcher.join()
    if wall >= seconds:
        return f"was stopped after {seconds:g} s"
    if status:
        return f"ended with {status}: {(place.folder / 'out.txt').read_text(errors='replace').strip()[-200:]}"
    told = asked(place, "stats")
    megabytes = max(peak[0], usage.ru_maxrss / 1024)
    return Cost(wall, usage.ru_utime + usage.ru_stime, megabytes, told["calls"], told["most_at_once"])


def watch(root: int, peak: list[float], *, over: threading.Event) -> None:
    """The memory of a process and all below it, looked at twenty times a second."""
    while not over.wait(0.05):
        children: dict[int, list[int]] = {}
        pages: dict[int, int] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            pages[pid := int(path.parent.name)] = int(fields[21])
            children.setdefault(int(fields[1]), []).append(pid)
        found, todo = 0, [root]
        while todo:
            found += pages.get(pid := todo.pop(), 0)
            todo += children.get(pid, [])
        peak[0] = max(peak[0], found * 4096 / 2**20)


def asked(place: Place, what: str) -> dict[str, int]:
    address = place.address.partition("/v1")[0].partition("/ms/")[0]
    with urllib.request.urlopen(f"{address}/{what}") as answer:
        told: dict[str, int] = json.loads(answer.read())
    return told


@contextmanager
def model() -> Iterator[str]:
    port = free_port()
    server = subprocess.Popen([sys.executable, str(HERE / "loopback_model.py"), str(port)])
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/stats").close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def compare(name: str, work: Work, *, given: argparse.Namespace, address: str) -> None:
    limit = f"; physical limit {work.limit:.2f} s" if work.limit else ""
    print(f"\n{name}: {work.cases:,} cases, {work.milliseconds} ms a call, {work.concurrency} at once{limit}")
    address = f"{address}/ms/{work.milliseconds}/v1" if work.milliseconds else f"{address}/v1"
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder), address, given.peers)
        project(place.folder, work.cases, address=address, judged=work.judged)
        best: dict[str, Cost] = {}
        for runner in given.runners:
            if not installed(given.peers, runner):
                print(f"  {runner:<16} is not installed: python bench/run_peers.py --install")
                continue
            rounds = given.rounds + (runner == "casemill")  # the first reads the case files, the next remember them
            costs = [measured(RUNNERS[runner](work, place), place, seconds=given.seconds) for _ in range(rounds)]
            if runner == "casemill" and isinstance(costs[0], Cost):
                print(f"  {'casemill, first':<16} {shown(costs.pop(0), work)}   (reads the case files)")
            told = [cost for cost in costs if isinstance(cost, Cost)]
            if not told:
                print(f"  {runner:<16} {costs[0]}")
                continue
            best[runner] = min(told)
            print(f"  {runner:<16} {shown(best[runner], work)}{beside(best, runner)}")


def shown(cost: Cost, work: Work) -> str:
    limit = f" ({cost.wall / work.limit:.2f} x limit)" if work.limit else ""
    short = "" if cost.calls >= work.calls else f"  ONLY {cost.calls:,} OF {work.calls:,} CALLS"
    return (
        f"{cost.wall:7.2f} s wall{limit}  {cost.processor:6.2f} s processor  {cost.megabytes:5.0f} MB  "
        f"{cost.calls:,} calls, {cost.most_at_once} at once{short}"
    )


def beside(best: dict[str, Cost], runner: str) -> str:
    if runner == "casemill" or "casemill" not in best:
        return ""
    ours, theirs = best["casemill"], best[runner]
    return f"   casemill: {theirs.wall / ours.wall:.1f} x faster, {theirs.processor / ours.processor:.1f} x less work"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", nargs="+", choices=WORKS, default=list(WORKS))
    parser.add_argument("--runners", nargs="+", choices=RUNNERS, default=list(RUNNERS))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=240)
    parser.add_argument("--peers", type=Path, default=Path.home() / ".cache" / "casemill-bench")
    parser.add_argument("--install", action="store_true")
    given = parser.parse_args()
    if given.install:
        install(given.peers)
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with model() as address:
        for name in given.work:
            compare(name, WORKS[name], given=given, address=address)


if __name__ == "__main__":
    main()
