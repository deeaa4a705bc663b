"""A repository as CI checks it out: a suite, casemill.toml, and an AI under test that answers badly or well."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import make
from casemill.suite import case_path, case_text, write_starter

ROOT = Path(__file__).parents[2]
CASE = make.case(severity="P1")
BOT = """
import os

def answer(*conversation):
    if os.environ.get("BOT_IS_DOWN"):
        raise RuntimeError("down")
    return os.environ.get("BOT_SAYS", {good!r})
"""


def check_out(folder: Path) -> None:
    write_starter(folder / "evals")
    path = folder / "evals" / case_path(CASE)
    path.parent.mkdir()
    path.write_text(case_text(CASE))
    (folder / "bot.py").write_text(BOT.format(good=make.GOOD))
    (folder / "casemill.toml").write_text('[targets.bot]\nkind = "python"\nfunction = "bot:answer"\n')


def shell(script: str, *, folder: Path, environ: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """A step as a runner starts it: bash that stops at the first failure, casemill on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    everything = {**os.environ, "PATH": path, **environ}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env=everything, capture_output=True, text=True)
