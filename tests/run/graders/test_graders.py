"""What holds for every grader, ours or another's."""

import threading
from typing import ClassVar

import msgspec
import pytest

import make
from casemill.domain.case import Assertion, Case
from casemill.domain.grade import Grade, passed
from casemill.domain.reply import Reply
from casemill.errors import UsageError
from casemill.run.graders import GRADERS, Grader, build, build_all, grade
from casemill.run.trials import look

VALID: dict[str, dict[str, object]] = {
    "contains": {"any": ["refund"]},
    "not_contains": {"any": ["processed"]},
    "regex": {"pattern": r"\d+ days"},
    "equals": {"text": "yes"},
    "json_schema": {"schema": {"type": "object"}},
    "word_count": {"max": 80},
    "tool_called": {"name": "find_order"},
    "tool_not_called": {"name": "issue_refund"},
    "no_pii": {},
    "judge": {"criterion": "tone", "rubric": "support@2"},
}


def built(grader: str, **arguments: object) -> Grader:
    return build(Assertion(grader=grader, arguments=arguments))


def test_every_grader_on_the_shelf_is_tried_here() -> None:
    assert set(VALID) == set(GRADERS.table)


@pytest.mark.parametrize("name", GRADERS.table)
def test_a_grader_says_what_it_does_and_refuses_what_it_does_not_know(name: str) -> None:
    assert "Passes when" in (GRADERS.get(name).__doc__ or "") or name == "judge"
    assert isinstance(built(name, **VALID[name]), Grader)
    with pytest.raises(UsageError, match=f"grader {name}: .*unknown field `anny`"):
        built(name, **VALID[name], anny=1)


@pytest.mark.parametrize("name", GRADERS.table)
@pytest.mark.parametrize("text", ["", "yes", "{}", "\x00\ud83d", "No refund was started. " * 2000])
def test_a_grader_always_answers_and_says_why_it_fails(name: str, text: str) -> None:
    answer = look(name, built(name, **VALID[name]), reply=make.reply(text), case=make.case())
    assert answer.grader == name
    assert "crashed" not in answer.reason
    assert answer.result == "pass" or answer.reason


@pytest.mark.parametrize("name", GRADERS.table)
def test_a_grader_survives_its_own_yaml(name: str) -> None:
    grader = built(name, **VALID[name])
    assert msgspec.convert(msgspec.to_builtins(grader), type(grader)) == grader


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
        ("regex", {"pattern": ""}),
        ("regex", {"pattern": "("}),
        ("regex", {"pattern": "a{99999999999}"}),
        ("equals", {}),
        ("equals", {"text": "a", "any": ["b"]}),
        ("json_schema", {"schema": {"type": "objekt"}}),
        ("json_schema", {"schema": "object"}),
        ("word_count", {}),
        ("word_count", {"min": 5, "max": 2}),
        ("word_count", {"min": -1}),
        ("word_count", {"max": "80"}),
        ("tool_called", {}),
        ("tool_called", {"name": "x", "times": 0}),
        ("tool_not_called", {"name": "x", "times": 1}),
        ("no_pii", {"except": "EMAIL"}),
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
    assert answer.reason.startswith("crashed: ZeroDivisionError: by nought (test_graders.py:")


def test_an_answer_that_is_no_grade_is_an_error() -> None:
    assert look("wrong", WrongAnswer(), reply=make.reply(), case=make.case()).result == "error"


def test_a_grader_that_computes_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casemill.run.trials.LOOK_SECONDS", 0.1)
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
