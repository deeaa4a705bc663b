"""What a run needs of judges is settled before the first call."""

from pathlib import Path

import pytest

import make
from casemill.errors import UsageError
from casemill.run.judging import Estimate, plan_judges
from casemill.settings import load
from run.judging.court import court, judged_case, planned, with_judges

NOWHERE = "http://127.0.0.1:9"


def test_a_suite_without_judge_assertions_needs_no_judge(tmp_path: Path) -> None:
    settings = court(tmp_path, NOWHERE)
    assert plan_judges(settings, tmp_path / "evals", cases=[make.case()], environ={}) is None


def test_without_a_judge_in_the_settings_the_plan_says_so_and_asks_nobody(tmp_path: Path) -> None:
    plan = planned(load(tmp_path, environ={}).settings, tmp_path, judged_case(rubric="nowhere@1"))
    assert plan.missing == "there is no [model.judge] in casemill.toml"
    assert plan.heads == ()
    assert plan.estimate(judged_case()) == Estimate(0, 0) == plan.estimate_self_tests()


def test_the_head_tells_model_prompt_and_rubrics_by_digest(tmp_path: Path) -> None:
    (head,) = planned(court(tmp_path, NOWHERE), tmp_path, judged_case(), judged_case("tone")).heads
    assert (head.name, head.model, list(head.rubrics)) == ("judge", "judge-1", ["support@1"])
    assert all(each.startswith("sha256:") for each in (head.digest, head.prompt, *head.rubrics.values()))


@pytest.mark.parametrize(
    ("judge", "model"),
    [("repeat = 3", ""), ("schema = true", ""), ("", "params = {temperature = 0.5}")],
    ids=["repeat", "schema", "params"],
)
def test_a_judge_asked_otherwise_is_another_judge(judge: str, model: str, tmp_path: Path) -> None:
    (plain,) = planned(court(tmp_path, NOWHERE), tmp_path, judged_case()).heads
    (other,) = planned(court(tmp_path, NOWHERE, judge=judge, model=model), tmp_path, judged_case()).heads
    assert plain.digest != other.digest
    assert (plain.prompt, plain.rubrics) == (other.prompt, other.rubrics)


def test_the_key_is_no_part_of_the_judge(tmp_path: Path) -> None:
    settings = court(tmp_path, NOWHERE, model='api_key_env = "KEY"')
    one, other = (planned(settings, tmp_path, judged_case(), environ={"KEY": key}).heads for key in ("a", "b"))
    assert one == other


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"rubric": "suport@1"}, "there is no rubric 'suport@1'"),
        ({"rubric": "support@2"}, "there is no rubric 'support@2'"),
        ({"criterion": "ton"}, "rubric support@1 has no criterion 'ton'"),
        ({"by": "third"}, "there is no [model.third] in casemill.toml to judge"),
    ],
    ids=["rubric", "version", "criterion", "judge"],
)
def test_what_is_not_there_is_refused_before_any_call(fields: dict[str, str], why: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        planned(court(tmp_path, NOWHERE), tmp_path, judged_case(**fields))
    assert str(refused.value).startswith(why)
    assert refused.value.hint


def test_a_key_that_is_not_set_is_refused_before_any_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="JUDGE_KEY is not set"):
        planned(court(tmp_path, NOWHERE, model='api_key_env = "JUDGE_KEY"'), tmp_path, judged_case())


def test_the_estimate_counts_a_call_for_each_vote_of_each_judge(tmp_path: Path) -> None:
    others = f'[model.second]\nbase_url = "{NOWHERE}"\nmodel = "m"'
    case = judged_case(by=["judge", "second"])
    plan = planned(court(tmp_path, NOWHERE, judge="repeat = 3", others=others), tmp_path, case)
    calls, tokens = plan.estimate(case)
    assert calls == 2 * 2
    assert 1000 < tokens < 5000
    assert plan.estimate_self_tests().calls == 2 * 2 * 3


def test_names_given_judge_in_place_of_the_default(tmp_path: Path) -> None:
    settings = court(tmp_path, NOWHERE, others=f'[model.second]\nbase_url = "{NOWHERE}"\nmodel = "m"')
    plan = plan_judges(settings, tmp_path / "evals", cases=[judged_case()], environ={}, names=("second",))
    assert plan is not None
    assert [head.name for head in plan.heads] == ["second"]


def test_a_judge_outside_the_hosts_that_may_be_called_is_refused_when_it_is_opened(tmp_path: Path) -> None:
    plan = planned(court(tmp_path, NOWHERE), tmp_path, judged_case())
    with pytest.raises(UsageError, match="may not be called"):
        with_judges(plan, lambda judges: judges.self_test(), allow=("models.example",))


@pytest.mark.parametrize("params", ["{model = 'x'}", "{stream = true}"])
def test_parameters_that_are_ours_are_refused(params: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="params may not hold"):
        planned(court(tmp_path, NOWHERE, model=f"params = {params}"), tmp_path, judged_case())
