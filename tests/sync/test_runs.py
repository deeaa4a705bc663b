"""Run files come up the stairs."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

import make
from casemill.domain.run import Run
from casemill.errors import FileError
from casemill.store import Desk, runs
from casemill.sync import import_run, runs_on_desk


def write(path: Path, run: Run) -> Path:
    lines = [run.head, *run.verdicts, *([run.end] if run.end else [])]
    path.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    return path


def test_a_run_file_is_brought_once(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "1.jsonl", make.run())
    first, again = import_run(desk, path), import_run(desk, path)
    assert (first.run, first.new, again.new) == (make.run(), True, False)
    with desk.read() as db:
        assert runs.get(db, "run-1") == make.run()


def test_a_run_that_was_continued_is_brought_again(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "1.jsonl", make.run(ended=False))
    assert import_run(desk, path).new
    write(path, make.run())
    assert import_run(desk, path).new
    with desk.read() as db:
        assert len(runs.heads(db)) == 1


def test_what_is_not_a_run_file_leaves_the_desk_alone(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "1.jsonl"
    path.write_text("{}\n")
    with pytest.raises(FileError):
        import_run(desk, path)
    with desk.read() as db:
        assert runs.heads(db) == ()


def test_the_desks_history_is_listed_newest_first_with_its_results(desk: Desk, tmp_path: Path) -> None:
    assert runs_on_desk(desk) == ()
    for id, days in (("old", 0), ("new", 1)):
        made = (make.verdict("a"), make.verdict("b", result="fail"), make.verdict("c"))
        run = make.run(id, verdicts=made, started_at=make.NOW + timedelta(days=days))
        import_run(desk, write(tmp_path / f"{id}.jsonl", run))
    listed = runs_on_desk(desk)
    assert [(row.run, row.target, row.results) for row in listed] == [
        ("new", "v1", {"fail": 1, "pass": 2}),
        ("old", "v1", {"fail": 1, "pass": 2}),
    ]
