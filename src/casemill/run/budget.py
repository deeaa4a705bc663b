"""A run that may take only so long: what must be known is asked first, and what no time is left for is told."""

from collections import Counter
from collections.abc import Callable, Sequence

from casemill.domain.case import Case
from casemill.run.obligations import obligations


class Budget:
    """Seconds for a run. A P0 is never left out: without its verdict no gate can tell, and the time was wasted.

    `clock` tells seconds; a case is begun when by the mean of those that are done it would end in time.
    """

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self.seconds = seconds
        self._clock = clock
        self._began = clock()
        self._done = 0
        self._taken = 0.0

    def allows(self, case: Case) -> bool:
        """Whether a case may be begun now."""
        mean = self._taken / self._done if self._done else 0.0
        return case.severity == "P0" or self._clock() - self._began + mean <= self.seconds

    def took(self, seconds: float) -> None:
        """How long a case took, from its first call to its verdict."""
        self._done += 1
        self._taken += seconds


def most_telling_first(cases: Sequence[Case]) -> tuple[Case, ...]:
    """The P0s, then one case of each obligation that none of them guards, then the rest; P1 before P2, and of each
    failure mode one before the second of any."""
    ordered = sorted(cases, key=lambda case: (case.severity, case.id))
    stands_for = obligations(ordered)
    rest = [case for case in ordered if case.severity != "P0"]
    first = [case for case in rest if stands_for[case.id] == case.id]
    others = [case for case in rest if stands_for[case.id] != case.id]
    return (*(case for case in ordered if case.severity == "P0"), *_by_turns(first), *_by_turns(others))


def _by_turns(cases: Sequence[Case]) -> list[Case]:
    """Within a severity the first case of every failure mode, then the second of every one, and so on."""
    seen: Counter[tuple[str, str]] = Counter()
    turns = {}
    for case in cases:
        turns[case.id] = seen[case.severity, case.failure_mode]
        seen[case.severity, case.failure_mode] += 1
    return sorted(cases, key=lambda case: (case.severity, turns[case.id]))
