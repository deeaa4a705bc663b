"""Verdicts from a file: each judged by itself, bad lines put aside by line, and never a word of the ticket in them."""

import json
import os
from pathlib import Path

import pytest

import make
from casemill.errors import FileError
from casemill.review import record_file
from casemill.review.leaks_recorded import RecordedVerdicts
from casemill.store import Desk, leaks, tickets

TEXT = "order [ORDER_1] came broken, write to Anna Karimova, Abay 12"
LEAK = {"ticket": "zendesk:1", "verdict": "leak", "marks": [{"words": "Anna Karimova", "label": "NAME"}]}


@pytest.fixture
def drawn(desk: Desk) -> Desk:
    with desk.write() as db:
        for name in "12":
            tickets.put(db, make.ticket(name, turns=make.turns(("customer", TEXT))))
        leaks.sample(db, [leaks.Drawn("zendesk:1", 1, "drawn", 0.5)], now=make.NOW)
    return desk


def record(desk: Desk, folder: Path, *records: object, by: str | None = "lead@shop.test") -> RecordedVerdicts:
    path = folder / "verdicts.jsonl"
    path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in records))
    os.utime(path, (1, 1))
    return record_file(desk, path, by=by, now=make.NOW)


def test_verdicts_are_recorded_with_and_without_a_question(drawn: Desk, tmp_path: Path) -> None:
    done = record(drawn, tmp_path, LEAK, {"ticket": "zendesk:2", "verdict": "fine", "by": "eve@shop.test"})
    assert done == RecordedVerdicts(recorded=2, already=0)
    with drawn.read() as db:
        first, second = leaks.all_reviews(db)
        assert (leaks.open_count(db), len(leaks.waiting_marks(db))) == (0, 1)
    assert (first.by, first.chance, second.by, second.chance) == ("lead@shop.test", 0.5, "eve@shop.test", None)
    assert first.marks == (make.mark(start=38, end=51),)
    assert first.at.timestamp() == 1


def test_a_file_read_twice_changes_nothing_even_when_its_marks_were_masked(drawn: Desk, tmp_path: Path) -> None:
    record(drawn, tmp_path, LEAK)
    assert record(drawn, tmp_path, LEAK).already == 1
    with drawn.write() as db:
        masked = make.turns(("customer", TEXT.replace("Anna Karimova", "[NAME_1]")))
        tickets.put(db, make.ticket("1", version=2, digest="sha256:2", turns=masked))
    assert record(drawn, tmp_path, LEAK) == RecordedVerdicts(recorded=0, already=1)


@pytest.mark.parametrize(("given", "kept"), [("PERSON", "NAME"), ("EMAIL_ADDRESS", "EMAIL"), ("LICENCE", "LICENCE")])
def test_a_type_is_counted_under_one_name(drawn: Desk, tmp_path: Path, given: str, kept: str) -> None:
    told = LEAK | {"marks": [{"words": "Anna Karimova", "label": given}]}
    assert record(drawn, tmp_path, told).recorded == 1
    assert record(drawn, tmp_path, told).already == 1
    with drawn.read() as db:
        [waiting] = leaks.waiting_marks(db)
    assert waiting.mark.label == kept


def test_a_touched_file_says_nothing_new(drawn: Desk, tmp_path: Path) -> None:
    record(drawn, tmp_path, LEAK, {"ticket": "zendesk:2", "verdict": "note", "note": "hm"})
    path = tmp_path / "verdicts.jsonl"
    os.utime(path, (2, 2))
    assert record_file(drawn, path, by="lead@shop.test", now=make.NOW).already == 2


def test_a_yaml_list_and_places_by_characters(drawn: Desk, tmp_path: Path) -> None:
    path = tmp_path / "verdicts.yaml"
    path.write_text(
        "- ticket: zendesk:1\n  verdict: leak\n  marks:\n"
        "  - {path: turns.0.text, start: 38, end: 51, label: NAME}\n  - {words: '[ORDER_1]'}\n"
        "- ticket: zendesk:2\n  verdict: fine\n"
    )
    assert record_file(drawn, path, by="eve", now=make.NOW).recorded == 2
    with drawn.read() as db:
        assert [mark.label for mark in leaks.all_reviews(db)[0].marks] == ["NAME", "ORDER"]


BAD = [
    ("{oops", "is not JSON"),
    ({"ticket": "zendesk:1", "verdict": "Anna Karimova"}, "the verdict must be leak, over_masked, fine or note"),
    ({"ticket": "zendesk:1"}, "missing required field `verdict`"),
    (LEAK | {"marks": [{"words": "Anna of nowhere", "label": "NAME"}]}, "words of a mark do not stand in the ticket"),
    (LEAK | {"marks": [{"words": "Anna", "path": "subject", "label": "NAME"}]}, "do not stand in subject"),
    (LEAK | {"marks": [{"words": "Anna", "path": "Anna Karimova", "label": "X"}]}, "do not stand in the ticket"),
    (LEAK | {"marks": [{"words": "Anna", "start": 3, "label": "NAME"}]}, "words or a place, not both"),
    (LEAK | {"marks": [{"path": "subject", "start": 3}]}, "needs words, or a path with start and end"),
    (LEAK | {"marks": [{"words": "Anna", "label": "Anna Karimova"}]}, "a leak needs a label in capitals"),
    (LEAK | {"marks": [{"words": "Anna"}]}, "a leak needs a label in capitals"),
    (LEAK | {"marks": []}, "a leak names what leaked"),
    (LEAK | {"version": 2}, "changed since it was read"),
    (LEAK | {"version": 0}, "`version` counts from 1"),
    (LEAK | {"at": "2026-11-21T09:00:00"}, "`at` needs a time zone"),
    ({"ticket": "zendesk:9", "verdict": "fine"}, "there is no ticket zendesk:9"),
    ({"ticket": "zendesk:1", "verdict": "undo"}, "an undo cannot be recorded"),
]


@pytest.mark.parametrize(("line", "told"), BAD, ids=[told for _, told in BAD])
def test_a_bad_line_is_named_and_never_quotes_the_ticket(drawn: Desk, tmp_path: Path, line: object, told: str) -> None:
    done = record(drawn, tmp_path, {"ticket": "zendesk:2", "verdict": "fine"}, line)
    (problem,) = done.put_aside
    assert done.recorded == 1
    assert told in problem
    assert "verdicts.jsonl:2: " in problem
    assert not any(word in problem for word in ("Anna", "Karimova", "Abay"))


def test_a_line_without_a_reader_is_put_aside(drawn: Desk, tmp_path: Path) -> None:
    done = record(drawn, tmp_path, {"ticket": "zendesk:2", "verdict": "fine"}, by=None)
    assert "says not who read it" in done.put_aside[0]


def test_a_file_that_is_no_list_is_refused_whole(drawn: Desk, tmp_path: Path) -> None:
    path = tmp_path / "verdicts.yaml"
    path.write_text("ticket: zendesk:1\n")
    with pytest.raises(FileError, match="holds no list of verdicts"):
        record_file(drawn, path, by="eve", now=make.NOW)


def test_two_leaks_of_one_ticket_in_one_file_are_both_kept(drawn: Desk, tmp_path: Path) -> None:
    other = LEAK | {"marks": [{"words": "Abay 12", "label": "ADDRESS"}]}
    assert record(drawn, tmp_path, LEAK, other) == RecordedVerdicts(recorded=2, already=0)
    with drawn.read() as db:
        assert [one.mark.label for one in leaks.waiting_marks(db)] == ["NAME", "ADDRESS"]
    assert record(drawn, tmp_path, LEAK, other) == RecordedVerdicts(recorded=0, already=2)
