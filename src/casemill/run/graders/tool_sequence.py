"""The AI called its tools in the right order."""

from typing import Any, ClassVar, Literal

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.domain.ticket import ToolCall
from casemill.domain.word import Word
from casemill.run.calls import holds, told
from casemill.run.graders import Grader


class Step(Word, omit_defaults=True):
    """One call: the tool's name and at least these arguments."""

    name: str
    arguments: dict[str, Any] = {}


class ToolSequence(Grader, omit_defaults=True):
    """Passes when the tools were called in the order of `steps`: names, or `{name, arguments}` with at least these
    arguments.

    With `mode: in_order` other calls may stand between them; with `mode: exact` there are no others.
    """

    listed: ClassVar[str] = "steps"

    steps: tuple[str | Step, ...]
    mode: Literal["in_order", "exact"] = "in_order"

    def __post_init__(self) -> None:
        if not self.steps:
            raise ValueError("steps is empty")

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        steps = [Step(name=step) if isinstance(step, str) else step for step in self.steps]
        at = 0
        for call in reply.calls:
            if at < len(steps) and _is(call, steps[at]):
                at += 1
            elif self.mode == "exact":
                return failed(f"called {told(call.name, call.arguments)} as call {at + 1}{_wanted(steps, at)}"[:300])
        if at == len(steps):
            return passed()
        made = " → ".join(call.name for call in reply.calls) or "no tool"
        return failed(
            f"did not call {told(steps[at].name, steps[at].arguments)} as step {at + 1}; it called {made}"[:300]
        )


def _is(call: ToolCall, step: Step) -> bool:
    return call.name == step.name and holds(call.arguments, step.arguments)


def _wanted(steps: list[Step], at: int) -> str:
    return f", not {told(steps[at].name, steps[at].arguments)}" if at < len(steps) else ", one more than wanted"
