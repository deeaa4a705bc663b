"""Which cases guard the same behaviour in other words."""

from typing import Any

import pytest

import make
from casemill.domain.case import Case, Expect, Input, Said
from casemill.run.obligations import obligations, plain_words

ASKED = "my order [ORDER_1] came broken on the 12th, can I have my money back please?"


def case(id: str, said: str = ASKED, *, says: str = "", **fields: Any) -> Case:
    told = {"input": Input(turns=(Said(customer=said),)), "assert_": ({"contains": {"any": [says or id]}},)} | fields
    return make.case(f"{id}-aaaaaa", **told)


def same(one: Case, other: Case) -> bool:
    return len(set(obligations([one, other]).values())) == 1


@pytest.mark.parametrize(
    "said",
    [
        "My order [ORDER_2] came broken on the 7th - can I have my money back, please",
        "can I please have my money back? order [ORDER_1] came broken on the 12th, my",
        "my order [ORDER_1] came brokn on the 12th, can I have my money back please!",
    ],
)
def test_the_same_trouble_in_nearly_the_same_words_is_one_obligation(said: str) -> None:
    assert same(case("a"), case("b", said))


@pytest.mark.parametrize(
    "said",
    [
        "my order [ORDER_1] never came, where is it and who brings it?",
        "моя посылка [ORDER_1] пришла разбитой, верните деньги",
        "money",
    ],
)
def test_another_question_is_another_obligation(said: str) -> None:
    assert not same(case("a"), case("b", said))


def test_the_same_assertions_are_one_obligation_whatever_was_said() -> None:
    assert same(case("a", says="refund"), case("b", "something else entirely happened to me", says="refund"))


@pytest.mark.parametrize("fields", [{"failure_mode": "wrong_fact"}, {"expect": Expect(outcome="refuse")}])
def test_another_failure_mode_or_outcome_is_another_obligation(fields: dict[str, Any]) -> None:
    assert not same(case("a", says="refund"), case("b", says="refund", **fields))


@pytest.mark.parametrize("said", ["hi", "ok", "12345", "[ORDER_1]?"])
def test_a_few_letters_tell_nothing(said: str) -> None:
    assert not same(case("a", said), case("b", said))


def test_the_first_in_order_stands_for_the_others() -> None:
    found = obligations([case("b"), case("a"), case("c", says="b")])
    assert found == {"b-aaaaaa": "b-aaaaaa", "a-aaaaaa": "b-aaaaaa", "c-aaaaaa": "b-aaaaaa"}


def test_what_differs_from_customer_to_customer_is_left_out() -> None:
    assert plain_words("Order [ORDER_12], for 3 days: WHERE?") == "days for order where"
