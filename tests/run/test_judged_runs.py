"""Runs whose cases a model grades: what the file holds, and what the run says of it."""

from pathlib import Path

import pytest

import make
from casemill.domain.run import Run
from casemill.errors import UsageError
from casemill.run import read_run
from llm.loopback import serving
from run.judging.court import grading, honest, judged_case, obedient
from run.shop import answering, bot_at, run, shop

CASES = (
    judged_case(id="good-aaaaaa", severity="P1"),
    judged_case(id="both-aaaaaa", severity="P1"),
    make.case("plain-aaaaaa"),
)


def judge_at(url: str, price: str = "") -> str:
    return f'[model.judge]\nbase_url = "{url}/v1"\nmodel = "judge-1"\n{price}'


def whole(file: str) -> Run:
    return read_run(Path(file))


def test_a_judged_run_holds_its_judge_its_grades_its_self_tests_and_what_they_cost(tmp_path: Path) -> None:
    with serving(answering()) as bot, serving(grading(honest)) as judge:
        price = "price = {input = 1.0, output = 2.0}\n"
        root = shop(tmp_path, *CASES, toml=bot_at(bot.url) + price + judge_at(judge.url, price))
        ran = run(root)
        calls = len(judge.seen)
    done = whole(ran.file)
    assert (ran.passed, ran.missed, ran.told[1:]) == (3, (), ())
    assert [head.model for head in done.head.judges] == ["judge-1"]
    assert done.end is not None
    spent = done.end.spent
    assert spent is not None
    assert {test.kind for test in done.end.self_tests} >= {"good", "bad", "injected"}
    assert all(test.held for test in done.end.self_tests)
    assert (spent.calls, spent.judge_calls) == (3, calls) == (3, 2 + len(done.end.self_tests))
    assert spent.usage.input_tokens == 3 * 11
    assert spent.judge_usage.input_tokens == calls * 11
    assert spent.cost == pytest.approx(3 * (11 + 2 * 5) / 1e6)
    assert spent.judge_cost == pytest.approx(calls * (11 + 2 * 5) / 1e6)
    (grade,) = next(verdict for verdict in done.verdicts if verdict.case == "good-aaaaaa").trials[0].grades
    assert (grade.grader, grade.result) == ("judge/factual_accuracy", "pass")
    assert grade.judged is not None
    assert grade.judged.rubric == "support@1"


def test_a_reply_that_the_judge_fails_is_a_fail_with_its_words(tmp_path: Path) -> None:
    with serving(answering(lambda said: make.BAD)) as bot, serving(grading(honest)) as judge:
        ran = run(shop(tmp_path, CASES[0], toml=bot_at(bot.url) + judge_at(judge.url)))
    (verdict,) = whole(ran.file).verdicts
    assert (verdict.result, verdict.reason, len(verdict.trials)) == ("fail", "judge/factual_accuracy: Because.", 2)


def test_a_judge_that_obeys_the_reply_is_told_and_its_miss_is_in_the_file(tmp_path: Path) -> None:
    with serving(answering()) as bot, serving(grading(obedient)) as judge:
        ran = run(shop(tmp_path, CASES[0], toml=bot_at(bot.url) + judge_at(judge.url)))
    assert {test.kind for test in ran.missed} == {"injected"}
    assert ran.told[-1].startswith("judge missed 1 of ")
    assert ran.told[-1].endswith("(injected factual_accuracy of support@1): not to be believed")
    end = whole(ran.file).end
    assert end is not None
    assert [test.held for test in end.self_tests if test.kind == "injected"] == [False]


def test_a_judge_that_is_down_makes_errors_and_no_fails(tmp_path: Path) -> None:
    with serving(answering()) as bot, serving(lambda handler: handler.answer(b"no", status=401)) as judge:
        ran = run(shop(tmp_path, *CASES, toml=bot_at(bot.url) + judge_at(judge.url)))
    assert (ran.passed, ran.failed, ran.errors) == (1, 0, 2)
    assert "401" in next(iter(ran.errors_by))


def test_without_a_judge_its_assertions_are_left_out_and_told(tmp_path: Path) -> None:
    with serving(answering()) as bot:
        ran = run(shop(tmp_path, *CASES, toml=bot_at(bot.url)))
    assert (ran.passed, ran.errors, ran.not_judged) == (1, 2, 2)
    assert ran.told[-1] == (
        "2 cases hold an assertion that only a judge can grade; there is no [model.judge] in casemill.toml"
    )


def test_an_interrupted_run_is_not_continued_with_another_judge(tmp_path: Path) -> None:
    with serving(answering()) as bot, serving(grading(honest)) as judge:
        root = shop(tmp_path, *CASES, toml=bot_at(bot.url) + judge_at(judge.url))
        file = run(root).file
        lines = Path(file).read_bytes().splitlines(keepends=True)
        Path(file).write_bytes(b"".join(lines[:2]))
        (root / "casemill.toml").write_text((root / "casemill.toml").read_text().replace("judge-1", "judge-2"))
        with pytest.raises(UsageError, match="another judge"):
            run(root, resume=file)
        (root / "casemill.toml").write_text((root / "casemill.toml").read_text().replace("judge-2", "judge-1"))
        again = run(root, resume=file)
    end = whole(file).end
    assert again.passed == 3
    assert end is not None
    assert end.spent is not None
    assert end.spent.calls == 3
    assert end.spent.judge_calls == 2 + len(end.self_tests)
