"""Decisions from a file: strict, by line, and twice is as once."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.errors import FileError
from casemill.review import read_recorded, record_all, undo
from casemill.review.recorded import Recorded
from casemill.store import Desk, reviews, tickets
from review.asked import ANNA, BORIS, LATER, ask, state

FAILURES: list[dict[str, Any]] = [{"turn": 1, "mode": "wrong_fact", "severity": "P1"}]
GOOD: list[dict[str, Any]] = [
    {"ticket": "zendesk:1", "decision": "accept", "by": ANNA},
    {"ticket": "zendesk:2", "decision": "correct", "origin": "model", "failures": FAILURES, "by": ANNA},
    {"ticket": "zendesk:3", "decision": "not_a_case", "by": ANNA, "at": "2026-11-20T10:00:00Z"},
]
YAML = """\
# decided in the meeting
- ticket: zendesk:1
  decision: accept
  by: anna@shop.test
- ticket: zendesk:2
  decision: correct
  origin: model
  failures:
    - {turn: 1, mode: wrong_fact, severity: P1}
  by: anna@shop.test
- ticket: zendesk:3
  decision: not_a_case
  by: anna@shop.test
  at: 2026-11-20T10:00:00Z
"""


def jsonl(folder: Path, *records: object) -> Path:
    path = folder / "decisions.jsonl"
    path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in records))
    return path


def test_json_lines_and_a_yaml_list_say_the_same(tmp_path: Path) -> None:
    yaml = tmp_path / "decisions.yaml"
    yaml.write_text(YAML)
    from_json, bad_json = read_recorded(jsonl(tmp_path, *GOOD))
    from_yaml, bad_yaml = read_recorded(yaml)
    assert [(one.ticket, one.decision, one.failures) for one in from_json] == [
        (one.ticket, one.decision, one.failures) for one in from_yaml
    ]
    assert bad_json == bad_yaml == []
    assert from_yaml[2].at == from_json[2].at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert all(one.recorded for one in from_json)


def test_reading_twice_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    ask(desk, "1", "2", "3")
    decided, _ = read_recorded(jsonl(tmp_path, *GOOD))
    assert record_all(desk, decided, now=LATER) == Recorded(recorded=3, already=0)
    again, _ = read_recorded(jsonl(tmp_path, *GOOD))
    assert record_all(desk, again, now=LATER) == Recorded(recorded=0, already=3)
    assert [state(desk, name) for name in "123"] == ["decided", "decided", "not_a_case"]
    with desk.read() as db:
        assert reviews.count(db) == 3


def test_two_decisions_on_one_ticket_in_a_file_are_both_kept_and_stay(desk: Desk, tmp_path: Path) -> None:
    ask(desk, "1")
    path = jsonl(tmp_path, GOOD[0], {"ticket": "zendesk:1", "decision": "not_a_case", "by": BORIS})
    for expected in (2, 0):
        assert record_all(desk, read_recorded(path)[0], now=LATER).recorded == expected
        assert state(desk, "1") == "not_a_case"


def test_an_undone_decision_does_not_come_back_with_its_file(desk: Desk, tmp_path: Path) -> None:
    ask(desk, "1")
    path = jsonl(tmp_path, GOOD[0])
    record_all(desk, read_recorded(path)[0], now=LATER)
    undo(desk, by=ANNA, now=LATER)
    assert record_all(desk, read_recorded(path)[0], now=LATER).already == 1
    assert state(desk, "1") == "proposed"


def test_what_the_desk_refuses_is_named_and_the_rest_recorded(desk: Desk, tmp_path: Path) -> None:
    ask(desk, "1", "3")
    done = record_all(desk, read_recorded(jsonl(tmp_path, *GOOD))[0], now=LATER)
    assert (done.recorded, done.already) == (2, 0)
    (rejection,) = done.rejected
    assert (rejection.place, rejection.ticket) == (1, "zendesk:2")
    assert "no ticket zendesk:2" in rejection.reason


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("{not json", "is not JSON"),
        ("[]", "Expected `object`"),
        ('{"ticket": "zendesk:1"}', "decision"),
        ('{"ticket": "zendesk:1", "decision": "maybe"}', "maybe"),
        ('{"ticket": "zendesk:1", "decision": "accept", "colour": "red"}', "colour"),
        ('{"ticket": 1, "decision": "accept"}', "str"),
        ('{"ticket": "zendesk:1", "decision": "accept", "at": "yesterday"}', "datetime"),
        ('{"ticket": "zendesk:1", "decision": "accept", "at": "2026-11-20T10:00:00"}', "time zone"),
        ('{"ticket": "zendesk:1", "decision": "accept", "version": 0}', "counts from 1"),
        (json.dumps(GOOD[1] | {"failures": [{"mode": "gremlins", "severity": "P1"}]}), "no failure mode 'gremlins'"),
        (json.dumps(GOOD[1] | {"failures": [{"mode": "wrong_fact", "severity": "P9"}]}), "P9"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path, bad: str, says: str) -> None:
    path = jsonl(tmp_path, GOOD[0], "", bad, GOOD[2])
    good, problems = read_recorded(path, by=BORIS, modes=("wrong_fact",))
    assert [one.ticket for one in good] == ["zendesk:1", "zendesk:3"]
    (problem,) = problems
    assert problem.line == 3
    assert f"{problem}".startswith(f"{path}:3: ")
    assert says in f"{problem}"


def test_who_decided_is_said_or_given(tmp_path: Path) -> None:
    path = jsonl(tmp_path, {"ticket": "zendesk:1", "decision": "accept"}, GOOD[0])
    (first, second), _ = read_recorded(path, by=BORIS)
    assert (first.by, second.by) == (BORIS, ANNA)
    (only,), (problem,) = read_recorded(path)
    assert only.by == ANNA
    assert "who decided" in f"{problem}"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("- ticket: zendesk:1\n  ticket: zendesk:2\n", 2, "twice"),
        ("- &a {ticket: zendesk:1}\n- *a\n", 1, "anchor"),
        ("ticket: zendesk:1\ndecision: accept\n", 1, "no list"),
        ("- !!python/object:os.system x\n", 1, "tag"),
        ("- ticket: [\n", None, "not YAML"),
    ],
)
def test_yaml_is_read_strictly(tmp_path: Path, text: str, line: int | None, says: str) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text(text)
    with pytest.raises(FileError, match=says) as refused:
        read_recorded(path, by=ANNA)
    assert line is None or refused.value.line == line


def test_a_bad_yaml_item_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text(YAML.replace("decision: correct", "decision: perhaps"))
    good, (problem,) = read_recorded(path)
    assert len(good) == 2
    assert problem.line == 5


def test_an_empty_file_decides_nothing_and_what_is_no_text_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    assert read_recorded(empty) == ([], [])
    empty.write_bytes(b"\xff\xfe{")
    with pytest.raises(FileError, match="not UTF-8"):
        read_recorded(empty)
    with pytest.raises(FileError, match="cannot be read"):
        read_recorded(tmp_path / "nowhere.jsonl")


def test_a_record_without_a_version_is_about_the_newest_and_one_with_it_about_that(desk: Desk, tmp_path: Path) -> None:
    ask(desk, "1")
    more = (*make.ticket("1").turns, *make.turns(("customer", "and another thing")))
    with desk.write() as db:
        tickets.put(db, make.ticket("1", version=2, digest="sha256:2", turns=more))
    about = {"ticket": "zendesk:1", "decision": "not_a_case", "by": ANNA}
    old, _ = read_recorded(jsonl(tmp_path, about | {"version": 1}))
    assert record_all(desk, old, now=LATER).rejected
    newest, _ = read_recorded(jsonl(tmp_path, about))
    assert record_all(desk, newest, now=LATER).recorded == 1
    assert state(desk, "1") == "not_a_case"
