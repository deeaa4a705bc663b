"""The page on repeats shows what the rules come to, reckoned from the rules themselves."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from casemill.domain.failure import Severity
from casemill.domain.grade import failed, passed
from casemill.domain.run import Trial
from casemill.run.verdict import open_question, verdict_of

PAGE = Path(__file__).parents[2] / "docs" / "why" / "repeats.md"
PASS, FAIL = Trial(number=1, grades=(passed(),)), Trial(number=1, grades=(failed("no"),))
ROW = re.compile(
    r"^\| ([\d.]+) % \| (P\d), [^|]+ \| ([\d.]+) % \| ([\d.]+) % \| ([\d.]+) \| ([\d.–]+) \|$", re.MULTILINE
)


def ends(severity: Severity, fails: float, trials: tuple[Trial, ...] = ()) -> Iterator[tuple[str, int, float]]:
    """Every way in which the trials of a case can go: the verdict, how many trials it took, how likely it is."""
    if trials and not open_question(trials, severity):
        yield verdict_of(trials, severity=severity)[0], len(trials), 1.0
        return
    for trial, chance in ((FAIL, fails), (PASS, 1 - fails)):
        for result, count, rest in ends(severity, fails, (*trials, trial)):
            yield result, count, chance * rest


@pytest.mark.parametrize("row", ROW.findall(PAGE.read_text()), ids=lambda row: f"{row[1]} {row[0]}")
def test_a_row_of_the_page_is_what_the_rules_come_to(row: tuple[str, ...]) -> None:
    fails, severity, called_fail, called_flaky, trials, alarms = row
    found = list(ends(severity, float(fails) / 100))  # type: ignore[arg-type]
    share = {result: sum(chance for was, _, chance in found if was == result) for result in ("fail", "flaky")}
    assert f"{100 * share['fail']:.2f}" == called_fail
    assert f"{100 * share['flaky']:.2f}" == called_flaky
    assert f"{sum(count * chance for _, count, chance in found):.2f}" == trials
    assert alarms in ("–", f"{500 * share['fail']:.1f}")


def test_the_page_has_its_rows() -> None:
    assert len(ROW.findall(PAGE.read_text())) == 7
