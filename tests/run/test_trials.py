import asyncio
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.run import Run, RunHead
from casemill.domain.word import changed
from casemill.errors import TargetError, UsageError
from casemill.run.record import Recorder, read_run
from casemill.run.targets import Around, Target
from casemill.run.targets.replay import Replay
from casemill.run.trials import Terms, Watch, run_suite

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
    confirm: bool = False,
    concurrency: int = 8,
    **around: Any,
) -> Run:
    head = changed(HEAD, trials=trials, confirm=confirm, cases=len(cases))
    recorder = Recorder.start(path / "run.jsonl", head)
    run_suite(
        cases, bot or Bot(), recorder=recorder, around=Around(path, concurrency, **around), terms=Terms(Watch(make.NOW))
    )
    return read_run(path / "run.jsonl")


def raising(error: BaseException) -> Callable[[], Any]:
    def answer() -> Any:
        raise error

    return answer


def in_turn(*said: str) -> Callable[[], Any]:
    """One text after the other; then nobody is at home any more."""
    left = list(said)

    def answer() -> Any:
        if not left:
            raise ConnectionError("nobody at home")
        return make.reply(left.pop(0))

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
        (lambda: make.reply("\ud83d"), "half a character"),
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


def test_mixed_trials_of_a_p1_are_flaky_and_of_a_p0_a_fail(tmp_path: Path) -> None:
    for id in ("a-aaaaaa", "b-aaaaaa"):
        ANSWERS[id] = in_turn(make.BAD, make.GOOD, make.GOOD)
    cases = (make.case("a-aaaaaa", severity="P1"), make.case("b-aaaaaa", severity="P0"))
    flaky, fail = sorted(run(tmp_path, *cases, trials=3).verdicts, key=lambda verdict: verdict.case)
    assert (flaky.result, fail.result) == ("flaky", "fail")
    assert [trial.number for trial in flaky.trials] == [1, 2, 3]
    assert fail.reason.startswith("1 of 3 trials failed: ")


@pytest.mark.parametrize(
    ("severity", "said", "result", "trials"),
    [
        ("P0", [make.BAD], "fail", 1),
        ("P1", [make.GOOD], "pass", 1),
        ("P1", [make.BAD, make.BAD], "fail", 2),
        ("P1", [make.BAD, make.GOOD, make.GOOD], "flaky", 3),
        ("P1", [make.BAD, make.GOOD, make.BAD], "fail", 3),
        ("P2", [make.BAD, make.BAD, make.BAD], "fail", 3),
        ("P2", [make.BAD, make.GOOD, make.GOOD, make.GOOD], "flaky", 4),
        ("P2", [make.BAD, make.GOOD, make.BAD, make.GOOD, make.BAD], "fail", 5),
    ],
)
def test_a_case_that_fails_is_put_again_until_that_is_sure(
    tmp_path: Path, severity: str, said: list[str], result: str, trials: int
) -> None:
    ANSWERS["a-aaaaaa"] = in_turn(*said)
    (verdict,) = run(tmp_path, make.case("a-aaaaaa", severity=severity), confirm=True).verdicts
    assert (verdict.result, len(verdict.trials), len(asked)) == (result, trials, trials)


def test_a_target_that_cannot_be_reached_is_not_put_again_without_end(tmp_path: Path) -> None:
    ANSWERS["a-aaaaaa"] = in_turn(make.BAD)
    (verdict,) = run(tmp_path, make.case("a-aaaaaa", severity="P2"), confirm=True).verdicts
    assert (verdict.result, len(verdict.trials)) == ("fail", 4)
    assert verdict.reason.endswith("3 of 4 trials could not tell")


def test_a_recording_is_put_again_only_as_often_as_it_was_recorded(tmp_path: Path) -> None:
    ANSWERS["a-aaaaaa"] = in_turn(make.BAD, make.GOOD, make.GOOD)
    first = run(tmp_path, make.case("a-aaaaaa", severity="P1"), confirm=True)
    (tmp_path / "run.jsonl").rename(tmp_path / "old.jsonl")
    again = run(tmp_path, make.case("a-aaaaaa", severity="P1"), bot=Replay(file="old.jsonl"), confirm=True)
    assert [len(one.verdicts[0].trials) for one in (first, again)] == [3, 3]
    (tmp_path / "run.jsonl").unlink()
    (tmp_path / "one.jsonl").write_text(f'{{"case": "a-aaaaaa", "text": "{make.BAD}"}}\n')
    once = run(tmp_path, make.case("a-aaaaaa", severity="P1"), bot=Replay(file="one.jsonl"), confirm=True)
    assert (once.verdicts[0].result, len(once.verdicts[0].trials)) == ("fail", 1)
    assert once.end is not None
    assert once.end.spent is not None
    assert once.end.spent.calls == 0


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


def test_many_trials_of_few_cases_fly_side_by_side_and_never_more_than_allowed(tmp_path: Path) -> None:
    cases = [make.case(f"a{number}-aaaaaa") for number in range(3)]
    done = run(tmp_path, *cases, bot=Bot(seconds=0.05), concurrency=6, trials=5)
    assert FLYING["most"] == 6
    assert [[trial.number for trial in verdict.trials] for verdict in done.verdicts] == [[1, 2, 3, 4, 5]] * 3


def test_a_target_without_a_limit_of_its_own_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casemill.run.trials.LONGEST_WAIT", 0.0)
    (verdict,) = run(tmp_path, make.case(), bot=Bot(seconds=30), timeout=0.1, retries=0).verdicts
    assert (verdict.result, verdict.reason[:12]) == ("error", "TimeoutError")


def test_a_target_that_is_gone_is_given_up_and_the_run_can_go_on(tmp_path: Path) -> None:
    cases = [make.case(f"a{number:02}-aaaaaa") for number in range(40)]
    for case in cases[8:]:
        ANSWERS[case.id] = raising(ConnectionError("nobody at home"))
    recorder = Recorder.start(tmp_path / "run.jsonl", changed(HEAD, cases=40))
    terms = Terms(Watch(make.NOW, again="casemill run --resume run.jsonl"), give_up_after=10)
    with pytest.raises(TargetError, match=r"10 cases in a row got no answer, the last because: .*nobody") as raised:
        run_suite(cases, Bot(), recorder=recorder, around=Around(tmp_path, 1), terms=terms)
    assert "casemill run --resume run.jsonl" in (raised.value.hint or "")
    kept = read_run(tmp_path / "run.jsonl")
    assert kept.end is None
    assert Counter(verdict.result for verdict in kept.verdicts) == {"pass": 8, "error": 9}


def test_errors_between_answers_are_not_given_up_on(tmp_path: Path) -> None:
    cases = [make.case(f"a{number:02}-aaaaaa") for number in range(20)]
    for case in cases[::2]:
        ANSWERS[case.id] = raising(ConnectionError("nobody at home"))
    recorder = Recorder.start(tmp_path / "run.jsonl", changed(HEAD, cases=20))
    done = run_suite(
        cases, Bot(), recorder=recorder, around=Around(tmp_path, 1), terms=Terms(Watch(make.NOW), give_up_after=2)
    )
    assert Counter(verdict.result for verdict in done.verdicts) == {"pass": 10, "error": 10}


def test_progress_is_told_case_by_case(tmp_path: Path) -> None:
    class Seen:
        told: list[int | None] = []

        def start(self, total: int | None) -> None:
            self.told.append(total)

        def step(self, done: int = 1) -> None:
            self.told.append(done)

    recorder = Recorder.start(tmp_path / "run.jsonl", HEAD)
    cases = [make.case("a-aaaaaa"), make.case("b-aaaaaa")]
    run_suite(cases, Bot(), recorder=recorder, around=Around(tmp_path), terms=Terms(Watch(make.NOW, Seen())))
    assert Seen.told == [2, 1, 1]


def test_cases_that_the_file_holds_are_not_asked_again(tmp_path: Path) -> None:
    cases = [make.case("a-aaaaaa"), make.case("b-aaaaaa")]
    run(tmp_path, cases[0])
    before = read_run(tmp_path / "run.jsonl")
    digests = {case.id: case.digest for case in cases}
    recorder = Recorder.resume(before, tmp_path / "run.jsonl", head=HEAD, digests=digests)
    asked.clear()
    done = run_suite(cases, Bot(), recorder=recorder, around=Around(tmp_path), terms=Terms(Watch(make.NOW)))
    assert asked == ["b-aaaaaa"]
    assert [verdict.case for verdict in done.verdicts] == ["a-aaaaaa", "b-aaaaaa"]
    whole = read_run(tmp_path / "run.jsonl")
    assert whole.verdicts[0] == before.verdicts[0]
    assert changed(whole, verdicts=tuple(changed(verdict, trials=()) for verdict in whole.verdicts)) == done


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
