"""The GitLab template, by running its script."""

import json
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
import yaml

import make
from ci.checkout import ROOT, check_out, shell

TEMPLATE = yaml.safe_load((ROOT / "ci" / "gitlab" / "casemill.gitlab-ci.yml").read_text())
JOB = TEMPLATE[".casemill"]


def run(folder: Path, **environ: str) -> tuple[int, str]:
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


def test_a_gate_that_cannot_tell_is_a_warning_and_a_shut_one_is_not() -> None:
    assert JOB["allow_failure"] == {"exit_codes": 3}
    assert TEMPLATE["casemill-gate"]["extends"] == ".casemill"
