"""The AI asks for what it needs."""

from typing import ClassVar

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.run.fold import fold, fold_phrase
from casemill.run.graders import Grader
from casemill.run.requests import KINDS, asked, kinds_in


class AsksFor(Grader, omit_defaults=True):
    """Passes when the reply asks the customer for one of `any`, or for all of `all`: kinds of data, or words that stand
    in the request.

    The kinds are {kinds}. Read by rules, in English, Russian and Kazakh; "do not send your PIN" asks for nothing.
    """

    bare: ClassVar[str] = "all"

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.any) == bool(self.all):
            raise ValueError("give either any or all, a list")
        if not all(_form(thing) for thing in self.any + self.all):
            raise ValueError("a thing to ask for is empty")
        if unknown := next((thing for thing in self.any + self.all if "_" in thing and thing not in KINDS), None):
            raise ValueError(f"{unknown!r} is no kind of data; known: {', '.join(KINDS)}")

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        parts = asked(fold(reply.text))
        missing = [thing for thing in self.any or self.all if not any(_names(part, thing) for part in parts)]
        if not missing or (self.any and len(missing) < len(self.any)):
            return passed()
        told = ", ".join(dict.fromkeys(kind for part in parts for kind in kinds_in(part))) or "nothing of a known kind"
        return failed(f"does not ask for {(' or ' if self.any else ', ').join(missing)}; it asks for {told}")


def _names(part: str, thing: str) -> bool:
    return thing in kinds_in(part) if thing in KINDS else _form(thing) in _form(part)


def _form(text: str) -> str:
    return fold_phrase(text, ignore_case=True)


AsksFor.__doc__ = (AsksFor.__doc__ or "").format(kinds=", ".join(f"`{kind}`" for kind in KINDS))
