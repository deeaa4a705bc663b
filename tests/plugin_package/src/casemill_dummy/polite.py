"""A grader from outside."""

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.run.graders import Grader


class Polite(Grader):
    """Passes when the reply says `word` at least `times` times."""

    word: str = "please"
    times: int = 1

    def look(self, reply: Reply, case: Case) -> Grade:
        said = reply.text.count(self.word)
        return passed() if said >= self.times else failed(f"says {self.word!r} {said} times")
