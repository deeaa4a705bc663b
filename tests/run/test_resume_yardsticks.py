"""A run is continued after a file by which its cases are graded was edited: verdicts of both are not mixed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import make
from casemill.errors import UsageError
from casemill.run import read_run
from casemill.run.graders import Surroundings
from casemill.run.yardsticks import yardsticks_of
from casemill.suite import Checks, freeze, read_release
from llm.loopback import Server, serving
from run.judging.court import grading, honest, judged_case
from run.shop import answering, bot_at, run, shop

SCHEMA, RUBRIC = "evals/schemas/total.json", "evals/rubrics/support@1.md"
CASES = (
    make.case("a-aaaaaa", assert_=({"contains": "total"},)),
    make.case("b-aaaaaa", assert_=({"json_schema": {"file": "schemas/total.json"}},)),
    judged_case(id="c-aaaaaa"),
)


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Server]:
    """A bot that always says the same, and behind it a shop with a judge and a schema."""
    with serving(answering(lambda _: '{"total": 5}')) as bot, serving(grading(honest)) as judge:
        model = f'[model.judge]\nbase_url = "{judge.url}/v1"\nmodel = "judge-1"\n'
        shop(tmp_path, *CASES, toml=bot_at(bot.url) + model)
        (tmp_path / "evals" / "schemas").mkdir()
        (tmp_path / SCHEMA).write_text('{"type": "object"}')
        yield bot


def killed(root: Path) -> str:
    """A run file with every verdict and no end."""
    file = Path(run(root).file)
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))
    return str(file)


def asked_again(root: Path, bot: Server, file: str) -> tuple[int, tuple[str, ...]]:
    """How often the bot is asked when the run is continued, and what is told of it."""
    before = len(bot.seen)
    ran = run(root, resume=file)
    return len(bot.seen) - before, tuple(line for line in ran.told if "asked again" in line)


def test_when_nothing_was_edited_every_verdict_stands(tmp_path: Path, bot: Server) -> None:
    assert asked_again(tmp_path, bot, killed(tmp_path)) == (0, ())


def test_what_an_edited_schema_graded_is_asked_again_and_told(tmp_path: Path, bot: Server) -> None:
    file = killed(tmp_path)
    (tmp_path / SCHEMA).write_text('{"type": "object", "required": ["subtotal"]}')
    calls, told = asked_again(tmp_path, bot, file)
    assert told == ("1 case was asked again, graded by another schemas/total.json before",)
    after = read_run(Path(file))
    assert [verdict.result for verdict in sorted(after.verdicts, key=lambda each: each.case)] == [
        "pass",
        "fail",
        "pass",
    ]
    assert calls == 1
    assert after.head.yardsticks == read_run(Path(run(tmp_path).file)).head.yardsticks


def test_an_edited_rubric_refuses_nothing_and_asks_the_judge_anew(tmp_path: Path, bot: Server) -> None:
    file = killed(tmp_path)
    (tmp_path / RUBRIC).write_text((tmp_path / RUBRIC).read_text() + "\nBe strict.\n")
    assert asked_again(tmp_path, bot, file) == (
        1,
        ("1 case was asked again, graded by another rubrics/support@*.md before",),
    )
    grades = [grade for each in read_run(Path(file)).verdicts for trial in each.trials for grade in trial.grades]
    (head,) = read_run(Path(file)).head.judges
    assert {grade.judged.rubric_digest for grade in grades if grade.judged} == set(head.rubrics.values())


def test_of_a_file_that_does_not_record_them_what_is_graded_by_files_is_asked_again(
    tmp_path: Path, bot: Server
) -> None:
    file = Path(killed(tmp_path))
    file.write_text(unrecorded(file))
    assert read_run(file).head.yardsticks is None
    calls, told = asked_again(tmp_path, bot, str(file))
    assert calls == 2
    assert told == (
        "2 cases were asked again: it is not recorded what rubrics/support@*.md, schemas/total.json said before",
    )


def unrecorded(file: Path) -> str:
    """A run file as it was before yardsticks were told."""
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    return "".join(json.dumps({key: line[key] for key in line if key != "yardsticks"}) + "\n" for line in lines)


def test_an_old_file_judged_by_another_rubric_is_refused_as_it_was(tmp_path: Path, bot: Server) -> None:
    file = Path(killed(tmp_path))
    file.write_text(unrecorded(file))
    (tmp_path / RUBRIC).write_text((tmp_path / RUBRIC).read_text() + "\nBe strict.\n")
    with pytest.raises(UsageError, match="cannot be continued: another judge"):
        run(tmp_path, resume=str(file))


def frozen(root: Path) -> None:
    around = Surroundings(root, root / "evals", make.NOW)
    checks = Checks(yardsticks=lambda cases: yardsticks_of(cases, around).digests)
    assert freeze(root / "evals", by="lead@shop.test", now=make.NOW, checks=checks).new


def test_a_release_is_not_run_by_other_files_than_it_was_frozen_with(tmp_path: Path, bot: Server) -> None:
    frozen(tmp_path)
    file = killed(tmp_path)
    (tmp_path / SCHEMA).write_text('{"type": "array"}')
    with pytest.raises(UsageError, match=r"release 1 cannot be put together: schemas/total\.json has changed since"):
        run(tmp_path)
    with pytest.raises(UsageError, match="release 1 cannot be put together"):
        run(tmp_path, resume=file)
    assert run(tmp_path, release="working").failed == 1
    assert run(tmp_path, ids=("a-aaaaaa",)).passed == 1
    frozen(tmp_path)
    assert run(tmp_path).release == 2


def test_articles_that_moved_since_a_release_are_told_and_the_run_goes_on(tmp_path: Path, bot: Server) -> None:
    (tmp_path / "evals" / "articles").mkdir()
    (tmp_path / "evals" / "articles" / "KB-1@1.md").write_text("Thirty days.\n")
    shop(tmp_path, make.case("d-aaaaaa", assert_=({"cites": {}},)), toml=(tmp_path / "casemill.toml").read_text())
    frozen(tmp_path)
    assert run(tmp_path).told == ()
    (tmp_path / "evals" / "articles" / "KB-1@2.md").write_text("Sixty days.\n")
    assert run(tmp_path).told == ("articles/ changed since release 1 was frozen; graded by what is there now",)


def test_a_release_that_was_frozen_before_files_were_pinned_is_run_as_ever(tmp_path: Path, bot: Server) -> None:
    freeze(tmp_path / "evals", by="lead@shop.test", now=make.NOW)
    release = read_release(tmp_path / "evals")
    assert release is not None
    assert release.yardsticks is None
    (tmp_path / SCHEMA).write_text('{"type": "object", "required": []}')
    assert run(tmp_path).passed == 3
