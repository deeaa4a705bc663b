"""Which cases a change may touch: by the files that differ from a commit, and the features that the settings give them.

A path that no feature claims may touch everything, unless it is harmless. That errs on the side of asking: a run
that is green because it asked nothing is worth less than none.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from casemill.domain.case import Case
from casemill.domain.yardstick import ARTICLES
from casemill.errors import UsageError
from casemill.run.obligations import obligations

_KEPT_TO_ITSELF = (
    *("baseline.json", "stability.json", "policy.toml", "overrides.toml", "releases/*", "archive/*"),
    *("signoffs.toml", "readings.jsonl"),
    *("taxonomy/*", "judges/*", "glossary.yaml"),
)
# What stands there touches the cases that are graded by it, and no other.
_GRADED_BY = (f"{ARTICLES}*", "rubrics/*", "labels/*")


class Map(NamedTuple):
    """What paths belong to: the suite's folder, patterns by feature, patterns of what touches nothing; and by case the
    names of the suite's files that it is graded by."""

    suite: str
    features: Mapping[str, Sequence[str]]
    harmless: Sequence[str]
    graded_by: Mapping[str, Sequence[str]]


class Touched(NamedTuple):
    """The cases that a change may touch, and in words why these."""

    cases: tuple[Case, ...]
    why: str


def changed_paths(root: Path, ref: str) -> tuple[str, ...]:
    """The paths that differ between a commit's fork point and the files as they stand, new ones too; relative to the
    project folder. A UsageError when Git cannot tell."""
    if ref.startswith("-"):
        raise UsageError(f"{ref} is not a commit")
    asked = ("diff", "--name-only", "-z", "--no-renames", "--merge-base", ref, "--")
    top = _git(root, ("rev-parse", "--show-toplevel")).strip()
    differing = _git(root, asked).split("\0")
    new = _git(Path(top), ("ls-files", "--others", "--exclude-standard", "-z")).split("\0")
    from_root = (os.path.relpath(Path(top, path), root.resolve()) for path in (*differing, *new) if path)
    return tuple(sorted({PurePosixPath(path).as_posix() for path in from_root}))


def touched_by(paths: Iterable[str], cases: Sequence[Case], *, known: Map) -> Touched:
    """The P0s, and of the rest those that the paths may touch; when they touch none, one case of each obligation."""
    features: set[str] = set()
    ids: set[str] = set()
    for path in paths:
        if (inside := _inside(path, known.suite)) is not None:
            ids |= set(_of_suite(inside, cases, graded_by=known.graded_by))
            continue
        claimed = [name for name, patterns in known.features.items() if _fits(path, patterns)]
        features |= set(claimed)
        if not claimed and not _fits(path, known.harmless):
            return Touched(tuple(cases), f"all: {path} belongs to no feature")
    touched = {case.id for case in cases if case.id in ids or features.intersection(case.features)}
    touched |= {case.id for case in cases if features and not case.features}
    if not touched:
        return _one_of_each(cases)
    chosen = tuple(case for case in cases if case.severity == "P0" or case.id in touched)
    names = f"features {', '.join(sorted(features))}" if features else "their own files"
    return Touched(chosen, f"P0s and what it touches by {names}")


def _one_of_each(cases: Sequence[Case]) -> Touched:
    stands_for = obligations(sorted(cases, key=lambda case: (case.severity, case.id)))
    chosen = tuple(case for case in cases if case.severity == "P0" or stands_for[case.id] == case.id)
    return Touched(chosen, "it touches no case: P0s and one case of each obligation")


def _of_suite(path: str, cases: Sequence[Case], *, graded_by: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The ids of the cases that a file of the suite belongs to. What a check of one's own imports is not known."""
    if _fits(path, _KEPT_TO_ITSELF):
        return
    name = PurePosixPath(path)
    if path.startswith("cases/"):
        yield name.stem
        return
    shown = {case.id for case in cases if path.startswith(ARTICLES) and name.stem in _articles(case)}
    graded = {case for case, files in graded_by.items() if _fits(path, files)}
    if _fits(path, _GRADED_BY) or (graded and name.suffix != ".py"):
        yield from shown | graded
    else:
        yield from (case.id for case in cases)


def _articles(case: Case) -> Iterable[str]:
    cited = case.input.context.get("articles")
    return tuple(map(str, cited)) if isinstance(cited, list) else ()


def _inside(path: str, folder: str) -> str | None:
    at = f"{folder.strip('/')}/"
    return path.removeprefix(at) if path.startswith(at) else None


def _fits(path: str, patterns: Iterable[str]) -> bool:
    """Whether a pattern names the path, or a folder above it; a `*` goes through folders."""
    return any(fnmatchcase(path, pattern) or path.startswith(f"{pattern.rstrip('/')}/") for pattern in patterns)


def _git(folder: Path, arguments: tuple[str, ...]) -> str:
    try:
        asked = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True)
    except OSError as error:
        raise UsageError(f"--changed-since needs git: {error.strerror}") from None
    if asked.returncode:
        said = asked.stderr.strip().splitlines()
        raise UsageError(
            f"git cannot tell what changed: {said[0] if said else 'it said nothing'}",
            hint="name a commit or branch that is here; in CI fetch enough history: git fetch origin main",
        )
    return asked.stdout
