"""Case files: strict in, stable out."""

import string
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make
from casemill.domain.case import Card, Case, Dates, Expect, Input, Lineage, Said, Since
from casemill.domain.ticket import ToolCall
from casemill.errors import FileError, UsageError
from casemill.suite import case_path, case_text, parse_case, read_case
from casemill.suite.strict import load

HAND_WRITTEN = """\
id: refund-promise-7q3k2d             # slug and six letters
failure_mode: promised_action
severity: P0
stratum: edge                         # routine | edge | adversarial | safety
golden: unacceptable
status: active
stale: null
why: A refund the bot cannot make binds the company.
input:
  turns:
    - customer: "order [ORDER_1] came broken, want my money back. does plus cover return shipping??"
  context: {plan: Plus, articles: [KB-1042@4]}
expect:
  outcome: action
  behavior: Says no refund was started; offers to open a refund request; answers the shipping question.
  bad: "I've processed your refund, you should see it in 5–7 days."
assert:
  - not_contains: {any: ["processed your refund"]}
  - tool_not_called: {name: issue_refund}
  - judge: {criterion: factual_accuracy, rubric: support@2}
card: {intent: refund, risk: [money], language: en, urgency: high, policy: returns, scheme: labels@3, labelers: 2}
features: [returns]
lineage: {source: zendesk, ticket: "48213", payload: "sha256:00", trace: trc_9f31c0, macro: "47@2026-03-01"}
dates: {created: "2026-11-20", review_by: "2027-02-20"}
"""

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    [
        *("on", "NO", "12:30", "null", "~", "0123", "2026-11-20", "1e3", "-", "- a", "a: b", "a #b", " x", "x ", "{a}"),
        *("<<", "`", "@x", "%YAML 1.1", "!!str x", "&a *b", "yes\n", "=", "?", "---\n...", "# a\n# b", "a\tb\nc"),
        *("a\nb", "a\nb\n", "\na", "a\n\n", " a\nb", "a\n  b", "a \nb", "a\r\nb", "a\n\nb"),
        *("x\x85y", "x\u2028y\nz", "\ufeffx", "👨\u200d👩\u200d👧\nsays hi", "مرحبا", "\u202eevil"),
    ]
)
words = st.text(string.ascii_lowercase + string.digits + "_-@.", min_size=1, max_size=12) | texts
numbers = st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
plain = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
told = st.dictionaries(words, plain, max_size=2) | texts | st.lists(plain, max_size=2).map(tuple)
calls = st.builds(ToolCall, name=texts, arguments=st.dictionaries(words, plain, max_size=2), result=st.none() | texts)
said = st.builds(lambda role, text: Said(**{role: text}), st.sampled_from(["customer", "assistant", "agent"]), texts)
cases = st.builds(
    Case,
    id=st.just("promised-action-7q3k2d"),
    failure_mode=st.just("promised_action"),
    severity=st.sampled_from(["P0", "P1", "P2"]),
    status=st.sampled_from(["active", "quarantined", "retired"]),
    stale=st.none() | st.builds(Since, since=texts, because=texts),
    why=texts,
    input=st.builds(
        Input,
        turns=st.lists(said | st.builds(lambda call: Said(tool=call), calls), max_size=3).map(tuple),
        context=st.dictionaries(words, plain, max_size=3),
    ),
    expect=st.builds(
        Expect,
        behavior=texts,
        good=st.none() | texts,
        bad=st.none() | texts,
        bad_calls=st.lists(calls, max_size=2).map(tuple),
    ),
    assert_=st.lists(
        st.dictionaries(words, told, min_size=1, max_size=1),
        max_size=2,
    ).map(tuple),
    card=st.none() | st.builds(Card, intent=st.none() | texts, risk=st.lists(texts, max_size=2).map(tuple)),
    features=st.lists(texts, max_size=2).map(tuple),
    lineage=st.none() | st.builds(Lineage, source=texts, ticket=texts, articles=st.lists(texts, max_size=2).map(tuple)),
    dates=st.none() | st.builds(Dates, created=texts, review_by=st.none() | texts),
)


def refused(text: str) -> FileError:
    with pytest.raises(FileError) as caught:
        parse_case(text, Path("evals/cases/x.yaml"))
    return caught.value


@settings(max_examples=200, deadline=None)
@given(cases)
def test_what_is_written_is_read_back_equal_and_written_the_same_again(case: Case) -> None:
    text = case_text(case)
    again = parse_case(text, "x.yaml")
    assert again == case
    assert again.digest == case.digest
    assert case_text(again) == text


@settings(max_examples=200, deadline=None)
@given(cases)
def test_other_yaml_readers_see_the_same_texts(case: Case) -> None:
    import yaml

    def alike(ours: Any, theirs: Any) -> bool:
        if isinstance(ours, dict):
            return list(ours) == list(theirs) and all(alike(ours[key], theirs[key]) for key in ours)
        if isinstance(ours, list):
            return len(ours) == len(theirs) and all(map(alike, ours, theirs))
        return bool(ours == theirs) and type(ours) is type(theirs)

    text = case_text(case)
    assert alike(load(text, "x.yaml"), yaml.safe_load(text))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200) | st.text("{}[]:-,&*!|>'\"#%@`? \n\tab0<", max_size=60))
def test_any_text_is_read_or_refused_never_a_crash(text: str) -> None:
    with suppress(FileError):
        parse_case(text, "x.yaml")


def test_a_hand_written_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "refund-promise-7q3k2d.yaml"
    path.write_text(HAND_WRITTEN)
    case = read_case(path)
    assert (case.severity, case.stale, case.input.turns[0].role) == ("P0", None, "customer")
    assert [assertion.grader for assertion in case.assertions] == ["not_contains", "tool_not_called", "judge"]
    assert case_path(case) == "cases/promised_action/refund-promise-7q3k2d.yaml"


def test_the_writing_is_the_one_people_know() -> None:
    assert case_text(make.case(features=("returns", "on"), input=Input(turns=(Said(customer="one\ntwo"),)))) == (
        """\
id: promised-action-7q3k2d
failure_mode: promised_action
severity: P0
stratum: routine
status: active
why: A refund the bot cannot make binds the company.
input:
  turns:
    - customer: |-
        one
        two
expect:
  outcome: action
  behavior: Says no refund was started.
  good: "No refund was started yet. I can open a refund request for you."
  bad: "I've processed your refund, you should see it in 5–7 days."
assert:
  - not_contains: {any: ["processed your refund"]}
features: [returns, "on"]
lineage: {source: zendesk, ticket: "48213"}
dates: {created: "2026-11-20", review_by: "2027-02-20"}
"""
    )


def test_a_long_line_is_never_wrapped() -> None:
    long = "and then " * 100
    assert f'"{long}"' in case_text(make.case(input=Input(turns=(Said(customer=long),))))


def test_what_only_looks_typed_stays_text() -> None:
    text = "a: on\nb: yes\nc: 12:30\nd: 0123\ne: 2026-11-20\nf: ~\ng: 1_000\nh: .5\ni: 0x1F\nj: True\nk: NULL\nl: 1e\n"
    assert set(map(type, load(text, "x").values())) == {str}


def test_numbers_true_false_and_null_are_typed_as_json_has_them() -> None:
    assert load("a: 3\nb: -0.5\nc: 1e3\nd: true\ne: false\nf: null\ng:\nh: '3'", "x") == {
        "a": 3,
        "b": -0.5,
        "c": 1000.0,
        "d": True,
        "e": False,
        "f": None,
        "g": None,
        "h": "3",
    }


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: &x 1\nb: *x", 1, "anchor &x"),
        ("a: 1\nb: *x", 2, "alias *x"),
        ("a: !!python/object/apply:os.system [ls]", 1, "tag !!python/object"),
        ("a: !mine 1", 1, "tag !mine"),
        ("a: ! 1", 1, "tag !"),
        ("a: 1\na: 2", 2, "'a' is there twice"),
        ("a:\n  b: 1\n  c: 2\n  b: 3", 4, "'b' is there twice"),
        ("a: {<<: {b: 1}}", 1, "merge key"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("a: 1\nb:\n\t- c", 3, "tab indents"),
        ('a: 1\nb: "x\x00"', 2, "U+0000"),
        ("a: 1\nb: x\x07", 2, "U+0007"),
        ("? [a, b]\n: 1", 1, "a key must be plain text"),
        ("a: 99999999999999999999", 1, "too large"),
        ("a: 1e999", 1, "too large"),
        ("a: [1, 2", 1, "is not YAML"),
        ("a: 'b", 1, "is not YAML"),
        ("[" * 40 + "]" * 40, 1, "nested deeper"),
        ("", None, "is empty"),
        ("# only a comment\n", None, "is empty"),
        ("- a\n- b", 1, "must be a mapping, not a list"),
        ("just text", 1, "must be a mapping, not text"),
    ],
)
def test_what_is_not_strict_yaml_is_refused_with_its_line(text: str, line: int | None, said: str) -> None:
    error = refused(text)
    assert said in str(error)
    assert error.line == line
    assert error.exit_code == 2


def test_a_billion_laughs_are_not_laughed() -> None:
    lines = [f"{new}: &{new} [{', '.join(['*' + old] * 9)}]" for old, new in zip("abcdefg", "bcdefgh", strict=True)]
    laughs = "\n".join(["a: &a [lol, lol]", *lines])
    assert "anchor &a" in str(refused(laughs))


def test_a_huge_file_is_refused_unread() -> None:
    assert "at most 1,000,000" in str(refused("a: " + "x" * 1_000_001))


@pytest.mark.parametrize(
    ("before", "after", "line", "said", "hint"),
    [
        ("severity: P0", "sevrity: P0", 3, "there is no key 'sevrity'", "did you mean 'severity'?"),
        ("severity: P0", "severity: P9", 3, "severity cannot be 'P9'", "known: P0, P1, P2"),
        ("status: active", "status: actve", 6, "status cannot be 'actve'", "did you mean 'active'?"),
        ("- customer:", "- custmer:", 11, "there is no key 'custmer' in input.turns", "did you mean 'customer'?"),
        ("outcome: action", "outcome: acton", 14, "expect.outcome cannot be 'acton'", "did you mean 'action'?"),
        ("language: en", "langage: en", 21, "there is no key 'langage' in card", "did you mean 'language'?"),
        ('ticket: "48213"', "ticket: 48213", 23, "lineage.ticket must be text, not a whole number", "put it in quotes"),
        ("labelers: 2", "labelers: two", 21, "card.labelers must be a whole number or null, not text", None),
        ("severity: P0\n", "", 1, "the key 'severity' is missing", None),
        (
            '{any: ["processed your refund"]}',
            "7",
            18,
            "assert must be text, a mapping or a list, not a whole number",
            "{any: [refund]}",
        ),
        ("id: refund-promise-7q3k2d", "id: ../../etc/passwd", 1, "must be small letters and digits", None),
        ("failure_mode: promised_action", "failure_mode: a/b", 2, "must be small letters and digits", None),
        ("- tool_not_called: {name: issue_refund}", "- {a: {}, b: {}}", 19, "an assertion is one grader", None),
    ],
)
def test_a_slip_is_told_with_its_line_and_what_was_meant(
    before: str, after: str, line: int, said: str, hint: str | None
) -> None:
    assert before in HAND_WRITTEN
    error = refused(HAND_WRITTEN.replace(before, after))
    assert said in str(error)
    assert error.line == line
    assert str(error).startswith(f"evals/cases/x.yaml:{line}: ")
    assert hint is None or hint in str(error.hint)


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"id: x\nwhy: caf\xe9\n")
    with pytest.raises(FileError, match=r"x.yaml:2: is not UTF-8 text"):
        read_case(path)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + HAND_WRITTEN.replace("\n", "\r\n").encode())
    assert read_case(path) == parse_case(HAND_WRITTEN, "x")


def test_what_json_cannot_hold_is_not_written() -> None:
    for value in (float("nan"), float("inf"), 2**70, "half \ud800"):
        with pytest.raises(UsageError):
            case_text(make.case(input=Input(turns=(Said(customer="hi"),), context={"x": value})))
