import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.run import Run, RunHead
from casemill.domain.word import changed
from casemill.errors import UsageError
from casemill.run.record import Recorder, read_run
from casemill.run.targets import Around, Target
from casemill.run.trials import Watch, run_suite

HEAD = RunHead(
    id="r1", release=1, suite_digest="sha256:s", target="bot", target_kind="test", cases=1, started_at=make.NOW
)
asked: list[str] = []


class Bot(Target):
    """Answers by the case's id: what a test put into `ANSWERS`, else a good reply."""

    seconds: float = 0.0

    async def ask(self, case: Case) -> Reply:
        asked.append(case.id)
        FLYING["now"] += 1
        FLYING["most"] = max(FLYING["most"], FLYING["now"])
        await asyncio.sleep(self.seconds)
        FLYING["now"] -= 1
        answer = ANSWERS.get(case.id, lambda: make.reply())
        reply: Reply = answer()
        return reply


ANSWERS: dict[str, Callable[[], Any]] = {}
FLYING = {"now": 0, "most": 0}


@pytest.fixture(autouse=True)
def _fresh() -> None:
    asked.clear()
    ANSWERS.clear()
    FLYING.update(now=0, most=0)


def run(
    path: Path,
    *cases: Case,
    bot: Target | None = None,
    trials: int = 1,
    concurrency: int = 8,
    **around: Any,
) -> Run:
    recorder = Recorder.start(path / "run.jsonl", changed(HEAD, trials=trials, cases=len(cases)))
    return run_suite(
        cases, bot or Bot(), recorder=recorder, around=Around(path, concurrency, **around), watch=Watch(make.NOW)
    )


def raising(error: BaseException) -> Callable[[], Any]:
    def answer() -> Any:
        raise error

    return answer


def test_each_case_gets_a_verdict_and_the_file_holds_the_run(tmp_path: Path) -> None:
    ANSWERS["b-aaaaaa"] = lambda: make.reply(make.BAD)
    done = run(tmp_path, make.case("a-aaaaaa"), make.case("b-aaaaaa"))
    assert {verdict.case: verdict.result for verdict in done.verdicts} == {"a-aaaaaa": "pass", "b-aaaaaa": "fail"}
    assert done.verdicts[1].reason == 'not_contains: says "processed your refund"'
    assert read_run(tmp_path / "run.jsonl") == done
    trial = done.verdicts[0].trials[0]
    assert trial.reply is not None
    assert trial.reply.latency_ms is not None
    assert trial.at is not None
    assert trial.at >= make.NOW


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (raising(ValueError("boom")), r"ValueError: boom \(test_trials.py:\d+\)"),
        (raising(SystemExit(3)), "SystemExit: 3"),
        (raising(UsageError("no key")), "no key"),
        (lambda: make.reply("\ud83d"), "UnicodeEncodeError"),
        (lambda: make.reply("x", intent=object()), "TypeError"),
        (lambda: None, "ValidationError"),
        (lambda: make.reply("x", intent=5), "ValidationError"),
    ],
)
def test_whatever_the_bot_does_is_an_error_of_its_case_alone(
    tmp_path: Path, answer: Callable[[], Any], reason: str
) -> None:
    ANSWERS["a-aaaaaa"] = answer
    first, second = sorted(run(tmp_path, make.case("a-aaaaaa"), make.case("b-aaaaaa")).verdicts, key=lambda v: v.case)
    assert first.result == "error"
    assert re.search(reason, first.reason)
    assert second.result == "pass"
    assert read_run(tmp_path / "run.jsonl").end is not None


def test_mixed_trials_are_flaky(tmp_path: Path) -> None:
    answers = iter([make.BAD, make.GOOD, make.GOOD])
    ANSWERS["a-aaaaaa"] = lambda: make.reply(next(answers))
    (verdict,) = run(tmp_path, make.case("a-aaaaaa"), trials=3).verdicts
    assert verdict.result == "flaky"
    assert [trial.number for trial in verdict.trials] == [1, 2, 3]


def test_a_judge_that_is_not_there_is_left_out_and_told(tmp_path: Path) -> None:
    judge = {"judge": {"criterion": "tone", "rubric": "support@2"}}
    both = make.case("a-aaaaaa", assert_=({"not_contains": {"any": ["processed"]}}, judge))
    only = make.case("b-aaaaaa", assert_=(judge,))
    none = make.case("c-aaaaaa", assert_=())
    done = {verdict.case: verdict for verdict in run(tmp_path, both, only, none).verdicts}
    assert (done["a-aaaaaa"].result, done["a-aaaaaa"].reason) == ("pass", "not judged: judge tone")
    assert [grade.grader for grade in done["a-aaaaaa"].trials[0].grades] == ["not_contains"]
    assert (done["b-aaaaaa"].result, done["c-aaaaaa"].result) == ("error", "error")
    assert done["b-aaaaaa"].reason == "nothing here could grade it; not judged: judge tone"
    assert done["c-aaaaaa"].reason == "nothing here could grade it"


def test_a_wrong_assertion_is_told_before_the_first_call_and_no_file_is_made(tmp_path: Path) -> None:
    wrong = make.case("b-aaaaaa", assert_=({"contains": {"some": ["x"]}},))
    with pytest.raises(UsageError, match=r"case b-aaaaaa: grader contains: .*unknown field `some`"):
        run(tmp_path, make.case("a-aaaaaa"), wrong)
    assert asked == []
    assert not (tmp_path / "run.jsonl").exists()


def test_calls_fly_side_by_side(tmp_path: Path) -> None:
    cases = [make.case(f"a{number}-aaaaaa") for number in range(40)]
    run(tmp_path, *cases, bot=Bot(seconds=0.1), concurrency=20)
    assert FLYING["most"] == 20


def test_a_target_without_a_limit_of_its_own_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casemill.run.trials.LONGEST_WAIT", 0.0)
    (verdict,) = run(tmp_path, make.case(), bot=Bot(seconds=30), timeout=0.1, retries=0).verdicts
    assert (verdict.result, verdict.reason[:12]) == ("error", "TimeoutError")


def test_progress_is_told_case_by_case(tmp_path: Path) -> None:
    class Seen:
        told: list[int | None] = []

        def start(self, total: int | None) -> None:
            self.told.append(total)

        def step(self, done: int = 1) -> None:
            self.told.append(done)

    recorder = Recorder.start(tmp_path / "run.jsonl", HEAD)
    cases = [make.case("a-aaaaaa"), make.case("b-aaaaaa")]
    run_suite(cases, Bot(), recorder=recorder, around=Around(tmp_path), watch=Watch(make.NOW, Seen()))
    assert Seen.told == [2, 1, 1]


def test_cases_that_the_file_holds_are_not_asked_again(tmp_path: Path) -> None:
    cases = [make.case("a-aaaaaa"), make.case("b-aaaaaa")]
    run(tmp_path, cases[0])
    before = read_run(tmp_path / "run.jsonl")
    digests = {case.id: case.digest for case in cases}
    recorder = Recorder.resume(before, tmp_path / "run.jsonl", head=HEAD, digests=digests)
    asked.clear()
    done = run_suite(cases, Bot(), recorder=recorder, around=Around(tmp_path), watch=Watch(make.NOW))
    assert asked == ["b-aaaaaa"]
    assert [verdict.case for verdict in done.verdicts] == ["a-aaaaaa", "b-aaaaaa"]
    assert done.verdicts[0] == before.verdicts[0]
    assert read_run(tmp_path / "run.jsonl") == done


@pytest.mark.parametrize("empty", [{}, {"text": " \n"}, {"text": "", "escalated": False, "draft_shown": True}])
def test_a_reply_that_says_and_does_nothing_is_an_error_and_not_graded(tmp_path: Path, empty: dict[str, Any]) -> None:
    case = make.case()
    ANSWERS[case.id] = lambda: Reply(**empty)
    (verdict,) = run(tmp_path, case).verdicts
    assert (verdict.result, verdict.reason) == ("error", "the target answered nothing")
    assert verdict.trials[0].reply is None
    assert verdict.trials[0].grades == ()


@pytest.mark.parametrize("held_back", [{"escalated": True}, {"draft_shown": False}])
def test_a_draft_that_was_held_back_is_an_answer_without_a_word(tmp_path: Path, held_back: dict[str, Any]) -> None:
    case = make.case()
    ANSWERS[case.id] = lambda: Reply(**held_back)
    assert run(tmp_path, case).verdicts[0].result == "pass"
