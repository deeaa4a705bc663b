"""json_path, and a schema that stands in a file of the suite."""

import threading
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.case import Assertion
from casemill.domain.grade import Grade
from casemill.errors import FileError, UsageError
from casemill.run.graders import Surroundings, build, build_all, json_path

REPLY = (
    '{"plan": "Plus", "orders": [{"id": "[ORDER_1]", "total": 40.0}, {"id": "[ORDER_2]", "paid": true}], "note": null}'
)


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        ({"path": "$.plan"}, "pass"),
        ({"path": "$.plan", "equals": "Plus"}, "pass"),
        ({"path": "$.plan", "equals": "Basic"}, "fail"),
        ({"path": "$.plan", "any": ["Basic", "Plus"]}, "pass"),
        ({"path": "$.orders[*].id", "equals": "[ORDER_2]"}, "pass"),
        ({"path": "$.orders[0].total", "equals": 40}, "pass"),
        ({"path": "$.orders[1].paid", "equals": 1}, "fail"),
        ({"path": "$.orders[0]", "equals": {"id": "[ORDER_1]", "total": 40}}, "pass"),
        ({"path": "$.orders[0]", "equals": {"id": "[ORDER_1]"}}, "fail"),
        ({"path": "$.orders[?@.total > 30].id", "equals": "[ORDER_1]"}, "pass"),
        ({"path": "$.note", "any": [None]}, "pass"),
        ({"path": "$.note", "equals": None}, "pass"),
        ({"path": "$.plan", "equals": None}, "fail"),
        ({"path": "$.plan", "equals": None, "absent": True}, "pass"),
        ({"path": "$.refund"}, "fail"),
        ({"path": "$.refund", "absent": True}, "pass"),
        ({"path": "$.plan", "absent": True}, "fail"),
        ({"path": "$.plan", "equals": "Basic", "absent": True}, "pass"),
    ],
)
def test_a_value_is_found_at_its_path(arguments: dict[str, Any], result: str) -> None:
    grader = build(Assertion(grader="json_path", arguments=arguments))
    assert grader.look(make.reply(REPLY), make.case()).result == result


def test_what_stands_there_instead_is_told() -> None:
    grader = build(Assertion(grader="json_path", arguments={"path": "$.plan", "equals": "Basic"}))
    assert grader.look(make.reply(REPLY), make.case()).reason == '$.plan is "Plus"'
    assert "is not JSON" in grader.look(make.reply("Plus"), make.case()).reason
    assert grader.look(make.reply("5"), make.case()).reason == "$.plan selects nothing"


@pytest.mark.parametrize("text", ["5", '"Plus"', "null", "false"])
def test_a_reply_that_is_one_value_is_selected_by_its_root(text: str) -> None:
    assert build(Assertion(grader="json_path", arguments={"path": "$"})).look(make.reply(text), make.case()).result == (
        "pass"
    )


EXPLODING = f'{{"x": [{{"y": "{"a" * 40}!", "by": "(a+)+"}}]}}'
FINE = '{"x": [{"y": "aaa", "by": "(a+)+"}]}'


def in_another_thread(path: str, text: str) -> Grade:
    grader = build(Assertion(grader="json_path", word=path))
    answers: list[Grade] = []
    thread = threading.Thread(target=lambda: answers.append(grader.look(make.reply(text), make.case())), daemon=True)
    thread.start()
    thread.join(60)
    return answers[0]


@pytest.mark.parametrize(
    "path",
    [
        "$.x[?(@.y =~ /(a+)+/)]",
        "$.x[?match(@.y, '(a+)+')].y",
        "$..[?search(@.y, '^(a+)+$')]",
        "$.x[?match(@.y, @.by)]",
    ],
)
def test_a_pattern_in_a_filter_that_explodes_is_an_error_in_any_thread(
    monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    assert in_another_thread(path, FINE).result == "pass"
    monkeypatch.setattr(json_path, "SECONDS", 0.2)
    here = build(Assertion(grader="json_path", word=path)).look(make.reply(EXPLODING), make.case())
    for answer in (here, in_another_thread(path, EXPLODING)):
        assert answer.result == "error"
        assert answer.reason.endswith("takes too long on this reply; make its filters and patterns simpler")


def test_another_thread_selects_what_the_main_one_does() -> None:
    assert in_another_thread("$.orders[?@.paid].id", REPLY).result == "pass"
    assert in_another_thread("$.refund", REPLY).reason == "$.refund selects nothing"
    assert in_another_thread("$", "5").result == "pass"
    assert "cannot be followed in this reply" in in_another_thread("$..a", "[" * 900 + "]" * 900).reason


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    (tmp_path / "schemas").mkdir()
    return Surroundings(tmp_path, tmp_path, make.NOW)


@pytest.mark.parametrize(
    ("name", "text"),
    [("order.json", '{"type": "object", "required": ["plan"]}'), ("order.yaml", "type: object\nrequired: [plan]\n")],
)
def test_a_schema_is_read_from_its_file(around: Surroundings, name: str, text: str) -> None:
    (around.suite / "schemas" / name).write_text(text)
    case = make.case(assert_=({"json_schema": {"file": f"schemas/{name}"}},))
    ((_, grader),) = build_all(case, around)
    assert grader.look(make.reply('{"plan": 1}'), case).result == "pass"
    assert grader.look(make.reply("{}"), case).result == "fail"


@pytest.mark.parametrize("text", ['{"type": "objekt"}', "[]", "{", None])
def test_a_file_that_is_no_schema_is_refused_by_name_before_any_call(around: Surroundings, text: str | None) -> None:
    if text is not None:
        (around.suite / "schemas" / "a.json").write_text(text)
    grader = build(Assertion(grader="json_schema", arguments={"file": "schemas/a.json"}))
    with pytest.raises(FileError, match=r"schemas/a\.json"):
        grader.prepared(around)
    with pytest.raises(UsageError, match=r"case promised-action-7q3k2d: .*a\.json"):
        build_all(make.case(assert_=({"json_schema": {"file": "schemas/a.json"}},)), around)
