"""What a run has spent and found."""

from typing import Any

import pytest

import make
from casemill.domain.grade import Grade, Judged
from casemill.domain.reply import Reply, Usage
from casemill.domain.run import Spent, Trial, Verdict
from casemill.run.judging import JudgeSpent
from casemill.run.tally import Tally, judged_before, money, told


def replied(tokens: int = 10, **fields: Any) -> Reply:
    usage = Usage(input_tokens=tokens, output_tokens=1)
    told: dict[str, Any] = {"usage": usage, "latency_ms": 100.0, "cost": 0.5}
    return make.reply(**(told | fields))


def verdict(*trials: Trial, result: str = "pass", reason: str = "") -> Verdict:
    return make.verdict(trials=trials, result=result, reason=reason)


def spent(*verdicts: Verdict, free: bool = False) -> Spent:
    tally = Tally(free=free)
    for one in verdicts:
        tally.add(one)
    return tally.spent()


def test_every_trial_and_every_turn_of_a_live_talk_is_a_call() -> None:
    live = replied(before=(replied(5), replied(7)))
    total = spent(verdict(Trial(number=1, reply=replied())), verdict(Trial(number=1, reply=live)))
    assert (total.calls, total.usage, total.cost) == (4, Usage(input_tokens=32, output_tokens=4), 2.0)


def test_a_call_without_a_reply_is_a_call_and_costs_what_nobody_knows() -> None:
    total = spent(verdict(Trial(number=1, error="down"), Trial(number=2, reply=make.reply()), result="error"))
    assert (total.calls, total.usage, total.cost) == (2, Usage(), None)


def test_a_kept_answer_and_a_recording_cost_nothing_now() -> None:
    kept = spent(verdict(Trial(number=1, reply=replied(), kept=True)))
    assert (kept.calls, kept.kept, kept.usage, kept.cost) == (0, 1, Usage(), None)
    assert spent(verdict(Trial(number=1, reply=replied())), free=True) == Spent()


def test_the_latency_told_is_the_median_of_the_calls() -> None:
    tally = Tally()
    assert tally.latency_ms is None
    for milliseconds in (5.0, 900.0, 7.0):
        tally.add(verdict(Trial(number=1, reply=replied(latency_ms=milliseconds))))
    assert tally.latency_ms == 7.0


def test_the_judges_of_the_part_that_was_continued_are_added_to_those_of_this() -> None:
    judged = Judged(criterion="tone", judge="j", votes=("pass", "fail", "pass"), usage=Usage(input_tokens=3), cost=0.25)
    before = judged_before([verdict(Trial(number=1, reply=replied(), grades=(Grade(result="pass", judged=judged),)))])
    assert (before.judge_calls, before.judge_usage, before.judge_cost) == (3, Usage(input_tokens=3), 0.25)
    total = Tally().spent(JudgeSpent(2, Usage(output_tokens=4), 0.5), before=before)
    assert (total.judge_calls, total.judge_usage) == (5, Usage(input_tokens=3, output_tokens=4))
    assert total.judge_cost == 0.75


def test_it_is_told_in_words_and_what_is_not_known_is_left_out() -> None:
    usage = Usage(input_tokens=12_000, output_tokens=345)
    assert (
        told(Spent(usage=usage, judge_usage=Usage(input_tokens=55), cost=1.5, judge_cost=0.75))
        == "12,400 tokens, $2.25"
    )
    assert told(Spent(usage=usage)) == "12,345 tokens"
    assert told(Spent(calls=3)) == ""


@pytest.mark.parametrize(
    ("dollars", "text"), [(0, "$0.00"), (0.00123, "$0.0012"), (0.1, "$0.10"), (1234.5, "$1,234.50")]
)
def test_money_is_told_with_the_digits_that_matter(dollars: float, text: str) -> None:
    assert money(dollars) == text
