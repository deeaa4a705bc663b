"""Admissions that somebody wrote down: read with their lines, applied once."""

from pathlib import Path

import pytest

import make
from casemill.domain.case import Expect
from casemill.errors import FileError, UsageError
from casemill.normalize.admit import Applied, apply_recorded
from casemill.normalize.recorded import Admission, edited, read_recorded
from casemill.store import Desk, asks, changes, drafts, tickets
from normalize.test_admit import BY, case, laid


def written(folder: Path, text: str, name: str = "admissions.jsonl") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_json_lines_and_a_yaml_list_tell_the_same(tmp_path: Path) -> None:
    lines = written(tmp_path, '{"ticket": "zendesk:1", "decision": "admit", "edit": {"why": "x"}, "by": "a@b"}\n\n')
    items = written(
        tmp_path, "- ticket: zendesk:1\n  decision: admit\n  edit: {why: x}\n  by: a@b\n", "admissions.yaml"
    )
    wanted = Admission(ticket="zendesk:1", decision="admit", edit={"why": "x"}, by="a@b")
    for path in (lines, items):
        entries, problems = read_recorded(path)
        assert [entry.admission for entry in entries] == [wanted]
        assert problems == []


@pytest.mark.parametrize(
    "line",
    [
        '{"ticket": "a:1"}',
        '{"ticket": "a:1", "decision": "maybe"}',
        '{"ticket": "a:1", "decision": "admit", "x": 1}',
        "{",
    ],
)
def test_a_bad_entry_is_named_with_its_line_and_the_rest_is_read(tmp_path: Path, line: str) -> None:
    path = written(tmp_path, f'{{"ticket": "a:0", "decision": "reject"}}\n{line}\n')
    entries, (problem,) = read_recorded(path)
    assert len(entries) == 1
    assert (problem.path, problem.line) == (path, 2)


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="is not a list of admissions"):
        read_recorded(written(tmp_path, "ticket: a:1\n", "admissions.yaml"))
    assert read_recorded(written(tmp_path, "", "empty.yaml")) == ([], [])


def test_an_edit_is_laid_over_key_by_key() -> None:
    after = edited(
        case(), {"expect": {"good": "Ask for it."}, "expect.outcome": "clarify", "features": ["x"], "card": None}
    )
    assert after.expect == Expect(
        outcome="clarify", behavior=case().expect.behavior, good="Ask for it.", bad=case().expect.bad
    )
    assert after.features == ("x",)
    assert edited(case(), {"expect.good": None}).expect.good is None
    assert edited(case(), {"assert": []}).assertions == ()
    assert edited(case(), {}) == case()


def test_an_edit_that_makes_no_case_is_refused() -> None:
    with pytest.raises(UsageError, match="the edit makes no case"):
        edited(case(), {"expect": {"goood": "x"}})


def apply(desk: Desk, path: Path) -> Applied:
    entries, problems = read_recorded(path)
    assert problems == []
    return apply_recorded(desk, entries, by=BY, now=make.NOW)


def test_recorded_admissions_are_applied_once(desk: Desk, tmp_path: Path) -> None:
    laid(desk, case(expect=Expect(bad=make.BAD)), case("incomplete-answer-7q3k2e"), case("wrong-tone-7q3k2f"))
    path = written(
        tmp_path,
        '{"ticket": "zendesk:48213", "decision": "admit", "edit": {"expect": {"good": "None was started."}}, '
        '"why": "Binds us."}\n'
        '{"ticket": "zendesk:48213", "failure": 2, "decision": "reject", "why": "the same"}\n'
        '{"ticket": "zendesk:48213", "failure": 3, "decision": "admit", "edit": {"expect.good": null}}\n',
    )
    assert apply(desk, path) == Applied(admitted=1, quarantined=1, rejected=1)
    assert apply(desk, path) == Applied(already=3)
    with desk.read() as db:
        first, _ = changes.waiting(db)
        assert tickets.state_of(db, "zendesk:48213") == "admitted"
        assert asks.open_counts(db) == {}
    assert "Binds us." in first.text
    assert first.by == BY


def test_what_cannot_be_applied_is_told_with_file_and_line(desk: Desk, tmp_path: Path) -> None:
    laid(desk)
    path = written(
        tmp_path,
        '{"ticket": "zendesk:9", "decision": "admit"}\n'
        '{"ticket": "zendesk:48213", "decision": "admit", "edit": {"assert": [{"contain": {}}]}}\n'
        '{"ticket": "zendesk:48213", "decision": "reject"}\n'
        '{"ticket": "zendesk:48213", "decision": "admit"}\n',
    )
    done = apply(desk, path)
    assert (done.rejected, len(done.problems)) == (1, 3)
    assert done.problems[0] == f"{path}:1: there is no draft for zendesk:9, failure 1"
    assert done.problems[1].startswith(f"{path}:2: ")
    assert done.problems[2] == f"{path}:4: the draft of promised-action-7q3k2d was rejected already"


def test_somebody_must_have_decided(desk: Desk, tmp_path: Path) -> None:
    laid(desk)
    entries, _ = read_recorded(written(tmp_path, '{"ticket": "zendesk:48213", "decision": "admit"}\n'))
    (problem,) = apply_recorded(desk, entries, by=None, now=make.NOW).problems
    assert "nobody is named who decided" in problem
    with desk.read() as db:
        assert len(drafts.in_state(db, "open")) == 1
