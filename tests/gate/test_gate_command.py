"""`casemill gate` and `casemill baseline accept`, as a CI job calls them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

import msgspec
import pytest
from click.testing import CliRunner, Result

import make
from casemill.cli.main import casemill
from casemill.domain.run import Run, Verdict
from casemill.domain.word import changed
from casemill.suite import case_path, case_text, write_starter

CASE = make.case()
HEAVY = {"sqlalchemy", "sklearn", "scipy", "numpy", "starlette", "jinja2", "aiohttp", "alembic", "cryptography"}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bare checkout: the suite's files and nothing else, no casemill.toml."""
    write_starter(tmp_path / "evals")
    path = tmp_path / "evals" / case_path(CASE)
    path.parent.mkdir()
    path.write_text(case_text(CASE))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path, run: Run) -> Path:
    path = folder / ".casemill" / "runs" / f"{run.head.id}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    words = [run.head, *run.verdicts, *([run.end] if run.end else [])]
    path.write_bytes(b"".join(msgspec.json.encode(word) + b"\n" for word in words))
    return path


def verdict(result: str = "pass") -> Verdict:
    return make.verdict(CASE.id, digest=CASE.digest, result=result, reason="" if result == "pass" else "says so")


def called(*args: str) -> Result:
    return CliRunner().invoke(casemill, [str(arg) for arg in args])


@pytest.mark.parametrize(
    ("result", "code", "word"), [("pass", 0, "OPEN"), ("fail", 1, "SHUT"), ("error", 3, "UNJUDGED")]
)
def test_the_exit_code_and_the_first_line_say_the_state(checkout: Path, result: str, code: int, word: str) -> None:
    path = written(checkout, make.run(verdicts=(verdict(result),)))
    done = called("gate", str(path), "--suite", "evals")
    assert done.exit_code == code
    assert done.output.startswith(f"{word}: ")
    assert "\x1b" not in done.output


def test_the_newest_run_is_taken_when_none_is_named(checkout: Path) -> None:
    older = written(checkout, make.run("b", verdicts=(verdict("fail"),)))
    written(checkout, make.run("a", verdicts=(verdict(),)))
    os.utime(older, (1, 1))
    assert called("gate", "--suite", "evals").exit_code == 0
    assert called("gate", "b", "--suite", "evals").exit_code == 1


def test_a_red_leads_to_its_file_as_a_person_would_type_it(checkout: Path) -> None:
    written(checkout, make.run(verdicts=(verdict("fail"),)))
    assert f"case:     evals/{case_path(CASE)}" in called("gate", "--suite", "evals").output


def test_json_is_the_whole_judgement(checkout: Path) -> None:
    written(checkout, make.run(verdicts=(verdict("fail"),)))
    done = called("gate", "--suite", "evals", "--json")
    told = json.loads(done.output)
    assert (done.exit_code, told["state"], told["reds"][0]["ticket"]) == (1, "shut", "zendesk:48213")


def test_a_report_is_written_to_a_file_and_the_text_is_printed(checkout: Path) -> None:
    written(checkout, make.run(verdicts=(verdict("fail"),)))
    done = called("gate", "--suite", "evals", "--report", "junit", "--out", "out/gate.xml")
    assert done.exit_code == 1
    assert done.output.startswith("SHUT: ")
    assert Xml.parse(checkout / "out" / "gate.xml").getroot().get("failures") == "2"
    assert "casemill gate: shut" in called("gate", "--suite", "evals", "--report", "markdown").output


def test_the_desks_address_comes_from_the_environment_in_ci(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEMILL_DESK_URL", "https://desk.shop.test")
    written(checkout, make.run(verdicts=(verdict("fail"),)))
    assert "https://desk.shop.test/review/zendesk:48213" in called("gate", "--suite", "evals").output


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["gate"], "there is no run in"),
        (["gate", "nothing.jsonl", "--suite", "evals"], "nothing.jsonl"),
        (["gate", "--suite", "elsewhere"], "there is no suite folder elsewhere"),
        (["gate", "--report", "pdf"], "there is no report named 'pdf'"),
        (["baseline", "accept"], "there is no run in"),
    ],
)
def test_what_is_wrong_is_said_and_the_exit_code_is_2(checkout: Path, args: list[str], said: str) -> None:
    (checkout / "casemill.toml").write_text("")
    done = subprocess.run([sys.executable, "-m", "casemill", *args], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_policy_does_not_open_the_gate(checkout: Path) -> None:
    path = written(checkout, make.run(verdicts=(verdict(),)))
    (checkout / "evals" / "policy.toml").write_text("pas_rate = 0.1\n")
    command = [sys.executable, "-m", "casemill", "gate", str(path), "--suite", "evals"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "policy.toml:1: there is no key 'pas_rate'" in done.stderr
    assert "did you mean 'pass_rate'?" in done.stderr


def test_a_case_file_broken_since_the_run_keeps_the_gate_from_telling(checkout: Path) -> None:
    written(checkout, make.run(verdicts=(verdict(),)))
    (checkout / "evals" / case_path(CASE)).write_text("id: [\n")
    done = called("gate", "--suite", "evals")
    assert done.exit_code == 3
    assert "cannot be read" in done.output


def test_baseline_accept_is_what_the_next_gate_compares_with(checkout: Path) -> None:
    written(checkout, make.run("r1", verdicts=(verdict(),)))
    done = called("baseline", "accept", "--suite", "evals")
    assert done.exit_code == 0
    assert "Run r1 is the baseline of v1: 1 pass" in done.output
    path = written(checkout, make.run("r2", verdicts=(verdict("fail"),)))
    told = called("gate", str(path), "--suite", "evals").output
    assert "before:   pass" in told
    assert "since the baseline (run r1), 1 case that passed does not pass now" in told


def test_the_gate_loads_no_database_no_model_no_web(checkout: Path) -> None:
    path = written(checkout, make.run(verdicts=(verdict("fail"),)))
    code = (
        "import sys\n"
        "from casemill.cli.main import main\n"
        "try:\n"
        f"    main(['gate', {str(path)!r}, '--suite', 'evals', '--report', 'junit', '--out', 'x.xml'])\n"
        "except SystemExit as end:\n"
        f"    print('exit', end.code, sorted({{m.split('.')[0] for m in sys.modules}} & {HEAVY!r}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "exit 1 []"


def test_a_stale_case_stays_stale_when_the_cache_is_warm(checkout: Path) -> None:
    (checkout / "casemill.toml").write_text("")
    written(checkout, make.run(verdicts=(changed(verdict("fail"), severity="P1"),)))
    path = checkout / "evals" / case_path(CASE)
    path.write_text(case_text(changed(CASE, severity="P1")))
    assert called("gate").exit_code == 1
    stale = 'stale: {since: "2026-11-01", because: "Policy changed."}\n'
    path.write_text(path.read_text().replace("why:", stale + "why:"))
    assert called("gate").exit_code == 3
    assert (checkout / ".casemill" / "cache").is_dir()


OLD = (
    '{"id":"20260101T090000-v1","release":0,"suite_digest":"sha256:1","target":"v1","target_kind":"python","cases":2,'
    '"started_at":"2026-01-01T09:00:00Z"}\n'
    '{"case":"wrong-fact-7q3k2d","digest":"sha256:2","failure_mode":"wrong_fact","severity":"P1","result":"pass",'
    '"trials":[{"number":1,"reply":{"text":"fine"},"grades":[{"result":"pass","grader":"contains"}]}]}\n'
    '{"case":"wrong-tone-aaaaaa","digest":"sha256:3","failure_mode":"wrong_tone","severity":"P2","result":"fail",'
    '"reason":"contains: does not say sorry","trials":[{"number":1,"reply":{"text":"no"},"grades":[{"result":"fail",'
    '"reason":"does not say sorry","grader":"contains"}]}]}\n'
    '{"finished_at":"2026-01-01T09:00:01Z","verdicts":2}\n'
)


def test_an_old_run_file_is_judged_again_by_a_new_policy_and_nobody_is_called(checkout: Path) -> None:
    """The file is as the first version of casemill wrote it; there is no target here that could be called."""
    path, case = checkout / "old.jsonl", make.case("wrong-fact-7q3k2d", severity="P1", failure_mode="wrong_fact")
    path.write_text(old := OLD.replace("sha256:2", case.digest))
    (checkout / "evals" / case_path(CASE)).unlink()
    (checkout / "evals" / case_path(case)).parent.mkdir(exist_ok=True)
    (checkout / "evals" / case_path(case)).write_text(case_text(case))
    policy = checkout / "evals" / "policy.toml"
    policy.write_text("pass_rate = 0.5\n")
    assert called("gate", "old.jsonl", "--suite", "evals").exit_code == 0
    policy.write_text("pass_rate = 0.9\n")
    assert called("gate", "old.jsonl", "--suite", "evals").exit_code == 1
    policy.write_text("pass_rate = 0.5\nmin_cases = 3\n")
    assert called("gate", "old.jsonl", "--suite", "evals").exit_code == 3
    assert path.read_text() == old
