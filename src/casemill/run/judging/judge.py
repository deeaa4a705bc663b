"""A model's verdict on one criterion of a rubric; what it is asked, and how, is decided in `run/judging`."""

from typing import ClassVar

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored
from casemill.domain.reply import Reply
from casemill.run.graders import Grader, Surroundings
from casemill.suite.rubrics import find_rubric


class Judge(Grader, omit_defaults=True):
    """Graded by a model on one `criterion` of a `rubric` (`support@1`; unset: the newest of the only one there is).

    `by` names the judge, a `[model.NAME]` table, or several, of which more than half must agree; unset:
    `[model.judge]`. Without a configured judge the assertion is left out of the verdict, and told.
    """

    looks: ClassVar[bool] = False

    criterion: str
    rubric: str | None = None
    by: str | tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.judges)) < len(self.judges) or not all(self.judges):
            raise ValueError("by names each judge once")

    @property
    def judges(self) -> tuple[str, ...]:
        """The names in `by`, none when it is unset."""
        return (self.by,) if isinstance(self.by, str) else self.by

    def yardsticks(self, around: Surroundings) -> tuple[str, ...]:
        rubric, criterion = find_rubric(around.suite, self.criterion, label=self.rubric)
        label = rubric.label if "@" in (self.rubric or "") else f"{rubric.name}@*"
        return (f"rubrics/{label}.md", *(("articles/*",) if "articles" in criterion.sees else ()))

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        return errored("not judged: no judge is configured")
