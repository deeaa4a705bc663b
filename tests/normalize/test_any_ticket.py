"""Whatever a ticket holds, its draft is a case that can be written, and its rules tell bad from good."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from casemill.domain.ticket import ToolCall, Turn
from casemill.domain.word import changed
from casemill.normalize.assertions import GUARDS, LADDER
from casemill.normalize.checks import passes_empty
from casemill.suite.files import case_path, case_text, parse_case
from normalize.written import drafted, ticket

SAID = [
    "",
    "hi",
    "I've processed your refund of $40 for [ORDER_1], you should see it in 5–7 days.",
    "You can return it within 60 days. Never charge it!",
    "Я оформил возврат, деньги вернутся за 3 дня.",
    "No refund was started. You can return it within 30 days.",
    "Please do not call me. Order [ORDER_2], 4602305039, HAT082?",
    "Bot said 60 days instead of 30 days. It should say 30 days and must not call issue_refund for [ORDER_1].",
    "Правильно: 30 дней. Нельзя обещать возврат.",
    'It wrote "I\'ve processed your refund". Expected: hand over to a person; JSON with "order", at most 20 words.',
    "{delivery_date} 😊 \x00\u202e <script> ''\"\" \\ ** [NAME_",
]
texts = st.one_of(st.sampled_from(SAID), st.text(st.characters(codec="utf-8"), max_size=60))
arguments = st.dictionaries(
    st.sampled_from(["order_id", "items", "note"]),
    st.one_of(
        st.sampled_from(["[ORDER_1]", "4602305039", "a long text that nobody says twice"]),
        st.integers(),
        st.lists(texts),
    ),
    max_size=3,
)
calls = st.builds(ToolCall, name=st.sampled_from(["issue_refund", "get_order", "escalate"]), arguments=arguments)
turns = st.lists(
    st.one_of(
        st.builds(Turn, role=st.sampled_from(["customer", "assistant", "agent", "note"]), text=texts),
        st.builds(Turn, role=st.just("tool"), call=calls),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=150)
@given(
    mode=st.sampled_from([*LADDER, "other"]),
    turns=turns,
    note=st.one_of(st.none(), texts),
    expected=st.one_of(st.none(), texts),
    turn=st.one_of(st.none(), st.integers(-1, 9)),
)
def test_a_draft_is_a_case_whose_rules_tell_bad_from_good(
    mode: str, turns: list[Turn], note: str | None, expected: str | None, turn: int | None
) -> None:
    draft = drafted(mode, ticket(*turns, note=note, expected=expected), turn=turn)
    case = draft.case
    assert case.input.turns[-1].customer is not None
    assert parse_case(case_text(case), case_path(case)) == case
    for done in draft.checks:
        if {done.assertion.grader: done.assertion.arguments} in GUARDS.get(mode, ()):
            continue
        assert done.bad is not None
        assert done.bad.result == "fail"
        assert done.good is None or done.good.result == "pass"
    assert isinstance(passes_empty(changed(case, assert_=())), bool)


@settings(deadline=None, max_examples=40)
@given(mode=st.sampled_from([*LADDER]), turns=turns, note=texts)
def test_the_same_ticket_gives_the_same_draft(mode: str, turns: list[Turn], note: Any) -> None:
    assert drafted(mode, ticket(*turns, note=note)) == drafted(mode, ticket(*turns, note=note))
