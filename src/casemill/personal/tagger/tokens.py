"""Cutting a text into words, numbers, signs and line ends that tile it: each with the blanks before it."""

import re

# A blank is whitespace that ends no line. An apostrophe joins ("O'Brien", "don't"), but "'s" stands alone.
_WORD = r"[^\W_]{1,40}(?:[\u0300-\u036f]{1,4}[^\W_]{0,40}){0,8}(?:['’](?![sS]\b)[^\W_]{1,40})?"
_TOKEN = re.compile(rf"[^\S\n]*+(?:{_WORD}|\0++|\n\s*+|['’][sS]\b|[^\w\s]|_)|[^\S\n]++")


def cut(text: str) -> list[str]:
    """The tokens of a text; joined they are the text. A run of NUL characters is one token."""
    found: list[str] = _TOKEN.findall(text)
    return found
