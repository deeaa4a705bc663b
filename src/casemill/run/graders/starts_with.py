"""The reply begins with a text."""

from typing import ClassVar

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.run.fold import cut, fold_phrase
from casemill.run.graders import Grader


class StartsWith(Grader, omit_defaults=True):
    """Passes when the reply begins with one of `any`.

    Exact and case-sensitive; white space before the reply, curly and straight quotes, kinds of hyphen and line breaks
    are forgiven.
    """

    bare: ClassVar[str] = "any"

    any: tuple[str, ...]
    ignore_case: bool = False

    def __post_init__(self) -> None:
        if not self.any or not all(self._form(text) for text in self.any):
            raise ValueError("any needs at least one text, and none of them empty")

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        if self._form(reply.text).startswith(tuple(map(self._form, self.any))):
            return passed()
        return failed(f'begins with "{cut(reply.text, 40)}"' if reply.text.strip() else "says nothing")

    def _form(self, text: str) -> str:
        return fold_phrase(text, ignore_case=self.ignore_case)
