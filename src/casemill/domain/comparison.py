"""Two runs of the same cases laid side by side, and one run cut into slices."""

from typing import Literal

from casemill.domain.failure import Severity
from casemill.domain.run import VerdictResult
from casemill.domain.word import Word

Finding = Literal["fell", "rose", "steady", "too_few"]


class Flip(Word, omit_defaults=True):
    """A case whose verdict is another one now. `reason` is that of the side that did not pass."""

    case: str
    failure_mode: str
    severity: Severity
    before: VerdictResult
    after: VerdictResult
    reason: str = ""


class Comparison(Word, omit_defaults=True):
    """What became of the cases that both runs answered, in the same content. Rates and changes are 0 to 1.

    `chance` is that of so deep a fall if nothing had changed, `risen` that of so high a rise; `smallest` is the fall
    that this many cases would show four times in five. `says` is `too_few` where that is more than the fall to be
    seen. `left_out` counts cases by why they are not compared.
    """

    before: str
    after: str
    cases: int
    rate_before: float
    rate_after: float
    interval: tuple[float, float]
    chance: float
    risen: float
    smallest: float
    says: Finding
    worse: tuple[Flip, ...] = ()
    better: tuple[Flip, ...] = ()
    left_out: dict[str, int] = {}

    @property
    def drop(self) -> float:
        """How far the pass rate fell; below 0 when it rose."""
        return self.rate_before - self.rate_after


class Slice(Word, omit_defaults=True):
    """The cases of a run that share a label: `of` is what is labelled, `name` the label.

    `weak` says that its rate is under that of all the others, with the whole 95 % interval of the difference; `before`
    is its rate in the run compared with.
    """

    of: str
    name: str
    cases: int
    passed: int
    interval: tuple[float, float]
    weak: bool = False
    before: float | None = None

    @property
    def rate(self) -> float:
        return self.passed / self.cases
