import threading
from typing import Any

import pytest

import make
from casemill.domain.grade import Grade
from casemill.run.graders import json_schema
from casemill.run.graders.json_schema import JsonSchema

SCHEMA = {
    "type": "object",
    "properties": {"plan": {"enum": ["Plus"]}, "days": {"type": "integer"}},
    "required": ["plan"],
}


def in_both_threads(grader: JsonSchema, text: str) -> list[Grade]:
    """What it answers in the main thread, and in another."""
    answers = [grader.look(make.reply(text), make.case())]
    thread = threading.Thread(target=lambda: answers.append(grader.look(make.reply(text), make.case())), daemon=True)
    thread.start()
    thread.join(60)
    return answers


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ('{"plan": "Plus", "days": 7}', "pass"),
        ('\n {"plan": "Plus"} ', "pass"),
        ('{"plan": "Free"}', "fail"),
        ('{"days": 7}', "fail"),
        ("[]", "fail"),
        ('```json\n{"plan": "Plus"}\n```', "fail"),
        ('{"plan": "Plus"} thanks!', "fail"),
        ("", "fail"),
        ("[" * 100_000, "fail"),
    ],
)
def test_the_whole_reply_is_json_of_the_shape(text: str, result: str) -> None:
    assert JsonSchema(schema=SCHEMA).look(make.reply(text), make.case()).result == result


def test_a_form_that_is_named_is_held() -> None:
    grader = JsonSchema(schema={"properties": {"day": {"type": "string", "format": "date"}}})
    assert grader.look(make.reply('{"day": "2026-11-20"}'), make.case()).result == "pass"
    assert (
        grader.look(make.reply('{"day": "20 November"}'), make.case()).reason == "$.day: '20 November' is not a 'date'"
    )


def test_the_place_that_is_wrong_is_named() -> None:
    answer = JsonSchema(schema=SCHEMA).look(make.reply('{"plan": "Plus", "days": "seven"}'), make.case())
    assert answer.reason == "$.days: 'seven' is not of type 'integer'"


@pytest.mark.parametrize(
    ("schema", "fine", "explodes"),
    [
        ({"type": "string", "pattern": "^(a+)+$"}, '"aaa"', f'"{"a" * 40}!"'),
        ({"patternProperties": {"^(a+)+$": True}}, '{"aaa": 1}', f'{{"{"a" * 40}!": 1}}'),
        ({"patternProperties": {"^(a+)+$": True}, "additionalProperties": False}, '{"a": 1}', f'{{"{"a" * 40}!": 1}}'),
    ],
)
def test_a_pattern_that_explodes_is_an_error_in_any_thread(
    monkeypatch: pytest.MonkeyPatch, schema: dict[str, Any], fine: str, explodes: str
) -> None:
    grader = JsonSchema(schema=schema)
    assert [answer.result for answer in in_both_threads(grader, fine)] == ["pass", "pass"]
    monkeypatch.setattr(json_schema, "SECONDS", 0.2)
    answers = in_both_threads(grader, explodes)
    assert [answer.result for answer in answers] == ["error", "error"]
    assert "takes too long on this reply" in answers[1].reason


def test_another_thread_says_the_same_of_what_is_wrong_and_of_what_is_elsewhere() -> None:
    first, second = in_both_threads(JsonSchema(schema=SCHEMA), '{"plan": "Plus", "days": "seven"}')
    assert first == second
    assert first.reason == "$.days: 'seven' is not of type 'integer'"
    first, second = in_both_threads(JsonSchema(schema={"$ref": "http://127.0.0.1:9/schema.json"}), "{}")
    assert first == second
    assert first.result == "error"


def test_no_schema_is_fetched_from_elsewhere() -> None:
    grader = JsonSchema(schema={"$ref": "http://127.0.0.1:9/schema.json"})
    answer = grader.look(make.reply("{}"), make.case())
    assert answer.result == "error"
    assert "schema.json, which is not followed" in answer.reason
