"""A case made ready to be put: which graders look at its replies, which ask a judge, and what nobody can grade."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, cast

from casemill.domain.case import Case
from casemill.run.graders import Grader, Surroundings, build_all

if TYPE_CHECKING:
    from casemill.run.judging.judge import Judge


class Planned(NamedTuple):
    """A case with its graders by name: those that look, those that ask a judge, and the names of those that could
    not be asked."""

    case: Case
    looking: tuple[tuple[str, Grader], ...]
    asking: "tuple[tuple[str, Judge], ...]"
    not_judged: tuple[str, ...]


def plan_cases(cases: Iterable[Case], around: Surroundings | None, *, judged: bool) -> list[Planned]:
    """Every case made ready, in order; a UsageError for the first assertion that cannot work. `judged` says whether
    there is somebody to ask."""
    return [_planned(case, around, judged=judged) for case in cases]


def _planned(case: Case, around: Surroundings | None, *, judged: bool) -> Planned:
    built = build_all(case, around)
    looking = tuple((name, grader) for name, grader in built if grader.looks)
    if len(looking) == len(built):
        return Planned(case, looking, (), ())
    asking = tuple((name, cast("Judge", grader)) for name, grader in built if not grader.looks)
    if judged:
        return Planned(case, looking, tuple((f"{name}/{judge.criterion}", judge) for name, judge in asking), ())
    return Planned(case, looking, (), tuple(f"{name} {judge.criterion}" for name, judge in asking))
