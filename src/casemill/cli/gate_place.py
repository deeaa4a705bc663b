"""A run, its judgement and its suite folder, for the commands with which people answer the gate."""

import gc
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from casemill.cli.project import Project, utc_now
from casemill.errors import UsageError

if TYPE_CHECKING:
    from casemill.domain.gate import Judgement
    from casemill.domain.run import Run
    from casemill.gate import Rules


class Judged(NamedTuple):
    """A run with what the gate says of it, and the files it goes by."""

    run: "Run"
    judgement: "Judgement"
    rules: "Rules"
    folder: Path


@contextmanager
def uncollected() -> Iterator[None]:
    """Nothing here is garbage before the command ends: not looking for it halves the time on ten thousand cases."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # nor afterwards, nor as the process ends
        if was_on:
            gc.enable()


def judged_run(project: Project, run_file: str, *, suite: Path | None) -> Judged:
    """A run file read and judged by the suite's files."""
    from casemill.cli.suite_place import run_path, settings_here, suite_place
    from casemill.gate import judge_run, read_rules
    from casemill.run import read_run

    place = suite_place(project, suite)
    with uncollected():
        run = read_run(run_path(project, run_file))
        head = run.head
        rules = read_rules(place.folder, release=head.release, yardsticks=head.yardsticks, cache=place.cache)
        if not rules.cases and not rules.unreadable:
            raise UsageError(f"there is no case in {place.folder}", hint="name the suite folder: --suite evals")
        judgement = judge_run(run, rules, now=utc_now(), desk_url=settings_here(project).desk.url)
    return Judged(run, judgement, rules, place.folder)


def who_says(project: Project, given: str | None) -> str:
    """`--who`, else `[people] me`, else Git's e-mail; needs no project."""
    from casemill.cli.suite_place import project_root

    if given:
        return given
    if project_root(project):
        return project.me
    asked = subprocess.run(["git", "config", "user.email"], capture_output=True, text=True)
    if asked.returncode == 0 and asked.stdout.strip():
        return asked.stdout.strip()
    raise UsageError("nobody is named", hint="say who you are: --who you@company.com")


def commit_here() -> str | None:
    """The commit that is checked out; None outside of Git."""
    asked = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True)
    return asked.stdout.strip() if asked.returncode == 0 else None
