"""`casemill suite list | lint | freeze | pull`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import make
from casemill.cli.main import casemill
from casemill.domain.word import changed
from casemill.errors import UsageError
from casemill.suite import case_path, case_text

FACT = make.case("wrong-fact-aaaaaa", failure_mode="wrong_fact", severity="P1")


@pytest.fixture
def here(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two cases, and the working folder in it."""
    for case in (make.case(), FACT):
        put(project, case_path(case), case_text(case))
    monkeypatch.chdir(project)
    return project


def put(root: Path, name: str, text: str) -> None:
    path = root / "evals" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def called(*args: str) -> Result:
    return CliRunner().invoke(casemill, ["suite", *args])


def test_list_counts_by_mode_severity_and_status(here: Path) -> None:
    done = called("list")
    assert done.exit_code == 0
    assert [line.split() for line in done.output.splitlines()] == [
        ["failure", "mode", "P0", "P1", "P2", "active", "quarantined", "retired"],
        ["promised_action", "1", "-", "-", "1", "-", "-"],
        ["wrong_fact", "-", "1", "-", "1", "-", "-"],
        ["all", "1", "1", "-", "2", "-", "-"],
    ]


def test_list_can_name_every_case(here: Path) -> None:
    assert "P1  active      wrong_fact              wrong-fact-aaaaaa" in called("list", "--cases").output
    told = json.loads(called("list", "--json").output)
    assert [case["id"] for case in told["cases"]] == [make.case().id, FACT.id]
    assert told["cases"][1]["path"] == f"evals/{case_path(FACT)}"


def test_list_shows_every_bad_file_and_exits_with_2(here: Path) -> None:
    put(here, "cases/wrong_fact/a.yaml", "id: [\n")
    put(here, "cases/wrong_fact/b.yaml", "id: b\nsevrity: P0\n")
    done = called("list")
    assert done.exit_code == 2
    assert "evals/cases/wrong_fact/a.yaml:1: is not YAML" in done.output
    assert "evals/cases/wrong_fact/b.yaml:2: there is no key 'sevrity'" in done.output
    assert "wrong_fact" in done.output


def test_an_empty_suite_says_what_to_do(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert called("list").output == "No case yet. Admit drafts: casemill admit\n"


def test_lint_is_quiet_about_a_sound_suite(here: Path) -> None:
    done = called("lint")
    assert done.exit_code == 0
    assert done.output == "2 cases: 0 errors, 0 warnings.\n"


def test_lint_knows_graders_and_the_gates_own_files(here: Path) -> None:
    put(here, case_path(FACT), case_text(changed(FACT, assert_=({"contians": {"any": ["x"]}},))))
    put(here, case_path(make.case()), case_text(make.case(assert_=({"not_contains": {"sny": ["x"]}},))))
    put(here, "policy.toml", "pass_rate = 95\n")
    done = called("lint")
    assert done.exit_code == 2
    assert "did you mean 'contains'?" in done.output
    assert "not_contains" in done.output
    assert "evals/policy.toml:1: error: pass_rate must be a rate" in done.output
    assert done.output.endswith("2 cases: 3 errors, 0 warnings.\n")
    assert len(json.loads(called("lint", "--json").output)) == 3


def test_lint_looks_for_the_files_that_graders_need(here: Path) -> None:
    rules = ({"json_schema": {"file": "schemas/order.json"}}, {"checks": "mine"}, {"python": "checks:polite"})
    put(here, case_path(FACT), case_text(changed(FACT, assert_=rules)))
    done = called("lint")
    assert done.exit_code == 2
    told = [finding["message"] for finding in json.loads(called("lint", "--json").output)]
    assert "evals/schemas/order.json: there is no such file" in told[0]
    assert "there is no preset 'mine'" in told[1]
    assert "checks.py" in told[2]
    put(here, "schemas/order.json", "{}")
    put(here, "checks/mine.yaml", "always: [{no_pii: {}}]\n")
    (here / "checks.py").write_text("def polite(reply, case):\n    return True\n")
    assert called("lint").exit_code == 0


def test_a_warning_alone_is_no_error(here: Path) -> None:
    put(here, "cases/wrong_fact/by-hand.yaml", case_text(changed(FACT, id="by-hand")))
    done = called("lint")
    assert done.exit_code == 0
    assert "warning: the id does not end in six letters" in done.output


def test_freeze_makes_a_release_and_a_second_time_says_that_nothing_changed(here: Path) -> None:
    done = called("freeze", "--note", "The first.")
    assert done.exit_code == 0
    assert "Froze release 1: 2 cases (2 added, 0 removed, 0 superseded). evals/releases/1.lock" in done.output
    assert "by lead@shop.test" in (here / "evals" / "releases" / "1.md").read_text()
    again = called("freeze")
    assert again.exit_code == 0
    assert again.output == "Nothing changed since release 1. evals/releases/1.lock\n"


def test_an_edited_released_case_is_frozen_only_when_superseded(here: Path) -> None:
    called("freeze")
    put(here, case_path(FACT), case_text(changed(FACT, severity="P2")))
    refused = called("freeze")
    assert isinstance(refused.exception, UsageError)
    assert "supersede it" in str(refused.exception)
    done = called("freeze", "--supersede", FACT.id)
    assert "Froze release 2: 2 cases (0 added, 0 removed, 1 superseded)." in done.output


def test_pull_writes_what_the_desk_wants(here: Path) -> None:
    from casemill.settings import Store
    from casemill.store import changes, open_desk

    new = make.case("wrong-tone-bbbbbb", failure_mode="wrong_tone", severity="P2")
    with open_desk(Store(), root=here) as desk, desk.write() as db:
        changes.add(db, make.change(case_path(new), text=case_text(new), case=new.id))
    done = called("pull")
    assert done.exit_code == 0
    assert f"  {case_path(new)}\nPulled 1 file.\n" in done.output
    assert called("pull").output == "Pulled 0 files.\n"
    assert called("lint").exit_code == 0


def draw(here: Path, *, answered: bool) -> None:
    """The ticket of the first case is on the desk, and somebody is asked to read it; or has."""
    from casemill.review import draw_sample, record_verdict
    from casemill.settings import Store
    from casemill.store import open_desk, tickets

    with open_desk(Store(), root=here) as desk:
        with desk.write() as db:
            tickets.put(db, make.ticket())
        draw_sample(desk, here / "evals", now=make.NOW)
        if answered:
            record_verdict(desk, make.leak_review(), now=make.NOW)


def put_ticket(here: Path) -> None:
    from casemill.settings import Store
    from casemill.store import open_desk, tickets

    with open_desk(Store(), root=here) as desk, desk.write() as db:
        tickets.put(db, make.ticket())


def test_freeze_refuses_where_nobody_has_read_for_leaks_and_says_so_when_told_to(here: Path) -> None:
    put_ticket(here)
    refused = called("freeze")
    assert isinstance(refused.exception, UsageError)
    assert "no ticket of this release has been read for leaks" in str(refused.exception)
    assert "--unread" in (refused.exception.hint or "")
    assert not (here / "evals" / "releases").exists()
    assert called("freeze", "--unread").exit_code == 0
    notes = (here / "evals" / "releases" / "1.md").read_text()
    assert "Not read for leaks: 0 of 1 tickets were read (--unread)." in notes


def test_freeze_refuses_while_a_ticket_waits_to_be_read_also_when_told_to(here: Path) -> None:
    draw(here, answered=False)
    for extra in ((), ("--unread",)):
        refused = called("freeze", *extra)
        assert isinstance(refused.exception, UsageError)
        assert "1 ticket waits to be read for leaks" in str(refused.exception)
        assert refused.exception.hint == "read: casemill review --leaks"


def test_freeze_notes_what_was_read(here: Path) -> None:
    draw(here, answered=True)
    assert called("freeze", "--note", "The first.").exit_code == 0
    notes = (here / "evals" / "releases" / "1.md").read_text()
    assert "The first.\n\nRead for leaks: 1 of 1 ticket; leaks in all samples so far: seen in 0 of 1 (not" in notes


def test_freeze_in_a_checkout_without_a_desk_only_scans_and_makes_none(here: Path) -> None:
    import shutil

    shutil.rmtree(here / ".casemill")
    assert called("freeze").exit_code == 0
    assert not (here / ".casemill" / "desk.db").exists()
    put(here, case_path(FACT), case_text(changed(FACT, why="call +7 701 555 01 84")))
    refused = called("freeze")
    assert "why looks as if it holds a real PHONE" in str(refused.exception)


def test_lint_gives_the_lines_that_accept_a_finding(here: Path) -> None:
    put(here, case_path(FACT), case_text(changed(FACT, why="call +7 701 555 01 84")))
    done = called("lint")
    assert done.exit_code == 2
    assert f'evals/leaks.toml, for whoever can answer for it:\n\n[[accept]]\ncase = "{FACT.id}"' in done.output
    assert "701" not in done.output
