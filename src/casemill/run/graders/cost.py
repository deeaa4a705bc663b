"""The reply was not too dear."""

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored, failed, passed
from casemill.domain.reply import Reply
from casemill.run.graders import Grader


class Cost(Grader):
    """Passes when the reply cost at most `max` US dollars. A target that tells no cost and has no `price` is an
    error."""

    max: float

    def __post_init__(self) -> None:
        if self.max < 0:
            raise ValueError("max is 0 or more US dollars")

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        if reply.cost is None:
            return errored("the cost is not known: give the target a price")
        return passed() if reply.cost <= self.max else failed(f"cost ${reply.cost:.4g}, more than ${self.max:.4g}")
