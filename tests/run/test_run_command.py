"""`casemill run` with everything that can be asked of it, as a person or CI types it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import make
from casemill.run import read_run
from llm.loopback import serving
from run.judging.court import grading, honest, judged_case
from run.shop import answering, bot_at, shop

CASES = (make.case("a-aaaaaa"), make.case("b-aaaaaa", severity="P1"), make.case("c-aaaaaa", severity="P2"))


def call(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "casemill", *arguments]
    environ = os.environ | {"NO_PROXY": "*"}
    return subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, timeout=60)


def test_the_plain_form_runs_grades_and_judges(tmp_path: Path) -> None:
    with serving(answering()) as bot, serving(grading(honest)) as judge:
        model = f'[model.judge]\nbase_url = "{judge.url}/v1"\nmodel = "j"\n'
        root = shop(tmp_path, *CASES, judged_case(severity="P1"), toml=bot_at(bot.url) + model)
        done = call(root, "run", "--target", "bot", "--concurrency", "50", "--no-cache", "--out", "run.jsonl")
    assert done.returncode == 0, done.stderr
    first, file, spent, *_, last = done.stdout.splitlines()
    assert first.startswith("Ran 4 cases on bot in ")
    assert first.endswith(" s: 4 passed, 0 failed, 0 flaky, 0 errors.")
    assert (file, last) == ("  run.jsonl", "Next: casemill gate run.jsonl")
    calls = len(judge.seen)
    assert spent == f"  4 calls, {calls} calls of a judge, {(4 + calls) * 16:,} tokens"
    assert done.stderr == ""


def test_fails_are_told_on_standard_error_as_they_come_and_the_report_stays_whole(tmp_path: Path) -> None:
    with serving(answering(lambda said: make.BAD)) as bot:
        root = shop(tmp_path, *CASES, toml=bot_at(bot.url))
        done = call(root, "run")
        told = call(root, "run", "--json")
    assert sorted(line.split()[:3] for line in done.stderr.splitlines()) == [
        ["fail", "P0", "a-aaaaaa"],
        ["fail", "P1", "b-aaaaaa"],
        ["fail", "P2", "c-aaaaaa"],
    ]
    assert (json.loads(told.stdout)["failed"], told.stderr) == (3, "")


def test_a_dry_run_says_what_it_would_take_and_calls_nobody(tmp_path: Path) -> None:
    with serving(answering()) as bot:
        root = shop(tmp_path, *CASES, toml=bot_at(bot.url) + bot_at(bot.url, "other"))
        plain = call(root, "run", "--target", "bot", "--dry-run")
        several = call(root, "run", "--target", "bot", "--target", "other", "--trials", "2", "--dry-run", "--json")
        assert bot.seen == []
    assert plain.returncode == 0, plain.stderr
    assert "3 calls (9 at most, to be sure of fails)" in plain.stdout
    assert [(one["target"], one["asked"]["calls"]) for one in json.loads(several.stdout)] == [("bot", 6), ("other", 6)]
    assert not (root / ".casemill" / "runs").exists()


def test_several_targets_are_run_one_after_the_other_and_shown_side_by_side(tmp_path: Path) -> None:
    with serving(answering(lambda said: make.BAD)) as old, serving(answering()) as new:
        root = shop(tmp_path, *CASES, toml=bot_at(old.url, "old") + bot_at(new.url, "new"))
        done = call(root, "run", "--target", "old", "--target", "new", "--out", "{target}.jsonl")
        told = call(root, "run", "--target", "old", "--target", "new", "--json")
    assert done.returncode == 0, done.stderr
    assert "They differ on 3 cases:" in done.stdout
    assert done.stdout.splitlines()[-2:] == ["  casemill gate old.jsonl", "  casemill gate new.jsonl"]
    assert read_run(root / "new.jsonl").head.together == read_run(root / "old.jsonl").head.together
    assert [ran["passed"] for ran in json.loads(told.stdout)["runs"]] == [0, 3]
    assert told.stderr == ""


def test_by_default_a_fail_is_confirmed_and_without_it_is_not(tmp_path: Path) -> None:
    with serving(answering(lambda said: make.BAD)) as bot:
        root = shop(tmp_path, *CASES, toml=bot_at(bot.url))
        for arguments, calls in (((), 1 + 2 + 3), (("--no-confirm",), 3), (("--trials", "2"), 2 + 2 + 3)):
            bot.seen.clear()
            assert call(root, "run", *arguments).returncode == 0
            assert len(bot.seen) == calls


def test_a_narrowed_run_says_so_and_how_to_go_on_the_same_way(tmp_path: Path) -> None:
    with serving(answering()) as bot:
        root = shop(tmp_path, *CASES, make.case("d-aaaaaa", features=("returns",)), toml=bot_at(bot.url))
        done = call(root, "run", "--severity", "P0", "--severity", "P1", "--budget", "5m", "--out", "run.jsonl")
        assert "  narrowed by severities P0, P1; a budget of 300 s" in done.stdout
        assert read_run(root / "run.jsonl").head.narrowed == "severities P0, P1; a budget of 300 s"
        assert json.loads(call(root, "run", "--feature", "returns", "--json").stdout)["cases"] == 1
        again = call(root, "run", "--feature", "refunds")
    assert again.returncode == 2
    assert "no active case has the feature 'refunds'" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--budget", "soon"), "'soon' is no time"),
        (("--severity", "P3"), "Invalid value for '--severity'"),
        (("--changed-since", "HEAD"), "git cannot tell what changed"),
        (("--judge", "gone"), "gone"),
        (("--target", "bot", "--target", "bot"), "named twice"),
    ],
)
def test_what_cannot_be_carried_out_is_said_and_nothing_is_written(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    root = shop(tmp_path, *CASES, judged_case(), toml=bot_at("http://127.0.0.1:9"))
    done = call(root, "run", *arguments)
    assert done.returncode == 2, done.stdout
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / ".casemill" / "runs").exists()


def test_a_case_with_a_judge_loads_nothing_that_a_run_does_not_need(tmp_path: Path) -> None:
    with serving(answering()) as bot, serving(grading(honest)) as judge:
        model = f'[model.judge]\nbase_url = "{judge.url}/v1"\nmodel = "j"\n'
        root = shop(tmp_path, judged_case(), toml=bot_at(bot.url) + model)
        code = "import sys; from casemill.cli.main import casemill; casemill(['run'], standalone_mode=False)"
        code += "; print(*sys.modules, file=sys.stderr)"
        done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    heavy = {"sqlalchemy", "sklearn", "scipy", "numpy", "starlette", "jinja2", "jsonschema", "jsonpath", "rapidfuzz"}
    assert "aiohttp" in loaded
    assert not loaded & heavy
