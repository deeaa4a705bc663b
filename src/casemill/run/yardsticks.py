"""By which files the cases of a run are graded: rubrics, presets, schemas, labels, articles, checks of one's own.

Each is named by its path from the suite's folder and told by a digest of what it says, however that is laid out. `*`
stands for the newest version, a name that ends in `/` for a folder. What a check of one's own imports is not told.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from casemill.domain.case import Assertion, Case
from casemill.domain.release import Release
from casemill.domain.run import Run
from casemill.domain.word import canonical, digest_of
from casemill.domain.wording import counted, named
from casemill.domain.yardstick import ARTICLES, Apart
from casemill.errors import UsageError
from casemill.run.graders import GRADERS, Grader, Surroundings, build
from casemill.suite.text_file import read_text

NAMED_ARTICLES, LABELS = "articles/*", "labels/*.yaml"
PRESET = re.compile(r"checks/[^/]+\.yaml")
RUBRIC = re.compile(r"rubrics/([^/]+)@([1-9][0-9]*|\*)\.md")
GONE = ""


class Yardsticks(NamedTuple):
    """What some cases are graded by: the digest of each file by its name, and the names by case, where it has any."""

    digests: dict[str, str]
    by: Mapping[str, tuple[str, ...]]


def yardsticks_of(cases: Iterable[Case], around: Surroundings, *, judged: bool = True) -> Yardsticks:
    """The files that the cases' graders name; those of judges only where somebody judges."""
    search = _Search(around, judged=judged)
    by = {case.id: names for case in cases if (names := search.names_of(case))}
    return Yardsticks(digests_now(around.suite, sorted({name for names in by.values() for name in names})), by)


def digests_now(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """What the files of a suite's folder say today, by name. One that is gone, or cannot be read, has an empty digest;
    one that would lie outside of the suite and is not there is left out: this may be another checkout."""
    found = {name: _digest(folder, name) for name in names}
    return {name: digest for name, digest in found.items() if digest is not None}


def graded_otherwise(run: Run, now: Yardsticks) -> dict[str, tuple[str, ...]]:
    """Verdicts of a run, by case, that would be graded by other files now, or by the same that say something else;
    with their names. Where the run did not record them, that is every one that is graded by files."""
    found: dict[str, tuple[str, ...]] = {}
    apart = Apart(run.head.yardsticks, now.digests)
    for verdict in run.verdicts:
        names = now.by.get(verdict.case, ())
        if other := apart.names(verdict.yardsticks, names) if apart.known else names:
            found[verdict.case] = other
    return found


def told_of_asked_again(run: Run, cases: Iterable[str], *, now: Yardsticks) -> Iterator[str]:
    """Why verdicts of a run that is continued do not stand, in a sentence."""
    otherwise = graded_otherwise(run, now)
    again = [otherwise[case] for case in cases if case in otherwise]
    if not again:
        return
    count = counted(len(again), "case was", many="cases were")
    what = named(sorted({name for names in again for name in names}))
    if run.head.yardsticks is None:
        yield f"{count} asked again: it is not recorded what {what} said before"
    else:
        yield f"{count} asked again, graded by another {what} before"


def refuse_moved(release: Release, now: Yardsticks) -> str | None:
    """A UsageError when a file by which the release's cases are graded says something else than when it was frozen.
    Articles are the company's and move by themselves: that they did is only told, in words that come back."""
    if release.yardsticks is None:
        return None
    moved = [name for name, digest in now.digests.items() if release.yardsticks.get(name) != digest]
    if held := [name for name in moved if not name.startswith(ARTICLES)]:
        have = "has" if len(held) == 1 else "have"
        raise UsageError(
            f"release {release.number} cannot be put together: {named(held)} {have} changed since",
            hint=f"check out the commit that holds releases/{release.number}.lock, or freeze a new release",
        )
    if not moved:
        return None
    return f"{named(moved)} changed since release {release.number} was frozen; graded by what is there now"


class _Search:
    """Looks up what assertions are graded by, each way of writing one once."""

    def __init__(self, around: Surroundings, *, judged: bool) -> None:
        self.around, self.judged = around, judged
        self._needs: dict[str, bool] = {}
        self._known: dict[bytes, tuple[str, ...]] = {}

    def names_of(self, case: Case) -> tuple[str, ...]:
        found = {
            name: None
            for item in case.assert_
            for grader, told in item.items()
            if self._needs_files(grader)
            for name in self._names(Assertion.of(grader, told))
        }
        if NAMED_ARTICLES in found:
            del found[NAMED_ARTICLES]
            found |= dict.fromkeys(_articles_of(case))
        return tuple(sorted(found)) if found else ()

    def _needs_files(self, grader: str) -> bool:
        known = self._needs.get(grader)
        if known is None:
            kind = GRADERS.get(grader)
            reads = kind.yardsticks is not Grader.yardsticks or kind.parts is not Grader.parts
            known = self._needs[grader] = reads and (kind.looks or self.judged)
        return known

    def _names(self, assertion: Assertion) -> tuple[str, ...]:
        key = canonical(assertion.item)
        if key not in self._known:
            grader = build(assertion)
            inside = [part.assertion for part in grader.parts(self.around) or ()]
            more = (name for one in inside if self._needs_files(one.grader) for name in self._names(one))
            self._known[key] = (*grader.yardsticks(self.around), *more)
        return self._known[key]


def _articles_of(case: Case) -> Iterator[str]:
    """The articles that a case's context names, as a judge is shown them."""
    listed = case.input.context.get("articles")
    for name in listed if isinstance(listed, list) else ():
        if isinstance(name, str) and "/" not in name:
            yield f"{ARTICLES}{name}.md"


def _digest(folder: Path, name: str) -> str | None:
    if _leads_out(name) and not (name.startswith("../") and name.endswith(".py") and (folder / name).is_file()):
        return None
    try:
        return digest_of(canonical(_said(folder, name)))
    except UsageError:
        return GONE


def _leads_out(name: str) -> bool:
    """Whether a name, which a foreign run file may hold, is of nothing in the suite."""
    return name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts


def _said(folder: Path, name: str) -> Any:
    """What a yardstick says; a UsageError when it is not there or cannot be read."""
    if name == ARTICLES:
        from casemill.run.articles import standing

        return standing(folder / "articles")
    if name == LABELS:
        from casemill.suite.labels import read_labels

        return read_labels(folder)
    if rubric := RUBRIC.fullmatch(name):
        from casemill.suite.rubrics import read_rubric

        return read_rubric(folder, rubric[1] if rubric[2] == "*" else f"{rubric[1]}@{rubric[2]}")
    return _text(folder, name)


def _text(folder: Path, name: str) -> Any:
    path = folder / name
    if PRESET.fullmatch(name) and not path.is_file():
        path = Path(str(files("casemill.run.presets") / path.name))
    if not path.is_file():
        raise UsageError(f"there is no {name}")
    text = read_text(path)
    if path.suffix in (".py", ".md"):
        return text.splitlines()
    from casemill.suite.strict import load

    return load(text, path)
