"""What the gate goes by, read from the suite's files alone."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from casemill.domain.calibration import JudgeCertificate
from casemill.domain.case import Case
from casemill.domain.gate import GatePolicy, Override, RedRead, SignOff
from casemill.domain.release import Release
from casemill.domain.run import Run
from casemill.errors import FileError
from casemill.gate.baseline import Accepted, read_baseline, read_stability
from casemill.gate.override import read_overrides
from casemill.gate.policy import read_policy
from casemill.gate.readings import read_readings
from casemill.gate.sign_off import read_sign_offs
from casemill.gate.stability import Steadiness
from casemill.suite.certificates import read_certificates
from casemill.suite.reading import Suite, read_suite
from casemill.suite.release import read_releases


class Rules(NamedTuple):
    """Policy, overrides, accepted verdicts by target, and the suite's cases with their files.

    `unreadable` are the suite's files that cannot be read, as `file:line: why`; `paths` are as a person types them,
    `digests` those of the cases as their files are now; `must_run` are the P0 cases without whose verdict nobody can
    tell. `frozen` are the digests that the release of the run holds, by case: a verdict on one of them is of the right
    content, whatever the file says today. `yardsticks` are the digests of what the files say now by which a run was
    graded, by name, and `pinned` those that its release holds. `steady` is the history of trials, by case, then by
    target; `newest` the number of the last release.
    """

    policy: GatePolicy = GatePolicy()
    overrides: tuple[Override, ...] = ()
    baseline: Mapping[str, Accepted] = {}
    cases: Mapping[str, Case] = {}
    paths: Mapping[str, str] = {}
    unreadable: tuple[str, ...] = ()
    digests: Mapping[str, str] = {}
    must_run: frozenset[str] = frozenset()
    frozen: Mapping[str, str] = {}
    yardsticks: Mapping[str, str] = {}
    pinned: Mapping[str, str] = {}
    steady: Mapping[str, Mapping[str, Steadiness]] = {}
    certificates: tuple[JudgeCertificate, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    readings: tuple[RedRead, ...] = ()
    newest: int = 0

    def left_out(self, run: Run) -> tuple[str, ...]:
        """The cases that a narrowed run did not put: of its release, or of the working suite."""
        if not (run.head.narrowed or (run.end and run.end.left)):
            return ()
        active = (case.id for case in self.cases.values() if case.status == "active")
        return tuple(sorted(set(self.frozen or active) - {verdict.case for verdict in run.verdicts}))

    def moved(self, run: Run) -> frozenset[str]:
        """The files a run was graded by that say neither what the release holds nor what they say now; those that
        nobody looked at apart."""
        was = (run.head.yardsticks or {}).items()
        return frozenset(
            name
            for name, digest in was
            if name in self.yardsticks and digest not in (self.yardsticks[name], self.pinned.get(name))
        )


def read_rules(
    folder: Path, *, release: int = 0, yardsticks: Iterable[str] | None = None, cache: Path | None = None
) -> Rules:
    """The rules of a suite folder for a run of `release` (0: the working suite), graded by the files that `yardsticks`
    names.

    A FileError when one of the gate's own files cannot be read.
    """
    suite = read_suite(folder, cache=cache)
    releases = read_releases(folder)
    frozen = next((each for each in releases if each.number == release), None)
    newest = max(releases, key=lambda each: each.number, default=None)
    return Rules(
        policy=read_policy(folder),
        overrides=read_overrides(folder),
        baseline=read_baseline(folder),
        cases={case.id: case for case in suite.cases},
        paths=suite.paths.texts,
        digests=suite.digests,
        unreadable=_unreadable(suite),
        must_run=_must_run(suite, frozen, newest=newest),
        frozen={case.id: case.digest for case in frozen.cases} if frozen else {},
        yardsticks=_now(folder, yardsticks),
        pinned=(frozen.yardsticks or {}) if frozen else {},
        steady=read_stability(folder),
        certificates=read_certificates(folder),
        sign_offs=read_sign_offs(folder),
        readings=read_readings(folder),
        newest=newest.number if newest else 0,
    )


def _now(folder: Path, names: Iterable[str] | None) -> Mapping[str, str]:
    if not names:
        return {}
    from casemill.run.yardsticks import digests_now

    return digests_now(folder, names)


def _unreadable(suite: Suite) -> tuple[str, ...]:
    """Case files of which there is no case; one in the wrong place is a problem of lint alone."""
    read = set(suite.paths.values()) if suite.problems else set()
    inside = suite.folder / "cases"
    return tuple(
        str(problem) for problem in suite.problems if inside in problem.path.parents and problem.path not in read
    )


def _must_run(suite: Suite, frozen: Release | None, *, newest: Release | None) -> frozenset[str]:
    """Of a release that is still there, the P0s that it holds; else the active P0s, and those that were set aside
    since they were last released: a P0 does not leave by being quarantined."""
    grave = frozenset(case.id for case in suite.active if case.severity == "P0")
    if frozen:
        return frozenset(case.id for case in frozen.cases if case.severity == "P0" or case.id in grave)
    released = {case.id for case in newest.cases if case.severity == "P0"} if newest else frozenset()
    return grave | {case.id for case in suite.cases if case.status == "quarantined" and case.id in released}


def check_rules(folder: Path) -> tuple[FileError, ...]:
    """What cannot be read of the gate's own files; all of them are looked at."""
    found: list[FileError] = []
    readers = (read_policy, read_overrides, read_baseline, read_stability)
    for read in (*readers, read_sign_offs, read_readings, read_certificates):
        try:
            read(folder)
        except FileError as error:
            found.append(error)
    return tuple(found)
