"""`casemill normalize` and `casemill admit`, as a person and as a script use them."""

import json
import os
import sys
from pathlib import Path

import pexpect
import pytest

import make
from casemill.cli.main import main
from casemill.domain.failure import Failure
from casemill.review import record
from casemill.settings import Store
from casemill.store import asks, drafts, open_desk, proposals, tickets
from casemill.suite import read_suite

CASEMILL = str(Path(sys.executable).with_name("casemill"))
PROMISE = Failure(mode="promised_action", severity="P0", turn=1)
SECOND = Failure(mode="wrong_tone", severity="P2", turn=1)


class Call:
    """A command run here, with its exit code, output and errors."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, project: Path, *words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["--project", str(project), *words])
        said = self.capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    return Call(capsys)


@pytest.fixture
def decided(project: Path) -> Path:
    """A project with one decided ticket that has two failures."""
    with open_desk(Store(), root=project) as desk:
        with desk.write() as db:
            one = make.ticket(
                subject="hi \x1b[31m", turns=(*make.ticket().turns, *make.turns(("customer", "\x1b[2Jthanks")))
            )
            tickets.put(db, one)
            tickets.move(db, one.key, version=1, frm=("masked",), to="proposed")
            proposals.add(db, make.proposal())
        decision = make.review(decision="correct", origin="model", failures=(PROMISE, SECOND))
        record(desk, decision, now=make.NOW)
    return project


def open_drafts(project: Path) -> int:
    with open_desk(Store(), root=project) as desk, desk.read() as db:
        return len(drafts.in_state(db, "open"))


def test_normalize_says_what_was_drafted_and_what_people_must_still_do(decided: Path, call: Call) -> None:
    code, out, err = call(decided, "normalize")
    assert (code, err) == (0, "")
    assert out == "Drafted 2 cases from 1 ticket; 1 needs an assertion.\n"
    assert call(decided, "normalize") == (0, "Drafted nothing: no decided ticket waits.\n", "")


def test_normalize_reports_as_json(decided: Path, call: Call) -> None:
    _, out, _ = call(decided, "normalize", "--json")
    told = json.loads(out)
    assert (told["drafted"], told["tickets"], told["without_expectation"], told["not_red"]) == (2, 1, 0, 1)


def test_recorded_admissions_become_files_at_once(decided: Path, call: Call) -> None:
    call(decided, "normalize")
    file = decided / "admissions.jsonl"
    file.write_text(
        '{"ticket": "zendesk:48213", "decision": "admit", "why": "Binds us."}\n'
        '{"ticket": "zendesk:48213", "failure": 2, "decision": "reject", "why": "the same"}\n'
    )
    code, out, err = call(decided, "admit", "--from", str(file))
    assert (code, out, err) == (0, "Admitted 1 case, 1 rejected, 1 file written.\n", "")
    (case,) = read_suite(decided / "evals").cases
    assert (case.status, case.why) == ("active", "Binds us.")
    code, out, _ = call(decided, "admit", "--from", str(file), "--json")
    told = json.loads(out)
    assert (code, told["already"], told["written"], told["put_aside"]) == (0, 2, [], [])


def test_bad_entries_are_named_and_the_rest_is_done(decided: Path, call: Call) -> None:
    call(decided, "normalize")
    file = decided / "admissions.jsonl"
    file.write_text(
        '{"ticket": "zendesk:48213", "decision": "yes"}\n'
        '{"ticket": "zendesk:9\\u001b[31m", "decision": "admit"}\n'
        '{"ticket": "zendesk:48213", "decision": "admit"}\n'
    )
    code, out, err = call(decided, "admit", "--from", str(file))
    assert code == 4
    assert out == "Admitted 1 case, 1 file written, 2 put aside.\n"
    assert f"{file}:1: " in err
    assert f"{file}:2: there is no draft for zendesk:9" in err
    assert "\x1b" not in err


def test_of_many_bad_entries_the_first_are_named_and_json_names_all(decided: Path, call: Call) -> None:
    file = decided / "admissions.jsonl"
    file.write_text("".join(f'{{"ticket": "zendesk:{n}", "decision": "admit"}}\n' for n in range(30)))
    code, out, err = call(decided, "admit", "--from", str(file))
    assert (code, out) == (4, "Admitted 0 cases, 30 put aside.\n")
    assert len(err.splitlines()) == 21
    assert err.splitlines()[-1] == "… and 10 more; --json names them all"
    assert len(json.loads(call(decided, "admit", "--from", str(file), "--json")[1])["put_aside"]) == 30


def test_admit_needs_a_terminal_or_a_file(decided: Path, call: Call) -> None:
    code, _, err = call(decided, "admit")
    assert code == 2
    assert "casemill admit --from admissions.jsonl" in err


@pytest.mark.parametrize("command", ["normalize", "admit"])
def test_every_command_shows_an_example(project: Path, call: Call, command: str) -> None:
    _, out, _ = call(project, command, "--help")
    assert "Example: casemill" in out


def sitting(project: Path, **environ: str) -> "pexpect.spawn[str]":
    env = os.environ | {"TERM": "xterm", "COLUMNS": "90", "LINES": "60"} | environ
    return pexpect.spawn(
        CASEMILL, ["admit"], cwd=str(project), env=env, encoding="utf-8", dimensions=(60, 90), timeout=20
    )


def test_a_person_says_yes_and_no_with_one_key(decided: Path, call: Call) -> None:
    call(decided, "normalize")
    screen = sitting(decided)
    screen.expect("P0 promised_action")
    screen.expect("bad reply: RED   good reply: GREEN")
    screen.expect("y admits it as ACTIVE")
    screen.expect("quit")
    screen.send("y")
    screen.expect(r"Admitted, active: evals/cases/promised_action/promised-action-\w+\.yaml")
    screen.expect("quit")
    screen.send("x")
    screen.expect("That key does nothing here")
    screen.expect("quit")
    screen.send("n")
    screen.expect("Why not")
    screen.send("changed my mind\x1b")
    screen.expect("P2 wrong_tone")
    screen.expect("quit")
    screen.send("т")
    screen.expect("Why not")
    screen.sendline("the same as the first")
    screen.expect("Admitted 1 case, 1 rejected. No draft waits.")
    screen.expect(pexpect.EOF)
    assert len(read_suite(decided / "evals").cases) == 1
    assert open_drafts(decided) == 0


def test_an_edit_is_read_strictly_and_offered_again(decided: Path, call: Call, tmp_path: Path) -> None:
    call(decided, "normalize")
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import pathlib, re, sys\n"
        "path = pathlib.Path(sys.argv[1]); text = path.read_text()\n"
        "broken = 'severty' not in text and 'P2' not in text\n"
        "path.write_text(text.replace('severity: P0', 'severty: P0') if broken else"
        " text.replace('severty: P0', 'severity: P2'))\n"
    )
    screen = sitting(decided, EDITOR=f"{sys.executable} {editor}", VISUAL="")
    screen.expect("P0 promised_action")
    screen.expect("quit")
    screen.send("e")
    screen.expect(r"draft\.yaml:\d+: ")
    screen.expect("Edit again")
    screen.sendline("y")
    screen.expect("P2 promised_action")
    screen.expect("Edited and checked again.")
    screen.expect("quit")
    screen.send("q")
    screen.expect("Admitted 0 cases.")
    screen.expect(pexpect.EOF)
    assert open_drafts(decided) == 2


def test_what_was_only_looked_at_is_given_back(decided: Path, call: Call) -> None:
    call(decided, "normalize")
    screen = sitting(decided)
    screen.expect("quit")
    screen.send("s")
    screen.expect("P2 wrong_tone")
    screen.expect("quit")
    screen.send("m")
    screen.expect("quit")
    screen.send("q")
    screen.expect("1 skipped")
    screen.expect(pexpect.EOF)
    with open_desk(Store(), root=decided) as desk, desk.write() as db:
        assert asks.claim(db, kind="draft", by="else@shop.test", now=make.NOW, minutes=1) is not None


def test_no_ticket_text_steers_the_terminal(decided: Path, call: Call) -> None:
    call(decided, "normalize")
    screen = sitting(decided)
    screen.expect("quit")
    assert "\x1b[2Jthanks" not in f"{screen.before}"
    screen.sendintr()
    screen.expect(pexpect.EOF)
