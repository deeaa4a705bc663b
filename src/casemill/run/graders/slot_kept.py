"""What was said in an earlier turn is not forgotten."""

import re
from collections.abc import Iterator
from typing import Any, Literal

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored, failed, passed
from casemill.domain.reply import Reply
from casemill.domain.word import canonical
from casemill.domain.wording import counted
from casemill.run.fold import cut, fold_phrase
from casemill.run.graders import Grader
from casemill.run.limit import TooSlow, search
from casemill.run.live import recorded_answers

SECONDS = 1.0


class SlotKept(Grader, omit_defaults=True):
    """Passes when the reply, or an argument of one of its calls, still holds what turn `turn` (from 1) said: `value`,
    or what `pattern` finds there.

    `where` narrows it to the `text` or to the `calls`. It is looked for as words of its own, in any case. An
    assistant's turn that was answered anew in this run counts as it was answered. A turn that does not say it is an
    error: there was nothing to keep.
    """

    turn: int
    value: str | None = None
    pattern: str | None = None
    where: Literal["any", "text", "calls"] = "any"

    def __post_init__(self) -> None:
        if self.turn < 1:
            raise ValueError("turn is counted from 1")
        if bool(self.value and self.value.strip()) == bool(self.pattern):
            raise ValueError("give either value or pattern")
        try:
            re.compile(self.pattern or "")
        except (re.error, OverflowError, RecursionError) as error:
            raise ValueError(f"pattern cannot be read: {error}") from None

    def look(self, reply: Reply, case: Case) -> Grade:
        if self.turn > len(case.input.turns):
            return errored(f"the case has {counted(len(case.input.turns), 'turn')}, there is no turn {self.turn}")
        said = _said_at(self.turn - 1, case=case, reply=reply)
        try:
            slot = self._slot(said)
        except TooSlow:
            return errored("the pattern takes too long on this turn; make its repetitions simpler")
        if slot is None:
            return errored(f"turn {self.turn} does not say {self.value or self.pattern}")
        if any(_holds(text, slot) for text in self._texts(reply)):
            return passed()
        return failed(f'lost "{cut(slot)}" of turn {self.turn}')

    def _slot(self, said: str) -> str | None:
        if self.pattern is not None:
            return search(re.compile(self.pattern), said, seconds=SECONDS) or None
        return self.value if self.value and _holds(said, self.value) else None

    def _texts(self, reply: Reply) -> Iterator[str]:
        if self.where != "calls":
            yield reply.text
        if self.where != "text":
            yield from (text for call in reply.calls for text in _leaves(call.arguments))


def _said_at(index: int, *, case: Case, reply: Reply) -> str:
    """What a turn says: as the case has it, or as it was answered anew."""
    for anew, recorded in zip(reply.before, recorded_answers(case.input.turns), strict=False):
        if recorded.start <= index < recorded.end:
            return " ".join([anew.text, *(canonical(call.arguments).decode() for call in anew.calls)])
    turn = case.input.turns[index]
    return f"{turn.text} {canonical(turn.tool.arguments).decode()}" if turn.tool is not None else turn.text


def _holds(text: str, slot: str) -> bool:
    """Whether a text says a slot as words of its own: size M is not kept by "I'm here"."""
    form = _form(slot)
    before, after = (r"(?<!\w)" if re.match(r"\w", form) else "", r"(?!\w)" if re.search(r"\w$", form) else "")
    return re.search(f"{before}{re.escape(form)}{after}", _form(text)) is not None


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _leaves(inner)
    else:
        yield value if isinstance(value, str) else canonical(value).decode()


def _form(text: str) -> str:
    return fold_phrase(text, ignore_case=True)
