"""How steady a case has been over the runs that were counted, and when it is set aside for flickering."""

from collections.abc import Iterable

from casemill.domain.word import Word, changed
from casemill.domain.wording import percent
from casemill.stats import wilson

# A case whose pass rate lies between these, at Wilson 90 %, neither passes nor fails: it flickers.
NEVER, ALWAYS = 0.05, 0.95
LEVEL = 0.90
# Fewer trials than this and nobody calls a case steady, or flickering.
STEADY_AFTER = 10
# A case that got worse, and one that was mended, changes for good; one that flickers comes back and falls again.
CAME_BACK = 2


class Steadiness(Word, omit_defaults=True):
    """How often a case in one content was tried on a target, and how often it passed; errors count for neither.

    `came_back` is how often a pass followed a fail; `failing`, whether the last trial failed. `graded_by` is a digest
    over the files that graded it, empty where there are none or nobody recorded them.
    """

    digest: str
    trials: int = 0
    passes: int = 0
    came_back: int = 0
    failing: bool = False
    graded_by: str = ""

    def is_of(self, digest: str, graded_by: str) -> bool:
        """Whether it tells of a case in this content, graded by these files as far as anybody knows."""
        return self.digest == digest and (self.graded_by == graded_by or not (self.graded_by and graded_by))

    @property
    def interval(self) -> tuple[float, float]:
        """The 90 % Wilson interval of its pass rate."""
        return wilson(self.passes, self.trials, level=LEVEL) or (0.0, 1.0)

    @property
    def flickers(self) -> bool:
        """Whether its pass rate is surely neither near 0 nor near 1, and it came back and fell again."""
        if self.trials < STEADY_AFTER or self.came_back < CAME_BACK:
            return False
        low, high = self.interval
        return low > NEVER and high < ALWAYS

    @property
    def told(self) -> str:
        low, high = self.interval
        return f"passed {self.passes} of {self.trials} trials before (90 % interval {percent(low)} to {percent(high)})"

    def after(self, votes: Iterable[bool]) -> "Steadiness":
        """With more trials, in the order in which they were made; true is a pass."""
        now = self
        for passed in votes:
            now = changed(
                now,
                trials=now.trials + 1,
                passes=now.passes + passed,
                came_back=now.came_back + (passed and now.failing),
                failing=not passed,
            )
        return now
