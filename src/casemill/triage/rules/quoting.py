"""Cutting a verbatim quote out of a text, long enough to be understood, short enough to be read."""

import re

LONGEST = 160
_BREAK = re.compile(r"[.!?…]+\s|\n+")


def around(text: str, *, start: int, end: int) -> str:
    """The sentence that holds text[start:end], an exact substring, cut at words to about LONGEST characters."""
    end = min(end, start + LONGEST)
    left, right = 0, len(text)
    for stop in _BREAK.finditer(text, max(0, start - LONGEST), min(len(text), end + LONGEST)):
        if stop.end() <= start:
            left = stop.end()
        elif stop.start() >= end:
            right = stop.start() + len(stop[0].rstrip())
            break
    if right - left > LONGEST:
        spare = (LONGEST - (end - start)) // 2
        if start - spare > left:
            left = _word_from(text, start - spare, most=start)
        if end + spare < right:
            right = _word_to(text, end, most=end + spare)
    return text[left:right].strip()


def beginning(text: str) -> str:
    """The first LONGEST characters, whole words."""
    text = text.strip()
    return text if len(text) <= LONGEST else text[: _word_to(text, 1, most=LONGEST)].strip()


def _word_from(text: str, least: int, *, most: int) -> int:
    space = text.find(" ", least, most)
    return least if space < 0 else space + 1


def _word_to(text: str, least: int, *, most: int) -> int:
    space = text.rfind(" ", least, most)
    return most if space < 0 else space
