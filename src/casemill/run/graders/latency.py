"""The reply came in time."""

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored, failed, passed
from casemill.domain.reply import Reply
from casemill.run.graders import Grader


class Latency(Grader):
    """Passes when the call took at most `max` milliseconds. A reply that was not timed is an error."""

    max: float

    def __post_init__(self) -> None:
        if self.max <= 0:
            raise ValueError("max is more than 0 milliseconds")

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        took = reply.latency_ms
        if took is None:
            return errored("the call was not timed")
        return passed() if took <= self.max else failed(f"took {took:,.0f} ms, more than {self.max:,.0f}")
