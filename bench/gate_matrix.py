"""Does the gate's rule on falls call wolf, does it sleep? Real runs of one suite replayed, beside a plain 5 % rule.

`bench/gate_matrix.py [MATRIX.json]`: task, run, reward (1 passed, 0 failed), as `{"matrix": {task: {run: reward}}}`.
Every line is of the gate itself: run files' words go through `judge_run` with a baseline; the other rules are off.

1. The same agent run four times on the same tasks: nothing changed, so every alarm is a false one.
2. Pairs of different agents, drawn down to N tasks: the truth is the change over all their tasks.
3. Tasks as unsteady as the same agent's, drawn with a known share newly broken, k trials each.
"""

import json
import random
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import combinations, permutations
from pathlib import Path
from typing import NamedTuple

from casemill.domain.gate import GatePolicy
from casemill.domain.grade import Grade
from casemill.domain.reply import Reply
from casemill.domain.run import Run, RunEnd, RunHead, Trial, Verdict
from casemill.gate import Rules, judge_run
from casemill.gate.baseline import Accepted, Kept

DATA = Path(__file__).parents[2] / "shared" / "data" / "tau_run_matrix.json"
NOW = datetime(2026, 11, 21, tzinfo=UTC)
POLICY = GatePolicy(pass_rate=0.0, max_drop=0.05)
REPEATS = 300
REPLY = Reply(text="…")

Tries = Sequence[Sequence[bool]]


class Count(NamedTuple):
    """Of how many comparisons: alarms of the plain rule, alarms of the gate, and "not enough cases" of the gate."""

    of: int
    plain: int
    gate: int
    too_few: int


def verdict(number: int, tries: Sequence[bool]) -> Verdict:
    trials = tuple(
        Trial(number=n, reply=REPLY, grades=(Grade(result="pass" if passed else "fail", grader="x"),))
        for n, passed in enumerate(tries, 1)
    )
    result = "pass" if all(tries) else "flaky" if any(tries) else "fail"
    return Verdict(
        case=f"c{number}",
        digest="d",
        failure_mode="other",
        severity="P2",
        result=result,
        trials=trials,  # type: ignore[arg-type]
    )


def kept(tries: Sequence[bool]) -> Kept:
    result = "pass" if all(tries) else "flaky" if any(tries) else "fail"
    return Kept(result=result, digest="d", passes=sum(tries), trials=len(tries))  # type: ignore[arg-type]


def compare(before: Tries, after: Tries) -> tuple[bool, bool, bool]:
    """Whether the plain rule alarms, whether the gate does, and whether the gate says that the cases are too few."""
    verdicts = tuple(verdict(number, tries) for number, tries in enumerate(after))
    head = RunHead(
        id="now", release=0, suite_digest="", target="bot", target_kind="x", cases=len(verdicts), started_at=NOW
    )
    run = Run(head=head, verdicts=verdicts, end=RunEnd(finished_at=NOW, verdicts=len(verdicts)))
    accepted = {f"c{number}": kept(tries) for number, tries in enumerate(before)}
    rules = Rules(policy=POLICY, baseline={"bot": Accepted(run="then", release=0, at="2026-11-20", verdicts=accepted)})
    judgement = judge_run(run, rules, now=NOW)
    found = judgement.comparison
    assert found is not None
    fell = rate(before) - rate(after)
    return fell > POLICY.max_drop + 1e-9, judgement.state == "shut", found.says == "too_few"


def rate(tries: Tries) -> float:
    return sum(sum(one) / len(one) for one in tries) / len(tries)


def counted(pairs: Iterable[tuple[Tries, Tries]]) -> Count:
    said = [compare(before, after) for before, after in pairs]
    return Count(len(said), *(sum(each[number] for each in said) for number in range(3)))


def line(what: str, count: Count, *, truth: str) -> None:
    def share(n: int) -> str:
        return f"{n / count.of:6.1%}" if count.of else "     –"

    calm = count.of - count.gate - count.too_few
    shares = "   ".join(map(share, (count.plain, count.gate, count.too_few, calm)))
    print(f"{what:<46} {truth:<12} {count.of:>5}   {shares}")


def same_agent(matrix: dict[str, dict[str, float]]) -> list[list[bool]]:
    """Each task with its four tries."""
    names = ["airline-gpt-4o", "airline-gpt-4o/k1", "airline-gpt-4o/k2", "airline-gpt-4o/k3"]
    return [[runs[name] == 1 for name in names] for runs in matrix.values() if all(name in runs for name in names)]


def part_1(tries: list[list[bool]]) -> None:
    once = [([[t[a]] for t in tries], [[t[b]] for t in tries]) for a, b in permutations(range(4), 2)]
    line(f"same agent, {len(tries)} tasks, 1 trial", counted(once), truth="no change")
    twice = []
    for pair in combinations(range(4), 2):
        rest = [n for n in range(4) if n not in pair]
        twice.append(([[t[n] for n in pair] for t in tries], [[t[n] for n in rest] for t in tries]))
    line(f"same agent, {len(tries)} tasks, 2 trials", counted(twice), truth="no change")


def part_2(matrix: dict[str, dict[str, float]]) -> None:
    rng = random.Random(1)
    names = sorted(
        {name for runs in matrix.values() for name in runs if name.startswith("retail") and "notools" not in name}
    )
    for size in (25, 40):
        found: dict[str, list[tuple[Tries, Tries]]] = {"no fall": [], "fell >5": [], "fell >10": []}
        for a, b in permutations(names, 2):
            both = [(runs[a] == 1, runs[b] == 1) for runs in matrix.values() if a in runs and b in runs]
            if len(both) < size:
                continue
            true = sum(was - now for was, now in both) / len(both)
            kind = "no fall" if true <= 0 else "fell >10" if true > 0.10 else "fell >5" if true > 0.05 else None
            for _ in range(10 if kind else 0):
                some = rng.sample(both, size)
                found[kind or ""].append(([[was] for was, _ in some], [[now] for _, now in some]))
        for kind, pairs in found.items():
            line(f"different agents, {size} of their tasks, 1 trial", counted(pairs), truth=kind)


def part_3(tries: list[list[bool]]) -> None:
    rng = random.Random(2)
    chances = [sum(each) / 4 for each in tries]
    for size, trials in ((50, 1), (50, 3), (100, 3), (200, 3), (200, 5)):
        for broken in (0.0, 0.1, 0.2):
            pairs = [drawn(rng, chances, size=size, trials=trials, broken=broken) for _ in range(REPEATS)]
            fall = 100 * broken * sum(chances) / len(chances)
            truth = "no change" if not broken else f"fell {fall:.1f}"
            line(f"drawn, {size} tasks, {trials} trial{'s' * (trials > 1)}", counted(pairs), truth=truth)


def drawn(
    rng: random.Random, chances: Sequence[float], *, size: int, trials: int, broken: float
) -> tuple[Tries, Tries]:
    """A suite drawn from the tasks, tried before and after; a share of those that ever pass is broken in between."""
    before, after = [], []
    for _ in range(size):
        chance = rng.choice(chances)
        later = 0.0 if rng.random() < broken else chance
        before.append([rng.random() < chance for _ in range(trials)])
        after.append([rng.random() < later for _ in range(trials)])
    return before, after


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not path.is_file():
        print(f"skipped: {path} is not here")
        return
    matrix = json.loads(path.read_bytes())["matrix"]
    tries = same_agent(matrix)
    flaky = sum(any(each) and not all(each) for each in tries)
    print(f"{len(tries)} tasks, each tried four times by one agent: {flaky} ({flaky / len(tries):.0%}) flicker")
    heads = ("plain 5%", "gate", "too few", "calm")
    print(f"\n{'':<46} {'truth':<12} {'n':>5}  {'  '.join(f'{head:>7}' for head in heads)}")
    part_1(tries)
    part_2(matrix)
    part_3(tries)
    print(
        "\nAlarms where the truth is no change or no fall are false; where it is a fall, what is not alarmed is missed."
    )


if __name__ == "__main__":
    main()
