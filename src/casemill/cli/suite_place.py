"""Where a command finds suite and runs: in the project, or, in a bare checkout, where it is told."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from casemill.cli.project import Project
from casemill.errors import UsageError

if TYPE_CHECKING:
    from casemill.settings import Settings


class SuitePlace(NamedTuple):
    """The suite folder as a person would type it, and the folder of the cache when there is a project."""

    folder: Path
    cache: Path | None


def suite_place(project: Project, given: Path | None) -> SuitePlace:
    """`--suite PATH`, else the project's suite; a UsageError when there is neither."""
    folder = given or _from_here(project.suite)
    if not folder.is_dir():
        raise UsageError(
            f"there is no suite folder {folder}", hint="casemill init makes one; --suite PATH names another"
        )
    return SuitePlace(folder, project.state / "cache" if project_root(project) else None)


def project_root(project: Project) -> Path | None:
    """The project folder, None in a bare checkout; a folder named with --project must be one."""
    if project.given:
        return project.root
    try:
        return project.root
    except UsageError:
        return None


def settings_here(project: Project) -> "Settings":
    """The project's settings; in a bare checkout the defaults and CASEMILL_ variables."""
    from casemill.settings import load

    return load(project_root(project) or Path.cwd()).settings


def run_path(project: Project, name: str) -> Path:
    """A run file by its path, its id, or `latest`: the newest in .casemill/runs."""
    from casemill.run import newest_run

    runs = (project_root(project) or Path.cwd()) / ".casemill" / "runs"
    if name == "latest":
        newest = newest_run(runs)
        if newest is None:
            raise UsageError(f"there is no run in {_from_here(runs)}", hint="make one: casemill run")
        return _from_here(newest)
    path = Path(name)
    by_id = runs / f"{name}.jsonl"
    return by_id if not path.exists() and path.name == name and by_id.is_file() else path


def _from_here(path: Path) -> Path:
    """The path as seen from the working folder, when that is no longer."""
    relative = os.path.relpath(path)
    return Path(relative) if len(relative) < len(str(path)) else path
