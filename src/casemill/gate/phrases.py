"""What every report says in the same words: the comparison, flips, slices, what it cost, how reds were read."""

from collections.abc import Iterator

from casemill.domain.comparison import Comparison, Flip, Slice
from casemill.domain.gate import Judgement, Red
from casemill.domain.run import Spent
from casemill.domain.wording import counted, percent
from casemill.gate.safe import one_line

MOST_FLIPS, MOST_SLICES = 20, 5
LONGEST_NAME = 48
READ = {"regression": "regression", "stale": "stale case", "grader_wrong": "wrong grader", "flaky": "flake"}


def points(rate: float) -> str:
    """`5.2 points`, of a hundred."""
    return f"{rate * 100:.1f} points"


def signed(rate: float) -> str:
    """`-5.2` points, `+1.0`."""
    return f"{rate * 100:+.1f}"


def how_sure(found: Comparison) -> str:
    """`(95 % interval -6.1 to -1.2 points)`."""
    low, high = found.interval
    return f"(95 % interval {signed(low)} to {signed(high)} points)"


def compared(found: Comparison) -> str:
    """`412 cases in both: 92.1 % before, 88.4 % now, -3.7 points (95 % interval …)`."""
    return (
        f"{counted(found.cases, 'case')} in both: {percent(found.rate_before)} before, "
        f"{percent(found.rate_after)} now, {signed(-found.drop)} points {how_sure(found)}"
    )


def finding(found: Comparison) -> str:
    """What the numbers can carry, as a sentence piece."""
    least = f"a fall of {points(found.smallest)} or more shows four times in five"
    match found.says:
        case "fell":
            return f"it fell; chance alone would do that {chance(found.chance)}; {least}"
        case "rose":
            return f"it rose; chance alone would do that {chance(found.risen)}; {least}"
        case "steady":
            return f"no fall seen; {least}"
    return f"not enough cases to tell of a fall; {least}"


def chance(share: float) -> str:
    """`in 1 of 250 runs`; under one in 10,000 it says so."""
    if share < 0.0001:
        return "in fewer than 1 of 10,000 runs"
    return f"in 1 of {1 / share:,.0f} runs" if share < 0.01 else f"in {percent(share)} of runs"


def left_out(found: Comparison) -> str:
    """`3 only before, 1 another content`; empty when every case was compared."""
    return ", ".join(f"{count:,} {why}" for why, count in found.left_out.items())


def flips_of(found: Comparison | None) -> Iterator[tuple[str, Flip]]:
    """`worse` or `better`, and the flip; the worse ones first."""
    for word, flips in (("worse", found.worse), ("better", found.better)) if found else ():
        yield from ((word, flip) for flip in flips)


def flip_words(flip: Flip) -> str:
    """`P0 promised-action-7q3k2d  pass → fail`; the reason stands apart, since it is foreign text."""
    return f"{flip.severity} {short(flip.case)}  {flip.before} → {flip.after}"


def weak_spots(judgement: Judgement) -> tuple[Slice, ...]:
    return tuple(slice for slice in judgement.slices if slice.weak)


def slice_words(slice: Slice) -> str:
    """`61.1 % of 18 (95 % interval 38.6 % to 79.7 %)`."""
    low, high = slice.interval
    return f"{percent(slice.rate)} of {slice.cases:,} (95 % interval {percent(low)} to {percent(high)})"


def slice_name(slice: Slice) -> str:
    return f"{slice.of} {short(slice.name)}"


def short(text: str) -> str:
    """A foreign name on one line, cut where it would break a table."""
    line = one_line(text)
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1] + "…"


def spent_words(spent: Spent | None) -> str:
    """`1,000 calls of the target, 2,000 of the judge, $1.20 and $0.30`; empty when nothing is known."""
    if spent is None or not (spent.calls or spent.judge_calls or spent.kept):
        return ""
    calls = [f"{counted(spent.calls, 'call')} of the target"]
    calls += [f"{spent.judge_calls:,} of the judge"] if spent.judge_calls else []
    calls += [f"{spent.kept:,} from the cache"] if spent.kept else []
    costs = [
        f"${cost:,.2f} {whose}"
        for whose, cost in (("target", spent.cost), ("judge", spent.judge_cost))
        if cost is not None
    ]
    return "; ".join(filter(None, [", ".join(calls), ", ".join(costs)]))


def read_words(judgement: Judgement) -> str:
    """`14 regressions, 3 stale cases, 1 wrong grader`; empty when nobody has read a red."""
    return ", ".join(counted(count, READ[read_as]) for read_as, count in judgement.read.items())


def labelled(red: Red) -> Iterator[tuple[str, str]]:
    """What is told of a red, with its label; what there is nothing of is left out."""
    yes = f"{red.override.who} says yes until {red.override.until}: {red.override.why}" if red.override else ""
    for label, value in (
        ("why", red.reason),
        ("doubt", red.doubt),
        ("said", red.said),
        ("before", red.before),
        ("history", red.history),
        ("read", red.read),
        ("override", yes),
    ):
        if value:
            yield label, value
