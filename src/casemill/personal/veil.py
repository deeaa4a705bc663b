"""Covering pieces of a text without moving the rest: covered characters become NUL, which no detector reads across."""

from collections.abc import Iterable

from casemill.domain.placeholder import PLACEHOLDER

NOTHING = "\0"
Place = tuple[int, int]


def cover(text: str, places: Iterable[Place]) -> str:
    """The text, as long as before, with the places (start, end) covered. Places may overlap and come in any order."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted(places):
        if end > position:
            pieces += (text[position:start], NOTHING * (end - max(start, position)))
            position = end
    return "".join((*pieces, text[position:])) if pieces else text


def cover_placeholders(text: str) -> str:
    """What looks like a placeholder is neither data nor context for what stands beside it."""
    if "[" not in text:
        return text
    return cover(text, [match.span() for match in PLACEHOLDER.finditer(text)])
