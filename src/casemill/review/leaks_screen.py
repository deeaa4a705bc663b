"""What a reader sees of a ticket: every text of it whole, cut into pages where it is long."""

import textwrap
from collections.abc import Iterator

from casemill.domain.ticket import Ticket, Turn
from casemill.review.leaks_decide import LeakQuestion
from casemill.review.leaks_marks import shown_paths, words_at
from casemill.review.screen import NARROWEST, WIDEST, Line, Style, safe

ASKED = "Is anything left that tells who somebody is? Does a placeholder hide a fact?"
LEAST_LINES = 6


def pages(question: LeakQuestion, *, width: int, height: int) -> tuple[tuple[Line, ...], ...]:
    """The ticket in pages of at most `height` lines; the head stands on each."""
    width = max(NARROWEST, min(WIDEST, width))
    head = tuple(_head(question, width))
    body = tuple(_texts(question.ticket, width))
    room = max(LEAST_LINES, height - len(head) - 1)
    parts = [body[start : start + room] for start in range(0, len(body), room)] or [()]
    if len(parts) == 1:
        return ((*head, Line(""), *body),)
    return tuple((*head, _count(number, len(parts)), *part) for number, part in enumerate(parts, 1))


def whole(question: LeakQuestion, *, width: int) -> tuple[Line, ...]:
    """Everything on one page, however long."""
    width = max(NARROWEST, min(WIDEST, width))
    return (*_head(question, width), Line(""), *_texts(question.ticket, width))


def numbered_words(text: str, *, width: int) -> tuple[str, ...]:
    """The words of a text, each with the number a reader picks it by, in lines."""
    told = "  ".join(f"{number}·{safe(text[slice(*place)])}" for number, place in enumerate(words_at(text), 1))
    return tuple(textwrap.wrap(told, max(NARROWEST, min(WIDEST, width)), break_on_hyphens=False))


def _count(number: int, of: int) -> Line:
    rest = "space: next page" if number < of else "that was all"
    return Line(f"page {number} of {of}, {rest}", "dim")


def _head(question: LeakQuestion, width: int) -> Iterator[Line]:
    ticket = question.ticket
    count = f"{question.done:,} read, {question.left:,} left"
    name = " ".join(safe(f"{ticket.key} (version {ticket.version})").split())
    yield Line(f"{name[: width - len(count) - 2]:<{width - len(count) - 2}}  {count}", "head")
    masking = ticket.masking
    layers = f"  ·  masked by {', '.join(masking.layers)}" if masking and masking.layers else ""
    yield from _wrapped(f"Asked because: {question.ask.why}{layers}", width, style="dim")
    for one in masking.unsure if masking else ():
        yield from _wrapped(f"unsure: {one}", width, style="dim")
    yield from _wrapped(ASKED, width, style="dim")


def _texts(ticket: Ticket, width: int) -> Iterator[Line]:
    """Every text under the name a reader calls it by; one that stood before is named, not shown again."""
    before: dict[str, str] = {}
    for path, name, text in shown_paths(ticket):
        if path.endswith(".by"):
            continue
        turn = _turn(ticket, path)
        if turn is None and len(name) + len(text) <= width - 2 and len(safe(text).splitlines()) == 1:
            yield Line(f"{name}: {safe(text)}", "note")
            continue
        yield Line(_title(name, turn), turn.role if turn else "note")
        if len(text) > width and text in before:
            yield Line(f"    the same as {before[text]}", "dim")
            continue
        before.setdefault(text, name)
        yield from _wrapped(text, width, indent="    ")


def _turn(ticket: Ticket, path: str) -> Turn | None:
    parts = path.split(".")
    return ticket.turns[int(parts[1])] if parts[0] == "turns" else None


def _title(name: str, turn: Turn | None) -> str:
    if turn is None:
        return name
    call = f" {' '.join(safe(turn.call.name).split())}" if turn.call else ""
    by = f"  {' '.join(safe(turn.by).split())}" if turn.by else ""
    return f"{name} {turn.role}{call}{by}"


def _wrapped(text: str, width: int, *, indent: str = "", style: Style = "plain") -> Iterator[Line]:
    for paragraph in safe(text).strip("\n").split("\n"):
        parts = textwrap.wrap(paragraph, max(10, width - len(indent)), break_on_hyphens=False) or [""]
        yield from (Line(f"{indent}{part}".rstrip(), style) for part in parts)
