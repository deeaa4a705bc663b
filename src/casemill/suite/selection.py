"""Which cases a run takes: those of a release, or the active ones, narrowed by what is asked."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import TypedDict, Unpack

from casemill.domain.case import Case
from casemill.domain.release import Release
from casemill.errors import FileError, UsageError
from casemill.suite.files import read_case
from casemill.suite.reading import Suite


class Wanted(TypedDict, total=False):
    """What narrows a selection; an empty one narrows nothing. `ids` may hold patterns: `wrong-fact-*`."""

    release: Release | None
    ids: Collection[str]
    modes: Collection[str]
    severities: Collection[str]
    features: Collection[str]


def select(suite: Suite, **wanted: Unpack[Wanted]) -> tuple[Case, ...]:
    """The cases asked for, sorted by id; a UsageError names what there is none of, with the nearest right name.

    With a release its own cases are taken, and each must still be as it was released.
    """
    release = wanted.get("release")
    cases = _released(suite, release) if release else suite.active
    kinds = (
        ("case", wanted.get("ids"), lambda case: (case.id,)),
        ("failure mode", wanted.get("modes"), lambda case: (case.failure_mode,)),
        ("severity", wanted.get("severities"), lambda case: (case.severity,)),
        ("feature", wanted.get("features"), lambda case: case.features),
    )
    for kind, patterns, names in kinds:
        if patterns:
            _refuse_unknown(kind, patterns, known={name for case in cases for name in names(case)})
            cases = tuple(case for case in cases if any(_fits(name, patterns) for name in names(case)))
    return cases


def _fits(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _refuse_unknown(kind: str, patterns: Iterable[str], *, known: set[str]) -> None:
    for pattern in patterns:
        if not any(fnmatchcase(name, pattern) for name in known):
            close = get_close_matches(pattern, sorted(known), n=1)
            few = ", ".join(sorted(known)[:20]) or "none at all"
            hint = f"did you mean {close[0]!r}?" if close else f"there are: {few}"
            raise UsageError(f"no active case has the {kind} {pattern!r}", hint=hint)


def _released(suite: Suite, release: Release) -> tuple[Case, ...]:
    standing = {case.id: case for case in suite.cases}
    cases = tuple(standing.get(released.id) or _archived(suite, released.id) for released in release.cases)
    for case, released in zip(cases, release.cases, strict=True):
        if case is None or case.digest != released.digest:
            what = _missing(suite, released.id) if case is None else "has changed since"
            raise UsageError(
                f"release {release.number} cannot be put together: the case {released.id!r} {what}",
                hint=f"check out the commit that holds releases/{release.number}.lock, or freeze a new release",
            )
    return tuple(case for case in cases if case is not None)


def _missing(suite: Suite, id: str) -> str:
    """What became of a case that is not among those that were read."""
    unread = next((problem for problem in suite.problems if problem.path.stem == id), None)
    return "is gone" if unread is None else f"cannot be read: {unread}"


def _archived(suite: Suite, id: str) -> Case | None:
    """A case that was retired since, out of the archive."""
    for path in sorted((suite.folder / "archive").glob(f"**/{id}.yaml")):
        try:
            return read_case(path)
        except FileError:
            continue
    return None
