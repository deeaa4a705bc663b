"""Tool calls in texts."""

from hypothesis import given
from hypothesis import strategies as st

from casemill.domain.ticket import ToolCall
from casemill.ingest.tools import Result, arguments_of, code_pieces, has_tools, pieces


def test_marked_calls_and_results_come_in_order_with_the_words_between() -> None:
    text = 'checking\n[tool call] get_order({"id": "#W1"})\n[tool result] {"a":\n 1}\n[tool call] think(1)'
    assert list(pieces(text)) == [
        "checking",
        ToolCall(name="get_order", arguments={"id": "#W1"}),
        Result('{"a":\n 1}'),
        ToolCall(name="think", arguments={"text": "1"}),
    ]


def test_a_text_that_only_mentions_tools_holds_none() -> None:
    assert not has_tools("the [tool call] came too late")
    assert list(pieces("no tools here")) == ["no tools here"]


def test_arguments_are_read_as_json_or_as_python_wrote_them() -> None:
    assert arguments_of('{"a": 1}') == {"a": 1}
    assert arguments_of("{'a': None, 'b': (1, 2)}") == {"a": None, "b": [1, 2]}
    assert arguments_of({"a": 1}) == {"a": 1}
    assert arguments_of("not an object") == {"text": "not an object"}
    assert arguments_of(None) == {}


def test_code_that_is_more_than_plain_values_stays_text() -> None:
    for line in ("x = f(__import__('os'))", "x = f(a=g())", "x = f('a')", "x = f(**d)", "f(a=1)", "x = f(a=1"):
        assert list(code_pieces(line)) == [line]


def test_a_call_without_its_result_line_is_still_a_call() -> None:
    assert list(code_pieces("v = f(a=1)\nthanks")) == [ToolCall(name="f", arguments={"a": 1}), "thanks"]


@given(st.text(alphabet="[tool cares](){}'\":,=#v_1\n", max_size=120))
def test_no_text_breaks_the_reading(text: str) -> None:
    list(pieces(text))
    list(code_pieces(text))
    arguments_of(text)
