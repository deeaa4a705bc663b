import pytest

from casemill.domain.grade import Grade, errored, failed, passed
from casemill.domain.run import Trial
from casemill.domain.word import changed
from casemill.run.verdict import verdict_of


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
