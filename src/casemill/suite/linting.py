"""What is wrong with the suite before anybody runs it: every finding with its file, line, and what to do."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from casemill.domain.case import CASE_ID, Assertion, Case
from casemill.domain.taxonomy import Taxonomy
from casemill.suite.explain import line_of
from casemill.suite.finding import Finding as Finding
from casemill.suite.finding import Level
from casemill.suite.leaks import scan_cases
from casemill.suite.reading import Suite, read_suite
from casemill.suite.rubrics import Named, lint_rubrics
from casemill.suite.text_file import read_text

CheckAssertion = Callable[[Assertion], str | None]
Yardsticks = Callable[[Sequence[Case]], dict[str, str]]


class Checks(NamedTuple):
    """What lint and freezing are given from above: how an assertion is checked (None: fine, else what is wrong with
    it), the ids of released cases whose new content somebody accepts (`*` for every one), the company's own words,
    which are no personal data, and by which files cases are graded: digests by name."""

    assertion: CheckAssertion | None = None
    supersede: Collection[str] = ()
    keep: Collection[str] = ()
    yardsticks: Yardsticks | None = None

    def superseded(self, id: str) -> bool:
        return id in self.supersede or "*" in self.supersede


NO_CHECKS = Checks()


class Remark(NamedTuple):
    """A finding before it has a file and a line: the steps to the key it is about."""

    steps: tuple[Any, ...]
    message: str
    level: Level = "error"
    hint: str | None = None


class _Known(NamedTuple):
    """What the rules go by."""

    folder: Path
    taxonomy: Taxonomy
    checks: Checks
    released: dict[str, tuple[str, int]]
    today: str
    rubrics: Named


def lint(folder: Path, *, now: datetime, checks: Checks = NO_CHECKS, suite: Suite | None = None) -> tuple[Finding, ...]:
    """Every finding about the suite folder, by file and line; `suite` spares reading it again."""
    suite = suite or read_suite(folder)
    known = _Known(folder, suite.taxonomy, checks, _last_released(folder), now.date().isoformat(), Named(folder))
    findings = [
        Finding(path=str(error.path), line=error.line, message=error.reason, hint=error.hint)
        for error in suite.problems
    ]
    for case in suite.cases:
        if remarks := [remark for rule in RULES for remark in rule(case, known)]:
            findings += _placed(remarks, suite.paths[case.id])
    findings += scan_cases(folder, today=now.date(), keep=checks.keep, suite=suite)
    findings += lint_rubrics(folder)
    findings += _archived_twins(suite)
    findings += _gone(suite)
    return tuple(sorted(findings, key=lambda finding: (finding.path, finding.line or 0, finding.message)))


def _placed(remarks: list[Remark], path: Path) -> Iterator[Finding]:
    text = read_text(path)
    for steps, message, level, hint in remarks:
        yield Finding(path=str(path), line=line_of(text, steps), message=message, level=level, hint=hint)


def _last_released(folder: Path) -> dict[str, tuple[str, int]]:
    """For each case that was ever released: its digest there, and the number of the last release that holds it."""
    from casemill.suite.release import read_releases

    return {
        released.id: (released.digest, release.number)
        for release in read_releases(folder)
        for released in release.cases
    }


def _mode(case: Case, known: _Known) -> Iterator[Remark]:
    if known.taxonomy.modes and known.taxonomy.mode(case.failure_mode) is None:
        from difflib import get_close_matches

        close = get_close_matches(case.failure_mode, known.taxonomy.names, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(known.taxonomy.names)}"
        message = f"taxonomy {known.taxonomy.version} has no failure mode {case.failure_mode!r}"
        yield Remark(("failure_mode",), message, hint=hint)


def _form(case: Case, _: _Known) -> Iterator[Remark]:
    if not CASE_ID.fullmatch(case.id):
        yield Remark(("id",), "the id does not end in six letters of its own, as refund-promise-7q3k2d does", "warning")
    if not case.input.turns:
        yield Remark(("input",), "the case says nothing to the AI: input.turns is empty")
    elif case.input.turns[-1].role != "customer":
        yield Remark(("input", "turns"), "the last turn is not the customer's", "warning")
    if case.status == "quarantined" and case.quarantine is None:
        yield Remark(("status",), "quarantined, and nobody says why: quarantine: {since, because}", "warning")


def _assertions(case: Case, known: _Known) -> Iterator[Remark]:
    if not case.assert_ and case.status == "active":
        hint = "add one under assert:, or set status: quarantined"
        yield Remark(("id",), "an active case must assert something", hint=hint)
    if known.checks.assertion is None:
        return
    for number, assertion in enumerate(case.assertions):
        if wrong := known.checks.assertion(assertion):
            yield Remark(("assert", number, assertion.grader), wrong)


def _rubrics(case: Case, known: _Known) -> Iterator[Remark]:
    for number, assertion in enumerate(case.assertions):
        if assertion.grader == "judge" and (wrong := known.rubrics.wrong(assertion.arguments)):
            yield Remark(("assert", number, "judge"), f"{wrong}", hint=wrong.hint)


def _dates(case: Case, known: _Known) -> Iterator[Remark]:
    told = {
        ("dates", "created"): case.dates.created if case.dates else None,
        ("dates", "review_by"): case.dates.review_by if case.dates else None,
        ("stale", "since"): case.stale.since if case.stale else None,
        ("quarantine", "since"): case.quarantine.since if case.quarantine else None,
    }
    for steps, day in told.items():
        if day is not None and not is_day(day):
            yield Remark(steps, f"{'.'.join(steps)} {day[:40]!r} is not a day; write it as 2026-11-20")
        elif day is not None and steps[1] == "review_by" and day < known.today and case.status == "active":
            yield Remark(steps, f"was to be looked at again by {day}", "warning", "is it still true? then move the day")


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _unchanged(case: Case, known: _Known) -> Iterator[Remark]:
    digest, number = known.released.get(case.id, (case.digest, 0))
    if case.status == "active" and digest != case.digest and not known.checks.superseded(case.id):
        yield Remark(
            ("id",),
            f"release {number} holds this case with other content; a released case is not changed: supersede it",
            hint=f"put it back as it was, or say yes to the change: casemill suite freeze --supersede {case.id}",
        )


def _articles(case: Case, known: _Known) -> Iterator[Remark]:
    cited: list[tuple[tuple[str, ...], str]] = [
        (("lineage", "articles"), name) for name in (case.lineage.articles if case.lineage else ())
    ]
    listed = case.input.context.get("articles")
    if isinstance(listed, list):
        cited += [(("input", "context", "articles"), name) for name in listed if isinstance(name, str)]
    for steps, name in cited:
        if "/" in name or not (known.folder / "articles" / f"{name}.md").is_file():
            yield Remark(steps, f"cites {name[:80]!r}, and there is no articles/{name[:80]}.md", "warning")


def _archived_twins(suite: Suite) -> Iterator[Finding]:
    for path in sorted((suite.folder / "archive").glob("**/*.yaml")):
        if path.stem in suite.paths:
            message = f"the id {path.stem!r} is also that of {suite.paths[path.stem]}"
            yield Finding(path=str(path), message=message, hint="an id is never used again")


def _gone(suite: Suite) -> Iterator[Finding]:
    """Cases of the newest release whose file nobody retired: it is just not there."""
    from casemill.suite.release import lock_path, read_release

    release = read_release(suite.folder)
    archived = {path.stem for path in (suite.folder / "archive").glob("**/*.yaml")}
    unread = {error.path.stem for error in suite.problems}
    for released in release.cases if release else ():
        if released.id not in suite.paths and released.id not in archived | unread and release:
            message = f"the case {released.id!r} of this release is gone"
            hint = "retire it instead: status: retired, or move its file to archive/"
            yield Finding(
                path=str(lock_path(suite.folder, release.number)), message=message, level="warning", hint=hint
            )


RULES = (_mode, _form, _assertions, _rubrics, _dates, _unchanged, _articles)
