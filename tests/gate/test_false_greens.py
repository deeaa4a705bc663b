"""What looks green and is not: the gate stays closed, or says what it does not know."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import make
from casemill.cli.main import casemill
from casemill.domain.gate import GatePolicy, Override
from casemill.domain.run import RunEnd
from casemill.domain.word import changed
from casemill.errors import FileError, UsageError
from casemill.gate import Rules, accept, judge_run, read_rules
from casemill.gate.report import text
from casemill.run.record import read_run
from casemill.suite import freeze
from casemill.suite.files import case_path, case_text
from casemill.suite.starter import write_starter
from gate.weighing import HEAD, asked, case, certificate, graded, judge, judged_run, looked, passes, rule, verdict

WANTS_JUDGE = {"assert_": ({"contains": "x"}, {"judge": {"criterion": "tone", "rubric": "support@1"}})}


def put(folder: Path, *cases: Any) -> Path:
    """A suite folder that holds these cases."""
    write_starter(folder)
    for each in cases:
        path = folder / case_path(each)
        path.parent.mkdir(exist_ok=True)
        path.write_text(case_text(each))
    return folder


def passing(one: Any, **fields: Any) -> Any:
    return verdict(one.id, one.severity, "pass", digest=one.digest, **fields)


@pytest.mark.parametrize(("severity", "state"), [("P0", "unjudged"), ("P1", "open")])
def test_a_case_that_passes_without_the_judge_that_it_wants_is_not_green(severity: str, state: str) -> None:
    one = case("a", severity, **WANTS_JUDGE)
    judgement = judge(make.run(verdicts=(passing(one), *passes(9))), Rules(cases={"a": one}))
    assert (judgement.state, judgement.judged) == (state, 9)
    assert "with no judge asked" in "\n".join((*judgement.because, *judgement.told))
    heard = changed(passing(one), trials=graded("a", asked("pass")).trials)
    believed = Rules(cases={"a": one}, certificates=(certificate(),))
    assert judge(judged_run(heard, *passes(9)), believed).judged == 10


def test_a_grade_of_a_judge_that_the_run_does_not_name_is_not_believed() -> None:
    edited = changed(judged_run(graded("a", asked("pass"), result="pass"), *passes(9)), head=make.run().head)
    judgement = judge(changed(edited, head=changed(edited.head, cases=10)), Rules(certificates=(certificate(),)))
    assert judgement.judged == 9
    assert HEAD.name in rule(judgement, "judges")[1]


def test_a_p0_that_was_released_is_not_hidden_by_setting_it_aside(tmp_path: Path) -> None:
    bad, good = case("wrong-tone-aaaaaa", "P0"), case("wrong-tone-bbbbbb", "P0")
    run = make.run(verdicts=(passing(good),), release=0)
    unreleased = judge(run, read_rules(put(tmp_path / "new", changed(bad, status="quarantined"), good)))
    assert unreleased.state == "open"
    assert "1 P0 case is quarantined and not in this run: wrong-tone-aaaaaa" in unreleased.told
    folder = put(tmp_path / "evals", bad, good)
    freeze(folder, by="lead@shop.test", now=make.NOW)
    hidden = judge(run, read_rules(put(folder, changed(bad, status="quarantined"))))
    assert (hidden.state, hidden.because) == ("unjudged", ("1 P0 case was not in this run: wrong-tone-aaaaaa",))


def test_a_p0_of_the_runs_release_is_missed_though_its_file_is_gone(tmp_path: Path) -> None:
    gone, good = case("wrong-tone-aaaaaa", "P0"), case("wrong-tone-bbbbbb", "P0")
    folder = put(tmp_path / "evals", gone, good)
    freeze(folder, by="lead@shop.test", now=make.NOW)
    (folder / case_path(gone)).unlink()
    assert judge(make.run(verdicts=(passing(good),)), read_rules(folder, release=1)).state == "unjudged"


def test_a_narrowed_run_says_so_is_no_baseline_and_the_policy_may_refuse_it(tmp_path: Path) -> None:
    one, other = case("a"), case("b")
    run = make.run(verdicts=(passing(one),), release=0, narrowed="severities P0")
    rules = Rules(cases={"a": one, "b": other})
    told = judge(run, rules)
    assert told.state == "open"
    assert "1 case was not put (narrowed by severities P0)" in told.told
    first = text.render(told).splitlines()[0]
    assert first.startswith("OPEN: nothing stands against it in the cases that were put.")
    assert "baseline accept" not in text.render(told)
    assert judge(run, rules._replace(policy=GatePolicy(narrowed="refuse"))).state == "unjudged"
    with pytest.raises(UsageError, match="1 case was left out of run run-1; a baseline is a whole run"):
        accept(run, tmp_path, now=make.NOW, left=rules.left_out(run))
    assert rules.left_out(make.run(verdicts=(passing(one), passing(other)), narrowed="a budget of 300 s")) == ()


def test_a_pass_of_another_content_does_not_count_and_another_suites_run_tells_nothing() -> None:
    one = case("a")
    old = judge(make.run(verdicts=(changed(passing(one), digest="sha256:old"),)), Rules(cases={"a": one}))
    assert (old.state, old.judged) == ("unjudged", 0)
    foreign = judge(make.run(verdicts=passes(5)), Rules(cases={"a": one}))
    assert foreign.because == ("no case of this run is in the suite: it is another suite's run",)


def test_a_suite_folder_without_cases_judges_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import msgspec

    monkeypatch.chdir(tmp_path)
    run = make.run(verdicts=passes(3))
    lines = [msgspec.json.encode(word) for word in (run.head, *run.verdicts, run.end)]
    (tmp_path / "run.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    (tmp_path / "empty").mkdir()
    done = CliRunner().invoke(casemill, ["gate", "run.jsonl", "--suite", "empty"])
    assert isinstance(done.exception, UsageError)
    assert "there is no case in empty" in str(done.exception or done.output)


def test_a_clock_set_back_revives_no_yes_that_had_ended_when_the_run_did() -> None:
    yes = Override(case="a", who="lead@shop.test", why="x", until="2026-11-20")
    run = make.run(verdicts=(verdict("a"), *passes(99)))
    judgement = judge_run(run, Rules(overrides=(yes,)), now=make.NOW - timedelta(days=9))
    assert judgement.state == "shut"
    assert "the run began after now: a clock is off" in judgement.told
    naive = changed(run, end=RunEnd(finished_at=make.NOW.replace(tzinfo=None), verdicts=100))
    assert judge_run(naive, Rules(overrides=(yes,)), now=make.NOW).state == "shut"


@pytest.mark.parametrize(("commit", "state"), [("4f0c2aa", "open"), ("4F0C2AA9", "open"), ("4", "shut")])
def test_a_yes_for_a_commit_names_it_well_enough(commit: str, state: str) -> None:
    yes = Override(case="a", who="lead@shop.test", why="x", until="9999-12-31", commit=commit)
    rules = Rules(policy=GatePolicy(override_commit=True), overrides=(yes,))
    assert judge(make.run(verdicts=(verdict("a"), *passes(99)), commit="4f0c2aa99"), rules).state == state
    long = rules._replace(policy=GatePolicy(override_days=999_999_999))
    assert judge(make.run(verdicts=(verdict("a"), *passes(99))), long).state == "open"


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ({"target_kind": "replay"}, "its answers are a recording: nobody was asked"),
        ({"started_at": make.NOW - timedelta(days=12)}, "the run began 12 days ago"),
        ({"together": "t1"}, "other targets ran beside it; each run file is judged by itself"),
    ],
)
def test_what_makes_a_green_less_than_a_fresh_answer_is_told(head: dict[str, Any], said: str) -> None:
    assert said in judge(make.run(verdicts=passes(9), **head)).told


def test_a_verdict_that_its_own_trials_deny_is_no_run_file(tmp_path: Path) -> None:
    import msgspec

    edited = changed(verdict("a", "P0", "fail"), result="pass")
    run = make.run(verdicts=(edited,))
    path = tmp_path / "run.jsonl"
    path.write_bytes(b"\n".join(msgspec.json.encode(word) for word in (run.head, edited, run.end)) + b"\n")
    with pytest.raises(FileError, match=r"run.jsonl:2: says that a passes, and holds a trial that fails"):
        read_run(path)


@pytest.mark.parametrize("pad", range(60, 100))
def test_no_line_that_is_broken_begins_with_a_command(pad: int) -> None:
    hostile = Override(case="gone", who="x" * pad + "::set-output name=a::b ::error::c", why="y", until="2026-12-01")
    told = text.render(judge(make.run(verdicts=passes(9)), Rules(overrides=(hostile,))))
    assert "set-output" in told
    assert not [line for line in told.splitlines() if line.lstrip().startswith("::")]


@pytest.mark.parametrize("fields", [{"id": "r\n::error::x"}, {"target": "v\x1b[31m"}, {"narrowed": "\u202ex"}])
def test_a_run_file_whose_names_would_command_a_terminal_or_a_log_is_refused(
    tmp_path: Path, fields: dict[str, Any]
) -> None:
    import msgspec

    run = make.run(verdicts=passes(1), **fields)
    path = tmp_path / "run.jsonl"
    path.write_bytes(b"\n".join(msgspec.json.encode(word) for word in (run.head, *run.verdicts, run.end)) + b"\n")
    with pytest.raises(FileError, match=r"run.jsonl:1: a name in it holds a line end or a control character"):
        read_run(path)


def test_a_printed_page_and_two_runs_side_by_side_begin_no_line_with_a_command() -> None:
    from casemill.gate.report import html
    from casemill.gate.side_by_side import lay_beside
    from casemill.gate.side_by_side_text import render

    hostile = "x" * 70 + " ::set-output name=a::b\n::error::own ##[error]z"
    reply = make.reply(hostile)
    bad = changed(verdict("a", reason=hostile), trials=(changed(verdict("a").trials[0], reply=reply),))
    before, after = make.run("r1", verdicts=(verdict("a", result="pass"),)), make.run("r2", verdicts=(bad,))
    page = html.render(judge(after), after)
    for told in (page, render(lay_beside(before, after, cases={}))):
        assert "set-output" in told
        assert "##[" not in told
        assert not [line for line in told.splitlines() if line.lstrip().startswith("::")]


def test_a_p0_that_only_an_uncertified_judge_passes_is_a_thing_nobody_can_tell() -> None:
    alone = graded("a", asked("pass"), severity="P0", result="pass")
    judgement = judge(judged_run(alone, *passes(99)))
    assert judgement.state == "unjudged"
    assert judgement.because[0].startswith("1 P0 case passes by a judge alone that has no certificate: a")
    looked_at = graded("a", asked("pass"), looked("pass"), severity="P0", result="pass")
    assert judge(judged_run(looked_at, *passes(99))).state == "open"
    assert judge(judged_run(alone, *passes(99)), Rules(certificates=(certificate(),))).state == "open"
