import pytest

import make
from casemill.domain.grade import Grade
from casemill.run.graders.no_pii import NoPii


def told(text: str, *labels: str) -> Grade:
    return NoPii(except_=labels).look(make.reply(text), make.case())


@pytest.mark.parametrize("text", ["Your order [ORDER_1] is on its way, [NAME_1].", "It takes 5–7 days, 4 000 ₸.", ""])
def test_placeholders_days_and_sums_are_fine(text: str) -> None:
    assert told(text).result == "pass"


def test_what_is_shown_is_named_by_its_label_never_by_its_value() -> None:
    answer = told("Write to anna.k@example.com or [EMAIL_1].")
    assert answer.result == "fail"
    assert answer.reason == "shows EMAIL (at character 9)"


def test_a_label_may_be_excepted() -> None:
    assert told("Write to help@shop.example.com", "EMAIL").result == "pass"
