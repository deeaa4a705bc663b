"""A text without what only a terminal understands, so that a file, a report and a terminal all show the same."""

import re

# What moves a terminal's cursor, colours it or names its window; then every other control character but tab and line
# feed, and what turns the direction of writing around.
_ANSI = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"
    r"|\x1b[PX^_][^\x1b]*(?:\x1b\\)?"
    r"|\x1b[ -/]*[0-~]"
)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """A text without terminal codes and control characters; tabs and line feeds stay, other line ends become them."""
    if not _UNSEEN.search(text):
        return text
    return _UNSEEN.sub("", _ANSI.sub("", text).replace("\r\n", "\n").replace("\r", "\n"))
