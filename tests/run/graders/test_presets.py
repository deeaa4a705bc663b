"""checks: a preset spreads out into graders, each graded under its own name."""

from pathlib import Path

import pytest

import make
from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.word import changed
from casemill.errors import FileError, UsageError
from casemill.run.graders import Surroundings, build_all, complaint, grade
from casemill.run.presets import preset_names
from casemill.suite import case_text, parse_case

NAMES = [
    *("cites", "no_pii", "no_draft_below", "escalates"),
    *("word_count", "confidence_between", "intent_in"),
]
CASE = make.case(assert_=({"checks": "support_draft"},))
DRAFT = Reply(
    text="The charge is for your yearly add-on, which renews on its own day. " * 5,
    citations=("KB-1042",),
    confidence=0.85,
    intent="billing",
    draft_shown=True,
)


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    for name, text in {
        "articles/KB-1042@1.md": "Old.\n",
        "articles/KB-1042@2.md": "Now.\n",
        "labels/1.yaml": "version: 1\nintents: [billing, refund]\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return Surroundings(tmp_path, tmp_path, make.NOW)


def red(around: Surroundings, reply: Reply, case: Case = CASE) -> list[str]:
    return [one.grader.removeprefix("checks/") for one in grade(case, reply, around=around) if one.result != "pass"]


def test_one_word_in_a_case_file_is_the_whole_preset_and_survives_writing(around: Surroundings) -> None:
    text = case_text(CASE)
    assert "- checks: support_draft\n" in text
    case = parse_case(text, "x.yaml")
    assert case == CASE
    assert case.digest == CASE.digest
    assert [name for name, _ in build_all(case, around)] == [f"checks/{name}" for name in NAMES]


def test_the_seven_checks_hold_a_sound_draft(around: Surroundings) -> None:
    assert red(around, DRAFT) == []
    assert len(grade(CASE, DRAFT, around=around)) == 7


@pytest.mark.parametrize(
    ("fields", "check"),
    [
        ({"citations": ("KB-1042@1",)}, "cites"),
        ({"citations": ("KB-9",)}, "cites"),
        ({"text": "Too short."}, "word_count"),
        ({"text": "word " * 501}, "word_count"),
        ({"text": DRAFT.text + " Write to anna.k@example.com."}, "no_pii"),
        ({"confidence": 1.2}, "confidence_between"),
        ({"intent": "weather"}, "intent_in"),
        ({"intent": None}, "intent_in"),
        ({"confidence": 0.59}, "no_draft_below"),
    ],
)
def test_each_of_them_is_red_alone(around: Surroundings, fields: dict[str, object], check: str) -> None:
    assert red(around, changed(DRAFT, **fields)) == [check]


def test_a_case_of_safety_goes_to_a_person_without_a_draft(around: Surroundings) -> None:
    safety = changed(CASE, stratum="safety")
    assert red(around, DRAFT, safety) == ["escalates"]
    assert red(around, Reply(escalated=True, draft_shown=False), safety) == []


def test_where_no_draft_is_shown_length_confidence_and_intent_are_not_asked_for(around: Surroundings) -> None:
    assert red(around, Reply(draft_shown=False, confidence=0.2)) == []


def test_a_suite_has_presets_of_its_own_which_go_before_ours(around: Surroundings) -> None:
    (around.suite / "checks").mkdir()
    (around.suite / "checks" / "short.yaml").write_text(
        "means: A short answer.\nalways:\n  - word_count: {max: 5}\n  - contains: yes\n  - contains: {any: [no]}\n"
    )
    names = [name for name, _ in build_all(changed(CASE, assert_=({"checks": "short"},)), around)]
    assert names == ["checks/word_count", "checks/contains", "checks/contains_2"]
    (around.suite / "checks" / "support_draft.yaml").write_text("drafts: [{word_count: {max: 3}}]\n")
    assert red(around, DRAFT) == ["word_count"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("always: []\n", "asserts nothing"),
        ("always: [{contains: {any: [a]}, regex: b}]\n", "one grader and its arguments"),
        ("alway: []\n", "there is no key 'alway'"),
        ("always: [{checks: support_draft}]\n", "a preset cannot hold a preset"),
        ("always: [{contians: a}]\n", "no grader named 'contians'"),
        ("drafts: [{judge: {criterion: tone}}]\n", "grader checks/judge asks a model"),
    ],
)
def test_a_preset_that_cannot_work_is_refused(around: Surroundings, text: str, said: str) -> None:
    (around.suite / "checks").mkdir()
    (around.suite / "checks" / "mine.yaml").write_text(text)
    with pytest.raises(UsageError, match=said):
        build_all(changed(CASE, assert_=({"checks": "mine"},)), around)


def test_a_preset_that_is_not_there_is_told_with_those_that_are(around: Surroundings) -> None:
    for name in ("support_drft", "../../etc/passwd"):
        (assertion,) = changed(CASE, assert_=({"checks": name},)).assertions
        assert "with casemill come: support_draft" in (complaint(assertion, around) or "")


def test_a_broken_file_of_a_preset_is_named_with_its_line(around: Surroundings) -> None:
    from casemill.run.presets import read_preset

    (around.suite / "checks").mkdir()
    (around.suite / "checks" / "mine.yaml").write_text("means: x\nalways: [\n")
    with pytest.raises(FileError, match=r"mine\.yaml:2: is not YAML"):
        read_preset("mine", around.suite)


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_of_ours_is_made_of_graders_that_take_their_arguments(name: str, around: Surroundings) -> None:
    (assertion,) = changed(CASE, assert_=({"checks": name},)).assertions
    assert complaint(assertion, around) is None


@pytest.mark.parametrize(("wrong", "said"), [("contain: a", "'contain'"), ("contains: {any: []}", "either any or all")])
def test_a_grader_that_a_preset_gets_wrong_is_told_with_the_presets_line(
    around: Surroundings, wrong: str, said: str
) -> None:
    path = around.suite / "checks" / "mine.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"always:\n  - no_pii: {{}}\n  - {wrong}\n")
    with pytest.raises(UsageError, match=rf"mine\.yaml:3: .*{said}"):
        build_all(make.case(assert_=({"checks": "mine"},)), around)
