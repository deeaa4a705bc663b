"""The tutorial, command by command, as a reader would type it."""

import os
import re
import subprocess
import sys
from pathlib import Path

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial" / "first-gate.md"


def test_the_tutorial_runs_as_written(tmp_path: Path) -> None:
    script = "set -e\n" + "\n".join(re.findall(r"```sh\n(.*?)```", TUTORIAL.read_text(), re.DOTALL))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "HOME": str(tmp_path)}
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    shut, opened = done.stdout.split("\nshut\n")
    assert "SHUT" in shut
    assert "file:1" in shut
    assert "OPEN" in opened
    assert "Karimova" not in done.stdout
    assert "548921" not in "".join(path.read_text() for path in tmp_path.rglob("evals/cases/**/*.yaml"))
