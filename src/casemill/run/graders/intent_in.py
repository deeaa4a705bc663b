"""The AI understood what the customer wants, or at least something it knows."""

from typing import ClassVar

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.domain.word import changed
from casemill.errors import UsageError
from casemill.run.graders import Grader, Surroundings, unprepared


class IntentIn(Grader, omit_defaults=True):
    """Passes when the reply's intent is one of `any`; without it, one of the supported intents that the suite's newest
    label scheme lists (`labels/1.yaml`: `intents: [refund, …]`)."""

    bare: ClassVar[str] = "any"

    any: tuple[str, ...] = ()

    def prepared(self, around: Surroundings) -> Grader:
        if self.any:
            return self
        from casemill.suite.labels import read_labels

        labels = read_labels(around.suite)
        if labels is None or not labels.intents:
            raise UsageError(
                "grader intent_in: nothing says which intents are supported",
                hint=f"name them: intent_in: {{any: [refund, …]}}, or in {around.suite / 'labels' / '1.yaml'}: "
                "`version: 1` and `intents: [refund, …]`",
            )
        return changed(self, any=labels.intents)

    def yardsticks(self, around: Surroundings) -> tuple[str, ...]:  # noqa: ARG002 - the base's signature
        return () if self.any else ("labels/*.yaml",)

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        if not self.any:
            return unprepared("the list of intents")
        if reply.intent is None:
            return failed("has no intent")
        return (
            passed() if reply.intent in self.any else failed(f"has the intent {reply.intent!r}, which is none of ours")
        )
