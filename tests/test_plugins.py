import subprocess
import sys
from pathlib import Path

import pytest

from casemill.errors import UsageError
from casemill.plugins import Shelf

SHELF = Shelf("birds", {"wren": "casemill.errors:UsageError"})


def test_a_name_becomes_the_object_its_table_names() -> None:
    assert SHELF.get("wren") is UsageError


def test_an_unknown_name_is_told_with_the_nearest_and_all_others() -> None:
    with pytest.raises(UsageError, match="there is no bird named 'wern'") as caught:
        SHELF.get("wern")
    assert caught.value.hint == "did you mean 'wren'? Known: wren"


def offer(folder: Path, *, package: str, name: str) -> None:
    """A package as installers leave it: a dist-info folder with entry points."""
    info = folder / f"{package.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[casemill.birds]\n{name} = builtins:str\n")


def ask(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    begin = f"import sys; sys.path.insert(0, {str(folder)!r}); from casemill.plugins import Shelf; "
    return subprocess.run([sys.executable, "-c", begin + code], capture_output=True, text=True)


def test_another_package_offers_a_name_by_entry_point(tmp_path: Path) -> None:
    offer(tmp_path, package="casemill-owls", name="owl")
    done = ask(tmp_path, "s = Shelf('birds', {'wren': 'builtins:int'}); print(s.get('owl').__name__, *s.names())")
    assert done.stdout.split() == ["str", "wren", "owl"]


def test_a_clash_of_names_is_an_error_that_names_both_packages(tmp_path: Path) -> None:
    offer(tmp_path, package="casemill-wrens", name="wren")
    done = ask(tmp_path, "Shelf('birds', {'wren': 'builtins:int'}).get('wren')")
    assert "two packages offer a bird named 'wren': casemill and casemill-wrens" in done.stderr
