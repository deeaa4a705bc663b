import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from casemill.disk import add_lines, append_whole, hold, write_and_hold, write_whole
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


def test_a_file_that_is_held_is_nobody_elses_to_hold_or_to_write_and_hold_until_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    first = write_and_hold(path, b"head\n")
    with pytest.raises(BlockingIOError):
        hold(path)
    with pytest.raises(BlockingIOError):
        write_and_hold(path, b"other\n", new=True)
    os.write(first, b"more\n")
    assert path.read_bytes() == b"head\nmore\n"
    os.close(first)
    os.close(hold(path))
    assert [item.name for item in tmp_path.iterdir()] == ["run.jsonl"]


def test_who_holds_a_file_holds_the_one_that_replaces_it_before_anybody_else_can(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    path.write_bytes(b"before\n")
    old = hold(path)
    new = write_and_hold(path, b"after\n")
    os.close(old)
    with pytest.raises(BlockingIOError):
        hold(path)
    os.close(new)


def test_of_many_who_hold_a_file_and_replace_it_no_two_do_so_at_once(tmp_path: Path) -> None:
    path = tmp_path / "count"
    path.write_text("0")
    code = """
import os, pathlib, sys
from casemill.disk import hold, write_and_hold
path, done = pathlib.Path(sys.argv[1]), 0
while done < 100:
    try:
        before = hold(path)
    except BlockingIOError:
        continue
    after = write_and_hold(path, str(int(path.read_text()) + 1).encode())
    done += 1
    os.close(before)
    os.close(after)
"""
    counters = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(3)]
    assert [counter.wait(timeout=120) for counter in counters] == [0, 0, 0]
    assert path.read_text() == "300"


def test_what_is_held_goes_free_when_its_process_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    code = "import pathlib, sys, time; from casemill.disk import write_and_hold\n"
    code += "write_and_hold(pathlib.Path(sys.argv[1]), b'head'); print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(BlockingIOError):
            hold(path)
        process.kill()
    os.close(hold(path))


def test_lines_are_added_whole_after_what_a_kill_tore(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b"whole\ntor")
    held = hold(path, os.O_RDWR | os.O_APPEND)
    add_lines(held, b"next\n")
    os.close(held)
    assert path.read_bytes() == b"whole\ntor\nnext\n"
