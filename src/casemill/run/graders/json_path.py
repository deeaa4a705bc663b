"""The reply is JSON that holds a value at a path."""

from typing import Any, ClassVar

import msgspec

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored, failed, passed
from casemill.domain.reply import Reply
from casemill.domain.word import canonical
from casemill.errors import TargetError
from casemill.run.calls import same
from casemill.run.fold import cut
from casemill.run.graders import Grader
from casemill.run.limit import TooSlow, bounded
from casemill.run.reply import json_of

SECONDS = 1.0


class JsonPath(Grader, omit_defaults=True):
    """Passes when the reply's text is JSON and `path` (JSONPath, RFC 9535) selects something: with `equals` that value,
    with `any` one of these, or with `absent: true` nothing (of these).

    One selected value that fits is enough. A path that explodes on a reply, as a pattern of its filters may (`=~`,
    `match`, `search`), is stopped after a second of processor time, which is an error.
    """

    bare: ClassVar[str] = "path"

    path: str
    equals: Any = msgspec.UNSET
    any: tuple[Any, ...] | None = None
    absent: bool = False

    def __post_init__(self) -> None:
        from jsonpath import JSONPathError, compile

        if self.equals is not msgspec.UNSET and self.any is not None:
            raise ValueError("give either equals or any, a list of values")
        if self.any is not None and not self.any:
            raise ValueError("any needs at least one value")
        try:
            compile(self.path)
        except (JSONPathError, RecursionError, ValueError) as error:
            raise ValueError(f"path cannot be read: {cut(str(error), 200)}") from None

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        try:
            json_of(reply.text, "is not JSON")
        except TargetError as error:
            return failed(str(error))
        try:
            found, wrong = bounded(selected, self.path, reply.text, seconds=SECONDS)
        except TooSlow:
            return errored(f"{self.path} takes too long on this reply; make its filters and patterns simpler")
        if wrong is not None:
            return errored(f"{self.path} cannot be followed in this reply: {cut(wrong, 120)}")
        wanted = self.any if self.equals is msgspec.UNSET else (self.equals,)
        fits = [one for one in found if wanted is None or any_same(one, wanted)]
        if bool(fits) is not self.absent:
            return passed()
        if fits:
            return failed(f"{self.path} is {_shown(fits[0])}")
        return failed(f"{self.path} is {_shown(found[0])}" if found else f"{self.path} selects nothing")


def selected(path: str, text: str) -> tuple[list[Any], str | None]:
    """What a path selects in a JSON text, and why it cannot be followed there, if so."""
    from jsonpath import JSONPathError, findall

    value = json_of(text, "is not JSON")
    try:
        # Its library takes a text for a document that is still to be read.
        return findall(path, value if isinstance(value, dict | list) else text), None
    except JSONPathError as error:
        return [], str(error)


def any_same(value: Any, wanted: tuple[Any, ...]) -> bool:
    """Whether a JSON value is one of these."""
    return any(same(value, one) for one in wanted)


def _shown(value: Any) -> str:
    return cut(canonical(value).decode(), 120)
