import stat
from pathlib import Path

import pytest

from casemill.disk import write_whole
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
