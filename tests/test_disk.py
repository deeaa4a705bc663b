import stat
import subprocess
import sys
from pathlib import Path

import pytest

from casemill.disk import append_whole, write_whole
from casemill.errors import OutsideError


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "case.yaml"
    write_whole(path, "one")
    write_whole(path, "two")
    assert path.read_text() == "two"
    assert [item.name for item in path.parent.iterdir()] == ["case.yaml"]


def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "key", b"secret", private=True)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_a_full_disk_keeps_the_old_file_and_says_so() -> None:
    with pytest.raises(OutsideError, match="cannot be written"):
        write_whole(Path("/proc/nothing/here"), "x")


def test_what_a_killed_writer_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / ".case.yaml.part").write_text("half of something longer than the next")
    write_whole(tmp_path / "case.yaml", "whole")
    assert {item.name: item.read_text() for item in tmp_path.iterdir()} == {"case.yaml": "whole"}


def test_two_writers_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    often = "for _ in range(100): write_whole(pathlib.Path(sys.argv[1]), sys.argv[2] * 10_000)"
    code = f"import sys, pathlib; from casemill.disk import append_whole, write_whole\n{often}"
    writers = [subprocess.Popen([sys.executable, "-c", code, str(path), letter]) for letter in "ab"]
    while any(writer.poll() is None for writer in writers):
        assert not path.exists() or path.read_text() in ("a" * 10_000, "b" * 10_000)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert [item.name for item in tmp_path.iterdir()] == ["case.yaml"]


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    (tmp_path / "run.jsonl").write_text("mine")
    with pytest.raises(OutsideError, match="cannot be written"):
        write_whole(tmp_path / "run.jsonl", "theirs", new=True)
    assert {item.name: item.read_text() for item in tmp_path.iterdir()} == {"run.jsonl": "mine"}


def test_what_two_writers_add_at_once_is_all_there_in_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "readings.jsonl"
    path.write_text("torn by a hand")
    often = "for _ in range(50): append_whole(pathlib.Path(sys.argv[1]), sys.argv[2] * 10_000 + chr(10))"
    code = f"import sys, pathlib; from casemill.disk import append_whole\n{often}"
    writers = [subprocess.Popen([sys.executable, "-c", code, str(path), letter]) for letter in "ab"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    first, *lines = path.read_text().splitlines()
    assert (first, sorted(lines)) == ("torn by a hand", ["a" * 10_000] * 50 + ["b" * 10_000] * 50)


def test_what_a_full_disk_does_not_take_is_told() -> None:
    with pytest.raises(OutsideError, match="cannot be written"):
        append_whole(Path("/proc/nothing/here"), "x")
