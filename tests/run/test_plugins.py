"""What another package offers is used by its name, and two that offer the same name are told apart."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import make
from casemill.domain.case import Input, Said
from casemill.suite.files import case_path, case_text

PACKAGE = Path(__file__).parents[1] / "plugin_package"


def installed(folder: Path, name: str) -> None:
    """Lays the package's metadata out as an installer would."""
    project = tomllib.loads((PACKAGE / "pyproject.toml").read_text())["project"]
    info = folder / f"{name.replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    info.joinpath("METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {project['version']}\n")
    groups = [
        f"[{group}]\n" + "\n".join(f"{point} = {where}" for point, where in points.items())
        for group, points in project["entry-points"].items()
    ]
    info.joinpath("entry_points.txt").write_text("\n\n".join(groups) + "\n")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A project whose case and target use the package's names."""
    case = make.case(
        input=Input(turns=(Said(customer="tell me, please"),)), assert_=({"polite": {"word": "please", "times": 1}},)
    )
    path = tmp_path / "evals" / case_path(case)
    path.parent.mkdir(parents=True)
    path.write_text(case_text(case))
    (tmp_path / "casemill.toml").write_text('[targets.bot]\nkind = "echo"\nbefore = "You said: "\n')
    return tmp_path


def run(shop: Path, *site: Path) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (*site, PACKAGE / "src")))}
    command = [sys.executable, "-m", "casemill", "run", "--release", "working"]
    return subprocess.run(command, cwd=shop, env=environ, capture_output=True, text=True)


def test_a_grader_and_a_target_of_another_package_work_by_their_names(shop: Path, tmp_path: Path) -> None:
    installed(tmp_path / "site", "casemill-dummy")
    done = run(shop, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert "1 passed" in done.stdout


def test_without_the_package_the_missing_name_is_told(shop: Path) -> None:
    done = run(shop)
    assert done.returncode == 2
    assert "[targets.bot] there is no target named 'echo'" in done.stderr


def test_two_packages_that_offer_one_name_are_both_named(shop: Path, tmp_path: Path) -> None:
    installed(tmp_path / "one", "casemill-dummy")
    installed(tmp_path / "two", "casemill-copy")
    done = run(shop, tmp_path / "one", tmp_path / "two")
    assert done.returncode == 2
    assert "casemill-dummy" in done.stderr
    assert "casemill-copy" in done.stderr
