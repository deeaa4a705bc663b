"""Two runs laid side by side."""

from typing import Any

import pytest

import make
from casemill.domain.comparison import Comparison
from casemill.domain.grade import Grade
from casemill.domain.run import Run, Trial, Verdict
from casemill.run.compare import compare, side_of


def tried(case: str, *results: str, **fields: Any) -> Verdict:
    """A case tried so often; the verdict is that of its trials."""
    trials = tuple(
        Trial(number=number, error="timeout")
        if result == "error"
        else Trial(number=number, reply=make.reply(), grades=(Grade(result=result, grader="x"),))  # type: ignore[arg-type]
        for number, result in enumerate(results, 1)
    )
    votes = {result for result in results if result != "error"}
    verdict = votes.pop() if len(votes) == 1 else "flaky" if votes else "error"
    return make.verdict(case, **({"result": verdict, "trials": trials, "severity": "P1"} | fields))


def a_run(id: str, *verdicts: Verdict) -> Run:
    return make.run(id, verdicts=verdicts)


def compared(before: Run, after: Run, **given: Any) -> Comparison:
    found = compare(side_of(before), side_of(after), **given)
    assert found is not None
    return found


def suite(id: str, *, failing: range, cases: int = 60, **fields: Any) -> Run:
    return a_run(id, *(tried(f"c{n}", "fail" if n in failing else "pass", **fields) for n in range(cases)))


def test_the_flips_are_told_and_nothing_else() -> None:
    before = a_run("r1", tried("a", "pass"), tried("b", "fail", reason="says so"), tried("c", "pass"))
    after = a_run("r2", tried("a", "fail", reason="says no"), tried("b", "pass"), tried("c", "pass"))
    found = compared(before, after)
    assert [(flip.case, flip.before, flip.after, flip.reason) for flip in found.worse] == [
        ("a", "pass", "fail", "says no")
    ]
    assert [(flip.case, flip.before, flip.after, flip.reason) for flip in found.better] == [
        ("b", "fail", "pass", "says so")
    ]
    assert (found.before, found.after, found.cases) == ("r1", "r2", 3)
    assert found.drop == pytest.approx(0)


def test_the_gravest_flip_comes_first() -> None:
    before = a_run("r1", tried("z", "pass", severity="P0"), tried("a", "pass", severity="P2"))
    after = a_run("r2", tried("z", "fail", severity="P0"), tried("a", "fail", severity="P2"))
    assert [flip.case for flip in compared(before, after).worse] == ["z", "a"]


def test_a_fall_that_the_numbers_carry_is_called_one() -> None:
    found = compared(suite("r1", failing=range(0)), suite("r2", failing=range(6)))
    assert found.says == "fell"
    assert found.drop == pytest.approx(0.1)
    assert found.chance == pytest.approx(0.5**6)
    assert found.interval[0] < -0.1 < found.interval[1] < 0
    back = compared(suite("r2", failing=range(6)), suite("r1", failing=range(0)))
    assert back.says == "rose"
    assert back.drop == pytest.approx(-0.1)


def test_too_few_cases_are_not_called_steady() -> None:
    few = compared(suite("r1", failing=range(1), cases=20), suite("r2", failing=range(1, 2), cases=20))
    assert few.says == "too_few"
    assert few.smallest > 0.05
    many = compared(suite("r1", failing=range(1), cases=600), suite("r2", failing=range(1, 2), cases=600))
    assert (many.says, many.smallest < 0.05) == ("steady", True)
    assert (
        compared(
            suite("r1", failing=range(1), cases=600), suite("r2", failing=range(1, 2), cases=600), max_drop=0.001
        ).says
        == "too_few"
    )


def test_more_trials_a_case_tell_of_a_fall_that_one_would_hide() -> None:
    once = compared(
        a_run("r1", *(tried(f"c{n}", "pass") for n in range(12))),
        a_run("r2", *(tried(f"c{n}", "fail" if n < 3 else "pass") for n in range(12))),
    )
    often = compared(
        a_run("r1", *(tried(f"c{n}", *["pass"] * 4) for n in range(12))),
        a_run("r2", *(tried(f"c{n}", *["pass"] * 2, *["fail"] * 2) for n in range(12))),
    )
    assert (once.says, often.says) == ("too_few", "fell")
    assert often.drop == pytest.approx(0.5)
    assert {flip.after for flip in often.worse} == {"flaky"}


def test_trials_without_an_answer_count_for_nothing() -> None:
    found = compared(a_run("r1", tried("a", "pass", "error", "fail")), a_run("r2", tried("a", "fail", "error", "pass")))
    assert (found.rate_before, found.rate_after) == (0.5, 0.5)


def test_what_cannot_be_compared_is_left_out_and_counted() -> None:
    before = a_run(
        "r1", tried("same", "pass"), tried("old", "pass"), tried("was", "pass"), tried("e", "error"), tried("s", "pass")
    )
    after = a_run(
        "r2",
        tried("same", "pass"),
        tried("old", "fail", digest="sha256:2"),
        tried("new", "pass"),
        tried("e", "pass"),
        tried("s", "fail"),
    )
    found = compared(before, after, leave={"s"})
    assert (found.cases, found.rate_before, found.rate_after) == (1, 1.0, 1.0)
    assert found.left_out == {"only before": 1, "only after": 1, "another content": 1, "an error": 1, "set aside": 1}
    assert (*found.worse, *found.better) == ()


def test_nothing_in_common_is_no_comparison() -> None:
    assert compare(side_of(a_run("r1", tried("a", "pass"))), side_of(a_run("r2", tried("b", "pass")))) is None
