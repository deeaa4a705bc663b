"""Which model reads which lines: the script that most letters of a line are of."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_LATIN = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]+")
_LETTER = re.compile(r"[^\W\d_]+")

_SENTENCE = re.compile(r"(?<=[.!?…;])(?=\s)")
MODELS = ("latin", "cyrillic")
SHORT = 40


class Run(NamedTuple):
    """Neighbouring lines that one model reads: its name, where they begin, and they themselves."""

    script: str
    start: int
    text: str


def runs(text: str) -> Iterator[Run]:
    """The runs of a text that have a model.

    Lines without letters, and short ones in a script that has none, go with the lines before them: the town in an
    address block. At the very beginning lines without letters go with those after them.
    """
    if text.isascii():
        if _LATIN.search(text):
            yield Run("latin", 0, text)
        return
    start = position = 0
    script = ""
    for line in _pieces(text):
        own = script_of(line) or script
        if own == "other" and script and len(line) <= SHORT:
            own = script
        if script and own != script:
            if script in MODELS:
                yield Run(script, start, text[start:position])
            start = position
        script = own
        position += len(line)
    if script in MODELS:
        yield Run(script, start, text[start:])


def _pieces(text: str) -> Iterator[str]:
    """The lines of a text; one that holds both scripts is cut behind its sentences."""
    for line in text.splitlines(keepends=True) if "\n" in text else (text,):
        if line.isascii() or not (_LATIN.search(line) and _CYRILLIC.search(line)):
            yield line
        else:
            yield from filter(None, _SENTENCE.split(line))


def script_of(line: str) -> str:
    """`latin`, `cyrillic`, `other`, or nothing for a line without letters."""
    if line.isascii():
        return "latin" if _LATIN.search(line) else ""
    cyrillic, latin, letters = (sum(map(len, kind.findall(line))) for kind in (_CYRILLIC, _LATIN, _LETTER))
    if not cyrillic and not latin:
        return "other" if letters else ""
    if cyrillic + latin < letters / 2:
        return "other"
    return "cyrillic" if cyrillic > latin else "latin"
