"""A model's verdict on one criterion; known by name here, asked elsewhere."""

from typing import ClassVar

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored
from casemill.domain.reply import Reply
from casemill.run.graders import Grader


class Judge(Grader, omit_defaults=True):
    """Graded by a model against a `rubric`. Without a configured judge it is left out of the verdict and told."""

    looks: ClassVar[bool] = False

    criterion: str
    rubric: str | None = None

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        return errored("not judged: no judge is configured")
