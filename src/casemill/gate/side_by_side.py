"""Two runs laid side by side for a person: what changed, where, and what each came to."""

from collections import Counter
from collections.abc import Iterator, Mapping
from statistics import median

from casemill.domain.case import Case
from casemill.domain.comparison import Comparison, Slice
from casemill.domain.run import Run, Spent
from casemill.domain.word import Word
from casemill.gate.baseline import Accepted
from casemill.run.compare import MAX_DROP, compare, graded_otherwise, side_of
from casemill.run.slices import cut_run


class Shown(Word, omit_defaults=True):
    """One side: run, target, release, verdicts by result, what it came to, the median wait for a reply."""

    run: str
    target: str
    release: int
    results: dict[str, int]
    spent: Spent | None = None
    milliseconds: float | None = None


class SideBySide(Word, omit_defaults=True):
    """Both sides, what became of the cases that both answered, and the later run cut into slices.

    `graded_otherwise` counts the cases that are not compared because a file by which they are graded is another, by
    its name; `not_recorded` are the runs that do not tell by which files they were graded, where the other one does.
    """

    before: Shown
    after: Shown
    comparison: Comparison | None = None
    slices: tuple[Slice, ...] = ()
    graded_otherwise: dict[str, int] = {}
    not_recorded: tuple[str, ...] = ()


def lay_beside(
    before: Run | Accepted, after: Run, *, cases: Mapping[str, Case], max_drop: float = MAX_DROP
) -> SideBySide:
    """A run, or an accepted baseline, beside a later run. `cases` give the labels of slices; there may be none."""
    side = before.as_side() if isinstance(before, Accepted) else side_of(before)
    later = side_of(after)
    otherwise = graded_otherwise(side, later)
    return SideBySide(
        before=_accepted(before, target=after.head.target) if isinstance(before, Accepted) else _shown(before),
        after=_shown(after),
        comparison=compare(side, later, max_drop=max_drop),
        slices=cut_run(after, cases, before=side),
        graded_otherwise=dict(sorted(Counter(name for names in otherwise.values() for name in names).items())),
        not_recorded=tuple(_not_recorded(before, after)),
    )


def _not_recorded(before: Run | Accepted, after: Run) -> Iterator[str]:
    """Nothing where neither run was graded by files, as far as they tell."""
    was = before.yardsticks if isinstance(before, Accepted) else before.head.yardsticks
    now = after.head.yardsticks
    if was is None and now:
        yield before.run if isinstance(before, Accepted) else before.head.id
    if now is None and was:
        yield after.head.id


def _shown(run: Run) -> Shown:
    waits = [
        trial.reply.latency_ms
        for verdict in run.verdicts
        for trial in verdict.trials
        if trial.reply is not None and trial.reply.latency_ms is not None
    ]
    return Shown(
        run=run.head.id,
        target=run.head.target,
        release=run.head.release,
        results=_counted([verdict.result for verdict in run.verdicts]),
        spent=run.end.spent if run.end else None,
        milliseconds=median(waits) if waits else None,
    )


def _accepted(before: Accepted, *, target: str) -> Shown:
    results = _counted([kept.result for kept in before.verdicts.values()])
    return Shown(run=before.run, target=target, release=before.release, results=results)


def _counted(results: list[str]) -> dict[str, int]:
    return {result: results.count(result) for result in ("pass", "fail", "flaky", "error") if result in results}
