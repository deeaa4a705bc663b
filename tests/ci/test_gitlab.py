"""The GitLab template, by running its script."""

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
import yaml

import make
from ci.checkout import ROOT, check_out, shell
from gate.forges import Forge, talking

TEMPLATE = yaml.safe_load((ROOT / "ci" / "gitlab" / "casemill.gitlab-ci.yml").read_text())
JOB = TEMPLATE[".casemill"]


def run(folder: Path, **environ: str) -> tuple[int, str]:
    """The job's script in a workspace where no job ran before."""
    (folder / "casemill-report" / "run.jsonl").unlink(missing_ok=True)
    settings = JOB["variables"] | {"CASEMILL_TARGET": "bot"} | environ
    done = shell("\n".join(JOB["script"]), folder=folder, environ=settings)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("environ", "code", "state"),
    [({}, 0, "open"), ({"BOT_SAYS": make.BAD}, 1, "shut"), ({"BOT_IS_DOWN": "1"}, 3, "unjudged")],
)
def test_the_job_ends_as_the_gate_does(tmp_path: Path, environ: dict[str, str], code: int, state: str) -> None:
    check_out(tmp_path)
    ended, told = run(tmp_path, **environ)
    assert ended == code, told
    assert f"{state.upper()}: " in told
    assert f"casemill gate: {state}" in (tmp_path / "casemill-report" / "gate.md").read_text()
    for report in JOB["artifacts"]["reports"].values():
        assert (tmp_path / report).exists()


def test_what_the_merge_request_shows_leads_to_the_case_file(tmp_path: Path) -> None:
    check_out(tmp_path)
    run(tmp_path, BOT_SAYS=make.BAD)
    found = json.loads((tmp_path / JOB["artifacts"]["reports"]["codequality"]).read_text())
    assert (tmp_path / found[1]["location"]["path"]).is_file()
    assert Xml.parse(tmp_path / JOB["artifacts"]["reports"]["junit"]).getroot().get("failures") == "2"


def test_a_run_that_is_there_is_judged_and_nobody_is_called(tmp_path: Path) -> None:
    check_out(tmp_path)
    run(tmp_path, BOT_SAYS=make.BAD)
    kept = tmp_path / "kept.jsonl"
    (tmp_path / "casemill-report" / "run.jsonl").rename(kept)
    code, told = run(tmp_path, CASEMILL_RUN_FILE="kept.jsonl", CASEMILL_TARGET="nobody")
    assert code == 1, told


@pytest.fixture
def forge() -> Iterator[Forge]:
    with talking("gitlab") as made:
        yield made


def test_the_merge_request_has_one_note_that_the_second_run_edits(tmp_path: Path, forge: Forge) -> None:
    check_out(tmp_path)
    assert run(tmp_path, **forge.environ, BOT_SAYS=make.BAD)[0] == 1
    assert "casemill gate: shut" in forge.comments[0]["body"]
    code, told = run(tmp_path, **forge.environ)
    assert code == 0, told
    assert "The note on merge request !7 was edited." in told
    assert [one["body"].splitlines()[1] for one in forge.comments] == ["### 🟢 casemill gate: open"]


@pytest.mark.parametrize(("environ", "code"), [({}, 0), ({"BOT_SAYS": make.BAD}, 1), ({"BOT_IS_DOWN": "1"}, 3)])
def test_a_note_that_cannot_be_written_changes_nothing_about_the_gate_unless_it_is_required(
    tmp_path: Path, forge: Forge, environ: dict[str, str], code: int
) -> None:
    check_out(tmp_path)
    wrong = forge.environ | {"CASEMILL_NOTE_TOKEN": "read-only"} | environ
    ended, told = run(tmp_path, **wrong)
    assert ended == code, told
    assert "comment was not written: " in told
    assert "401 Unauthorized" in told
    assert "read-only" not in told
    ended, told = run(tmp_path, **wrong, CASEMILL_NOTE="required")
    assert ended == 1
    assert "the gate's comment was not written: " in told


def test_without_a_merge_request_or_a_token_nobody_is_asked(tmp_path: Path, forge: Forge) -> None:
    check_out(tmp_path)
    for change in ({"CI_MERGE_REQUEST_IID": ""}, {"CASEMILL_NOTE_TOKEN": ""}, {"CASEMILL_NOTE": "none"}):
        code, told = run(tmp_path, **(forge.environ | change))
        assert (code, "written" in told) == (0, False), told
    code, told = run(tmp_path, **(forge.environ | {"CASEMILL_NOTE_TOKEN": "", "CASEMILL_NOTE": "required"}))
    assert code == 1
    assert "the variable CASEMILL_NOTE_TOKEN is not set" in told
    assert forge.asked == []


def test_a_gate_that_cannot_tell_is_a_warning_and_a_shut_one_is_not() -> None:
    assert JOB["allow_failure"] == {"exit_codes": 3}
    assert TEMPLATE["casemill-gate"]["extends"] == ".casemill"
