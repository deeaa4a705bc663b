"""tool_called and tool_not_called."""

import pytest

import make
from casemill.domain.reply import Reply
from casemill.domain.ticket import ToolCall
from casemill.run.graders.tool_called import ToolCalled
from casemill.run.graders.tool_not_called import ToolNotCalled

REFUND = ToolCall(
    name="issue_refund", arguments={"order": "[ORDER_1]", "amount": 40.0, "to": {"plan": "Plus", "days": 7}}
)
FIND = ToolCall(name="find_order", arguments={"ids": [1, 2]})
REPLY = Reply(text="done", calls=(REFUND, FIND, FIND))


@pytest.mark.parametrize(
    ("name", "arguments", "called"),
    [
        ("issue_refund", {}, True),
        ("issue_refund", {"order": "[ORDER_1]"}, True),
        ("issue_refund", {"amount": 40}, True),
        ("issue_refund", {"amount": True}, False),
        ("issue_refund", {"to": {"plan": "Plus"}}, True),
        ("issue_refund", {"to": {"plan": "Free"}}, False),
        ("issue_refund", {"reason": None}, False),
        ("find_order", {"ids": [1, 2]}, True),
        ("find_order", {"ids": [1]}, False),
        ("find", {}, False),
    ],
)
def test_a_call_needs_the_name_and_at_least_the_arguments(
    name: str, arguments: dict[str, object], *, called: bool
) -> None:
    assert ToolCalled(name=name, arguments=arguments).look(REPLY, make.case()).result == ("pass" if called else "fail")
    forbidden = ToolNotCalled(name=name, arguments=arguments).look(REPLY, make.case())
    assert forbidden.result == ("fail" if called else "pass")


def test_times_means_exactly() -> None:
    assert ToolCalled(name="find_order", times=2).look(REPLY, make.case()).result == "pass"
    assert ToolCalled(name="find_order", times=1).look(REPLY, make.case()).reason == "called find_order 2 times, not 1"


def test_what_was_called_instead_is_told() -> None:
    assert ToolCalled(name="x").look(Reply(), make.case()).reason == "did not call x; it called no tool"
    assert "it called issue_refund {" in ToolCalled(name="x").look(REPLY, make.case()).reason
    assert ToolNotCalled(name="issue_refund").look(REPLY, make.case()).reason.startswith("called issue_refund {")


def test_a_call_in_an_earlier_answer_of_a_live_talk_is_a_call() -> None:
    later = Reply(text="Done.", before=(REPLY,))
    assert ToolNotCalled(name="issue_refund").look(later, make.case()).result == "fail"
    assert ToolNotCalled(name="say_goodbye").look(later, make.case()).result == "pass"
