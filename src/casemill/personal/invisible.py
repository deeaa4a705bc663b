"""Characters that nobody sees: a name with one inside reads like the name and must be found as the name."""

import re
from collections.abc import Sequence

# Soft hyphens, blanks without width, marks of direction, the mark of byte order.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")


def without_invisible(text: str) -> tuple[str, Sequence[int] | None]:
    """The text without them, and where each character of it was, the end of the text last; None where it has none."""
    if text.isascii() or not (found := [match.span() for match in _INVISIBLE.finditer(text)]):
        return text, None
    places: list[int] = []
    position = 0
    for start, end in found:
        places += range(position, start)
        position = end
    places += range(position, len(text) + 1)
    return _INVISIBLE.sub("", text), places
