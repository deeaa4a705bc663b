"""Which cases a run takes, of which release, and in which order."""

from pathlib import Path
from typing import NamedTuple

from casemill.domain.case import Case
from casemill.domain.release import Release
from casemill.errors import FileError, UsageError
from casemill.run.budget import most_telling_first
from casemill.run.fold import cut
from casemill.run.graders import Surroundings, build_all, complaint
from casemill.run.impact import Map, changed_paths, touched_by
from casemill.run.order import Order, Place
from casemill.run.yardsticks import yardsticks_of
from casemill.suite.reading import Suite, read_suite
from casemill.suite.release import read_release
from casemill.suite.selection import select


class Chosen(NamedTuple):
    """The cases in the order in which they are put, the release they are of (None: the working suite), the digest of
    the whole, by what they were narrowed, and what to tell."""

    cases: tuple[Case, ...]
    release: Release | None
    digest: str
    narrowed: str
    told: tuple[str, ...]


def choose(order: Order, place: Place, *, around: Surroundings) -> Chosen:
    """The cases an order asks for; a UsageError when there are none or a file of theirs cannot be read."""
    suite = read_suite(place.suite, cache=place.root / ".casemill" / "cache")
    release = _release(order.release, place.suite)
    wanted = {"ids": order.ids, "modes": order.modes, "severities": order.severities, "features": order.features}
    cases = select(suite, release=release, **wanted)
    told = []
    if release is None:
        _refuse_problems(suite)
        if order.release is None:
            told.append("no release is frozen yet: these are the active cases of the working suite")
    elif suite.problems:
        told.append(f"{len(suite.problems)} case files outside the release cannot be read: casemill suite lint")
    if not cases:
        raise UsageError(f"there is no active case in {place.suite}", hint="admit drafts: casemill admit")
    narrowed = [f"{name} {', '.join(values)}" for name, values in wanted.items() if values]
    if order.changed_since:
        cases, why = _touched(order.changed_since, cases, place=place, around=around)
        narrowed.append(cut(why, 300))
    cases = tuple(sorted(cases, key=lambda case: (case.severity, case.id)))  # the gravest fails are seen first
    if order.budget is not None:
        cases = most_telling_first(cases)
        narrowed.append(f"a budget of {order.budget:g} s")
    return Chosen(cases, release, release.digest if release else suite.digest, "; ".join(narrowed), tuple(told))


def refuse_graders(cases: tuple[Case, ...], around: Surroundings) -> None:
    """A FileError for the first assertion that no grader takes, at its line."""
    for case in cases:
        try:
            build_all(case, around)
        except UsageError as error:
            raise _at_its_line(case, error, around=around) from None


def _at_its_line(case: Case, error: UsageError, *, around: Surroundings) -> UsageError:
    """The error of a case's graders, at the line of the assertion that it is about."""
    from casemill.suite.explain import line_of
    from casemill.suite.files import case_path
    from casemill.suite.text_file import read_text

    path = around.suite / case_path(case)
    if not path.is_file():
        return error
    number = next((number for number, one in enumerate(case.assertions) if complaint(one, around)), 0)
    reason = f"{error}".removeprefix(f"case {case.id}: ")
    return FileError(shown(path), reason, line=line_of(read_text(path), ("assert", number)), hint=error.hint)


def shown(path: Path) -> str:
    """A path as a person types it where they stand."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _touched(ref: str, cases: tuple[Case, ...], *, place: Place, around: Surroundings) -> tuple[tuple[Case, ...], str]:
    refuse_graders(cases, around)
    run = place.settings.run
    known = Map(place.settings.suite.path, run.features, run.harmless, yardsticks_of(cases, around).by)
    touched = touched_by(changed_paths(place.root, ref), cases, known=known)
    return touched.cases, f"changed since {ref}: {touched.why}"


def _release(wanted: str | None, folder: Path) -> Release | None:
    if wanted == "working":
        return None
    if wanted in (None, "latest"):
        release = read_release(folder)
        if release is None and wanted == "latest":
            raise UsageError(f"no release is frozen in {folder}", hint="make the first one: casemill suite freeze")
        return release
    if not wanted.isdecimal():
        raise UsageError(f"there is no release {wanted!r}", hint="give a number, latest or working")
    return read_release(folder, int(wanted))


def _refuse_problems(suite: Suite) -> None:
    problems = [problem for problem in suite.problems if problem.path.is_relative_to(suite.folder / "cases")]
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise UsageError(f"{problems[0]}{more}", hint="see all of them: casemill suite lint")
