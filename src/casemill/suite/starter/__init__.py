"""The suite of a new project: the files in this folder, copied where nothing stands yet."""

from importlib.resources import files
from pathlib import Path

from casemill.disk import write_whole

FILES = ("taxonomy/1.yaml", "policy.toml", "overrides.toml", "leaks.toml", "README.md", "rubrics/support@1.md")


def write_starter(folder: Path) -> tuple[str, ...]:
    """Write what is missing of a suite into `folder`, never over a file; the names of what was written.

    A folder that has any taxonomy or rubric keeps it: version 1 is not put beside somebody's version 3.
    """
    missing = [name for name in FILES if not (folder / name).exists()]
    for kept in ("taxonomy/*.yaml", "rubrics/*.md"):
        if any(folder.glob(kept)):
            missing = [name for name in missing if not name.startswith(kept.partition("/")[0])]
    for name in missing:
        write_whole(folder / name, files(__package__).joinpath(name).read_bytes())
    keep = folder / "cases" / ".gitkeep"
    if not keep.parent.exists():
        write_whole(keep, b"")
        missing.append("cases/.gitkeep")
    return tuple(missing)
