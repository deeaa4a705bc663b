"""What holds for every grader, ours or another's."""

import threading
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import pytest

import make
from casemill.domain.case import Assertion, Case
from casemill.domain.grade import Grade, passed
from casemill.domain.reply import Reply
from casemill.domain.ticket import ToolCall
from casemill.errors import UsageError
from casemill.run.graders import GRADERS, Grader, Surroundings, build, build_all, grade
from casemill.run.trials import look

VALID: dict[str, dict[str, Any]] = {
    "contains": {"any": ["refund"]},
    "not_contains": {"any": ["processed"]},
    "starts_with": {"any": ["No refund"]},
    "regex": {"pattern": r"\d+ days"},
    "equals": {"text": "yes"},
    "similarity": {"threshold": 0.9},
    "number": {"value": 49.99, "percent": 1},
    "json_schema": {"schema": {"type": "object"}},
    "json_path": {"path": "$..plan", "equals": "Plus"},
    "word_count": {"max": 80},
    "language_is": {"any": ["en"]},
    "tool_called": {"name": "find_order"},
    "tool_not_called": {"name": "issue_refund"},
    "tool_sequence": {"steps": ["find_order", {"name": "issue_refund", "arguments": {"order": "[ORDER_1]"}}]},
    "slot_kept": {"turn": 1, "value": "[ORDER_1]"},
    "no_pii": {},
    "no_promise": {},
    "asks_for": {"all": ["order_number"]},
    "asks_only_for": {"any": ["email"]},
    "cites": {"any": ["KB-1042"]},
    "intent_in": {"any": ["refund"]},
    "confidence_between": {"min": 0.5},
    "no_draft_below": {},
    "escalates": {"when": "safety"},
    "latency": {"max": 4000},
    "cost": {"max": 0.03},
    "python": {"function": "checks:polite"},
    "checks": {"preset": "support_draft"},
    "judge": {"criterion": "tone", "rubric": "support@2"},
}
WORD = {
    "contains": "refund",
    "not_contains": "processed",
    "starts_with": "No",
    "regex": r"\d",
    "equals": "yes",
    "similarity": "yes",
    "json_path": "$.plan",
    "language_is": "en",
    "tool_called": "find_order",
    "tool_not_called": "issue_refund",
    "asks_for": "order_number",
    "asks_only_for": "email",
    "cites": "KB-1042",
    "intent_in": "refund",
    "python": "checks:polite",
    "checks": "support_draft",
}
LIST: dict[str, tuple[str, list[Any]]] = {
    "contains": ("any", ["refund"]),
    "not_contains": ("any", ["processed", "refunded"]),
    "starts_with": ("any", ["No", "Not"]),
    "equals": ("any", ["yes", "no"]),
    "similarity": ("any", ["yes", "no"]),
    "language_is": ("any", ["en", "ru"]),
    "tool_sequence": ("steps", ["find_order", {"name": "issue_refund"}]),
    "asks_for": ("all", ["order_number"]),
    "asks_only_for": ("any", ["email", "phone"]),
    "cites": ("all", ["KB-1042"]),
    "intent_in": ("any", ["refund", "track"]),
}
TEXTS = [
    "",
    "yes",
    "{}",
    "[]",
    "[" * 100_000,
    "[" * 900 + "]" * 900,
    "\x00\ud83d",
    "5",
    '{"plan": "Plus"}',
    "No refund was started. " * 2000,
]
FULL = make.reply(
    "Which order number is it?",
    calls=(ToolCall(name="find_order", arguments={"order": ["[ORDER_1]", None, 1.5]}),),
    citations=("KB-1042@4",),
    confidence=0.4,
    intent="other",
    escalated=True,
    draft_shown=True,
    latency_ms=9000.0,
    cost=1.0,
    before=(make.reply("Hello!"),),
)


def built(grader: str, **arguments: object) -> Grader:
    return build(Assertion(grader=grader, arguments=arguments))


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    """A project with an article, a label scheme and a check of its own."""
    evals = tmp_path / "evals"
    for path, text in {
        tmp_path / "checks.py": "def polite(reply, case):\n    return 'please' in reply.text\n",
        evals / "articles" / "KB-1042@4.md": "30 days.\n",
        evals / "labels" / "1.yaml": "version: 1\nintents: [refund]\n",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Surroundings(tmp_path, evals, make.NOW)


def graders_of(name: str, around: Surroundings | None) -> tuple[tuple[str, Grader], ...]:
    return build_all(make.case(assert_=({name: VALID[name]},)), around)


def test_every_grader_on_the_shelf_is_tried_here() -> None:
    assert set(VALID) == set(GRADERS.table)


@pytest.mark.parametrize("name", GRADERS.table)
def test_a_grader_says_what_it_does_and_refuses_what_it_does_not_know(name: str) -> None:
    assert "Passes when" in (GRADERS.get(name).__doc__ or "") or name == "judge"
    assert isinstance(built(name, **VALID[name]), Grader)
    with pytest.raises(UsageError, match=f"grader {name}: .*unknown field `anny`"):
        built(name, **VALID[name], anny=1)


@pytest.mark.parametrize("name", GRADERS.table)
@pytest.mark.parametrize(
    "reply", [*map(make.reply, TEXTS), FULL], ids=[*(f"text{n}" for n in range(len(TEXTS))), "full"]
)
def test_a_grader_always_answers_and_says_why_it_does_not_pass(name: str, reply: Reply, around: Surroundings) -> None:
    for told, grader in graders_of(name, around):
        answer = look(told, grader, reply=reply, case=make.case())
        assert answer.grader == told
        assert "crashed" not in answer.reason
        assert answer.result == "pass" or answer.reason


@pytest.mark.parametrize("name", GRADERS.table)
def test_a_grader_gives_the_same_answer_every_time(name: str, around: Surroundings) -> None:
    for told, grader in graders_of(name, around):
        answers = [look(told, grader, reply=FULL, case=make.case()) for _ in range(2)]
        assert answers[0] == answers[1]


@pytest.mark.parametrize("name", GRADERS.table)
def test_a_grader_that_was_not_prepared_never_passes_or_fails_by_mistake(name: str) -> None:
    prepared = built(name, **VALID[name]).__class__.prepared is not Grader.prepared
    answer = look(name, built(name, **VALID[name]), reply=FULL, case=make.case())
    assert answer.result in (("error",) if prepared and name in {"cites", "python"} else ("pass", "fail", "error"))


@pytest.mark.parametrize("name", GRADERS.table)
def test_a_grader_survives_its_own_yaml(name: str) -> None:
    grader = built(name, **VALID[name])
    assert msgspec.convert(msgspec.to_builtins(grader), type(grader)) == grader


@pytest.mark.parametrize("name", GRADERS.table)
def test_one_word_stands_for_the_argument_a_grader_names_and_for_nothing_else(name: str) -> None:
    if name in WORD:
        grader = build(Assertion(grader=name, word=WORD[name]))
        field = getattr(grader, type(grader).bare)
        assert field == WORD[name] or field == (WORD[name],)
    else:
        with pytest.raises(UsageError, match=f"grader {name}: one word does not say enough"):
            build(Assertion(grader=name, word="word"))


@pytest.mark.parametrize("name", GRADERS.table)
def test_a_list_alone_stands_for_the_one_list_a_grader_goes_by_and_for_nothing_else(name: str) -> None:
    if name in LIST:
        argument, listed = LIST[name]
        assert build(Assertion.of(name, tuple(listed))) == built(name, **{argument: listed})
        with pytest.raises(UsageError, match=f"grader {name}: the list is empty"):
            build(Assertion.of(name, ()))
    else:
        with pytest.raises(UsageError, match=f"grader {name}: a list alone does not say enough") as raised:
            build(Assertion.of(name, ("one",)))
        assert "write its arguments out; it takes: " in (raised.value.hint or "")


@pytest.mark.parametrize("name", ["contains", "asks_for", "cites"])
def test_of_a_list_that_may_mean_any_or_all_nothing_is_guessed(name: str) -> None:
    with pytest.raises(UsageError, match=f"grader {name}: a list of 2 may mean any of them or all") as raised:
        build(Assertion.of(name, ("one", "other")))
    assert f"{name}: {{any: […]}} or {name}: {{all: […]}}" in (raised.value.hint or "")


@pytest.mark.parametrize(
    ("grader", "arguments"),
    [
        ("contains", {}),
        ("contains", {"any": []}),
        ("contains", {"any": ["a"], "all": ["b"]}),
        ("contains", {"any": ["a", "  "]}),
        ("contains", {"any": ["\u200b"]}),
        ("contains", {"any": "refund"}),
        ("contains", {"any": [7]}),
        ("not_contains", {}),
        ("not_contains", {"any": []}),
        ("not_contains", {"any": [""]}),
        ("starts_with", {}),
        ("starts_with", {"any": [" "]}),
        ("regex", {"pattern": ""}),
        ("regex", {"pattern": "("}),
        ("regex", {"pattern": "a{99999999999}"}),
        ("equals", {}),
        ("equals", {"text": "a", "any": ["b"]}),
        ("similarity", {"text": "a", "any": ["b"]}),
        ("similarity", {"text": " "}),
        ("similarity", {"threshold": 0}),
        ("similarity", {"threshold": 80}),
        ("similarity", {"by": "meaning"}),
        ("number", {}),
        ("number", {"value": "49"}),
        ("number", {"value": 1, "tolerance": -1}),
        ("number", {"value": 1, "tolerance": 1, "percent": 1}),
        ("json_schema", {}),
        ("json_schema", {"schema": {"type": "objekt"}}),
        ("json_schema", {"schema": "object"}),
        ("json_schema", {"schema": {}, "file": "a.json"}),
        ("json_schema", {"file": "/etc/passwd"}),
        ("json_schema", {"file": "../secret.json"}),
        ("json_path", {}),
        ("json_path", {"path": "$.["}),
        ("json_path", {"path": "$.a", "equals": 1, "any": [1]}),
        ("word_count", {}),
        ("word_count", {"min": 5, "max": 2}),
        ("word_count", {"min": -1}),
        ("word_count", {"max": "80"}),
        ("language_is", {"any": ["english"]}),
        ("tool_called", {}),
        ("tool_called", {"name": "x", "times": 0}),
        ("tool_called", {"name": "x", "mode": "fuzzy"}),
        ("tool_not_called", {"name": "x", "times": 1}),
        ("tool_sequence", {"steps": []}),
        ("tool_sequence", {"steps": [{"arguments": {}}]}),
        ("slot_kept", {"turn": 0, "value": "a"}),
        ("slot_kept", {"turn": 1}),
        ("slot_kept", {"turn": 1, "value": " "}),
        ("slot_kept", {"turn": 1, "value": "a", "pattern": "b"}),
        ("slot_kept", {"turn": 1, "pattern": "("}),
        ("json_path", {"path": "$.a", "any": []}),
        ("no_pii", {"except": "EMAIL"}),
        ("no_pii", {"except": ["email"]}),
        ("asks_for", {}),
        ("asks_for", {"any": [""]}),
        ("asks_for", {"any": ["order_numbr"]}),
        ("asks_only_for", {"any": ["shoe_size"]}),
        ("cites", {"min": -1}),
        ("cites", {"exist": False}),
        ("confidence_between", {"min": 0.8, "max": 0.2}),
        ("confidence_between", {"max": 80}),
        ("no_draft_below", {"confidence": 60}),
        ("escalates", {"when": "never"}),
        ("latency", {}),
        ("latency", {"max": 0}),
        ("cost", {"max": -1}),
        ("python", {"function": "polite"}),
        ("python", {"function": "checks:"}),
        ("python", {"function": "../checks:polite"}),
        ("python", {"function": "checks:polite", "seconds": 3600}),
        ("judge", {}),
    ],
)
def test_arguments_that_make_no_sense_are_refused(grader: str, arguments: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=f"grader {grader}: ") as raised:
        built(grader, **arguments)
    assert (raised.value.hint or "").startswith("it takes: ")


def test_the_case_and_the_nearest_grader_are_named() -> None:
    case = make.case(assert_=({"not_contain": {"any": ["x"]}},))
    with pytest.raises(UsageError, match="7q3k2d: there is no grader named 'not_contain'") as error:
        build_all(case)
    assert "did you mean 'not_contains'" in (error.value.hint or "")


def test_there_is_one_grade_for_each_assertion_in_order() -> None:
    case = make.case(assert_=({"judge": {"criterion": "tone"}}, {"contains": {"any": ["refund"]}, "no_pii": {}}))
    assert [(given.grader, given.result) for given in grade(case, make.reply())] == [
        ("judge", "error"),
        ("contains", "pass"),
        ("no_pii", "pass"),
    ]


class Crashing(Grader):
    def look(self, reply: Reply, case: Case) -> Grade:
        raise ZeroDivisionError("by nought")


class Busy(Grader):
    looks: ClassVar[bool] = True

    def look(self, reply: Reply, case: Case) -> Grade:
        while True:
            pass


class WrongAnswer(Grader):
    def look(self, reply: Reply, case: Case) -> Grade:
        return True  # type: ignore[return-value]


def test_a_crash_in_a_grader_is_an_error_never_a_fail() -> None:
    answer = look("crashing", Crashing(), reply=make.reply(), case=make.case())
    assert answer.result == "error"
    assert answer.reason.startswith("crashed: ZeroDivisionError: by nought (test_contract.py:")


def test_an_answer_that_is_no_grade_is_an_error() -> None:
    assert look("wrong", WrongAnswer(), reply=make.reply(), case=make.case()).result == "error"


def test_a_grader_that_computes_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    import casemill.run.trials as trials

    monkeypatch.setattr(f"{trials.look.__module__}.LOOK_SECONDS", 0.1)
    answer = look("busy", Busy(), reply=make.reply(), case=make.case())
    assert answer.result == "error"
    assert "processor time" in answer.reason


def test_graders_work_outside_the_main_thread_too() -> None:
    answers: list[Grade] = []
    case = make.case(assert_=({"regex": {"pattern": "(?i)NO refund"}}, {"contains": {"any": ["refund"]}}))
    thread = threading.Thread(target=lambda: answers.extend(grade(case, make.reply())))
    thread.start()
    thread.join()
    assert [answer.result for answer in answers] == [passed().result] * 2
