"""A judge that cannot be believed neither shuts the gate nor opens it."""

from typing import Any

import pytest

import make
from casemill.domain.gate import GatePolicy
from casemill.domain.grade import Grade, Judged
from casemill.domain.run import RunEnd
from casemill.domain.word import changed
from casemill.gate import Rules
from casemill.gate.judges import doubts_about
from gate.weighing import asked, certificate, graded, judge, judged_run, looked, passes, rule, self_test

CERTIFIED = Rules(certificates=(certificate(),))


def policy(choice: str) -> Rules:
    return Rules(policy=GatePolicy(uncertified_judge=choice))  # type: ignore[arg-type]


def test_a_certified_judge_that_held_its_self_test_shuts_the_gate_like_anything_else() -> None:
    judgement = judge(judged_run(graded("a", asked()), *passes(99)), CERTIFIED)
    assert judgement.state == "shut"
    assert rule(judgement, "judges") == ("held", "")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("good", "judge judge misjudges what is known to be good, by tone"),
        ("bad", "misjudges what is known to be bad"),
        ("injected", "follows orders from what it grades"),
        ("anchor", "has drifted from its calibration"),
    ],
)
def test_a_self_test_that_missed_leaves_the_run_unjudged(kind: str, said: str) -> None:
    run = judged_run(graded("a", asked("pass"), result="pass"), *passes(99), tests=(self_test(kind=kind, held=False),))
    judgement = judge(run, CERTIFIED)
    assert judgement.state == "unjudged"
    assert said in judgement.because[0]


def test_a_judge_that_was_not_tried_in_the_run_is_not_believed() -> None:
    judgement = judge(judged_run(graded("a", asked("pass"), result="pass"), *passes(99), tests=()), CERTIFIED)
    assert (judgement.state, "was not tried in this run" in judgement.because[0]) == ("unjudged", True)


def test_a_p0_that_only_a_judge_who_missed_calls_a_fail_does_not_shut_for_sure() -> None:
    missed = (self_test(kind="bad", held=False),)
    alone = judge(judged_run(graded("a", asked(), severity="P0"), *passes(99), tests=missed), CERTIFIED)
    assert (alone.state, alone.reds[0].blocks) == ("unjudged", False)
    besides = judge(
        judged_run(graded("a", asked(), looked("fail"), severity="P0"), *passes(99), tests=missed), CERTIFIED
    )
    assert (besides.state, besides.reds[0].blocks) == ("shut", True)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"judge": "other"}, "was never calibrated on tone"),
        ({"judge_digest": "sha256:old"}, "was made with another judge"),
        ({"prompt": "sha256:old"}, "was made with another prompt"),
        ({"rubric_digest": "sha256:old"}, "was made with another rubric"),
        ({"expires": "2026-11-20"}, "expired on 2026-11-20"),
        ({"holds": False, "because": ("TNR is under the floor",)}, "TNR is under the floor"),
    ],
)
def test_reds_by_a_judge_without_a_valid_certificate_are_told_and_do_not_shut(fields: dict[str, Any], why: str) -> None:
    judgement = judge(judged_run(graded("a", asked()), *passes(3)), Rules(certificates=(certificate(**fields),)))
    assert (judgement.state, judgement.judged) == ("open", 3)
    state, told = rule(judgement, "judges")
    assert state == "told"
    assert why in told
    assert "1 verdict rests on such a judge (1 red): told, counted neither way" in told
    assert why in (judgement.reds[0].doubt or "")


def test_what_such_a_judge_passes_counts_no_more_than_what_it_fails() -> None:
    run = judged_run(graded("a", asked("pass"), looked("pass"), result="pass"), *passes(3))
    assert judge(run).judged == 3
    assert judge(run, CERTIFIED).judged == 4
    alone = judge(judged_run(graded("a", asked("pass"), result="pass")))
    assert (alone.state, alone.because[0]) == ("unjudged", "0 cases were judged; the policy wants 1 or more")


def test_a_red_that_something_else_calls_one_too_stands() -> None:
    judgement = judge(judged_run(graded("a", asked(), looked("fail")), *passes(99)), policy("downgrade"))
    assert (judgement.state, judgement.reds[0].doubt) == ("shut", None)


def test_a_p0_that_only_an_uncertified_judge_calls_a_fail_is_a_thing_nobody_can_tell() -> None:
    judgement = judge(judged_run(graded("a", asked(), severity="P0"), *passes(99)))
    assert judgement.state == "unjudged"
    assert "1 P0 case fails by a judge alone that has no certificate: a" in judgement.because[0]


def test_the_policy_may_refuse_such_a_judge_or_believe_it() -> None:
    run = judged_run(graded("a", asked()), *passes(99))
    refused = judge(run, policy("refuse"))
    assert (refused.state, "the policy refuses such a judge" in refused.because[0]) == ("unjudged", True)
    believed = judge(run, policy("accept"))
    assert (believed.state, believed.reds[0].blocks) == ("shut", True)
    assert rule(believed, "judges")[0] == "told"


def test_even_a_policy_that_believes_anybody_does_not_believe_a_self_test_that_missed() -> None:
    run = judged_run(graded("a", asked(), severity="P0"), *passes(99), tests=(self_test(kind="injected", held=False),))
    assert judge(run, policy("accept")).state == "unjudged"


def test_of_judges_that_sat_together_each_needs_its_certificate() -> None:
    other = changed(certificate(), judge="second", number=2)
    grade = asked(judge="judge + second")
    run = judged_run(graded("a", grade), *passes(99), tests=(self_test(), self_test(judge="second")))
    heads = (*run.head.judges, changed(run.head.judges[0], name="second"))
    run = changed(run, head=changed(run.head, judges=heads))
    assert judge(run, Rules(certificates=(certificate(), other))).state == "shut"
    assert judge(run, CERTIFIED).state == "open"
    untried = changed(run, end=RunEnd(finished_at=make.NOW, verdicts=100, self_tests=(self_test(),)))
    assert "judge second was not tried in this run" in judge(untried, CERTIFIED).because[0]


def test_a_miss_by_one_rubric_is_none_by_another_with_a_criterion_of_that_name() -> None:
    sales = asked(rubric="sales@1")
    tests = (self_test(rubric="support@1", kind="bad", held=False), self_test(rubric="sales@1"))
    run = judged_run(graded("a", sales), graded("b", asked()), *passes(99), tests=tests)
    doubts = doubts_about(run, (), now=make.NOW)
    assert doubts._replace(accepted=True).of(sales) is None
    assert doubts.of(asked()) == "judge judge misjudges what is known to be bad, by tone of support@1"


def test_a_judge_that_was_tried_by_one_rubric_was_not_tried_by_the_other() -> None:
    run = judged_run(graded("a", asked(rubric="sales@1")), *passes(99), tests=(self_test(rubric="support@1"),))
    assert judge(run, CERTIFIED).because[0].endswith("it holds no self-test by tone of sales@1")


def test_a_self_test_of_a_file_that_does_not_tell_its_rubric_counts_for_every_one() -> None:
    sales = asked(rubric="sales@1")
    missed = (self_test(kind="bad", held=False),)
    doubts = doubts_about(judged_run(graded("a", sales), graded("b", asked()), tests=missed), (), now=make.NOW)
    assert doubts.of(sales) == doubts.of(asked()) == "judge judge misjudges what is known to be bad, by tone"


def test_of_all_that_a_judge_missed_the_plainest_is_told() -> None:
    missed = tuple(self_test(kind=kind, said="pass", held=False) for kind in ("bad", "anchor", "injected"))
    judgement = judge(judged_run(graded("a", asked()), *passes(99), tests=missed), CERTIFIED)
    assert judgement.because == ("judge judge misjudges what is known to be bad, by tone",)


def test_a_judge_that_said_nothing_is_not_called_obedient() -> None:
    silent = (self_test(kind="injected", wanted="fail", said="error", held=False),)
    judgement = judge(judged_run(graded("a", asked()), *passes(99), tests=silent), CERTIFIED)
    assert judgement.because == ("judge judge gave no verdict on what is known, by tone",)


def test_what_a_person_graded_needs_no_certificate() -> None:
    human = Grade(result="fail", grader="judge", judged=Judged(criterion="tone", judge="dana@shop.test"))
    assert judge(judged_run(graded("a", human), *passes(99))).state == "shut"


def test_a_run_without_a_judge_asks_for_none() -> None:
    run = make.run(verdicts=passes(5))
    assert run.end == RunEnd(finished_at=make.NOW, verdicts=5)
    assert rule(judge(run), "judges") == ("held", "")
