import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from casemill.cli.main import COMMANDS, casemill

CASEMILL = Path(sys.executable).with_name("casemill")


def test_the_version_is_told() -> None:
    assert subprocess.run([CASEMILL, "--version"], capture_output=True, text=True).stdout == "casemill 0.1.0\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    shown = CliRunner().invoke(casemill, [name, "--help"])
    assert shown.exit_code == 0, shown.output
    command = casemill.commands.get(name) or casemill.get_command(None, name)  # type: ignore[arg-type]
    below = getattr(command, "commands", {})
    if below:
        for child in below:
            assert "Example:" in CliRunner().invoke(casemill, [name, child, "--help"]).output, f"{name} {child}"
    else:
        assert "Example:" in shown.output


def test_a_command_outside_a_project_says_how_to_make_one(tmp_path: Path) -> None:
    done = subprocess.run([CASEMILL, "status"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert "no casemill.toml in" in done.stderr
    assert "casemill init" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_command_is_a_usage_error() -> None:
    assert subprocess.run([CASEMILL, "tirage"], capture_output=True).returncode == 2
