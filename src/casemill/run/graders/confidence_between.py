"""The AI says how sure it is, within bounds."""

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.run.graders import Grader


class ConfidenceBetween(Grader, omit_defaults=True):
    """Passes when the reply has a confidence of at least `min` and at most `max`."""

    min: float = 0.0
    max: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.min <= self.max <= 1:
            raise ValueError("min and max lie between 0 and 1, min not above max")

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        sure = reply.confidence
        if sure is None:
            return failed("has no confidence")
        if self.min <= sure <= self.max:
            return passed()
        return failed(f"has a confidence of {sure:g}, not between {self.min:g} and {self.max:g}")
