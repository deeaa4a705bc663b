"""The reply does not say something it must not say."""

from typing import ClassVar

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.run.fold import fold_phrase
from casemill.run.graders import Grader


class NotContains(Grader, omit_defaults=True):
    """Passes when the reply holds none of `any`.

    Exact and case-sensitive, but curly and straight quotes, kinds of space and of hyphen (5–7, 5-7), and line breaks
    are equal.
    """

    bare: ClassVar[str] = "any"

    any: tuple[str, ...]
    ignore_case: bool = False

    def __post_init__(self) -> None:
        if not self.any or not all(self._form(phrase) for phrase in self.any):
            raise ValueError("any needs at least one phrase, and none of them empty")

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        text = self._form(reply.text)
        said = next((phrase for phrase in self.any if self._form(phrase) in text), None)
        return passed() if said is None else failed(f'says "{said}"')

    def _form(self, text: str) -> str:
        return fold_phrase(text, ignore_case=self.ignore_case)
