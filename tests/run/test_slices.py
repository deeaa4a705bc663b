"""A run cut by what its cases are about."""

from typing import Any

import make
from casemill.domain.case import Card, Case, Input, Lineage, Said
from casemill.domain.comparison import Slice
from casemill.domain.run import Run, Verdict
from casemill.run.compare import side_of
from casemill.run.slices import cut_run


def case(id: str, *, said: str = "hi", source: str = "zendesk", **fields: Any) -> Case:
    turns = (Said(customer=said), Said(assistant="what is it about? " * 100), Said(customer=said))
    told = {"input": Input(turns=turns), "lineage": Lineage(source=source, ticket=id)}
    return make.case(id, **(told | fields))


def cut(pairs: "list[tuple[Case, Verdict]]", **given: Any) -> dict[tuple[str, str], Slice]:
    run = make.run(verdicts=tuple(verdict for _, verdict in pairs))
    slices = cut_run(run, {case.id: case for case, _ in pairs}, **given)
    return {(each.of, each.name): each for each in slices}


def pair(id: str, result: str = "pass", mode: str = "wrong_fact", **fields: Any) -> tuple[Case, Verdict]:
    return case(id, failure_mode=mode, **fields), make.verdict(id, result=result, failure_mode=mode)


def test_a_run_is_cut_by_mode_intent_kind_language_length_urgency_policy_and_source() -> None:
    card = Card(intent="refund", language="en", urgency="high", policy="returns")
    other = Card(intent="track", language="ru", urgency="low", policy="none")
    found = cut([
        pair("a", "fail", card=card, said="word " * 10, stratum="edge"),
        pair("b", card=other, said="word " * 70, source="incident", mode="wrong_tone"),
    ])  # fmt: skip
    assert {of for of, _ in found} == {"mode", "intent", "kind", "language", "length", "urgency", "policy", "source"}
    assert found["length", "short"].passed == 0
    assert found["length", "long"].passed == 1
    assert found["source", "incident"].cases == 1


def test_where_all_cases_share_a_label_or_have_none_there_is_no_slice() -> None:
    assert cut([pair("a"), pair("b", "fail")]) == {}


def test_errors_are_in_no_slice() -> None:
    found = cut([pair("a", "error"), pair("b", mode="wrong_tone"), pair("c", "fail")])
    assert {name: each.cases for (_, name), each in found.items()} == {"wrong_tone": 1, "wrong_fact": 1}


def test_a_slice_is_weak_when_it_is_surely_under_the_others_and_comes_first() -> None:
    strong = [pair(f"s{n}", mode="wrong_tone") for n in range(30)]
    weak = [pair(f"w{n}", "fail" if n < 5 else "pass") for n in range(10)]
    found = cut([*strong, *weak])
    assert [(name, each.weak) for (_, name), each in found.items()] == [("wrong_fact", True), ("wrong_tone", False)]
    assert found["mode", "wrong_fact"].rate == 0.5
    once = cut([*strong, *weak[4:]])
    assert not once["mode", "wrong_fact"].weak, "one fail of six, where thirty others passed, may be chance"
    few = cut([*strong, *weak[:4]])
    assert not few["mode", "wrong_fact"].weak, "four cases are too few to call anything weak"


def test_the_rate_before_is_told_only_of_the_same_cases_in_the_same_content() -> None:
    pairs = [pair("a", "fail"), pair("b"), pair("c", mode="wrong_tone")]
    before: Run = make.run(verdicts=tuple(make.verdict(id, result="pass") for id in "ab"))
    found = cut(pairs, before=side_of(before))
    assert found["mode", "wrong_fact"].before == 1.0
    assert found["mode", "wrong_tone"].before is None
