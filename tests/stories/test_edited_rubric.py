"""Somebody edits a rubric between the baseline and the next run; every command that a person types then says so."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import make
from llm.loopback import serving
from run.judging.court import grading, honest, judged_case
from run.shop import answering, bot_at, shop

JUDGED, PLAIN = judged_case(id="judged-aaaaaa", rubric="support@1"), make.case("plain-aaaaaa", severity="P1")
RUBRIC = "rubrics/support@1.md"
POLICY = 'pass_rate = 0.5\nuncertified_judge = "accept"\n'


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A checkout with a bot, a judge, a suite that is not frozen yet, and an accepted run."""
    with serving(answering()) as bot, serving(grading(honest)) as judge:
        model = f'[model.judge]\nbase_url = "{judge.url}/v1"\nmodel = "judge-1"\n[people]\nme = "lead@shop.test"\n'
        shop(tmp_path, JUDGED, PLAIN, toml=bot_at(bot.url) + model)
        (tmp_path / "evals" / "policy.toml").write_text(POLICY)
        call(tmp_path, "run", "--out", "before.jsonl")
        assert call(tmp_path, "gate", "before.jsonl").startswith("OPEN: ")
        call(tmp_path, "baseline", "accept", "before.jsonl")
        yield tmp_path


def call(root: Path, *arguments: str, code: int = 0) -> str:
    """What a command prints, lines joined."""
    command = [sys.executable, "-m", "casemill", *arguments]
    environ = os.environ | {"NO_PROXY": "*"}
    done = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == code, done.stdout + done.stderr
    return " ".join((done.stdout + done.stderr).split())


def edit(root: Path) -> None:
    path = root / "evals" / RUBRIC
    path.write_text(path.read_text() + "\nWhat is not in an article is not a fact.\n")


def test_the_run_before_the_edit_can_open_no_gate_and_the_run_after_it_is_not_compared(place: Path) -> None:
    edit(place)
    stale = f"1 P0 case was graded by another {RUBRIC} than now: judged-aaaaaa; run again"
    assert stale in call(place, "gate", "before.jsonl", code=3)
    call(place, "run", "--out", "after.jsonl")
    apart = "1 case was graded by another rubrics/support@1.md in the baseline (run "
    told = call(place, "gate", "after.jsonl", "--report", "html=gate.html", "--report", "text")
    assert told.startswith("OPEN: ")
    assert apart in told
    assert apart in (place / "gate.html").read_text()
    judgement = json.loads(call(place, "gate", "after.jsonl", "--json"))
    assert any(line.startswith(apart) and "judged-aaaaaa" in line for line in judgement["told"])
    assert judgement["comparison"]["left_out"] == {"graded otherwise": 1}


def test_side_by_side_and_against_the_baseline_the_file_is_named(place: Path) -> None:
    edit(place)
    call(place, "run", "--out", "after.jsonl")
    for before in ("baseline", "before.jsonl"):
        told = call(place, "compare", before, "after.jsonl")
        assert "1 case in both" in told
        assert f"not compared: 1 graded otherwise 1 case was graded by another {RUBRIC}: not compared" in told
        assert json.loads(call(place, "compare", before, "after.jsonl", "--json"))["graded_otherwise"] == {RUBRIC: 1}


def test_a_run_that_was_killed_before_the_edit_goes_on_and_says_what_it_asked_again(place: Path) -> None:
    file = place / "before.jsonl"
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))
    edit(place)
    told = call(place, "run", "--resume", "before.jsonl")
    assert f"1 case was asked again, graded by another {RUBRIC} before" in told
    assert call(place, "gate", "before.jsonl").startswith("OPEN: ")


def test_a_frozen_release_is_put_together_again_by_freezing_it_anew(place: Path) -> None:
    assert "Froze release 1: 2 cases" in call(place, "suite", "freeze", "--unread")
    edit(place)
    refused = call(place, "run", "--out", "after.jsonl", code=2)
    assert f"release 1 cannot be put together: {RUBRIC} has changed since" in refused
    assert "or freeze a new release" in refused
    told = call(place, "suite", "freeze", "--unread")
    assert "Froze release 2: 2 cases (0 added, 0 removed, 0 superseded)." in told
    assert f"Graded by other files now: {RUBRIC}." in told
    assert f"Graded by other files: `{RUBRIC}`." in (place / "evals" / "releases" / "2.md").read_text()
    call(place, "run", "--out", "after.jsonl")


def test_answers_recorded_before_the_edit_are_graded_again_by_the_rubric_as_it_is_now(place: Path) -> None:
    toml = place / "casemill.toml"
    toml.write_text(toml.read_text() + '[targets.tape]\nkind = "replay"\nfile = "before.jsonl"\n')
    edit(place)
    call(place, "run", "--target", "tape", "--out", "again.jsonl")
    before, again = (json.loads((place / f"{name}.jsonl").read_text().splitlines()[0]) for name in ("before", "again"))
    assert before["yardsticks"][RUBRIC] != again["yardsticks"][RUBRIC]
    assert "than now" not in call(place, "gate", "again.jsonl")
