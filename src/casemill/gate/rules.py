"""What the gate goes by, read from the suite's files alone."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from casemill.domain.case import Case
from casemill.domain.gate import GatePolicy, Override
from casemill.errors import FileError
from casemill.gate.baseline import Accepted, read_baseline
from casemill.gate.override import read_overrides
from casemill.gate.policy import read_policy
from casemill.suite.reading import read_suite


class Rules(NamedTuple):
    """Policy, overrides, accepted verdicts by target, and the suite's cases with their files.

    `unreadable` are the suite's files that cannot be read, as `file:line: why`; `paths` are as a person types them.
    """

    policy: GatePolicy = GatePolicy()
    overrides: tuple[Override, ...] = ()
    baseline: Mapping[str, Accepted] = {}
    cases: Mapping[str, Case] = {}
    paths: Mapping[str, str] = {}
    unreadable: tuple[str, ...] = ()


def read_rules(folder: Path, *, now: datetime | None = None, cache: Path | None = None) -> Rules:  # noqa: ARG001
    """The rules of a suite folder; a FileError when policy, overrides or baseline cannot be read."""
    suite = read_suite(folder, cache=cache)
    read = set(suite.paths.values())
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
    )


def check_rules(folder: Path) -> tuple[FileError, ...]:
    """What cannot be read of the gate's own files; all of them are looked at."""
    found: list[FileError] = []
    for read in (read_policy, read_overrides, read_baseline):
        try:
            read(folder)
        except FileError as error:
            found.append(error)
    return tuple(found)
