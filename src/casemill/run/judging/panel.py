"""What an open judge is to those who use it."""

from typing import NamedTuple, Protocol

from casemill.domain.case import Case
from casemill.domain.grade import Grade
from casemill.domain.reply import Reply, Usage
from casemill.domain.run import JudgeHead, SelfTest
from casemill.run.judging.judge import Judge


class Estimate(NamedTuple):
    """What judging is going to take: calls, and tokens of what is sent, by a rule of thumb."""

    calls: int = 0
    input_tokens: int = 0


class JudgeSpent(NamedTuple):
    """What was spent so far, self-tests included; `cost` is US dollars, None where a judge has no price."""

    calls: int = 0
    usage: Usage = Usage()
    cost: float | None = None


class Judges(Protocol):
    """The judges of a run, open for as long as it lasts."""

    @property
    def heads(self) -> tuple[JudgeHead, ...]:
        """Each judge as the head of a run file tells it."""

    @property
    def spent(self) -> JudgeSpent:
        """Everything so far."""

    async def grade(self, grader: Judge, *, case: Case, reply: Reply, name: str) -> Grade:
        """The grade of a reply, under the assertion's name; an error where nobody can tell, never an exception."""

    async def self_test(self) -> tuple[SelfTest, ...]:
        """What the judges say of what is known; asked once, however often it is called."""
