"""What others wrote stands fenced in the user's message, whatever it says."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from casemill.domain.rubric import Rubric
from casemill.run.judging.answer import quoted
from casemill.run.judging.prompting import Prompt, mark_of, prompt_of
from casemill.suite import starter
from casemill.suite.rubrics import parse_rubric
from run.judging.court import parts

FILE = Path(starter.__file__).parent / "rubrics" / "support@1.md"
RUBRIC: Rubric = parse_rubric(FILE.read_text(), FILE)
PIECES = st.sampled_from(["[[", "]]", "\n", "{{mark}}", "reply"]) | st.text(st.characters(codec="utf-8"))
TEXTS = st.lists(PIECES).map("".join)


def prompt(name: str = "factual_accuracy") -> Prompt:
    criterion = RUBRIC.criterion(name)
    assert criterion is not None
    return prompt_of(RUBRIC, criterion)


def test_the_criterion_stands_in_the_system_message_and_no_place_is_left_open() -> None:
    for criterion in RUBRIC.criteria:
        system = prompt(criterion.name).system
        assert criterion.asks in system
        assert criterion.guidance in system
        assert RUBRIC.intro in system
        assert all(meaning in system for meaning in criterion.anchors.values())
        assert "{{" not in system


@given(expectation=TEXTS, reply=TEXTS)
def test_every_text_comes_out_of_its_fence_as_it_went_in(expectation: str, reply: str) -> None:
    system, user = prompt().messages({"expectation": expectation, "reply": reply})
    found = parts({"messages": [system, user]})
    assert (found["expectation"], found["reply"]) == (expectation, reply)
    assert system["content"] == prompt().system


@given(text=TEXTS)
def test_no_text_holds_the_mark_of_its_own_fence(text: str) -> None:
    assert mark_of({"reply": text}) not in text
    assert mark_of({"reply": text}) != mark_of({"reply": text + "."})


def test_an_empty_quote_is_found_nowhere() -> None:
    assert not quoted("…", "some text")
    assert not quoted('""', "some text")
