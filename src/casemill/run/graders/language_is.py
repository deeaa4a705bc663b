"""The reply is in the right language."""

from typing import ClassVar

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored, failed, passed
from casemill.domain.language import language_of
from casemill.domain.reply import Reply
from casemill.run.graders import Grader
from casemill.run.input import last_text


class LanguageIs(Grader, omit_defaults=True):
    """Passes when the reply is in one of the languages `any` (`en`, `ru`, `kk`, …); without it, in the customer's: that
    of the last message, or `card.language` where the message is too short to tell.

    A guess by script and small words. A reply that is too short, or in a language that is not known, is an error.
    """

    bare: ClassVar[str] = "any"

    any: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not all(len(code) in (2, 3) and code.isalpha() and code.islower() for code in self.any):
            raise ValueError("a language is a code of two letters, as en")

    def look(self, reply: Reply, case: Case) -> Grade:
        wanted = self.any or _customers(case)
        if not wanted:
            return errored("cannot tell the customer's language; name it: language_is: en")
        spoken = language_of(reply.text)
        if spoken is None:
            return errored("cannot tell the reply's language: it is too short, or not one that is known")
        return passed() if spoken in wanted else failed(f"is in {spoken}, not in {' or '.join(wanted)}")


def _customers(case: Case) -> tuple[str, ...]:
    told = language_of(last_text(case)) or (case.card.language if case.card else None)
    return (told,) if told else ()
