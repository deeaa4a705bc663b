"""The reply matches a pattern, or does not."""

import re
from typing import ClassVar

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored, failed, passed
from casemill.domain.reply import Reply
from casemill.run.fold import cut, fold
from casemill.run.graders import Grader
from casemill.run.limit import TooSlow, search

MOST_CHARACTERS = 100_000
SECONDS = 1.0


class Regex(Grader, omit_defaults=True):
    """Passes when `pattern` (Python's `re`) is found anywhere in the reply, or with `absent: true` nowhere.

    Tried on the reply as it came and, where typography was forgiven (see contains), on the plain form too. A pattern
    that explodes on a reply is stopped after a second of processor time, and a reply of more than 100,000 characters
    is not searched: both are errors, not fails.
    """

    bare: ClassVar[str] = "pattern"

    pattern: str
    absent: bool = False
    ignore_case: bool = False

    def __post_init__(self) -> None:
        if not self.pattern:
            raise ValueError("pattern is empty")
        try:
            re.compile(self.pattern)
        except (re.error, OverflowError, RecursionError) as error:
            raise ValueError(f"pattern cannot be read: {error}") from None

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        if len(reply.text) > MOST_CHARACTERS:
            return errored(f"the reply is longer than {MOST_CHARACTERS:,} characters")
        try:
            found = self._found(reply.text)
        except TooSlow:
            return errored("the pattern takes too long on this reply; make its repetitions simpler")
        if self.absent:
            return passed() if found is None else failed(f'"{cut(found)}" matches {self.pattern}')
        return passed() if found is not None else failed(f"nothing matches {self.pattern}")

    def _found(self, text: str) -> str | None:
        pattern = re.compile(self.pattern, re.IGNORECASE if self.ignore_case else 0)
        for form in dict.fromkeys((text, fold(text))):
            if (found := search(pattern, form, seconds=SECONDS)) is not None:
                return found
        return None
