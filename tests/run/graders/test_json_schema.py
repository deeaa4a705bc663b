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
    ],
)
def test_the_whole_reply_is_json_of_the_shape(text: str, result: str) -> None:
    assert JsonSchema(schema=SCHEMA).look(make.reply(text), make.case()).result == result


def test_the_place_that_is_wrong_is_named() -> None:
    answer = JsonSchema(schema=SCHEMA).look(make.reply('{"plan": "Plus", "days": "seven"}'), make.case())
    assert answer.reason == "$.days: 'seven' is not of type 'integer'"


def test_no_schema_is_fetched_from_elsewhere() -> None:
    grader = JsonSchema(schema={"$ref": "http://127.0.0.1:9/schema.json"})
    answer = grader.look(make.reply("{}"), make.case())
    assert answer.result == "error"
    assert "schema.json, which is not followed" in answer.reason
