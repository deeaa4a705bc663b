"""The AI left a tool alone."""

from typing import Any, ClassVar

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.run.calls import calls_like, told
from casemill.run.graders import Grader


class ToolNotCalled(Grader, omit_defaults=True):
    """Passes when the tool `name` was not called, or never with all of these `arguments`.

    In a talk that is played live it may not be called in an earlier answer either.
    """

    bare: ClassVar[str] = "name"

    name: str
    arguments: dict[str, Any] = {}

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        answers = (*reply.before, reply)
        found = [call for one in answers for call in calls_like(one, self.name, arguments=self.arguments)]
        return failed(f"called {told(found[0].name, found[0].arguments)}"[:300]) if found else passed()
