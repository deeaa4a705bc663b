"""What the gate goes by, read from the suite's files alone."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from casemill.domain.case import Case
from casemill.domain.gate import GatePolicy, Override
from casemill.domain.release import Release
from casemill.errors import FileError
from casemill.gate.baseline import Accepted, read_baseline
from casemill.gate.override import read_overrides
from casemill.gate.policy import read_policy
from casemill.suite.reading import Suite, read_suite
from casemill.suite.release import read_releases


class Rules(NamedTuple):
    """Policy, overrides, accepted verdicts by target, and the suite's cases with their files.

    `unreadable` are the suite's files that cannot be read, as `file:line: why`; `paths` are as a person types them;
    `must_run` are the P0 cases without whose verdict nobody can tell. `frozen` are the digests that the release of
    the run holds, by case: a verdict on one of them is of the right content, whatever the file says today.
    """

    policy: GatePolicy = GatePolicy()
    overrides: tuple[Override, ...] = ()
    baseline: Mapping[str, Accepted] = {}
    cases: Mapping[str, Case] = {}
    paths: Mapping[str, str] = {}
    unreadable: tuple[str, ...] = ()
    must_run: frozenset[str] = frozenset()
    frozen: Mapping[str, str] = {}


def read_rules(folder: Path, *, release: int = 0, cache: Path | None = None) -> Rules:
    """The rules of a suite folder for a run of `release` (0: the working suite).

    A FileError when policy, overrides or baseline cannot be read.
    """
    suite = read_suite(folder, cache=cache)
    read = set(suite.paths.values())
    frozen = next((each for each in read_releases(folder) if each.number == release), None)
    return Rules(
        policy=read_policy(folder),
        overrides=read_overrides(folder),
        baseline=read_baseline(folder),
        cases={case.id: case for case in suite.cases},
        paths={id: str(path) for id, path in suite.paths.items()},
        unreadable=tuple(
            str(problem)
            for problem in suite.problems
            if folder / "cases" in problem.path.parents and problem.path not in read
        ),
        must_run=_must_run(suite, frozen),
        frozen={case.id: case.digest for case in frozen.cases} if frozen else {},
    )


def _must_run(suite: Suite, frozen: Release | None) -> frozenset[str]:
    """The active P0 cases; of a release that is still there, those that it holds."""
    grave = frozenset(case.id for case in suite.active if case.severity == "P0")
    return grave & {case.id for case in frozen.cases} if frozen else grave


def check_rules(folder: Path) -> tuple[FileError, ...]:
    """What cannot be read of the gate's own files; all of them are looked at."""
    found: list[FileError] = []
    for read in (read_policy, read_overrides, read_baseline):
        try:
            read(folder)
        except FileError as error:
            found.append(error)
    return tuple(found)
