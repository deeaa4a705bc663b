"""The reply says something it has to say."""

from typing import ClassVar

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.run.fold import fold_phrase
from casemill.run.graders import Grader


class Contains(Grader, omit_defaults=True):
    """Passes when the reply holds one of `any`, or every phrase of `all`.

    Exact and case-sensitive, but curly and straight quotes, kinds of space and of hyphen (5–7, 5-7), and line breaks
    are equal.
    """

    bare: ClassVar[str] = "any"

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    ignore_case: bool = False

    def __post_init__(self) -> None:
        if bool(self.any) == bool(self.all):
            raise ValueError("give either any or all, a list of phrases")
        if not all(self._form(phrase) for phrase in self.any + self.all):
            raise ValueError("a phrase is empty")

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        text = self._form(reply.text)
        missing = [phrase for phrase in self.any or self.all if self._form(phrase) not in text]
        if self.any:
            return passed() if len(missing) < len(self.any) else failed(f"says none of: {_quoted(self.any)}")
        return failed(f"does not say: {_quoted(missing)}") if missing else passed()

    def _form(self, text: str) -> str:
        return fold_phrase(text, ignore_case=self.ignore_case)


def _quoted(phrases: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f'"{phrase}"' for phrase in phrases)
