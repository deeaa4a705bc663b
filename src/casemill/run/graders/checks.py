"""A preset: several graders under one name."""

from typing import ClassVar

from casemill.domain.case import Case
from casemill.domain.grade import Grade
from casemill.domain.reply import Reply
from casemill.run.graders import Grader, Part, Surroundings, unprepared
from casemill.run.presets import read_preset


class Checks(Grader, omit_defaults=True):
    """Passes when every grader of the `preset` does; each is graded by itself, under a name such as `checks/no_pii`.

    A preset is a file of the suite, `checks/NAME.yaml`, or comes with casemill: `support_draft`.
    """

    bare: ClassVar[str] = "preset"

    preset: str

    def yardsticks(self, around: Surroundings) -> tuple[str, ...]:  # noqa: ARG002 - the base's signature
        return (f"checks/{self.preset}.yaml",)

    def parts(self, around: Surroundings | None) -> tuple[Part, ...]:
        return read_preset(self.preset, around.suite if around else None)

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        return unprepared(f"the preset {self.preset}")
