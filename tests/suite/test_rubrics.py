"""Rubrics are read strictly: whatever contradicts itself is refused with its file and line."""

import re
from pathlib import Path

import pytest

import make
from casemill.errors import FileError, UsageError
from casemill.suite import lint
from casemill.suite.rubrics import find_rubric, lint_rubrics, parse_rubric, read_rubric, rubric_digest, rubric_names
from casemill.suite.starter import write_starter
from suite.conftest import Write

RUBRIC = """---
criteria:
  polite:
    asks: Is the reply polite?
    known:
      expectation: Says hello.
      good: Hello there, how can I help?
      bad: What now?
---
For all.

## polite

Short is fine.
"""
SCALE = """---
criteria:
  polite:
    asks: How polite is it?
    scale: 1-5
    pass_at: 4
    anchors:
      "5": Warm.
      "1": Rude.
    sees: [reply, input]
    quotes: input
    known: {expectation: "", input: "customer: hi", good: Hello there., bad: What now?}
---
## polite
Short is fine.
"""


def written(folder: Path, text: str = RUBRIC, name: str = "shop@1") -> Path:
    path = folder / "rubrics" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_rubric_is_its_criteria_with_guidance_and_what_holds_for_all(tmp_path: Path) -> None:
    rubric = parse_rubric(RUBRIC, written(tmp_path, name="shop@3"))
    assert (rubric.label, rubric.intro, len(rubric.criteria)) == ("shop@3", "For all.", 1)
    criterion = rubric.criteria[0]
    assert (criterion.name, criterion.guidance, criterion.scale) == ("polite", "Short is fine.", "binary")
    assert (criterion.sees, criterion.quotes) == (("expectation", "reply"), "reply")


def test_a_scale_has_anchors_and_passes_where_it_says(tmp_path: Path) -> None:
    criterion = parse_rubric(SCALE, written(tmp_path)).criteria[0]
    assert (criterion.pass_at, criterion.anchors) == (4, {"5": "Warm.", "1": "Rude."})


@pytest.mark.parametrize(
    ("was", "now", "line", "why"),
    [
        ("asks: Is", "asked: Is", 4, "polite: there is no key 'asked'"),
        ("    known:", "    scale: 1-10\n    known:", 5, "polite: scale cannot be '1-10'"),
        ("    known:", "    pass_at: 3\n    known:", 5, "polite: belongs to the scale 1-5; this criterion is binary"),
        ("    known:", "    sees: [expectation]\n    known:", 5, "polite: must name the reply"),
        ("    known:", "    sees: [reply, mood]\n    known:", 5, "polite: sees cannot be 'mood'"),
        (
            "    known:",
            "    quotes: input\n    known:",
            5,
            "polite: names the input, which this criterion does not see",
        ),
        ("    known:", "    sees: [reply, input]\n    known:", 6, "polite: tells no input, which this criterion sees"),
        ("bad: What now?", "bad: Hello there, how can I help?", 5, "polite: good and bad are the same"),
        ("## polite", "## polit", 12, "there is no criterion 'polit'"),
        ("Short is fine.", "", None, "polite has no guidance: write it under a heading `## polite`"),
        ("---\ncriteria", "criteria", 1, "begins with no front matter"),
        ("What now?\n---", "What now?\n--", 1, "its front matter is never closed by a line `---`"),
        ("good: Hello", "good: &x Hello", 7, "the anchor &x is not allowed"),
    ],
)
def test_a_contradiction_is_refused_with_its_line(was: str, now: str, line: int, why: str, tmp_path: Path) -> None:
    assert was in RUBRIC
    path = written(tmp_path, RUBRIC.replace(was, now, 1))
    with pytest.raises(FileError) as refused:
        read_rubric(tmp_path, "shop@1")
    assert refused.value.reason.startswith(why)
    assert (refused.value.path, refused.value.line) == (path, line)
    (finding,) = lint_rubrics(tmp_path)
    assert (finding.path, finding.line) == (str(path), line)


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ('"1": Rude.', '"2": Rude.', "say at least what 1 and 5 mean"),
        ('"1": Rude.', '"1": Rude.\n      "0": Worse.', "say at least what 1 and 5 mean, and no score but 1 to 5"),
        ("pass_at: 4", "pass_at: 1", "is a score from 2 to 5"),
    ],
)
def test_a_scale_that_makes_no_sense_is_refused(was: str, now: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=why):
        parse_rubric(SCALE.replace(was, now), written(tmp_path))


def test_a_name_without_a_number_is_the_newest_version(tmp_path: Path) -> None:
    for name in ("shop@2", "shop@10", "billing@1"):
        written(tmp_path, name=name)
    assert rubric_names(tmp_path) == (("billing", 1), ("shop", 2), ("shop", 10))
    assert read_rubric(tmp_path, "shop").label == "shop@10"
    assert read_rubric(tmp_path, "shop@2").label == "shop@2"


def test_no_name_at_all_is_the_only_rubric_there_is(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no rubric in"):
        find_rubric(tmp_path, "polite", label=None)
    written(tmp_path)
    assert find_rubric(tmp_path, "polite", label=None)[0].label == "shop@1"
    written(tmp_path, name="billing@1")
    with pytest.raises(UsageError, match="there are 2 rubrics in"):
        find_rubric(tmp_path, "polite", label=None)


def test_the_digest_tells_what_is_said_and_not_how_it_is_laid_out(tmp_path: Path) -> None:
    path = written(tmp_path)
    digest = rubric_digest(parse_rubric(RUBRIC, path))
    assert (
        rubric_digest(parse_rubric(RUBRIC.replace("asks: Is the reply polite?", 'asks: "Is the reply polite?"'), path))
        == digest
    )
    for was, now in (("Short", "Long"), ("For all", "For some"), ("Says hello", "Says bye"), ("What now", "Now what")):
        assert rubric_digest(parse_rubric(RUBRIC.replace(was, now), path)) != digest


def test_the_starter_brings_a_rubric_and_leaves_anothers_alone(tmp_path: Path) -> None:
    written(tmp_path / "theirs")
    write_starter(tmp_path / "theirs")
    write_starter(tmp_path / "ours")
    assert rubric_names(tmp_path / "theirs") == (("shop", 1),)
    assert rubric_names(tmp_path / "ours") == (("support", 1),)
    names = [(each.name, each.scale, each.pass_at) for each in read_rubric(tmp_path / "ours", "support@1").criteria]
    assert names == [
        ("factual_accuracy", "binary", 3),
        ("citation_relevance", "1-5", 3),
        ("tone", "1-5", 3),
        ("completeness", "1-5", 3),
    ]


def test_the_line_is_that_of_the_criterion_which_is_wrong(tmp_path: Path) -> None:
    second = (
        "  short:\n    asks: Is it?\n    long: true\n    known: {expectation: x, good: y, bad: z}\n---\n## short\nYes\n"
    )
    with pytest.raises(FileError) as refused:
        parse_rubric(RUBRIC.replace("---\nFor all.\n", second), written(tmp_path))
    assert (refused.value.reason, refused.value.line) == ("short: there is no key 'long'", 11)


def test_lint_tells_of_rubrics_and_criteria_that_are_not_there(folder: Path, write: Write) -> None:
    asked = [("tone", None), ("tune", None), ("tone", "support@1"), ("tone", "support@7")]
    for at, (criterion, label) in enumerate(asked):
        arguments = {"criterion": criterion} | ({"rubric": label} if label else {})
        write(make.case(f"case-aaaaa{'abcd'[at]}", assert_=({"judge": arguments},)))
    findings = [each for each in lint(folder, now=make.NOW) if each.level == "error"]
    told = [(Path(each.path).stem[-1], each.message, each.hint) for each in findings]
    assert [(letter, message.partition(" in /")[0], hint) for letter, message, hint in told] == [
        ("b", "rubric support@1 has no criterion 'tune'", "did you mean 'tone'?"),
        ("d", "there is no rubric 'support@7'", "did you mean 'support@1'?"),
    ]
    (folder / "rubrics" / "support@1.md").write_text("nothing")
    messages = [each.message for each in lint(folder, now=make.NOW) if each.level == "error"]
    assert any("begins with no front matter" in message for message in messages)


def test_the_rubric_of_the_howto_is_one(tmp_path: Path) -> None:
    howto = Path(__file__).parents[2] / "docs" / "howto" / "judge.md"
    (example,) = re.findall(r"```markdown\n(.*?)```", howto.read_text(), re.DOTALL)
    rubric = parse_rubric(example, written(tmp_path, example))
    assert [each.name for each in rubric.criteria] == ["promises"]
