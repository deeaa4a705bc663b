import threading

import pytest

import make
from casemill.run.graders.json_schema import JsonSchema

SCHEMA = {
    "type": "object",
    "properties": {"plan": {"enum": ["Plus"]}, "days": {"type": "integer"}},
    "required": ["plan"],
}


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


def test_a_pattern_that_explodes_is_an_error_in_any_thread() -> None:
    grader = JsonSchema(schema={"type": "string", "pattern": "^(a+)+$"})
    answers = [grader.look(make.reply('"aaa"'), make.case())]
    explode = make.reply(f'"{"a" * 40}!"')
    thread = threading.Thread(target=lambda: answers.append(grader.look(explode, make.case())), daemon=True)
    thread.start()
    thread.join(60)
    answers.append(grader.look(explode, make.case()))
    assert [answer.result for answer in answers] == ["pass", "error", "error"]
    assert "takes too long on this reply" in answers[1].reason


def test_no_schema_is_fetched_from_elsewhere() -> None:
    grader = JsonSchema(schema={"$ref": "http://127.0.0.1:9/schema.json"})
    answer = grader.look(make.reply("{}"), make.case())
    assert answer.result == "error"
    assert "schema.json, which is not followed" in answer.reason
