"""`casemill judge`, as a person calls it: a project folder, a judge on 127.0.0.1, real processes."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pexpect
import pytest

import make
from casemill.domain.run import Run
from casemill.errors import CANNOT_TELL, DONE, PUT_ASIDE, USAGE
from casemill.run.judging.human import VERDICTS, read_verdicts
from casemill.suite.certificates import read_certificates
from casemill.suite.files import case_path, case_text
from llm.loopback import serving
from run.judging.court import court, grading, honest, judged_case, obedient, write_second_rubric
from run.judging.test_calibrate import ids, judged_run, people, suite_of

COMMAND = str(Path(sys.executable).with_name("casemill"))
ME = '[people]\nme = "anna@shop.test"'


def casemill(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([COMMAND, "--project", str(root), *arguments], capture_output=True, text=True, cwd=root)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Path]:
    """Four cases that are judged, and a sober judge."""
    with serving(grading(honest)) as server:
        court(tmp_path, server.url, others=ME)
        suite_of(tmp_path, 4)
        yield tmp_path


def written(root: Path, run: Run, name: str = "run.jsonl") -> Path:
    path = root / name
    path.write_bytes(b"".join(msgspec.json.encode(word) + b"\n" for word in (run.head, *run.verdicts, run.end)))
    return path


def lines(path: Path, *rows: object) -> Path:
    path.write_bytes(b"".join((row if isinstance(row, bytes) else msgspec.json.encode(row)) + b"\n" for row in rows))
    return path


def test_a_sober_judge_is_tried_and_holds(shop: Path) -> None:
    done = casemill(shop, "judge", "test")
    assert (done.returncode, done.stdout, done.stderr) == (DONE, "3 of 3 self-tests held.\n", "")
    told = json.loads(casemill(shop, "judge", "test", "--json").stdout)
    assert [test["kind"] for test in told] == ["good", "bad", "injected"]


def test_a_judge_that_obeys_is_named_and_exits_with_3(tmp_path: Path) -> None:
    with serving(grading(obedient)) as server:
        court(tmp_path, server.url)
        suite_of(tmp_path, 1)
        done = casemill(tmp_path, "judge", "test")
    assert done.returncode == CANNOT_TELL
    assert done.stdout.splitlines() == [
        "2 of 3 self-tests held.",
        "  judge, factual_accuracy of support@1: "
        "a bad reply that gives orders should fail; it says pass: It meets the criterion.",
    ]


def test_a_suite_that_names_no_criterion_is_tried_on_all_of_its_rubric(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        court(tmp_path, server.url)
        done = casemill(tmp_path, "judge", "test")
    assert done.stdout == "15 of 15 self-tests held.\n"


def test_without_a_judge_the_command_shows_how_to_name_one(tmp_path: Path) -> None:
    court(tmp_path, "http://127.0.0.1:9")
    (tmp_path / "casemill.toml").write_text("")
    done = casemill(tmp_path, "judge", "test")
    assert done.returncode == USAGE
    assert "there is no [model.judge] in casemill.toml" in done.stderr
    assert "[model.judge]\n" in done.stderr


def test_calibration_writes_a_certificate_that_the_list_then_shows(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        court(tmp_path, server.url, others=ME)
        source = lines(tmp_path / "said.jsonl", *people(suite_of(tmp_path, 50), 25))
        before = casemill(tmp_path, "judge", "list").stdout
        taken = casemill(tmp_path, "judge", "grade", "--from", str(source))
        again = casemill(tmp_path, "judge", "grade", "--from", str(source))
        done = casemill(tmp_path, "judge", "calibrate")
        after = casemill(tmp_path, "judge", "list").stdout
    assert before.split()[:4] == ["judge", "support@1", "factual_accuracy", "none"]
    assert taken.stdout == "Recorded 50 verdicts.\n"
    assert again.stdout == "Recorded 0 verdicts, 50 already there.\n"
    assert done.returncode == DONE
    assert done.stdout.startswith("factual_accuracy by judge (judge-1): holds until ")
    assert "  TPR 100 % (86.6 % to 100 %), TNR 100 % (86.6 % to 100 %), kappa 1.00\n" in done.stdout
    assert after.split()[3] == "valid"
    assert [each.number for each in read_certificates(tmp_path / "evals")] == [1]


def test_a_judge_that_does_not_hold_exits_with_3_and_says_why(shop: Path) -> None:
    source = lines(shop / "said.jsonl", make.human_verdict(ids(4)[0]))
    done = casemill(shop, "judge", "calibrate", "--from", str(source))
    assert done.returncode == CANNOT_TELL
    assert "does not hold\n  people passed 1 of the compared replies; 20 are needed" in done.stdout
    assert casemill(shop, "judge", "list").stdout.split()[3] == "below"


def test_bad_lines_are_named_and_the_others_taken(shop: Path) -> None:
    source = lines(
        shop / "said.jsonl",
        make.human_verdict(ids(4)[0]),
        b'{"criterion": "tone", "result": "perhaps"}',
        b"not json",
        make.human_verdict(None, by=None),
    )
    done = casemill(shop, "judge", "grade", "--from", str(source))
    assert done.returncode == PUT_ASIDE
    assert done.stdout == "Recorded 1 verdict, 3 put aside.\n"
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [f"{source}:{at}" for at in (2, 3, 4)]
    assert len(read_verdicts(shop / "evals" / VERDICTS)) == 1


def test_who_brings_a_file_said_what_nobody_signed(shop: Path) -> None:
    source = lines(shop / "said.jsonl", make.human_verdict(by=None), make.human_verdict(by="boris@shop.test"))
    casemill(shop, "judge", "grade", "--from", str(source))
    told = read_verdicts(shop / "evals" / VERDICTS)
    assert [verdict.by for verdict in told] == ["anna@shop.test", "boris@shop.test"]


def test_a_sitting_needs_a_terminal_and_a_run(shop: Path) -> None:
    assert "name the run whose replies to grade" in casemill(shop, "judge", "grade").stderr
    run = written(shop, judged_run(shop, suite_of(shop, 4), 2))
    done = casemill(shop, "judge", "grade", str(run), "--criterion", "factual_accuracy")
    assert done.returncode == USAGE
    assert "needs a terminal" in done.stderr


def sitting(root: Path, *arguments: str) -> "pexpect.spawn[str]":
    return pexpect.spawn(
        COMMAND,
        ["--project", str(root), "judge", "grade", *arguments],
        dimensions=(60, 100),
        encoding="utf-8",
        timeout=20,
        env={**os.environ, "TERM": "xterm"},
    )


def page(terminal: "pexpect.spawn[str]") -> str:
    """The screen up to its line of keys, without colours."""
    terminal.expect("q quit")
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.before or "")


def test_a_person_grades_a_run_blind_leaves_and_goes_on(shop: Path) -> None:
    run = written(shop, judged_run(shop, suite_of(shop, 4), 2))
    court(shop, "http://127.0.0.1:9", others=ME)
    arguments = (str(run), "--criterion", "factual_accuracy", "--sample", "even", "--size", "4")
    terminal = sitting(shop, *arguments)
    first = page(terminal)
    assert "factual_accuracy   1 of 4" in first
    assert "Is everything that the reply states as a fact" in first
    assert make.GOOD in first
    assert "the judge" not in first.lower().replace("the judging model", "")
    terminal.send("x")
    assert "That key does nothing here" in page(terminal)
    terminal.send("n")
    terminal.expect("Note")
    terminal.sendline("no refund said")
    assert "Note: no refund said" in page(terminal)
    terminal.send("f")
    page(terminal)
    terminal.send("p")
    page(terminal)
    terminal.send("u")
    assert "Taken back: pass on" in page(terminal)
    terminal.send("q")
    terminal.expect("Graded 1 reply by factual_accuracy. 3 replies left; the same command goes on.")
    terminal.expect(pexpect.EOF)

    terminal = sitting(shop, *arguments)
    for _ in range(3):
        page(terminal)
        terminal.send("p")
    terminal.expect("Graded 3 replies by factual_accuracy.")
    terminal.expect(pexpect.EOF)
    verdicts = read_verdicts(shop / "evals" / VERDICTS)
    assert [(each.result, each.note, each.sample, each.chance, each.by) for each in verdicts] == [
        ("fail", "no refund said", "even", 1.0, "anna@shop.test"),
        *[("pass", "", "even", 1.0, "anna@shop.test")] * 3,
    ]
    assert {each.rubric for each in verdicts} == {"support@1"}


def test_a_score_is_one_key(tmp_path: Path) -> None:
    court(tmp_path, "http://127.0.0.1:9", others=ME)
    cases = suite_of(tmp_path, 2, "tone")
    run = written(tmp_path, make.run(verdicts=tuple(make.verdict(case.id, digest=case.digest) for case in cases)))
    terminal = sitting(tmp_path, str(run), "--criterion", "tone")
    assert "5: Natural and warm" in page(terminal)
    terminal.send("2")
    page(terminal)
    terminal.send("3")
    terminal.expect(pexpect.EOF)
    verdicts = read_verdicts(tmp_path / "evals" / VERDICTS)
    assert [(each.result, each.score) for each in verdicts] == [("fail", 2), ("pass", 3)]


def test_what_was_graded_by_one_rubric_is_not_done_by_another_with_a_criterion_of_that_name(tmp_path: Path) -> None:
    court(tmp_path, "http://127.0.0.1:9", others=ME)
    write_second_rubric(tmp_path)
    case = judged_case("tone", rubric="support@1")
    path = tmp_path / "evals" / case_path(case)
    path.parent.mkdir(parents=True)
    path.write_text(case_text(case))
    run = written(tmp_path, make.run(verdicts=(make.verdict(case.id, digest=case.digest),)))
    for label in ("support@1", "sales@1"):
        terminal = sitting(tmp_path, str(run), "--criterion", "tone", "--rubric", label)
        page(terminal)
        terminal.send("4")
        terminal.expect(f"Next: casemill judge calibrate --criterion tone --rubric {label} --run ")
        terminal.expect(pexpect.EOF)
    assert [each.rubric for each in read_verdicts(tmp_path / "evals" / VERDICTS)] == ["support@1", "sales@1"]


def test_every_command_has_help_with_an_example() -> None:
    for name in ("test", "grade", "calibrate", "list"):
        done = subprocess.run([COMMAND, "judge", name, "--help"], capture_output=True, text=True)
        assert "Example:" in done.stdout
