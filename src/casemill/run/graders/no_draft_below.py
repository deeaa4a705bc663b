"""An AI that is not sure leaves the answer to a person."""

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.run.drafts import drafts
from casemill.run.graders import Grader


class NoDraftBelow(Grader, omit_defaults=True):
    """Passes when the reply shows no draft, or has a `confidence` of at least this.

    What the target says under `draft_shown` counts; where it says nothing, a text that was not escalated is a draft.
    """

    confidence: float = 0.6

    def __post_init__(self) -> None:
        if not 0 < self.confidence <= 1:
            raise ValueError("confidence is more than 0, at most 1")

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        if not drafts(reply):
            return passed("shows no draft")
        if reply.confidence is None:
            return failed("shows a draft and has no confidence")
        if reply.confidence >= self.confidence:
            return passed()
        return failed(f"shows a draft with a confidence of {reply.confidence:g}, below {self.confidence:g}")
