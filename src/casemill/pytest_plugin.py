"""`pytest --casemill evals --casemill-target bot`: every case of a suite is a test of its own.

A case's node id is its file and its id. Its severity is a marker (`-m p0`), its failure mode, features and other labels
are keywords (`-k`). The target is one of casemill.toml, or whatever a fixture named `casemill_target` returns: a
function `answer(turns, context)`, a target's name, or a target.

Imports at the top are light: pytest loads this in every project where casemill is installed.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from casemill.domain.case import Case
    from casemill.domain.run import Verdict
    from casemill.run.embedded import Room, Trying
    from casemill.run.targets import Named
    from casemill.suite import Suite

SEVERITIES = {"p0": "nothing may let it pass", "p1": "somebody has to answer for it", "p2": "it is counted"}
FIXTURE = "casemill_target"
NOT_JUDGED = "not_judged"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("casemill", "support cases as tests")
    group.addoption(
        "--casemill",
        metavar="FOLDER",
        help="Collect the active cases of this suite (the folder that holds cases/). Without a path to other tests "
        "nothing else is collected.",
    )
    group.addoption(
        "--casemill-target",
        metavar="NAME",
        help="The AI under test, as named in casemill.toml, or replay:FILE. A fixture casemill_target wins.",
    )


def pytest_configure(config: pytest.Config) -> None:
    for marker, meaning in SEVERITIES.items():
        config.addinivalue_line("markers", f"{marker}: a support case of severity {marker.upper()}: {meaning}")
    folder = config.getoption("--casemill")
    if folder is None:
        return
    suite = (config.invocation_params.dir / folder).resolve()
    if not (suite / "cases").is_dir():
        raise pytest.UsageError(f"--casemill: {folder} holds no folder cases")
    config.pluginmanager.register(collected := Collected(config, suite), "casemill-collected")
    collected.refuse_unknown_target()
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    given = [Path(arg.split("::")[0]) for arg in config.args] if named else []
    if not any((config.invocation_params.dir / path).resolve().is_relative_to(suite) for path in given):
        config.args[:] = [*(config.args if named else ()), str(suite / "cases")]


@pytest.fixture(scope="session")
def casemill_target(request: pytest.FixtureRequest) -> Any:
    """The AI under test: `--casemill-target`, else the one that casemill.toml names. Write your own to give a function
    `answer(turns, context)` instead; one of session scope is asked many cases at once."""
    return request.config.getoption("--casemill-target")


class Collected:
    """The suite of this session: its files, the target that they are put to, the verdicts."""

    def __init__(self, config: pytest.Config, suite: Path) -> None:
        from casemill.settings import find_root

        self.config = config
        self.suite = suite
        self.root = find_root(suite) or suite.parent
        self.items: list[CaseItem] = []
        self.together = False
        self._named: list[tuple[Any, Named]] = []
        self._trying: Trying | None = None

    def refuse_unknown_target(self) -> None:
        """What the option names must be there, before every case fails for it; a fixture is not known yet."""
        from casemill.errors import UsageError
        from casemill.run.targets import read_target

        if (name := self.config.getoption("--casemill-target")) is None:
            return
        try:
            read_target(self.room.place.settings.targets, name, root=self.root)
        except UsageError as error:
            raise pytest.UsageError(f"--casemill-target: {error}\n{error.hint or ''}".rstrip()) from None

    def pytest_report_header(self) -> str:
        target = self.config.getoption("--casemill-target") or "as casemill.toml or a fixture says"
        return f"casemill: {self.suite}, target: {target}"

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> "CaseFile | None":
        cases = self.suite / "cases"
        if file_path.suffix in (".yaml", ".yml") and file_path.name[0] != "." and file_path.is_relative_to(cases):
            made: CaseFile = CaseFile.from_parent(parent, path=file_path)
            made.collected = self
            return made
        return None

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = [item for item in session.items if isinstance(item, CaseItem)]

    def pytest_fixture_setup(self, fixturedef: Any) -> None:
        """Only what lives as long as the session may be asked ahead; a worker of many does not know which cases it
        will be given."""
        if fixturedef.argname == FIXTURE:
            self.together = fixturedef.scope == "session" and not hasattr(self.config, "workerinput")

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """What is green only because nobody could look is told."""
        reports = (report for reports in terminalreporter.stats.values() for report in reports)
        told = {
            report.nodeid
            for report in reports
            if any(name == NOT_JUDGED for name, _ in getattr(report, "user_properties", ()))
        }
        if told:
            terminalreporter.write_line(
                f"casemill: of {len(told)} cases an assertion was left out that only a judge can grade: "
                "casemill.toml has no [model.judge]"
            )

    def pytest_sessionfinish(self) -> None:
        if self._trying is not None:
            self._trying.close()

    @cached_property
    def room(self) -> "Room":
        from casemill.run.embedded import Room
        from casemill.run.order import Place
        from casemill.settings import load

        return Room(Place(self.root, load(self.root).settings, os.environ), self.suite, datetime.now(UTC))

    @cached_property
    def read(self) -> "Suite":
        from casemill.suite import read_suite

        kept = self.root / ".casemill"
        return read_suite(self.suite, cache=kept / "cache" if kept.is_dir() else None)

    @cached_property
    def found(self) -> dict[Path, "Case"]:
        return {path: case for case in self.read.cases if (path := self.read.paths.get(case.id))}

    def case_of(self, path: Path) -> "Case":
        """The case in a file; a FileError when it cannot be read, stands in the wrong place or is a second one."""
        for problem in self.read.problems:
            if problem.path == path:
                raise problem
        return self.found[path]

    @property
    def cases(self) -> list["Case"]:
        """What is going to be asked for."""
        return [item.case for item in self.items if item.get_closest_marker("skip") is None]

    def verdict(self, case: "Case", target: Any) -> "Verdict":
        from casemill.run.embedded import Trying

        named = self._name(target)
        if self._trying is None:
            self._trying = Trying(self.room, self.cases)
            if self.together:
                self._trying.ahead(self.cases, named)
        return self._trying.verdict(case, named)

    def _name(self, target: Any) -> "Named":
        """What a fixture returned, as a named target; the same one for the same value."""
        from casemill.run.embedded import given
        from casemill.run.targets import Named, Target, read_target

        for known, named in self._named:
            if known is target:
                return named
        if isinstance(target, Target):
            named = Named(type(target).__name__, "given", target)
        elif callable(target):
            named = given(target)
        else:
            settings = self.room.place.settings
            named = read_target(settings.targets, target or settings.run.target, root=self.root)
        self._named.append((target, named))
        return named


class CaseFile(pytest.Module):
    """One file of the suite. A module without code, so that fixtures of every scope work."""

    obj = None
    collected: Collected

    def collect(self) -> Iterable["CaseItem"]:
        from casemill.errors import UsageError

        try:
            case = self.collected.case_of(self.path)
            why_not = self.collected.room.nobody_grades(case)
        except UsageError as error:
            raise self.CollectError(f"{error}\n{error.hint}" if error.hint else f"{error}") from None
        if case.status != "retired":
            yield CaseItem.of(case, self, skip=why_not)


def _asks_for_the_target(casemill_target: Any) -> None:
    """What pytest takes for the test's function: it names the fixture, nobody calls it."""


class CaseItem(pytest.Function):
    """A case as a test: red when it fails or is flaky, an error when nobody can tell."""

    case: "Case"
    parent: CaseFile

    @classmethod
    def of(cls, case: "Case", parent: CaseFile, *, skip: str | None) -> "CaseItem":
        item: CaseItem = cls.from_parent(parent, name=case.id, callobj=_asks_for_the_target)
        item.case = case
        item.add_marker(case.severity.lower())
        item.extra_keyword_matches.update(_labels(case))
        if case.status == "quarantined" or (case.stale is not None and case.severity != "P0"):
            because = case.quarantine or case.stale
            reason = f"{case.status if case.status == 'quarantined' else 'stale'}: {because.because if because else ''}"
            item.add_marker(pytest.mark.xfail(reason=reason, strict=False))
        if skip:
            item.add_marker(pytest.mark.skip(reason=skip))
        item.user_properties += _properties(case)
        return item

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.case.id

    def setup(self) -> None:
        """The case is put here, so that what keeps a verdict from being had is an error and not a fail."""
        from casemill.errors import CasemillError

        super().setup()
        why = None
        try:
            self.verdict = self.parent.collected.verdict(self.case, self.funcargs[FIXTURE])
        except CasemillError as error:
            why = f"{error}\n{error.hint}" if error.hint else f"{error}"
        if why is not None:  # said here, so that no traceback tells of the error behind it
            pytest.fail(why, pytrace=False)
        self.user_properties.append(("verdict", self.verdict.result))
        if "not judged: " in self.verdict.reason:
            self.user_properties.append((NOT_JUDGED, True))
        if self.verdict.result == "error":
            pytest.fail(f"no verdict: {self.verdict.reason}", pytrace=False)

    def runtest(self) -> None:
        if self.verdict.result != "pass":
            pytest.fail("\n".join(_told(self.case, self.verdict)), pytrace=False)


def _labels(case: "Case") -> Iterator[str]:
    card = case.card
    yield from (case.failure_mode, case.stratum, *case.features)
    yield from (label for label in (case.golden, card and card.intent, card and card.language) if label)


def _properties(case: "Case") -> Iterator[tuple[str, object]]:
    yield "severity", case.severity
    yield "failure_mode", case.failure_mode
    if case.lineage is not None:
        yield "ticket", case.lineage.link or case.lineage.key


def _told(case: "Case", verdict: "Verdict") -> Iterator[str]:
    """A red as a person reads it: what failed, what was said, why it matters, the way back."""
    yield f"{case.severity} {case.failure_mode}: {verdict.result}: {verdict.reason}"
    bad = next(trial for trial in verdict.trials if any(grade.result == "fail" for grade in trial.grades))
    for grade in bad.grades:
        if grade.result == "fail":
            yield f"  {grade.grader}: {grade.reason}" if grade.reason else f"  {grade.grader}"
    if bad.reply is not None:
        yield "  the reply: " + bad.reply.text.replace("\n", "\n    ")
        yield from (f"  it called {call.name}" for call in bad.reply.calls)
    if case.expect.behavior:
        yield f"  expected: {case.expect.behavior}"
    if case.why:
        yield f"  why: {case.why}"
    if case.lineage is not None:
        yield f"  the way back: {case.lineage.link or case.lineage.key}"
