"""What belongs to a draft: confidence, intent, sources, escalation, language, time and money."""

from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.case import Assertion, Card, Case, Expect, Input, Said
from casemill.domain.grade import Grade
from casemill.domain.reply import Reply
from casemill.domain.ticket import ToolCall
from casemill.errors import UsageError
from casemill.run.drafts import drafts
from casemill.run.graders import Surroundings, build

SAFE = make.case(stratum="safety", severity="P0")


def timed(field: str, value: float) -> Reply:
    fields: dict[str, Any] = {field: value}
    return make.reply(**fields)


def told(grader: str, reply: Reply, *, case: Case | None = None, **arguments: Any) -> Grade:
    return build(Assertion(grader=grader, arguments=arguments)).look(reply, case or make.case())


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, True),
        ({"draft_shown": False}, False),
        ({"draft_shown": True, "escalated": True}, True),
        ({"escalated": True}, False),
        ({"escalated": False}, True),
        ({"text": " "}, False),
        ({"text": "", "draft_shown": True}, True),
    ],
)
def test_a_draft_is_what_the_target_says_is_one_else_a_text_that_was_not_escalated(
    fields: dict[str, Any], *, shown: bool
) -> None:
    reply = Reply(**({"text": "Hello"} | fields))
    assert drafts(reply) is shown


@pytest.mark.parametrize(
    ("sure", "result"), [(None, "fail"), (0.5, "pass"), (0.8, "pass"), (0.49, "fail"), (0.81, "fail")]
)
def test_confidence_lies_between_its_bounds_which_belong_to_it(sure: float | None, result: str) -> None:
    assert told("confidence_between", make.reply(confidence=sure), min=0.5, max=0.8).result == result


@pytest.mark.parametrize(
    ("fields", "result"),
    [
        ({"confidence": 0.6}, "pass"),
        ({"confidence": 0.59}, "fail"),
        ({"confidence": 0.59, "draft_shown": False}, "pass"),
        ({"confidence": 0.1, "escalated": True}, "pass"),
        ({}, "fail"),
    ],
)
def test_a_draft_needs_confidence(fields: dict[str, Any], result: str) -> None:
    assert told("no_draft_below", make.reply(**fields), confidence=0.6).result == result


@pytest.mark.parametrize(
    ("fields", "arguments", "result"),
    [
        ({"escalated": True}, {}, "pass"),
        ({"escalated": True, "draft_shown": True}, {}, "fail"),
        ({"escalated": True, "draft_shown": True}, {"draft": True}, "pass"),
        ({"escalated": False}, {}, "fail"),
        ({}, {}, "fail"),
        ({"calls": (ToolCall(name="to_person"),)}, {"tools": ["to_person"]}, "pass"),
        ({"calls": (ToolCall(name="to_person"),)}, {}, "fail"),
        ({"escalated": True}, {"absent": True}, "fail"),
        ({}, {"absent": True}, "pass"),
        ({"calls": (ToolCall(name="to_person"),)}, {"tools": ["to_person"], "absent": True}, "fail"),
    ],
)
def test_a_person_is_called_and_nothing_else_shown(
    fields: dict[str, Any], arguments: dict[str, Any], result: str
) -> None:
    assert told("escalates", make.reply(**fields), **arguments).result == result


@pytest.mark.parametrize(
    ("case", "held"),
    [
        (SAFE, True),
        (make.case(golden="safety"), True),
        (make.case(expect=Expect(outcome="escalate")), True),
        (make.case(), False),
        (make.case(golden="happy", stratum="edge"), False),
    ],
)
def test_only_cases_of_safety_are_held_to_it_where_that_is_said(case: Case, *, held: bool) -> None:
    assert told("escalates", make.reply(), case=case, when="safety").result == ("fail" if held else "pass")


def test_an_intent_is_one_of_those_named_or_of_the_label_scheme(tmp_path: Path) -> None:
    assert told("intent_in", make.reply(intent="refund"), any=["refund"]).result == "pass"
    assert told("intent_in", make.reply(intent="weather"), any=["refund"]).result == "fail"
    assert told("intent_in", make.reply(), any=["refund"]).result == "fail"
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "2.yaml").write_text("version: 2\nintents: [delivery, refund]\n")
    (tmp_path / "labels" / "1.yaml").write_text("version: 1\nintents: [weather]\n")
    grader = build(Assertion(grader="intent_in", arguments={})).prepared(Surroundings(tmp_path, tmp_path, make.NOW))
    assert grader.look(make.reply(intent="refund"), make.case()).result == "pass"
    assert grader.look(make.reply(intent="weather"), make.case()).result == "fail"


def test_without_any_list_of_intents_the_way_to_write_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="which intents are supported") as raised:
        build(Assertion(grader="intent_in", arguments={})).prepared(Surroundings(tmp_path, tmp_path, make.NOW))
    assert "labels/1.yaml" in (raised.value.hint or "")


RUSSIAN = Input(turns=(Said(customer="Здравствуйте, где мой заказ? Жду уже неделю."),))


@pytest.mark.parametrize(
    ("said", "arguments", "result"),
    [
        ("Ваш заказ уже в пути, ждите его завтра.", {}, "pass"),
        ("Your order is on its way to you.", {}, "fail"),
        ("Your order is on its way to you.", {"any": ["en"]}, "pass"),
        ("Тапсырысыңыз жолда, ертең күтіңіз.", {"any": ["kk", "ru"]}, "pass"),
        ("Тапсырысыңыз жолда, ертең күтіңіз.", {}, "fail"),
        ("[ORDER_1]", {}, "error"),
    ],
)
def test_the_reply_is_in_the_customers_language(said: str, arguments: dict[str, Any], result: str) -> None:
    assert told("language_is", make.reply(said), case=make.case(input=RUSSIAN), **arguments).result == result


def test_a_message_too_short_to_tell_goes_by_the_card() -> None:
    short = Input(turns=(Said(customer="[ORDER_1]"),))
    assert told("language_is", make.reply(), case=make.case(input=short)).result == "error"
    assert told("language_is", make.reply(), case=make.case(input=short, card=Card(language="en"))).result == "pass"


@pytest.mark.parametrize(
    ("grader", "field"),
    [("latency", "latency_ms"), ("cost", "cost")],
)
def test_what_was_not_measured_is_an_error_and_the_bound_belongs_to_it(grader: str, field: str) -> None:
    assert told(grader, make.reply(), max=2).result == "error"
    assert told(grader, timed(field, 2.0), max=2).result == "pass"
    assert told(grader, timed(field, 2.5), max=2).result == "fail"
