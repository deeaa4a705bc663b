"""What later runs are compared with."""

from pathlib import Path

import pytest

import make
from casemill.domain.grade import Grade
from casemill.domain.run import Trial, Verdict
from casemill.errors import FileError, UsageError
from casemill.gate import accept
from casemill.gate.baseline import read_baseline, read_stability


def tried(*results: str, case: str = "a", digest: str = "sha256:1") -> Verdict:
    trials = tuple(
        Trial(number=number, error="timeout")
        if result == "error"
        else Trial(number=number, reply=make.reply(), grades=(Grade(result=result, grader="x"),))  # type: ignore[arg-type]
        for number, result in enumerate(results, 1)
    )
    return make.verdict(case, digest=digest, result="flaky", trials=trials)


def test_an_accepted_run_is_the_baseline_of_its_target(tmp_path: Path) -> None:
    accept(make.run("r1", verdicts=(tried("pass"),)), tmp_path, now=make.NOW)
    accept(make.run("r2", verdicts=(tried("fail"),), target="v2"), tmp_path, now=make.NOW)
    baseline = read_baseline(tmp_path)
    assert {target: accepted.run for target, accepted in baseline.items()} == {"v1": "r1", "v2": "r2"}
    assert (baseline["v1"].verdicts["a"].result, baseline["v1"].verdicts["a"].digest) == ("flaky", "sha256:1")


def test_trials_are_counted_once_a_run_and_errors_not_at_all(tmp_path: Path) -> None:
    run = make.run("r1", verdicts=(tried("pass", "fail", "error", "pass"),))
    assert accept(run, tmp_path, now=make.NOW).counted
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert not accept(run, tmp_path, now=make.NOW.replace(year=2027)).counted
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    steady = read_stability(tmp_path)["a"]["v1"]
    assert (steady.trials, steady.passes) == (3, 2)
    accept(make.run("r2", verdicts=(tried("pass"),)), tmp_path, now=make.NOW)
    steady = read_stability(tmp_path)["a"]["v1"]
    assert (steady.trials, steady.passes) == (4, 3)


def test_a_case_with_new_content_begins_anew(tmp_path: Path) -> None:
    accept(make.run("r1", verdicts=(tried("fail", "fail"),)), tmp_path, now=make.NOW)
    accept(make.run("r2", verdicts=(tried("pass", digest="sha256:2"),)), tmp_path, now=make.NOW)
    steady = read_stability(tmp_path)["a"]["v1"]
    assert (steady.trials, steady.passes) == (1, 1)


def test_how_many_verdicts_differ_is_said(tmp_path: Path) -> None:
    accept(make.run("r1", verdicts=(tried("fail"), tried("pass", case="b"))), tmp_path, now=make.NOW)
    done = accept(
        make.run("r2", verdicts=(tried("fail", digest="sha256:2"), tried("pass", case="b"))), tmp_path, now=make.NOW
    )
    assert (done.different, done.results) == (1, {"flaky": 2})


def test_an_interrupted_run_is_no_baseline(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="was interrupted"):
        accept(make.run(ended=False), tmp_path, now=make.NOW)
    assert list(tmp_path.iterdir()) == []


def test_killed_between_the_two_files_doing_it_again_ends_the_same(tmp_path: Path) -> None:
    run = make.run("r1", verdicts=(tried("pass"),))
    accept(run, tmp_path, now=make.NOW)
    whole = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / "baseline.json").unlink()
    accept(run, tmp_path, now=make.NOW)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == whole


def test_a_broken_baseline_is_refused_not_forgotten(tmp_path: Path) -> None:
    (tmp_path / "baseline.json").write_text('{"targets": {"v1": {"run": 1}}}')
    with pytest.raises(FileError, match=r"baseline\.json: is not what"):
        read_baseline(tmp_path)
