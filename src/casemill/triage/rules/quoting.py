"""Cutting a verbatim quote out of a text, long enough to be understood, short enough to be read."""

import re

LONGEST = 160
_BREAK = re.compile(r"[.!?…]+\s|\n+")


def around(text: str, *, start: int, end: int) -> str:
    """The sentence that holds text[start:end], an exact substring, cut to LONGEST characters about the match."""
    left, right = 0, len(text)
    for stop in _BREAK.finditer(text, max(0, start - LONGEST), min(len(text), end + LONGEST)):
        if stop.end() <= start:
            left = stop.end()
        elif stop.start() >= end:
            right = stop.start() + len(stop[0].rstrip())
            break
    if right - left > LONGEST:
        spare = max(0, LONGEST - (end - start)) // 2
        left, right = max(left, start - spare), min(right, max(start, min(end, start + LONGEST)) + spare)
    return text[left:right].strip()
