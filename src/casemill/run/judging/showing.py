"""The parts of a case and a reply that a judge is shown, as texts."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from casemill.domain.case import Case, Said
from casemill.domain.reply import Reply
from casemill.domain.rubric import KnownReplies, Part
from casemill.errors import FileError
from casemill.run.judging.prompting import Shown
from casemill.run.live import recorded_answers, said_by
from casemill.suite.text_file import read_text

MOST_CHARACTERS = 100_000


class TooLong(Exception):
    """The material is more than a judge should be given."""


class Material(NamedTuple):
    """Shows parts of a case; `suite` is the folder whose articles a case names."""

    suite: Path

    def of(self, case: Case, reply: Reply, *, sees: tuple[Part, ...]) -> Shown:
        """The parts as texts; TooLong when they are more than a judge should be given."""
        return bounded({part: self._part(part, case=case, reply=reply) for part in sees})

    def _part(self, part: Part, *, case: Case, reply: Reply) -> str:
        match part:
            case "expectation":
                return expectation_of(case)
            case "reply":
                return reply_text(reply)
            case "calls":
                return "\n".join(_json(call) for call in reply.calls) or "(none)"
            case "input":
                return input_text(case, reply)
            case "context":
                return _json(case.input.context) if case.input.context else "(nothing)"
            case "articles":
                return self._articles(case)

    def _articles(self, case: Case) -> str:
        named = case.input.context.get("articles")
        names = [name for name in named if isinstance(name, str)] if isinstance(named, list) else []
        return "\n\n".join(f"{name}:\n{self._article(name)}" for name in names) or "(none)"

    def _article(self, name: str) -> str:
        try:
            return "(not in the suite)" if "/" in name else read_text(self.suite / "articles" / f"{name}.md")
        except FileError:
            return "(not in the suite)"


def known_parts(known: KnownReplies, reply: str, *, sees: tuple[Part, ...]) -> Shown:
    """The same for what a rubric knows the answer to."""
    return {part: reply if part == "reply" else getattr(known, part) or "(none)" for part in sees}


def bounded(shown: Shown) -> Shown:
    """The parts as they are, or TooLong."""
    length = sum(len(text) for text in shown.values())
    if length > MOST_CHARACTERS:
        raise TooLong(f"{length:,} characters are more than a judge is given; at most {MOST_CHARACTERS:,}")
    return shown


def expectation_of(case: Case) -> str:
    """What should happen, in the words of the case; its reference reply too, when it has one."""
    expect = case.expect
    told = [expect.behavior] if expect.behavior else []
    if expect.outcome:
        told.append(f"Outcome: {expect.outcome}.")
    if expect.good:
        told.append(f"A reply that would be right:\n{expect.good}")
    return "\n".join(told) or "(nothing is written down)"


def reply_text(reply: Reply) -> str:
    """What the customer would see, and what else the AI decided that a word cannot show."""
    told = [reply.text] if reply.text.strip() else ["(no text)"]
    if reply.citations:
        told.append(f"(cites: {', '.join(reply.citations)})")
    if reply.escalated:
        told.append("(handed over to a person)")
    if reply.draft_shown is False:
        told.append("(not shown to the customer)")
    return "\n".join(told)


def input_text(case: Case, reply: Reply) -> str:
    """The conversation before the reply, a line a turn; a case that is played live shows what was really answered."""
    return "\n".join(f"{said.role}: {_said(said)}" for said in _played(case, reply))


def _played(case: Case, reply: Reply) -> Iterator[Said]:
    turns, done = case.input.turns, 0
    for recorded, answer in zip(recorded_answers(turns), reply.before, strict=False):
        yield from turns[done : recorded.start]
        yield from said_by(answer, turns[recorded.start : recorded.end])
        done = recorded.end
    yield from turns[done:]


def _said(said: Said) -> str:
    return _json(said.tool) if said.tool is not None else said.text


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
