"""What a person sees of one draft, as lines of plain text with a style each; the terminal adds the colours."""

import textwrap
from collections.abc import Iterator

from casemill.domain.case import Case, Check, Said
from casemill.domain.grade import Grade
from casemill.domain.ticket import ToolCall
from casemill.normalize.admit import blocked_by
from casemill.normalize.checks import plain, told
from casemill.normalize.ladder.facts import is_lookup
from casemill.normalize.queue import DraftQuestion
from casemill.review.screen import NARROWEST, WIDEST, Line, Style, safe

# Lines a turn of the input may take, the newest turns shown, lines a reply may take: the roomiest that fits is taken.
FOLDS = ((40, 100, 40), (12, 8, 14), (6, 4, 8), (3, 2, 5))
WHOLE = (100_000, 100_000, 100_000)
MARGIN = "    "


def page(question: DraftQuestion, *, width: int, height: int | None) -> tuple[Line, ...]:
    """The page of a draft, `width` columns wide, folded until it fits `height` lines; None: everything."""
    width = max(NARROWEST, min(WIDEST, width))
    for fold in FOLDS if height is not None else (WHOLE,):
        lines = tuple(_lines(question, fold=fold, width=width))
        if height is None or len(lines) <= height:
            break
    return lines


def _lines(question: DraftQuestion, *, fold: tuple[int, int, int], width: int) -> Iterator[Line]:
    case = question.draft.case
    yield from _head(question, width)
    yield from _input(case, fold=fold, width=width)
    outcome = f", {case.expect.outcome}" if case.expect.outcome else ""
    yield from _part(
        f"WHAT SHOULD HAPPEN{outcome} ({question.source})", case.expect.behavior, width=width, most=fold[2]
    )
    yield from _reply("BAD REPLY, recorded", case.expect.bad, calls=case.expect.bad_calls, width=width, most=fold[2])
    yield from _reply("GOOD REPLY", case.expect.good, calls=case.expect.good_calls, width=width, most=fold[2])
    yield from _rules(question.draft.checks, width)
    yield from _verdict(question, width)


def _head(question: DraftQuestion, width: int) -> Iterator[Line]:
    draft, case = question.draft, question.draft.case
    count = f"{question.done:,} done, {question.left:,} left"
    name = _cut(f"{draft.ticket} failure {draft.failure} {case.severity} {case.failure_mode}", width - len(count) - 2)
    yield Line(f"{name:<{width - len(count) - 2}}  {count}", "head")
    language = case.card.language if case.card else None
    yield from _wrapped("  ·  ".join(part for part in (case.id, case.stratum, language) if part), width, style="dim")
    if case.why:
        yield from _wrapped(case.why, width, style="dim")


def _input(case: Case, *, fold: tuple[int, int, int], width: int) -> Iterator[Line]:
    most, newest, _ = fold
    turns = case.input.turns
    context = "".join(f"  {key}: {plain(value)}" for key, value in case.input.context.items())
    yield Line("")
    yield from _wrapped(f"WHAT IS SAID TO THE AI{context}", width, style="head")
    if hidden := max(0, len(turns) - newest):
        yield Line(f"{MARGIN}… {hidden} earlier turns, m shows them", "dim")
    for said in turns[hidden:]:
        yield from _turn(said, width=width, most=most)


def _turn(said: Said, *, width: int, most: int) -> Iterator[Line]:
    text = _called(said.tool) if said.tool is not None else said.text
    lines = [*_wrapped(text, width - len(MARGIN), margin=MARGIN)]
    yield Line(f"  {said.role}", said.role)
    yield from _folded(lines, most)


def _part(title: str, text: str, *, width: int, most: int) -> Iterator[Line]:
    yield Line("")
    yield from _wrapped(title, width, style="head")
    if text:
        yield from _folded([*_wrapped(text, width - len(MARGIN), margin=MARGIN)], most)


def _reply(title: str, text: str | None, *, calls: tuple[ToolCall, ...], width: int, most: int) -> Iterator[Line]:
    yield from _part(title if text is not None or calls else f"{title}: none", text or "", width=width, most=most)
    writes = [call for call in calls if most > FOLDS[0][2] or not is_lookup(call.name)]
    for call in writes:
        yield from _folded(
            [*_wrapped(f"called {_called(call)}", width - len(MARGIN), margin=MARGIN)], max(2, most // 4)
        )
    if looked := len(calls) - len(writes):
        yield Line(f"{MARGIN}and looked things up {looked} times, m shows them", "dim")


def _rules(checks: tuple[Check, ...], width: int) -> Iterator[Line]:
    yield Line("")
    yield Line("WHAT MUST HOLD" if checks else "WHAT MUST HOLD: nothing yet", "head")
    for number, done in enumerate(checks, 1):
        rule = told(done.assertion.item)
        yield from _wrapped(f"{number}. {rule}", width - 2, margin="  ")
        right = (done.bad is None or done.bad.result == "fail") and (done.good is None or done.good.result == "pass")
        says = f"bad reply: {_colour(done.bad)}   good reply: {_colour(done.good)}" if done.looks else "asks a judge"
        yield Line(f"{MARGIN} {says}", "agent" if right else "failing")


def _colour(grade: Grade | None) -> str:
    """The colour as a word, for people and logs without colours."""
    if grade is None:
        return "none to try"
    return {"pass": "GREEN", "fail": "RED", "error": "ERROR"}[grade.result]


def _verdict(question: DraftQuestion, width: int) -> Iterator[Line]:
    yield Line("")
    if question.draft.missing:
        yield Line("MISSING", "note")
        for item in question.draft.missing:
            yield from _wrapped(f"- {item}", width - 2, margin="  ")
    blocked = blocked_by(question.draft.case, question.draft.checks)
    then = f"y admits it as QUARANTINED: {'; '.join(blocked)}" if blocked else "y admits it as ACTIVE"
    yield from _wrapped(then, width, style="failing" if blocked else "agent")


def _called(call: ToolCall) -> str:
    given = ", ".join(f"{name}={plain(value)}" for name, value in call.arguments.items())
    return f"{call.name}({given})" + (f" → {call.result}" if call.result is not None else "")


def _folded(lines: list[Line], most: int) -> Iterator[Line]:
    yield from lines[:most]
    if len(lines) > most:
        yield Line(f"{MARGIN}… {len(lines) - most} more lines, m shows them", "dim")


def _wrapped(text: str, width: int, *, margin: str = "", style: Style = "plain") -> Iterator[Line]:
    for paragraph in safe(text).strip("\n").split("\n"):
        parts = textwrap.wrap(paragraph, max(10, width)) or [""]
        yield from (Line(f"{margin}{part}".rstrip(), style) for part in parts)


def _cut(text: str, width: int) -> str:
    line = " ".join(safe(text).split())
    return line if len(line) <= width else line[: max(1, width - 1)] + "…"
