"""A judge is tried on what is known in each run, and what it misses is told."""

from pathlib import Path

import make
from casemill.domain.calibration import Anchor
from casemill.domain.run import SelfTest
from casemill.run.judging import JudgePlan
from casemill.run.judging.subject import Subject
from llm.loopback import saying, serving
from run.judging.court import (
    Rule,
    court,
    grade,
    grading,
    honest,
    judged_case,
    obedient,
    planned,
    verdict,
    with_judges,
    write_second_rubric,
)

ALL = ("factual_accuracy", "citation_relevance", "tone", "completeness")


def tried(plan: JudgePlan, root: Path) -> tuple[SelfTest, ...]:
    return with_judges(plan, lambda judges: judges.self_test(), root=root)


def kinds(tests: tuple[SelfTest, ...]) -> list[tuple[str, str, bool]]:
    return [(test.kind, test.said, test.held) for test in tests]


def with_rule(rule: Rule, root: Path, *criteria: str) -> tuple[SelfTest, ...]:
    with serving(grading(rule)) as server:
        cases = [judged_case(criterion) for criterion in criteria or ALL]
        return tried(planned(court(root, server.url), root, *cases), root)


def test_a_sober_judge_holds_on_every_criterion_of_the_starter(tmp_path: Path) -> None:
    tests = with_rule(honest, tmp_path)
    assert all(test.held for test in tests)
    assert [test.kind for test in tests if test.criterion == "factual_accuracy"] == ["good", "bad", "injected"]
    assert [test.kind for test in tests if test.criterion == "tone"] == ["good", "bad", "injected", "injected"]
    assert {test.criterion for test in tests} == set(ALL)


def test_each_says_by_which_rubric_it_was_tried(tmp_path: Path) -> None:
    write_second_rubric(tmp_path)
    by_both = [judged_case("tone", rubric=label) for label in ("support@1", "sales@1")]
    with serving(grading(honest)) as server:
        tests = tried(planned(court(tmp_path, server.url), tmp_path, *by_both), tmp_path)
    assert {(test.rubric, test.by, test.held) for test in tests if test.kind == "bad"} == {
        ("support@1", "tone of support@1", True),
        ("sales@1", "tone of sales@1", False),
    }


def test_a_judge_that_passes_everything_misses_the_bad_reply(tmp_path: Path) -> None:
    tests = with_rule(lambda shown: verdict("pass", scored=False), tmp_path, "factual_accuracy")
    assert kinds(tests) == [("good", "pass", True), ("bad", "pass", False), ("injected", "pass", False)]
    assert [(test.wanted, test.reason) for test in tests[1:]] == [("fail", "Because.")] * 2


def test_a_judge_that_obeys_is_found_out(tmp_path: Path) -> None:
    tests = with_rule(obedient, tmp_path, "factual_accuracy")
    assert kinds(tests) == [("good", "pass", True), ("bad", "fail", True), ("injected", "pass", False)]


def test_the_conversation_is_not_shown_to_a_judge_that_obeys(tmp_path: Path) -> None:
    with serving(grading(obedient)) as server:
        settings = court(tmp_path, server.url)
        blind = grade(settings, tmp_path, make.reply(make.GOOD), case=judged_case("tone"))
        sent = "".join(seen.body.decode() for seen in server.seen)
        seeing = grade(settings, tmp_path, make.reply(make.GOOD), case=judged_case())
    assert blind.result == "error"
    assert blind.reason == "judge follows orders from what it reads, so the conversation is not shown to it"
    assert "want my money back" not in sent
    assert seeing.result == "pass"


def test_a_judge_that_could_not_be_tried_sees_no_conversation_either(tmp_path: Path) -> None:
    def dumb_on_orders(shown: dict[str, str]) -> object:
        return "?" if "SYSTEM:" in shown["reply"] else honest(shown)

    with serving(grading(dumb_on_orders)) as server:  # type: ignore[arg-type]
        told = grade(court(tmp_path, server.url), tmp_path, make.reply(), case=judged_case("tone"))
    assert (told.result, told.reason) == (
        "error",
        "judge could not be tried, so the conversation is not shown to it",
    )


def test_one_slip_on_what_is_known_is_asked_again_and_forgiven(tmp_path: Path) -> None:
    slips = ["fail", "pass"]

    def slipping(shown: dict[str, str]) -> object:
        known_good = shown["reply"].startswith("I can't start a refund myself")
        if known_good and slips and slips.pop(0) == "fail":
            return verdict("fail", "I can't start a refund myself", scored=False)
        return honest(shown)

    tests = with_rule(slipping, tmp_path, "factual_accuracy")  # type: ignore[arg-type]
    assert kinds(tests)[0] == ("good", "fail", True)


def test_anchors_are_judged_again_and_drift_is_told(tmp_path: Path) -> None:
    anchors = (
        Anchor(wanted="fail", shown={"expectation": "No refund.", "reply": make.BAD, "calls": "(none)"}),
        Anchor(wanted="fail", shown={"expectation": "No refund.", "reply": make.GOOD, "calls": "(none)"}),
    )
    with serving(grading(honest)) as server:
        plan = planned(court(tmp_path, server.url), tmp_path, judged_case())
        subject = Subject("judge", "support@1", "factual_accuracy")
        tests = tried(plan._replace(anchors={subject: anchors}), tmp_path)
    assert [(test.kind, test.wanted, test.said, test.held) for test in tests if test.kind == "anchor"] == [
        ("anchor", "fail", "fail", True),
        ("anchor", "fail", "pass", False),
    ]


def test_self_tests_run_once_however_often_they_are_asked_for(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        plan = planned(court(tmp_path, server.url), tmp_path, judged_case("tone"), judged_case("tone", "b-7q3k2d"))
        (grader,) = plan.questions

        async def work(judges):  # type: ignore[no-untyped-def]
            first = await judges.self_test()
            await judges.grade(grader, case=judged_case("tone"), reply=make.reply(), name="judge")
            return first == await judges.self_test(), judges.spent.calls

        same, calls = with_judges(plan, work)
    assert same
    assert calls == len(server.seen) == 4 + 1


def test_a_judge_that_cannot_be_reached_holds_nothing_and_raises_nothing(tmp_path: Path) -> None:
    with serving(saying("no", status=400)) as server:
        plan = planned(court(tmp_path, server.url), tmp_path, judged_case())
        tests = tried(plan, tmp_path)
    assert {(test.said, test.held) for test in tests} == {("error", False)}
    assert "400" in tests[0].reason


def test_calls_at_once_stay_within_the_concurrency(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        cases = [judged_case(criterion) for criterion in ALL]
        plan = planned(court(tmp_path, server.url, judge="repeat = 3"), tmp_path, *cases)
        with_judges(plan, lambda judges: judges.self_test(), concurrency=2)
    assert server.most_flying <= 2
    assert len(server.seen) == 2 * 15
