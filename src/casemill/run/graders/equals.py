"""The reply is exactly one text."""

from typing import ClassVar

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.run.fold import cut, fold
from casemill.run.graders import Grader


class Equals(Grader, omit_defaults=True):
    """Passes when the reply is `text`, or one of `any`; white space at both ends is forgiven unless `strip: false`.

    Exact and case-sensitive, but curly and straight quotes, kinds of space and of hyphen are equal.
    """

    bare: ClassVar[str] = "text"
    listed: ClassVar[str] = "any"

    text: str | None = None
    any: tuple[str, ...] = ()
    strip: bool = True

    def __post_init__(self) -> None:
        if (self.text is None) == (not self.any):
            raise ValueError("give either text or any, a list of texts")

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        wanted = self.any if self.text is None else (self.text,)
        if self._form(reply.text) in map(self._form, wanted):
            return passed()
        return failed(f'is not "{cut(wanted[0])}"' if len(wanted) == 1 else f"is none of {len(wanted)} texts")

    def _form(self, text: str) -> str:
        folded = fold(text)
        return folded.strip() if self.strip else folded
