import os
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


@pytest.mark.parametrize("words", [["--project", "shop", "init"], ["init", "shop"]])
def test_a_project_is_laid_out_where_it_was_said(words: list[str], tmp_path: Path) -> None:
    done = subprocess.run([CASEMILL, *words], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["shop"]
    assert (tmp_path / "shop" / "casemill.toml").is_file()
    assert "casemill ingest file PATH   (in shop)" in done.stdout


def test_two_places_for_one_project_are_a_mistake_and_nothing_is_made(tmp_path: Path) -> None:
    done = subprocess.run([CASEMILL, "--project", "a", "init", "b"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])


def test_an_unknown_command_is_a_usage_error() -> None:
    assert subprocess.run([CASEMILL, "tirage"], capture_output=True).returncode == 2


def test_a_full_device_and_a_forbidden_folder_are_told_without_a_traceback(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([CASEMILL, "--help"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, "Traceback" in done.stderr) == (3, False), done.stderr
    assert "No space left on device" in done.stderr
    (tmp_path / "file").touch()
    done = subprocess.run([CASEMILL, "init", tmp_path / "file" / "below"], capture_output=True, text=True)
    assert (done.returncode, "Traceback" in done.stderr) == (3, False), done.stderr


def test_a_reader_that_leaves_early_is_no_failure() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([CASEMILL, "--version"], stdout=write, stderr=subprocess.PIPE, text=True)
    listed = subprocess.run([CASEMILL, "mask"], input="x\n", stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "Traceback" not in done.stderr


def test_a_closed_standard_input_reads_as_empty() -> None:
    done = subprocess.run(f"{CASEMILL} mask <&-", shell=True, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("first", ["pass", "signal.signal(signal.SIGINT, signal.SIG_IGN)"], ids=["at hand", "behind"])
def test_sigterm_ends_like_ctrl_c_also_where_ctrl_c_is_ignored(first: str) -> None:
    itself = "os.kill(os.getpid(), signal.SIGTERM)"
    imports = "import os, signal, threading; from casemill.cli.main import main"
    code = f"{imports}; {first}; threading.Timer(1, lambda: {itself}).start()"
    with subprocess.Popen(
        [sys.executable, "-c", f"{code}; main(['mask'])"], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as waits:
        assert waits.stderr is not None
        err = waits.stderr.read()
    assert (waits.returncode, b"Stopped" in err) == (130, True), err
