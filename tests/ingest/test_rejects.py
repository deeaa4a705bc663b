"""What is put aside is named."""

from pathlib import Path

import pytest

from casemill.errors import OutsideError
from casemill.ingest.rejects import Reject, Rejects, read_rejects


def test_nothing_put_aside_leaves_no_file(tmp_path: Path) -> None:
    with Rejects(tmp_path / "r", "a") as rejects:
        assert rejects.count == 0
    assert not (tmp_path / "r").exists()


def test_what_is_put_aside_is_on_disk_at_once(tmp_path: Path) -> None:
    with Rejects(tmp_path, "a") as rejects:
        rejects.put_aside(Path("x.csv"), "is odd", line=3)
        assert read_rejects(tmp_path / "a-1.jsonl") == (Reject(file="x.csv", line=3, why="is odd"),)


def test_two_runs_at_once_write_two_files(tmp_path: Path) -> None:
    with Rejects(tmp_path, "a") as first, Rejects(tmp_path, "a") as second:
        first.put_aside(Path("x"), "one")
        second.put_aside(Path("y"), "two")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-1.jsonl", "a-2.jsonl"]


def test_a_folder_that_cannot_be_written_is_the_worlds_fault(tmp_path: Path) -> None:
    (tmp_path / "r").write_text("a file stands where the folder should be")
    with pytest.raises(OutsideError, match="cannot be written"), Rejects(tmp_path / "r", "a") as rejects:
        rejects.put_aside(Path("x"), "one")
