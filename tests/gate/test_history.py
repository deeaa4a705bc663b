"""The baseline, golden cases, flickering cases: what a run is held against beside its own verdicts."""

from typing import Any

import pytest

import make
from casemill.domain.gate import GatePolicy, Judgement, Override
from casemill.domain.run import RunEnd, Spent, Verdict
from casemill.domain.word import changed
from casemill.gate import Rules
from casemill.gate.baseline import Accepted, Kept
from casemill.gate.stability import Steadiness
from gate.weighing import case, graded, judge, looked, passes, rule, verdict


def baseline(*verdicts: Verdict, **results: str) -> dict[str, Accepted]:
    kept = {each.case: Kept(result=results.get(each.case, "pass"), digest=each.digest) for each in verdicts}  # type: ignore[arg-type]
    return {"v1": Accepted(run="run-0", release=1, at="2026-11-01", verdicts=kept)}


def suite(*, failing: int, cases: int = 100) -> tuple[Verdict, ...]:
    return tuple(verdict(f"c{n}", "P2", "fail" if n < failing else "pass") for n in range(cases))


def against(verdicts: tuple[Verdict, ...], **fields: Any) -> Judgement:
    rules = Rules(policy=GatePolicy(pass_rate=0, **fields.pop("policy", {})), baseline=baseline(*verdicts), **fields)
    return judge(make.run(verdicts=verdicts), rules)


def test_a_fall_over_the_policys_that_the_numbers_carry_shuts_the_gate() -> None:
    judgement = against(suite(failing=8))
    assert judgement.state == "shut"
    state, told = rule(judgement, "drop")
    assert state == "broken"
    assert told.startswith("the pass rate fell 8.0 points since the baseline, from 100 % to 92 % (95 % interval")
    assert told.endswith("at most 5.0 points may")


def test_a_fall_that_chance_could_do_alone_does_not_shut_and_is_not_called_calm() -> None:
    judgement = against(suite(failing=4, cases=50))
    assert judgement.state == "open"
    assert judgement.comparison is not None
    assert judgement.comparison.drop == pytest.approx(0.08)
    assert any(
        line.startswith("not enough cases to tell of a fall: with 50 cases in both runs") for line in judgement.told
    )


def test_a_sure_fall_within_what_the_policy_lets_be_is_told() -> None:
    judgement = against(suite(failing=9, cases=300))
    assert (judgement.state, rule(judgement, "drop")[0]) == ("open", "held")
    assert any("the pass rate fell 3.0 points since the baseline" in line for line in judgement.told)


def test_enough_cases_and_no_fall_is_said_with_what_would_have_shown() -> None:
    told = against(suite(failing=0, cases=300)).told
    assert any("did not fall since the baseline" in line and "would have shown" in line for line in told)


def test_the_policy_may_only_tell_of_a_fall_and_a_recorded_yes_lets_it_through() -> None:
    tells = against(suite(failing=8), policy={"on_drop": "tell"})
    assert (tells.state, rule(tells, "drop")[0]) == ("open", "told")
    yes = Override(rule="drop", who="lead@shop.test", why="Weaker, cheaper model.", until="2026-12-01")
    let = against(suite(failing=8), overrides=(yes,))
    assert (let.state, rule(let, "drop")[0]) == ("open", "told")
    assert "lead@shop.test says yes until 2026-12-01: Weaker, cheaper model." in rule(let, "drop")[1]
    over = against(suite(failing=8), overrides=(changed(yes, until="2026-11-20"),))
    assert over.state == "shut"


def test_cases_set_aside_and_other_targets_baselines_are_not_compared() -> None:
    verdicts = suite(failing=8)
    aside = {each.case: case(each.case, "P2", status="quarantined") for each in verdicts[:8]}
    assert against(verdicts, cases=aside).state == "open"
    rules = Rules(policy=GatePolicy(pass_rate=0), baseline={"v2": baseline(*verdicts)["v1"]})
    judgement = judge(make.run(verdicts=verdicts), rules)
    assert (judgement.state, judgement.comparison) == ("open", None)
    assert rule(judgement, "drop") == ("told", "there is no baseline of v1 to compare with")


GOLDEN = {"a": case("a", "P2", golden="happy", failure_mode="wrong_fact")}


def test_a_golden_case_that_fails_on_facts_shuts_the_gate_whatever_its_severity() -> None:
    fails = verdict("a", "P2", digest=GOLDEN["a"].digest, failure_mode="wrong_fact")
    run = make.run(verdicts=(fails, *passes(99)))
    judgement = judge(run, Rules(cases=GOLDEN))
    assert (judgement.state, judgement.because[0]) == ("shut", "1 golden case fails on facts: a")
    assert judgement.reds[0].golden == "happy"
    tells = judge(run, Rules(cases=GOLDEN, policy=GatePolicy(golden_facts="tell")))
    assert (tells.state, rule(tells, "golden")[0]) == ("open", "told")


def test_a_golden_case_that_fails_on_something_else_is_judged_by_its_severity() -> None:
    golden = {"a": case("a", "P2", golden="happy")}
    assert judge(make.run(verdicts=(verdict("a", "P2"), *passes(99))), Rules(cases=golden)).state == "open"
    cites = graded("a", changed(looked("fail"), grader="cites"))
    run = make.run(verdicts=(changed(cites, severity="P2"), *passes(99)))
    assert judge(run, Rules(cases=golden)).state == "shut"


def steady(trials: int, passed: int, **fields: Any) -> dict[str, dict[str, Steadiness]]:
    told: dict[str, Any] = {"digest": case("a").digest, "trials": trials, "passes": passed, "came_back": 3}
    return {"a": {"v1": Steadiness(**(told | fields))}}


@pytest.mark.parametrize(
    ("trials", "flickers"),
    [
        ("", False),
        ("pf", False),
        ("pppppppppp", False),
        ("pfpfpfpfpf", True),
        ("ppppppfpfp", True),
        ("pfpfpfpfp", False),
        ("pppppppppppppppppfpp", False),
        ("ppppppppfffff", False),
        ("ppppppppfffffpppp", False),
        ("fffffffffpffffffffffffffffffffff", False),
    ],
)
def test_flickering_is_to_fall_and_come_back_at_a_rate_surely_neither_near_0_nor_near_1(
    trials: str, flickers: bool
) -> None:
    """Not a case that got worse for good, nor one that was mended, nor one that was tried too little."""
    history = Steadiness(digest="x").after([letter == "p" for letter in trials])
    assert (history.trials, history.passes) == (len(trials), trials.count("p"))
    assert history.flickers is flickers


def test_a_p1_that_flickers_by_its_history_is_set_aside_and_told() -> None:
    run = make.run(verdicts=(verdict("a"), *passes(3)))
    judgement = judge(run, Rules(steady=steady(12, 7), cases={"a": case("a")}))
    assert (judgement.state, judgement.judged, judgement.reds[0].blocks) == ("open", 3, False)
    assert "flickers: passed 7 of 12 trials before (90 % interval" in judgement.reds[0].reason
    assert any("1 case passes and fail by chance, by their history: a" in line for line in judgement.told)


def test_a_flickering_case_that_passes_does_not_count_either() -> None:
    run = make.run(verdicts=(verdict("a", "P1", "pass"), *passes(3)))
    assert judge(run, Rules(steady=steady(12, 7))).judged == 3


@pytest.mark.parametrize(
    ("severity", "rules"),
    [
        (
            "P0",
            Rules(steady={"a": {"v1": Steadiness(digest=case("a", "P0").digest, trials=12, passes=7, came_back=3)}}),
        ),
        ("P1", Rules(steady=steady(12, 7), policy=GatePolicy(flaky="tell"))),
        ("P1", Rules(steady=steady(12, 12))),
        ("P1", Rules(steady=steady(12, 7, digest="sha256:old"))),
        ("P1", Rules(steady={"a": {"v2": Steadiness(digest=case("a").digest, trials=12, passes=7, came_back=3)}})),
    ],
)
def test_history_excuses_no_p0_nothing_against_the_policy_and_no_other_content_or_target(
    severity: str, rules: Rules
) -> None:
    assert judge(make.run(verdicts=(verdict("a", severity), *passes(99))), rules).state == "shut"


def test_cases_that_a_budget_left_out_are_told_and_the_run_is_whole_all_the_same() -> None:
    run = make.run(verdicts=passes(9), cases=10, narrowed="a budget of 5 minutes")
    end = RunEnd(finished_at=make.NOW, verdicts=9, left=("slow-one",), spent=Spent(calls=9, cost=0.5))
    judgement = judge(changed(run, end=end))
    assert judgement.state == "open"
    assert "1 case was left out for want of time" in judgement.told
    assert judgement.spent == end.spent
