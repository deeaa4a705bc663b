"""Run files come up the stairs."""

from pathlib import Path

import msgspec
import pytest

import make
from casemill.domain.run import Run
from casemill.errors import FileError
from casemill.store import Desk, runs
from casemill.sync import import_run


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
