"""`casemill run` and `casemill runs`, as CI calls them: files and a target, nothing else."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import make
from casemill.domain.case import Case
from casemill.run import read_run
from casemill.suite.files import case_path, case_text
from casemill.suite.release import freeze
from casemill.suite.starter import write_starter

BOT = f"""
import sys, time

def good(turns, context):
    return {make.GOOD!r}

def bad(turns, context):
    return {make.BAD!r}

def down(turns, context):
    raise ConnectionError("nobody at home")

def slow(turns, context):
    time.sleep(0.15)
    return {make.GOOD!r}

def long(turns, context):
    return "No refund. " * 500
"""
TOML = "\n".join(
    f'[targets.{name}]\nkind = "python"\nfunction = "shop_bot:{name}"\n'
    for name in ("good", "bad", "down", "slow", "long")
)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A checkout as CI has it: the suite, the settings, a bot. No vault, no desk."""
    root = tmp_path / "shop"
    write_starter(root / "evals")
    (root / "casemill.toml").write_text(TOML)
    (root / "shop_bot.py").write_text(BOT)
    add(root, *[make.case(f"promised-action-aaaaa{letter}") for letter in "abcd"])
    return root


def add(root: Path, *cases: Case) -> None:
    for case in cases:
        path = root / "evals" / case_path(case)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case_text(case))


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "casemill", *arguments]


def call(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), cwd=root, capture_output=True, text=True, timeout=60)


def test_a_run_tells_what_came_of_it_and_what_is_next(shop: Path) -> None:
    freeze(shop / "evals", by="lead", now=make.NOW)
    done = call(shop, "run", "--target", "bad")
    assert done.returncode == 0, done.stderr
    first, *_, last = done.stdout.splitlines()
    file = last.removeprefix("Next: casemill gate ")
    assert first.startswith("Ran 4 cases on bad in ")
    assert first.endswith(" s: 0 passed, 4 failed, 0 flaky, 0 errors.")
    assert f"  {file}\n" in done.stdout
    run = read_run(shop / file)
    assert (run.head.release, run.head.cases, run.head.target_kind) == (1, 4, "python")
    assert not (shop / ".casemill" / "desk.db").exists()


def test_without_a_release_the_working_suite_is_taken_and_told(shop: Path) -> None:
    add(shop, make.case("promised-action-bbbbbb", status="quarantined"))
    done = call(shop, "run", "--target", "good", "--json")
    told = json.loads(done.stdout)
    assert (told["release"], told["cases"], told["passed"]) == (0, 4, 4)
    assert told["told"] == ["no release is frozen yet: these are the active cases of the working suite"]
    assert call(shop, "run", "--target", "good", "--release", "latest").returncode == 2


def test_a_release_is_run_as_it_was_frozen(shop: Path) -> None:
    freeze(shop / "evals", by="lead", now=make.NOW)
    add(shop, make.case("promised-action-cccccc"))
    assert json.loads(call(shop, "run", "--target", "good", "--json").stdout)["cases"] == 4
    working = json.loads(call(shop, "run", "--target", "good", "--release", "working", "--json").stdout)
    assert (working["cases"], working.get("told", [])) == (5, [])
    assert "no release 7" in call(shop, "run", "--target", "good", "--release", "7").stderr


def test_a_run_is_narrowed_by_case_and_mode(shop: Path) -> None:
    add(shop, make.case("wrong-fact-cccccc", failure_mode="wrong_fact"))
    for narrowed in (("--only", "wrong-*"), ("--mode", "wrong_fact")):
        assert json.loads(call(shop, "run", "--target", "good", *narrowed, "--json").stdout)["cases"] == 1
    done = call(shop, "run", "--target", "good", "--only", "wrong-fact-cccccd")
    assert done.returncode == 2
    assert "wrong-fact-cccccc" in done.stderr


def test_an_assertion_that_no_grader_takes_is_told_with_its_file_and_line(shop: Path) -> None:
    case = make.case("wrong-fact-cccccc", failure_mode="wrong_fact")
    add(shop, case)
    path = shop / "evals" / case_path(case)
    path.write_text(path.read_text().replace("not_contains:", "not_contain:"))
    done = call(shop, "run", "--target", "good", "--release", "working")
    line = next(number for number, text in enumerate(path.read_text().splitlines(), 1) if "not_contain:" in text)
    assert done.returncode == 2
    assert f"{case_path(case)}:{line}: there is no grader named 'not_contain'" in done.stderr


def test_a_list_alone_is_run_as_its_grader_means_it_and_one_that_may_mean_two_things_is_told(shop: Path) -> None:
    case = make.case("promised-action-aaaaaa", assert_=({"contains": ("No refund",)}, {"not_contains": ("yes", "OK")}))
    add(shop, case)
    done = call(shop, "run", "--target", "good", "--only", case.id, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["passed"] == 1
    add(shop, make.case(case.id, assert_=({"contains": ("No refund", "sorry")},)))
    done = call(shop, "run", "--target", "good", "--only", case.id)
    assert done.returncode == 2
    assert "aaaaaa.yaml:" in done.stderr
    assert "a list of 2 may mean any of them or all" in done.stderr
    assert "contains: {all: […]}" in done.stderr


def test_when_every_case_ends_in_an_error_it_cannot_tell(shop: Path) -> None:
    done = call(shop, "run", "--target", "down")
    assert done.returncode == 3
    assert "4 errors: ConnectionError: nobody at home (shop_bot.py:" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no target is named"),
        (("--target", "gone"), "there is no target named 'gone'"),
        (("--target", "good", "--resume", "a.jsonl", "--out", "b.jsonl"), "give one of them"),
        (("--target", "good", "--release", "newest"), "there is no release 'newest'"),
        (("--target", "good", "--concurrency", "0"), "--concurrency"),
    ],
)
def test_what_cannot_be_carried_out_is_said_and_nothing_is_written(
    shop: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = call(shop, "run", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (shop / ".casemill" / "runs").exists()


def test_without_any_target_an_example_is_shown(shop: Path) -> None:
    (shop / "casemill.toml").write_text("")
    done = call(shop, "run")
    assert (done.returncode, "[targets.bot]" in done.stderr) == (2, True)


def test_a_case_file_that_cannot_be_read_stops_the_working_suite(shop: Path) -> None:
    (shop / "evals" / "cases" / "promised_action" / "x-aaaaaa.yaml").write_text("id: [")
    done = call(shop, "run", "--target", "good")
    assert done.returncode == 2
    assert "x-aaaaaa.yaml:1" in done.stderr


def wait_for(there: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not there():
        assert time.monotonic() < until
        time.sleep(0.02)


def started(shop: Path, *arguments: str) -> "subprocess.Popen[str]":
    """A slow run of 20 cases that has written its first verdicts."""
    add(shop, *[make.case(f"slow-aaaaa{letter}") for letter in "abcdefghijklmnop"])
    asked = command("run", "--target", "slow", "--concurrency", "2", "--out", "run.jsonl", *arguments)
    process = subprocess.Popen(asked, cwd=shop, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: (shop / "run.jsonl").exists() and (shop / "run.jsonl").read_bytes().count(b"\n") > 3)
    return process


def test_ctrl_c_keeps_what_was_done_and_says_how_to_go_on(shop: Path) -> None:
    process = started(shop)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "casemill run --resume run.jsonl" in err
    assert "Traceback" not in err
    kept = read_run(shop / "run.jsonl")
    assert kept.end is None
    assert 2 < len(kept.verdicts) < 20
    done = call(shop, "run", "--resume", "run.jsonl", "--json")
    assert done.returncode == 0, done.stderr
    whole = read_run(shop / "run.jsonl")
    assert whole.end is not None
    assert len(whole.verdicts) == 20
    assert whole.verdicts[: len(kept.verdicts)] == kept.verdicts
    assert whole.head.id == kept.head.id


def test_a_killed_run_goes_on_where_it_was(shop: Path) -> None:
    process = started(shop)
    process.kill()
    process.communicate(timeout=10)
    assert process.returncode == -signal.SIGKILL
    kept = read_run(shop / "run.jsonl")
    with (shop / "run.jsonl").open("ab") as file:
        file.write(b'{"case":"slow-aaaaap","dig')
    assert read_run(shop / "run.jsonl") == kept
    assert call(shop, "run", "--resume", "run.jsonl").returncode == 0
    assert len(read_run(shop / "run.jsonl").verdicts) == 20


def test_resume_begins_a_run_that_left_no_file_and_ends_one_that_was_whole(shop: Path) -> None:
    assert call(shop, "run", "--target", "good", "--resume", "run.jsonl").returncode == 0
    before = read_run(shop / "run.jsonl")
    assert call(shop, "run", "--resume", "run.jsonl").returncode == 0
    assert read_run(shop / "run.jsonl").verdicts == before.verdicts
    other = call(shop, "run", "--target", "bad", "--resume", "run.jsonl")
    assert other.returncode == 2
    assert "cannot be continued: another target" in other.stderr


def test_a_full_disk_is_told_and_the_file_stays_valid(shop: Path) -> None:
    limited = ["bash", "-c", 'ulimit -f 12; exec "$@"', "-", *command("run", "--target", "long", "--out", "run.jsonl")]
    done = subprocess.run(
        limited, cwd=shop, capture_output=True, text=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    )
    assert done.returncode == 3
    assert "run.jsonl cannot be written" in done.stderr
    assert "--resume run.jsonl" in done.stderr
    kept = read_run(shop / "run.jsonl")
    assert (kept.end, len(kept.verdicts)) == (None, 2)
    assert (shop / "run.jsonl").read_bytes().endswith(b"\n")


def test_run_files_are_listed_and_brought_to_the_desk(project: Path) -> None:
    with (project / "casemill.toml").open("a") as toml:
        toml.write(TOML)
    (project / "shop_bot.py").write_text(BOT)
    add(project, make.case())
    assert "No run yet" in call(project, "runs", "list").stdout
    file = json.loads(call(project, "run", "--target", "good", "--json").stdout)["file"]
    (listed,) = json.loads(call(project, "runs", "list", "--json").stdout)
    assert (listed["target"], listed["results"], listed["whole"]) == ("good", {"pass": 1}, True)
    first, again = (call(project, "runs", "import", file) for _ in range(2))
    assert first.stdout.startswith("Brought run ")
    assert "is on the desk already" in again.stdout


def loaded(statement: str, root: Path) -> set[str]:
    code = f"import sys; {statement}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_run_of_files_loads_nothing_from_above_the_stairs(shop: Path) -> None:
    modules = loaded(
        "from casemill.cli.main import casemill; casemill(['run', '--target', 'good'], standalone_mode=False)", shop
    )
    assert "casemill.run.order" in modules
    heavy = {"sqlalchemy", "sklearn", "scipy", "numpy", "starlette", "jinja2", "aiohttp", "jsonschema", "jsonpath"}
    assert not modules & heavy
    assert "casemill.store" not in modules


def test_help_is_there_with_an_example_and_loads_next_to_nothing(shop: Path) -> None:
    modules = loaded("from casemill.cli.main import casemill; casemill(['run', '--help'], standalone_mode=False)", shop)
    assert "asyncio" not in modules
    for asked in (("run",), ("runs",), ("runs", "list"), ("runs", "import")):
        assert "Example: casemill run" in call(shop, *asked, "--help").stdout
