"""A run that may take only so long."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
from casemill.domain.case import Case, Expect, Input, Said
from casemill.errors import UsageError
from casemill.run import read_run, seconds_of
from casemill.run.budget import Budget, most_telling_first
from llm.loopback import serving
from run.shop import answering, bot_at, run, shop

SAID = {
    "one": "where is my parcel, it was promised for friday",
    "two": "the kettle leaks and I want another colour",
    "zero": "please cancel the subscription of my late father",
}


def case(id: str, severity: str, *, says: str = "x", **fields: Any) -> Case:
    asked = Input(turns=(Said(customer=SAID.get(says, says)),))
    told = {"input": asked, "assert_": ({"contains": {"any": [says]}},)} | fields
    return make.case(f"{id}-aaaaaa", severity=severity, **told)


def test_p0s_come_first_then_one_of_each_obligation_then_the_rest() -> None:
    cases = [
        case("a", "P2", says="one"),
        case("b", "P1", says="one"),
        case("c", "P1", says="two"),
        case("d", "P1", says="two"),
        case("e", "P0", says="zero"),
        case("f", "P2", says="zero"),
        case("g", "P0", says="zero"),
        case("h", "P2", says="two", expect=Expect(outcome="refuse")),
    ]
    assert "".join(one.id[0] for one in most_telling_first(cases)) == "egbchdaf"


def test_every_failure_mode_has_its_turn_before_the_second_case_of_any() -> None:
    modes = {"a": "wrong_fact", "b": "wrong_fact", "c": "wrong_tone", "d": "wrong_fact", "e": "bad_format"}
    cases = [case(id, "P1", says=f"{id * 20} is said", failure_mode=mode) for id, mode in modes.items()]
    assert "".join(one.id[0] for one in most_telling_first(cases)) == "acebd"


@given(st.lists(st.tuples(st.sampled_from(("P0", "P1", "P2")), st.sampled_from(tuple(SAID))), max_size=20))
def test_whatever_the_order_no_case_is_lost_p0s_lead_and_then_no_obligation_comes_twice(
    drawn: list[tuple[str, str]],
) -> None:
    cases = [case(f"c{number}", severity, says=says) for number, (severity, says) in enumerate(drawn)]
    ordered = most_telling_first(cases)
    assert sorted(one.id for one in ordered) == sorted(one.id for one in cases)
    p0s = sum(severity == "P0" for severity, _ in drawn)
    assert all(one.severity == "P0" for one in ordered[:p0s])
    unguarded = {says for _, says in drawn} - {says for severity, says in drawn if severity == "P0"}
    led = [str(one.assert_) for one in ordered[p0s : p0s + len(unguarded)]]
    assert len(set(led)) == len(led)


def test_a_case_begins_when_it_would_end_in_time_and_a_p0_always() -> None:
    now = [0.0]
    budget = Budget(10, lambda: now[0])
    assert budget.allows(case("a", "P1"))
    budget.took(4)
    now[0] = 6.0
    assert budget.allows(case("a", "P1"))
    now[0] = 6.1
    assert not budget.allows(case("a", "P1"))
    assert budget.allows(case("a", "P0"))


def test_what_the_budget_leaves_out_is_told_and_no_p0_is(tmp_path: Path) -> None:
    cases = [case(f"p1{letter}", "P1", says=letter * 20) for letter in "abc"] + [case("p0", "P0", says="refund")]
    with serving(answering()) as server:
        root = shop(tmp_path, *cases, toml=bot_at(server.url))
        ran = run(root, budget=1e-9)
        assert len(server.seen) == 1
    assert (ran.cases, ran.left, ran.passed) == (1, 3, 1)
    assert ran.narrowed == "a budget of 1e-09 s"
    whole = read_run(Path(ran.file))
    assert whole.end is not None
    assert (whole.head.cases, sorted(whole.end.left)) == (4, ["p1a-aaaaaa", "p1b-aaaaaa", "p1c-aaaaaa"])
    assert whole.verdicts[0].case == "p0-aaaaaa"


def test_a_run_that_a_budget_cut_goes_on_with_what_was_left_out(tmp_path: Path) -> None:
    cases = [case(f"p1{letter}", "P1", says="refund") for letter in "abc"] + [case("p0", "P0", says="refund")]
    with serving(answering()) as server:
        root = shop(tmp_path, *cases, toml=bot_at(server.url))
        first = run(root, budget=1e-9)
        again = run(root, resume=first.file)
        assert len(server.seen) == 4
    assert (again.cases, again.left, again.passed) == (4, 0, 4)
    assert read_run(Path(again.file)).head.narrowed == ""


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90), ("90s", 90), ("1.5s", 1.5), ("5m", 300), ("1h30m", 5400), ("2m10s", 130)]
)
def test_a_time_is_read_as_people_write_it(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "5 min", "-3s", "0", "m"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no time"):
        seconds_of(text)
