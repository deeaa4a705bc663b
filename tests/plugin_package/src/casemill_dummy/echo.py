"""A target from outside."""

from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.run.targets import Target


class Echo(Target):
    """Answers what it was asked, with `before` in front."""

    before: str = ""

    async def ask(self, case: Case) -> Reply:
        return Reply(text=self.before + case.input.turns[-1].text)
