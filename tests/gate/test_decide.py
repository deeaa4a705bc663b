"""Open, shut or unjudged."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make
from casemill.domain.case import Case, Lineage, Since
from casemill.domain.gate import GatePolicy, Judgement, Override, Red, RedRead
from casemill.domain.grade import Grade
from casemill.domain.run import Run, Trial, Verdict
from casemill.gate import Rules, judge_run
from casemill.gate.baseline import Accepted, Kept
from casemill.gate.stability import Steadiness


def verdict(id: str, severity: str = "P1", result: str = "fail", **fields: Any) -> Verdict:
    told: dict[str, Any] = {
        "failure_mode": "wrong_fact",
        "digest": case(id, severity).digest,
        "severity": severity,
        "result": result,
        "reason": "" if result == "pass" else "says 'processed your refund'",
        "trials": (Trial(number=1, reply=make.reply(make.BAD), grades=(Grade(result="fail", grader="not_contains"),)),),
    }
    return make.verdict(id, **(told | fields))


def case(id: str, severity: str = "P1", **fields: Any) -> Case:
    return make.case(id, failure_mode="wrong_fact", severity=severity, **fields)


def passes(count: int, severity: str = "P1") -> tuple[Verdict, ...]:
    return tuple(verdict(f"pass-{severity.lower()}-{number}", severity, "pass") for number in range(count))


def judge(*verdicts: Verdict, rules: Rules | None = None, **head: Any) -> Judgement:
    return judge_run(make.run(verdicts=verdicts, **head), rules or Rules(), now=make.NOW)


def override(case: str, **fields: Any) -> Override:
    told = {"who": "lead@shop.test", "why": "New price list on Monday.", "until": "2026-12-01"}
    return Override(case=case, **(told | fields))


def red(judgement: Judgement) -> Red:
    (only,) = judgement.reds
    return only


def test_when_everything_passes_the_gate_is_open() -> None:
    judgement = judge(*passes(20))
    assert (judgement.state, judgement.because, judgement.reds) == ("open", (), ())
    assert (judgement.passed, judgement.judged, judgement.rate) == (20, 20, 1.0)
    assert judgement.interval is not None
    assert judgement.interval[0] == pytest.approx(0.8389, abs=1e-3)


@pytest.mark.parametrize("result", ["fail", "flaky"])
def test_a_p0_that_fails_or_flickers_shuts_the_gate(result: str) -> None:
    judgement = judge(verdict("a", "P0", result), *passes(99))
    assert judgement.state == "shut"
    assert red(judgement).blocks


def test_a_p1_that_fails_shuts_the_gate() -> None:
    judgement = judge(verdict("a"), *passes(99))
    assert (judgement.state, red(judgement).blocks) == ("shut", True)
    assert judgement.because == ("1 P1 case fails with no override that counts",)


def test_a_p1_that_flickers_and_a_p2_that_fails_are_told() -> None:
    judgement = judge(verdict("a", "P1", "flaky"), verdict("b", "P2"), *passes(98))
    assert judgement.state == "open"
    assert not any(red.blocks for red in judgement.reds)
    assert any("1 P1 case passes only sometimes" in line for line in judgement.told)
    assert any("1 P2 case fails" in line for line in judgement.told)


def test_an_override_lets_a_p1_through_and_stands_in_the_red() -> None:
    judgement = judge(verdict("a"), *passes(3), rules=Rules(overrides=(override("a"),)))
    assert judgement.state == "open"
    assert red(judgement).override == override("a")
    assert (judgement.passed, judgement.judged) == (3, 3)


@pytest.mark.parametrize(("until", "state"), [("2026-11-20", "shut"), ("2026-11-21", "open")])
def test_an_override_counts_through_its_last_day(until: str, state: str) -> None:
    judgement = judge(verdict("a"), *passes(99), rules=Rules(overrides=(override("a", until=until),)))
    assert judgement.state == state
    assert any("ended on 2026-11-20" in line for line in judgement.told) == (state == "shut")


def test_a_p0_cannot_be_overridden_and_who_tries_is_told() -> None:
    judgement = judge(verdict("a", "P0"), *passes(99), rules=Rules(overrides=(override("a"),)))
    assert judgement.state == "shut"
    assert red(judgement).override is None
    assert any("a P0 cannot be overridden" in line for line in judgement.told)


def test_lowering_the_severity_in_either_file_does_not_help() -> None:
    lowered = Rules(cases={"a": case("a", "P2")})
    assert judge(verdict("a", "P0"), *passes(99), rules=lowered).state == "shut"
    raised = Rules(cases={"a": case("a", "P0")})
    assert judge(verdict("a", "P2"), *passes(99), rules=raised).state == "shut"


@pytest.mark.parametrize(
    "aside",
    [
        {"stale": Since(since="2026-11-01", because="The policy changed.")},
        {"status": "quarantined"},
        {"status": "retired"},
    ],
)
def test_a_stale_or_set_aside_case_is_told_and_only_as_p0_it_still_shuts(aside: dict[str, Any]) -> None:
    p1 = judge(verdict("a"), *passes(3), rules=Rules(cases={"a": case("a", **aside)}))
    assert (p1.state, p1.judged) == ("open", 3)
    assert any("stale or set aside" in line for line in p1.told)
    p0 = judge(verdict("a", "P0"), *passes(99), rules=Rules(cases={"a": case("a", "P0", **aside)}))
    assert p0.state == "shut"


def test_why_a_case_is_stale_stands_in_its_red() -> None:
    stale = Since(since="2026-11-01", because="The policy changed.")
    judgement = judge(verdict("a"), *passes(3), rules=Rules(cases={"a": case("a", stale=stale)}))
    assert "stale since 2026-11-01: The policy changed." in red(judgement).reason


def test_a_pass_rate_under_the_policys_shuts_the_gate_and_says_how_sure_that_is() -> None:
    judgement = judge(verdict("a", "P2"), *passes(9))
    assert judgement.state == "shut"
    assert judgement.because == (
        "pass rate 90 % (9 of 10; 95 % interval 59.5 % to 98.2 %) is under 95 %; "
        "with 10 judged, chance alone could do that",
    )
    many = judge(*(verdict(f"b{number}", "P2") for number in range(30)), *passes(170))
    assert "chance" not in many.because[0]


def test_errors_are_apart_from_the_pass_rate() -> None:
    judgement = judge(verdict("a", "P2", "error"), *passes(39))
    assert (judgement.state, judgement.errors, judgement.judged) == ("open", 1, 39)
    assert red(judgement).result == "error"


def test_too_many_errors_leave_it_unjudged() -> None:
    judgement = judge(*(verdict(f"e{number}", "P2", "error") for number in range(2)), *passes(18))
    assert judgement.state == "unjudged"
    assert judgement.because == ("10 % of the cases ended in an error (2 of 20); at most 5 % may",)


def test_a_p0_without_a_verdict_leaves_it_unjudged() -> None:
    judgement = judge(verdict("a", "P0", "error"), *passes(99))
    assert (judgement.state, judgement.because) == ("unjudged", ("1 P0 case has no verdict, only an error",))


def test_too_few_cases_leave_it_unjudged() -> None:
    assert judge().state == "unjudged"
    assert judge(*passes(9), rules=Rules(policy=GatePolicy(min_cases=10))).state == "unjudged"
    assert judge(*passes(10), rules=Rules(policy=GatePolicy(min_cases=10))).state == "open"


def test_an_interrupted_run_is_unjudged_even_when_what_was_done_is_green() -> None:
    run = make.run(verdicts=passes(10), ended=False)
    assert judge_run(run, Rules(), now=make.NOW).state == "unjudged"
    half = judge(*passes(10), cases=20)
    assert (half.state, half.because) == ("unjudged", ("the run was interrupted: 10 of 20 cases done",))


def test_a_p0_fail_shuts_even_what_cannot_be_judged_and_a_p1_fail_does_not() -> None:
    p0 = make.run(verdicts=(verdict("a", "P0"),), ended=False)
    judgement = judge_run(p0, Rules(), now=make.NOW)
    assert judgement.state == "shut"
    assert "interrupted" in judgement.because[-1]
    p1 = make.run(verdicts=(verdict("a", "P1"),), ended=False)
    assert judge_run(p1, Rules(), now=make.NOW).state == "unjudged"


def test_case_files_that_cannot_be_read_leave_it_unjudged() -> None:
    judgement = judge(*passes(9), rules=Rules(unreadable=("evals/cases/x.yaml:3: is not YAML",)))
    assert judgement.state == "unjudged"
    assert "evals/cases/x.yaml:3" in judgement.because[0]


def test_a_red_leads_back_to_file_ticket_helpdesk_and_desk() -> None:
    lineage = Lineage(source="zendesk", ticket="48 213", link="https://shop.zendesk.com/agent/tickets/48213")
    rules = Rules(cases={"a": case("a", lineage=lineage)}, paths={"a": "evals/cases/wrong_fact/a.yaml"})
    run = make.run(verdicts=(verdict("a"), *passes(30)))
    found = red(judge_run(run, rules, now=make.NOW, desk_url="https://desk.shop.test/"))
    assert found.path == "evals/cases/wrong_fact/a.yaml"
    assert (found.ticket, found.link) == ("zendesk:48 213", "https://shop.zendesk.com/agent/tickets/48213")
    assert found.desk == "https://desk.shop.test/review/zendesk:48%20213"
    assert (found.reason, found.said) == ("says 'processed your refund'", make.BAD)


def test_a_long_reply_is_shown_short_and_on_one_line() -> None:
    trials = (
        Trial(number=1, reply=make.reply("fine"), grades=(Grade(result="pass", grader="x"),)),
        Trial(number=2, reply=make.reply("so\n\nlong " * 200), grades=(Grade(result="fail", grader="x"),)),
    )
    said = red(judge(verdict("a", trials=trials))).said
    assert len(said) == 240
    assert "\n" not in said
    assert said.endswith("…")


def test_what_it_was_in_the_baseline_is_told() -> None:
    kept = {"a": Kept(result="pass", digest=case("a").digest), "b": Kept(result="fail", digest="sha256:other")}
    rules = Rules(baseline={"v1": Accepted(run="run-0", release=1, at="2026-11-01", verdicts=kept)})
    judgement = judge(verdict("a"), verdict("b"), rules=rules)
    assert [red.before for red in judgement.reds] == ["pass", "fail, in an older content"]
    assert judgement.told[0] == "since the baseline (run run-0), 1 case that passed does not pass now: a"
    other = judge(verdict("a"), rules=rules, target="v2")
    assert red(other).before is None


def test_what_the_run_left_out_or_saw_otherwise_is_told() -> None:
    rules = Rules(cases={"a": case("a", why="x"), "b": case("b", "P0"), "c": case("c", status="retired")})
    judgement = judge(verdict("a", "P1", "pass", digest="sha256:old"), verdict("z", "P1", "pass"), rules=rules)
    told = "\n".join(judgement.told)
    assert "1 case has changed since this run: a; run again" in told
    assert "1 case of this run has no file: z" in told
    assert "1 active case was not in this run, 1 of them P0" in told


def test_an_override_that_is_not_needed_is_told() -> None:
    rules = Rules(overrides=(override("pass-p1-0"), override("gone"), override("p2")))
    told = "\n".join(judge(*passes(99), verdict("p2", "P2"), rules=rules).told)
    assert "not needed any more: the case passes" in told
    assert "names a case that is not in this run" in told
    assert "a P2 never shuts the gate" in told


verdicts = st.lists(
    st.tuples(st.sampled_from(["P0", "P1", "P2"]), st.sampled_from(["pass", "fail", "flaky", "error"])), max_size=30
)


def case_of(number: int) -> str:
    return f"c{number}"


policies = st.builds(
    GatePolicy,
    pass_rate=st.floats(0, 1),
    max_error_rate=st.floats(0, 1),
    min_cases=st.integers(1, 5),
    max_drop=st.floats(0, 1),
    on_drop=st.sampled_from(["shut", "tell"]),
    golden_facts=st.sampled_from(["shut", "tell"]),
    flaky=st.sampled_from(["aside", "tell"]),
    uncertified_judge=st.sampled_from(["downgrade", "refuse", "accept"]),
)


@settings(max_examples=150, deadline=None)
@given(verdicts, st.booleans(), policies)
def test_no_policy_and_nothing_in_a_file_opens_the_gate_over_a_failing_p0(
    given_verdicts: list[tuple[str, str]], ended: bool, policy: GatePolicy
) -> None:
    made = tuple(verdict(case_of(number), *pair) for number, pair in enumerate(given_verdicts))
    rules = Rules(
        policy=policy,
        overrides=(override("", rule="drop"), *(override(each.case) for each in made)),
        steady={each.case: {"v1": Steadiness(digest=each.digest, trials=20, passes=10, came_back=5)} for each in made},
        cases={
            each.case: case(each.case, "P2", status="quarantined", stale=Since(since="2026-11-01", because="x"))
            for each in made
        },
        readings=tuple(
            RedRead(case=each.case, digest=each.digest, run="run-1", target="v1", read_as="flaky", who="x", at=make.NOW)
            for each in made
        ),
    )
    run: Run = make.run(verdicts=made, ended=ended)
    judgement = judge_run(run, rules, now=make.NOW)
    bad = [pair for pair in given_verdicts if pair[0] == "P0" and pair[1] in ("fail", "flaky")]
    if bad:
        assert judgement.state == "shut"
    if not ended or ("P0", "error") in given_verdicts:
        assert judgement.state != "open"
    assert (judgement.state == "open") == (not judgement.because)
    assert len(judgement.reds) == sum(result != "pass" for _, result in given_verdicts)


def test_a_run_that_leaves_out_a_p0_cannot_open_the_gate() -> None:
    run = make.run(verdicts=(make.verdict("wrong-tone-abcdef", severity="P2"),))
    judgement = judge_run(run, Rules(must_run=frozenset({"promised-action-7q3k2d"})), now=make.NOW)
    assert judgement.state == "unjudged"
    assert judgement.because == ("1 P0 case was not in this run: promised-action-7q3k2d",)


def test_a_p0_whose_content_changed_since_the_run_leaves_the_gate_unjudged() -> None:
    rules = Rules(cases={"a": case("a", "P0")})
    judgement = judge(verdict("a", "P0", "pass", digest="sha256:old"), *passes(9), rules=rules)
    assert judgement.state == "unjudged"
    assert judgement.because == ("1 P0 case changed since this run: a; run again",)
    retired = Rules(cases={"a": case("a", "P0", status="retired")})
    assert judge(verdict("a", "P0", "pass", digest="sha256:old"), *passes(9), rules=retired).state == "open"


def test_a_verdict_on_the_content_that_the_release_froze_holds_whatever_the_file_says_now() -> None:
    rules = Rules(cases={"a": case("a", "P0")}, frozen={"a": "sha256:old"})
    judgement = judge(verdict("a", "P0", "pass", digest="sha256:old"), *passes(9), rules=rules)
    assert judgement.state == "open"
    assert not any("changed since" in line for line in judgement.told)
