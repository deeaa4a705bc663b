"""The GitHub Action, by running its steps as a runner would; the comment, against a real server."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import make
from casemill.gate.report.markdown import MARK
from ci.checkout import ROOT, check_out, shell
from gate.forges import TOKEN, Forge, talking

FOLDER = ROOT / "ci" / "github"
ACTION = yaml.safe_load((FOLDER / "action.yml").read_text())
STEPS = ACTION["runs"]["steps"]


@pytest.fixture
def forge() -> Iterator[Forge]:
    with talking("github") as made:
        yield made


class Runner:
    """Runs the steps of the action in order: expressions filled in, outputs kept, a failed step ends it."""

    def __init__(self, folder: Path, *, inputs: dict[str, str], environ: dict[str, str]) -> None:
        self.folder = folder
        self.known = {f"inputs.{name}": str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
        self.known |= {f"inputs.{name}": value for name, value in inputs.items()}
        self.known |= {"github.action_path": str(FOLDER), "github.event.pull_request.number": "7"}
        self.environ = {
            "RUNNER_TEMP": str(folder / "temp"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        } | environ
        self.ran: list[str] = []
        self.said = ""

    def run(self) -> int:
        for number, step in enumerate(STEPS):
            if not self.wanted(step.get("if", "")):
                continue
            self.ran.append(step["name"])
            output = self.folder / f"output-{number}"
            env = {name: self.filled(value) for name, value in step.get("env", {}).items()}
            environ = self.environ | env | {"GITHUB_OUTPUT": str(output)}
            done = shell(step["run"], folder=self.folder, environ=environ)
            self.said += done.stdout + done.stderr
            if done.returncode:
                return done.returncode
            for line in output.read_text().splitlines() if output.exists() else ():
                name, _, value = line.partition("=")
                self.known[f"steps.{step.get('id')}.outputs.{name}"] = value
        return 0

    def wanted(self, condition: str) -> bool:
        """The few forms of conditions that the action has."""
        for part in filter(None, (one.strip() for one in condition.split("&&"))):
            name, sign, value = part.partition(" == ") if " == " in part else part.partition(" != ")
            held = self.known[name] == value.strip("'") if sign == " == " else self.known[name] != value.strip("'")
            if not held if sign else not self.known[name]:
                return False
        return True

    def filled(self, value: str) -> str:
        return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: self.known[match[1]], str(value))


def runner(folder: Path, forge: Forge, *, inputs: Any = None, **environ: str) -> Runner:
    told = {"target": "bot", "token": TOKEN} | (inputs or {})
    return Runner(folder, inputs=told, environ=forge.environ | environ)


@pytest.mark.parametrize(
    ("environ", "code", "state"),
    [({}, 0, "open"), ({"BOT_SAYS": make.BAD}, 1, "shut"), ({"BOT_IS_DOWN": "1"}, 3, "unjudged")],
)
def test_the_action_ends_as_the_gate_does_and_says_so_everywhere(
    tmp_path: Path, forge: Forge, environ: dict[str, str], code: int, state: str
) -> None:
    check_out(tmp_path)
    action = runner(tmp_path, forge, inputs={}, **environ)
    assert action.run() == code, action.said
    assert action.known["steps.judge.outputs.state"] == state
    assert f"casemill gate: {state}" in (tmp_path / "summary.md").read_text()
    assert forge.comments[0]["body"].startswith(MARK)
    assert re.search(r"^::(error|warning|notice) title=casemill gate", action.said, re.MULTILINE)
    assert (tmp_path / "temp" / "casemill" / "gate.html").exists()
    assert action.ran[-1] == "Open or shut"


def test_the_second_run_edits_its_comment_and_nobody_elses(tmp_path: Path, forge: Forge) -> None:
    check_out(tmp_path)
    people = [dict(one) for one in forge.eves(130, f"{MARK} mine")]
    runner(tmp_path, forge, BOT_SAYS=make.BAD).run()
    (tmp_path / "temp" / "casemill" / "run.jsonl").unlink()
    assert runner(tmp_path, forge).run() == 0
    assert forge.comments[:130] == people
    assert len(forge.comments) == 131
    assert "casemill gate: open" in forge.comments[130]["body"]
    assert forge.methods == ["GET", "GET", "POST", "GET", "GET", "PATCH"]


def test_a_comment_that_may_not_be_written_changes_nothing_about_the_gate(tmp_path: Path, forge: Forge) -> None:
    check_out(tmp_path)
    fork = runner(tmp_path, forge, inputs={"token": "read-only"})
    assert fork.run() == 0
    assert re.search(r"^::warning title=casemill gate::.* was not written: .*403 Forbidden", fork.said, re.MULTILINE)
    assert "read-only" not in fork.said


def test_who_asks_for_it_has_the_job_fail_without_the_comment(tmp_path: Path, forge: Forge) -> None:
    check_out(tmp_path)
    asking = runner(tmp_path, forge, inputs={"token": "read-only", "comment": "required"})
    assert asking.run() == 3
    assert "the gate's comment was not written: " in asking.said
    (tmp_path / "temp" / "casemill" / "run.jsonl").unlink()
    assert runner(tmp_path, forge, inputs={"comment": "required"}).run() == 0
    assert len(forge.comments) == 1


def test_a_run_that_is_there_is_judged_and_nobody_is_called(tmp_path: Path, forge: Forge) -> None:
    check_out(tmp_path)
    runner(tmp_path, forge, BOT_SAYS=make.BAD).run()
    kept = {"run-file": str(tmp_path / "temp" / "casemill" / "run.jsonl"), "target": "nobody", "comment": "false"}
    again = runner(tmp_path, forge, inputs=kept)
    assert again.run() == 1, again.said
    assert "Keep the comment up to date" not in again.ran


def test_options_go_to_the_run_as_words_that_no_shell_reads(tmp_path: Path, forge: Forge) -> None:
    check_out(tmp_path)
    hostile = {"run-options": "--only\n*-7q3k2d; touch pwned\n\n", "target": "bot"}
    assert runner(tmp_path, forge, inputs=hostile).run() != 0
    assert not (tmp_path / "pwned").exists()
    fine = runner(tmp_path, forge, inputs={"run-options": "--only\n*-7q3k2d\n--trials\n2\n"})
    assert fine.run() == 0, fine.said


def test_no_step_puts_an_expression_into_its_script() -> None:
    """What an expression holds may come from a branch's name; in the environment it is only text."""
    assert [step["name"] for step in STEPS if "${{" in step["run"]] == []


def test_the_example_workflow_asks_for_no_more_than_it_needs() -> None:
    workflow = yaml.safe_load((FOLDER / "workflow.yml").read_text())
    assert workflow["permissions"] == {"contents": "read", "pull-requests": "write"}
    used = [step for step in workflow["jobs"]["gate"]["steps"] if "ci/github" in step.get("uses", "")]
    assert set(used[0]["with"]) <= set(ACTION["inputs"])
