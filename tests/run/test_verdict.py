import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.domain.failure import Severity
from casemill.domain.grade import Grade, errored, failed, passed
from casemill.domain.run import Trial
from casemill.domain.word import changed
from casemill.run.verdict import open_question, verdict_of


def trial(*grades: Grade, error: str | None = None) -> Trial:
    named = tuple(changed(grade, grader=f"g{number}") for number, grade in enumerate(grades, 1))
    return Trial(number=1, grades=named, error=error)


GOOD, BAD = trial(passed()), trial(passed(), failed("says no"))
DOWN, CRASHED = trial(error="bot.test answered 500"), trial(passed(), errored("crashed"))


@pytest.mark.parametrize(
    ("trials", "result", "reason"),
    [
        ([GOOD], "pass", ""),
        ([BAD], "fail", "g2: says no"),
        ([trial(failed("a"), failed("b"), errored("c"))], "fail", "g1: a (and 1 more)"),
        ([trial(errored("c"), failed("b"))], "fail", "g2: b"),
        ([CRASHED], "error", "g2: crashed"),
        ([DOWN], "error", "bot.test answered 500"),
        ([trial()], "error", "nothing here could grade it"),
        ([], "error", "nothing here could grade it"),
        ([GOOD, GOOD, GOOD], "pass", ""),
        ([BAD, BAD], "fail", "g2: says no"),
        ([GOOD, BAD, GOOD], "flaky", "1 of 3 trials failed: g2: says no"),
        ([DOWN, GOOD], "pass", "1 of 2 trials could not tell"),
        ([DOWN, BAD], "fail", "g2: says no; 1 of 2 trials could not tell"),
        ([DOWN, BAD, GOOD], "flaky", "1 of 2 trials failed: g2: says no; 1 of 3 trials could not tell"),
        ([DOWN, CRASHED], "error", "bot.test answered 500"),
    ],
)
def test_trials_come_to_a_verdict(trials: list[Trial], result: str, reason: str) -> None:
    assert verdict_of(trials) == (result, reason)


def test_what_no_judge_graded_is_told_with_every_result() -> None:
    told = "not judged: judge tone"
    assert verdict_of([GOOD], not_judged=("judge tone",)) == ("pass", told)
    assert verdict_of([BAD], not_judged=("judge tone",)) == ("fail", f"g2: says no; {told}")
    assert verdict_of([trial()], not_judged=("judge tone",)) == ("error", f"nothing here could grade it; {told}")


P0: Severity = "P0"
P1: Severity = "P1"
P2: Severity = "P2"


@pytest.mark.parametrize(
    ("severity", "trials", "result"),
    [
        (P0, [GOOD, GOOD, BAD], "fail"),
        (P0, [DOWN, BAD, GOOD], "fail"),
        (P1, [BAD, GOOD, GOOD], "flaky"),
        (P1, [BAD, GOOD, BAD], "fail"),
        (P1, [BAD, BAD], "fail"),
        (P1, [BAD, GOOD], "flaky"),
        (P1, [BAD, BAD, GOOD, GOOD, GOOD], "flaky"),
        (P2, [BAD, BAD, GOOD, GOOD, GOOD], "flaky"),
        (P2, [BAD, BAD, GOOD, GOOD, BAD], "fail"),
        (P2, [BAD, BAD, BAD], "fail"),
        (P2, [BAD, GOOD, GOOD, GOOD], "flaky"),
        (P2, [DOWN, GOOD, GOOD], "pass"),
        (P2, [DOWN, DOWN], "error"),
    ],
)
def test_how_many_fails_make_a_fail_goes_by_the_severity(severity: Severity, trials: list[Trial], result: str) -> None:
    assert verdict_of(trials, severity=severity)[0] == result


def test_a_fail_that_some_trials_contradict_says_how_many() -> None:
    assert verdict_of([BAD, GOOD, BAD], severity="P1") == ("fail", "2 of 3 trials failed: g2: says no")


@pytest.mark.parametrize(
    ("severity", "trials", "is_open"),
    [
        (P0, [GOOD], False),
        (P0, [BAD], False),
        (P1, [GOOD], False),
        (P1, [BAD], True),
        (P1, [BAD, GOOD], True),
        (P1, [BAD, BAD], False),
        (P1, [BAD, GOOD, GOOD], False),
        (P2, [BAD], True),
        (P2, [BAD, GOOD], True),
        (P2, [BAD, GOOD, GOOD], True),
        (P2, [BAD, GOOD, GOOD, GOOD], False),
        (P2, [BAD, BAD, GOOD, GOOD], True),
        (P2, [BAD, BAD, BAD], False),
        (P1, [DOWN], False),
        (P1, [BAD, DOWN], True),
        (P1, [BAD, DOWN, DOWN], True),
        (P1, [BAD, DOWN, DOWN, DOWN], False),
    ],
)
def test_one_more_trial_is_needed_only_while_it_can_change_what_a_fail_is(
    severity: Severity, trials: list[Trial], is_open: bool
) -> None:
    assert open_question(trials, severity) is is_open


@given(st.sampled_from((P0, P1, P2)), st.lists(st.booleans(), min_size=20, max_size=20))
def test_putting_a_case_until_it_is_told_ends_and_tells_by_the_rule(severity: Severity, answers: list[bool]) -> None:
    trials: list[Trial] = []
    while not trials or open_question(trials, severity):
        trials.append(GOOD if answers[len(trials)] else BAD)
    fails = trials.count(BAD)
    needed, most = {"P0": (1, 1), "P1": (2, 3), "P2": (3, 5)}[severity]
    assert len(trials) <= most
    expected = "pass" if not fails else "fail" if fails >= needed else "flaky"
    assert verdict_of(trials, severity=severity)[0] == expected
