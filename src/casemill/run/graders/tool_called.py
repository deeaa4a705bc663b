"""The AI called a tool."""

from typing import Any, ClassVar, Literal

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.domain.wording import counted
from casemill.run.calls import calls_like, same, told
from casemill.run.graders import Grader


class ToolCalled(Grader, omit_defaults=True):
    """Passes when the tool `name` was called with at least these `arguments`; with `times`, exactly so often.

    With `mode: exact` a call counts only when it has these arguments and no others.
    """

    bare: ClassVar[str] = "name"

    name: str
    arguments: dict[str, Any] = {}
    times: int | None = None
    mode: Literal["partial", "exact"] = "partial"

    def __post_init__(self) -> None:
        if self.times is not None and self.times < 1:
            raise ValueError("times is 1 or more; for never, use tool_not_called")

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        calls = calls_like(reply, self.name, arguments=self.arguments)
        found = sum(self.mode == "partial" or same(call.arguments, self.arguments) for call in calls)
        if found and self.times in (None, found):
            return passed()
        wanted = told(self.name, self.arguments)
        if found:
            return failed(f"called {wanted} {counted(found, 'time')}, not {self.times}"[:300])
        others = ", ".join(told(call.name, call.arguments) for call in reply.calls) or "no tool"
        return failed(f"did not call {wanted}; it called {others}"[:300])
