"""`casemill gate read`, `sign`, `override` and `casemill baseline`, as people call them."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pexpect
import pytest
from click.testing import CliRunner, Result

import make
from casemill.cli.main import casemill
from casemill.domain.run import Run, Verdict
from casemill.domain.word import changed
from casemill.suite import case_path, case_text, write_starter

P1 = make.case(severity="P1")
TWO = changed(P1, id="second-case-aaaaaa")
ME = ("--who", "lead@shop.test")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bare checkout with two P1 cases that fail, no casemill.toml."""
    write_starter(tmp_path / "evals")
    for case in (P1, TWO):
        path = tmp_path / "evals" / case_path(case)
        path.parent.mkdir(exist_ok=True)
        path.write_text(case_text(case))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def verdict(case: str = P1.id, result: str = "fail") -> Verdict:
    digest = next(each.digest for each in (P1, TWO) if each.id == case)
    return make.verdict(case, digest=digest, severity="P1", result=result, reason="says \x1b[31mso")


def written(folder: Path, run: Run) -> Path:
    path = folder / ".casemill" / "runs" / f"{run.head.id}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(msgspec.json.encode(word) + b"\n" for word in (run.head, *run.verdicts, run.end)))
    return path


def called(*args: str) -> Result:
    return CliRunner().invoke(casemill, [*args, "--suite", "evals"])


def test_a_red_is_read_in_one_line_and_stands_in_the_next_report(checkout: Path) -> None:
    written(checkout, make.run(verdicts=(verdict(), verdict(TWO.id))))
    done = called("gate", "read", "--case", P1.id, "--as", "stale", "--note", "prices changed", *ME)
    assert done.exit_code == 0, done.output
    assert f"{P1.id}: the case is out of date; there is no desk here: write `stale: {{since, because}}`" in done.output
    told = called("gate").output
    assert "read:     the case is out of date, says lead@shop.test on" in told
    assert "reds read so far: 1 stale case" in told
    counts = json.loads(called("gate", "read", "--counts", "--json").output)
    assert list(counts.values()) == [{"stale": 1}]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--case", "nothing-aaaaaa", "--as", "stale"], "nothing-aaaaaa is no red of run run-1"),
        (["--case", P1.id], "--case and --as go together"),
        ([], "needs a terminal"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(checkout: Path, args: list[str], said: str) -> None:
    written(checkout, make.run(verdicts=(verdict(),)))
    done = called("gate", "read", *args, *ME)
    assert said in str(done.exception)
    assert not (checkout / "evals" / "readings.jsonl").exists()


def test_readings_come_from_a_file_and_a_bad_line_keeps_all_of_them_out(checkout: Path) -> None:
    written(checkout, make.run(verdicts=(verdict(), verdict(TWO.id))))
    good = json.dumps({"case": P1.id, "read_as": "regression"})
    path = checkout / "readings.jsonl"
    path.write_text(f'{good}\n{{"case": "{TWO.id}", "read_as": "wrong"}}\n')
    done = called("gate", "read", "--from", str(path), *ME)
    assert "readings.jsonl:2: read_as must be one of" in str(done.exception)
    assert not (checkout / "evals" / "readings.jsonl").exists()
    path.write_text(f'{good}\n\n{{"case": "{TWO.id}", "read_as": "flaky", "who": "otto@shop.test"}}\n')
    done = called("gate", "read", "--from", str(path), *ME)
    assert (done.exit_code, "Read 2 reds of run run-1." in done.output) == (0, True), done.output
    assert [
        each["who"] for each in map(json.loads, (checkout / "evals" / "readings.jsonl").read_text().splitlines())
    ] == [
        "lead@shop.test",
        "otto@shop.test",
    ]


def test_where_there_is_a_desk_a_reading_waits_there_as_a_change_and_is_pulled(checkout: Path) -> None:
    subprocess.run([sys.executable, "-m", "casemill", "init", "."], check=True, capture_output=True)
    written(checkout, make.run(verdicts=(verdict(),)))
    done = called("gate", "read", "--case", P1.id, "--as", "grader_wrong", "--note", "matches a quote", *ME)
    assert "a Change waits: casemill suite pull" in done.output, done.output
    assert CliRunner().invoke(casemill, ["suite", "pull"]).exit_code == 0
    text = (checkout / "evals" / case_path(P1)).read_text()
    assert "status: quarantined" in text
    assert "matches a quote" in text
    assert called("gate").exit_code != 1


def test_at_a_terminal_each_red_is_a_key(checkout: Path) -> None:
    written(checkout, make.run(verdicts=(verdict(), verdict(TWO.id))))
    words = ["-m", "casemill", "gate", "read", "--suite", "evals", *ME]
    child = pexpect.spawn(sys.executable, words, encoding="utf-8", timeout=30, dimensions=(30, 100))
    child.expect("1 of 2")
    child.expect("f flake")
    assert "\x1b[31mso" not in (child.before or "")
    child.send("r")
    child.expect("2 of 2")
    child.expect("f flake")
    assert len((checkout / "evals" / "readings.jsonl").read_text().splitlines()) == 1, "kept as it was said"
    child.send("g")
    child.expect("why")
    child.send("matches a quote\r")
    child.expect("Read 2 reds of run run-1")
    child.expect(pexpect.EOF)
    kept = [json.loads(line) for line in (checkout / "evals" / "readings.jsonl").read_text().splitlines()]
    assert [(each["read_as"], each.get("note", "")) for each in kept] == [
        ("regression", ""),
        ("grader_wrong", "matches a quote"),
    ]
    again = pexpect.spawn(sys.executable, words, encoding="utf-8", timeout=30)
    again.expect("Read 0 reds of run run-1")


def test_signing_off_opens_a_gate_that_waited_for_it(checkout: Path) -> None:
    (checkout / "evals" / "policy.toml").write_text('[[sign_off]]\nrole = "pm"\nwho = ["anna@shop.test"]\n')
    written(checkout, make.run(verdicts=(verdict(result="pass"),)))
    waits = called("gate")
    assert (waits.exit_code, "next: have it signed off: casemill gate sign run-1" in waits.output) == (3, True)
    refused = called("gate", "sign", "--role", "pm", "--who", "otto@shop.test")
    assert "otto@shop.test may not sign as pm" in str(refused.exception)
    done = called("gate", "sign", "--role", "pm", "--who", "anna@shop.test", "--note", "read all")
    assert (done.exit_code, "anna@shop.test signs as pm for run run-1." in done.output) == (0, True)
    assert called("gate").exit_code == 0


def test_a_yes_to_a_p1_is_recorded_and_opens_the_gate(checkout: Path) -> None:
    written(checkout, make.run(verdicts=(verdict(), verdict(TWO.id, "pass"))))
    assert called("gate").exit_code == 1
    done = called("gate", "override", P1.id, "--why", "mended on Monday", "--until", "2999-01-01", *ME)
    assert done.exit_code == 0, done.output
    assert called("gate").exit_code == 0


@pytest.mark.parametrize(
    ("case", "until", "said"),
    [
        ("grave-case-aaaaaa", "2999-01-01", "is a P0; nobody may say yes to it"),
        ("no-case-aaaaaa", "2999-01-01", "there is no case 'no-case-aaaaaa'"),
        (P1.id, "2020-01-01", "2020-01-01 is past"),
    ],
)
def test_a_yes_that_would_do_nothing_is_not_recorded(checkout: Path, case: str, until: str, said: str) -> None:
    grave = changed(P1, id="grave-case-aaaaaa", severity="P0")
    (checkout / "evals" / case_path(grave)).write_text(case_text(grave))
    before = (checkout / "evals" / "overrides.toml").read_bytes()
    done = called("gate", "override", case, "--why", "x", "--until", until, *ME)
    assert said in str(done.exception)
    assert (checkout / "evals" / "overrides.toml").read_bytes() == before


def test_a_shut_run_is_no_baseline_and_its_trials_count_all_the_same(checkout: Path) -> None:
    written(checkout, make.run("r1", verdicts=(verdict(),)))
    refused = called("baseline", "accept", "r1")
    assert "the gate is shut for run r1; only an open run becomes the baseline" in str(refused.exception)
    assert not (checkout / "evals" / "baseline.json").exists()
    counted = called("baseline", "count", "r1")
    assert counted.output.startswith("Counted 1 run; 0 cases pass and fail by chance.")
    assert called("baseline", "count", "r1").output.startswith("Counted 0 runs")
    assert (checkout / "evals" / "stability.json").exists()


def test_several_reports_are_written_at_once_and_one_without_a_file_is_printed(checkout: Path) -> None:
    written(checkout, make.run(verdicts=(verdict(),)))
    done = called("gate", "--report", "github", "--report", "html=out/gate.html", "--report", "junit=out/gate.xml")
    assert done.exit_code == 1
    assert done.output.startswith("::error title=casemill gate%3A shut::SHUT: ")
    assert (checkout / "out" / "gate.html").read_text().startswith("<!doctype html>")
    assert (checkout / "out" / "gate.xml").exists()
    wrong = called("gate", "--report", "html", "--report", "text", "--out", "x")
    assert "--out needs exactly one --report" in str(wrong.exception)
    assert "names no file" in str(called("gate", "--report", "html=").exception)


def test_the_help_of_the_gate_names_its_options_and_its_commands(checkout: Path) -> None:
    told = CliRunner().invoke(casemill, ["gate", "--help"]).output
    for word in ("--report", "--suite", "read", "sign", "override", "Example: "):
        assert word in told


def test_two_runs_are_laid_side_by_side_on_a_terminal_and_as_a_page(checkout: Path) -> None:
    first = written(checkout, make.run("r1", verdicts=(verdict(result="pass"), verdict(TWO.id, "pass"))))
    second = written(checkout, make.run("r2", verdicts=(verdict(), verdict(TWO.id, "pass"))))
    done = called("compare", str(first), str(second), "--html", "both.html")
    assert done.exit_code == 0, done.output
    assert done.output.startswith("NOT ENOUGH CASES: 2 cases in both: 100 % before, 50 % now, -50.0 points")
    assert f"P1 {P1.id}  pass → fail  promised_action\n    why: says [31mso" in done.output
    assert "<h1>Not enough cases</h1>" in (checkout / "both.html").read_text()
    called("baseline", "accept", "r1")
    told = json.loads(called("compare", "baseline", "r2", "--json").output)
    assert (told["comparison"]["says"], told["before"]["run"]) == ("too_few", "r1")
    bare = CliRunner().invoke(casemill, ["compare", str(first), str(second)])
    assert bare.exit_code == 0, "two run files alone are enough"
    none = called("compare", "r1", "r1")
    assert "NOT ENOUGH CASES" in none.output
