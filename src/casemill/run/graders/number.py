"""The reply states a number, exactly or nearly."""

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.run.graders import Grader
from casemill.run.numbers import numbers


class Number(Grader, omit_defaults=True):
    """Passes when the reply states `value`, off by at most `tolerance`, or by `percent` of it.

    `49.99`, `49,99`, `1,500`, `1 500.00` and `−3` are read; one that can be read in two ways (`1,500`) counts as
    either. With `every` each number of the reply has to be near, and there has to be one.
    """

    value: float
    tolerance: float = 0.0
    percent: float = 0.0
    every: bool = False

    def __post_init__(self) -> None:
        if self.tolerance < 0 or self.percent < 0 or (self.tolerance and self.percent):
            raise ValueError("give tolerance or percent, 0 or more")

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        found = numbers(reply.text)
        if not found:
            return failed("states no number")
        off = [said for said, readings in found if not any(map(self._near, readings))]
        if not off or (len(off) < len(found) and not self.every):
            return passed()
        return failed(f"states {', '.join(off[:5])}, not {self._told()}")

    def _near(self, number: float) -> bool:
        allowed = self.tolerance or abs(self.value) * self.percent / 100
        return abs(number - self.value) <= allowed + 1e-9 * max(1.0, abs(self.value))

    def _told(self) -> str:
        off = f" ± {self.tolerance:g}" if self.tolerance else f" ± {self.percent:g} %" if self.percent else ""
        return f"{self.value:.12g}{off}"
