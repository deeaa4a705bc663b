"""The reply is long enough, and not too long."""

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.domain.wording import counted
from casemill.run.graders import Grader


class WordCount(Grader, omit_defaults=True):
    """Passes when the reply has at least `min` and at most `max` words: runs of characters between white space that
    hold a letter or a digit."""

    min: int | None = None
    max: int | None = None

    def __post_init__(self) -> None:
        if self.min is None and self.max is None:
            raise ValueError("give min, max or both")
        if (self.min or 0) < 0 or (self.max is not None and self.max < (self.min or 0)):
            raise ValueError("min may not be negative, nor max below min")

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        words = sum(any(character.isalnum() for character in word) for word in reply.text.split())
        if self.min is not None and words < self.min:
            return failed(f"has {counted(words, 'word')}, fewer than {self.min:,}")
        if self.max is not None and words > self.max:
            return failed(f"has {counted(words, 'word')}, more than {self.max:,}")
        return passed()
