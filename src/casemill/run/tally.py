"""What a run has spent and found so far: calls, tokens, money, results, the time its calls took."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from casemill.domain.reply import Reply, Usage
from casemill.domain.run import Spent, Trial, Verdict

if TYPE_CHECKING:
    from casemill.run.judging import JudgeSpent

MOST_REASONS = 1000


class Tally:
    """Adds up verdicts as they come. `free` is for a target that calls nobody: its replies cost something once, not
    now."""

    def __init__(self, *, free: bool = False) -> None:
        self.free = free
        self.results: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.trials = 0
        self._latencies: list[float] = []
        self._calls = 0
        self._kept = 0
        self._usage = _Tokens()
        self._cost: float | None = None

    def add(self, verdict: Verdict) -> None:
        """One more case."""
        self.results[verdict.result] += 1
        if verdict.result == "error" and (verdict.reason in self.errors or len(self.errors) < MOST_REASONS):
            self.errors[verdict.reason] += 1
        for trial in verdict.trials:
            self._add_trial(trial)

    def spent(self, judged: "JudgeSpent | None" = None, *, before: Spent | None = None) -> Spent:
        """What it came to: `judged` is what the judges spent, `before` what the part of a run that is continued did."""
        earlier = before or Spent()
        judge_usage = _Tokens(earlier.judge_usage)
        judge_cost = earlier.judge_cost
        if judged is not None:
            judge_usage.add(judged.usage)
            judge_cost = _sum(judge_cost, judged.cost)
        return Spent(
            calls=self._calls,
            judge_calls=earlier.judge_calls + (judged.calls if judged else 0),
            kept=self._kept,
            usage=self._usage.word,
            judge_usage=judge_usage.word,
            cost=self._cost,
            judge_cost=judge_cost,
        )

    @property
    def latency_ms(self) -> float | None:
        """The median of the target's calls."""
        if not self._latencies:
            return None
        return sorted(self._latencies)[len(self._latencies) // 2]

    def _add_trial(self, trial: Trial) -> None:
        self.trials += 1
        if trial.kept:
            self._kept += 1
            return
        replies = tuple(_replies(trial))
        self._calls += 0 if self.free else max(1, len(replies))
        for reply in replies:
            if reply.latency_ms is not None:
                self._latencies.append(reply.latency_ms)
            if self.free:
                continue
            self._cost = _sum(self._cost, reply.cost)
            if reply.usage is not None:
                self._usage.add(reply.usage)


def judged_before(verdicts: Iterable[Verdict]) -> Spent:
    """What the judges of the verdicts of an interrupted run spent, as their grades tell it."""
    calls, usage, cost = 0, _Tokens(), None
    for verdict in verdicts:
        for judged in (grade.judged for trial in verdict.trials for grade in trial.grades):
            if judged is None:
                continue
            calls += max(1, len(judged.votes))
            cost = _sum(cost, judged.cost)
            if judged.usage is not None:
                usage.add(judged.usage)
    return Spent(judge_calls=calls, judge_usage=usage.word, judge_cost=cost)


def told(spent: Spent) -> str:
    """`12,400 tokens, $0.31`; what is not known is left out."""
    return ", ".join(part for part in (tokens_told(spent), cost_told(spent)) if part)


def tokens_told(spent: Spent) -> str:
    """`12,400 tokens`, the target's and the judge's; nothing when nobody counted them."""
    usage, judged = spent.usage, spent.judge_usage
    tokens = usage.input_tokens + usage.output_tokens + judged.input_tokens + judged.output_tokens
    return f"{tokens:,} tokens" if tokens else ""


def cost_told(spent: Spent) -> str:
    """`$0.31`, the target's and the judge's; nothing when no price is known."""
    cost = _sum(spent.cost, spent.judge_cost)
    return money(cost) if cost is not None else ""


def money(dollars: float) -> str:
    """`$0.31`; with more digits where cents would hide it."""
    return f"${dollars:,.2f}" if dollars >= 0.1 or dollars == 0 else f"${dollars:.4f}"


class _Tokens:
    """A Usage that can be added to without making a word each time."""

    def __init__(self, usage: Usage | None = None) -> None:
        self.input = usage.input_tokens if usage else 0
        self.output = usage.output_tokens if usage else 0

    def add(self, usage: Usage) -> None:
        self.input += usage.input_tokens
        self.output += usage.output_tokens

    @property
    def word(self) -> Usage:
        return Usage(input_tokens=self.input, output_tokens=self.output)


def _replies(trial: Trial) -> Iterator[Reply]:
    """Every reply of a trial: a talk played live has several."""
    if trial.reply is not None:
        yield from trial.reply.before
        yield trial.reply


def _sum(one: float | None, other: float | None) -> float | None:
    return one if other is None else other if one is None else one + other
