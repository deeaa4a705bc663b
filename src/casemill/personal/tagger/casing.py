"""How a line is written beside how a word is: in a line with capitals a word in small letters is hardly a name."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from casemill.personal.tagger.properties import Lists, flags_of

Faces = NDArray[np.uint8]
Places = NDArray[np.int64]
SIGN, STOP, LINE_END, OTHER, SMALL, CAPITAL = range(6)
FLAGS = 16
# A line has no capitals, begins its sentences with them, or has some inside of a sentence.
FACES, CASINGS = 6 * FLAGS, 3
ROWS = CASINGS * FACES
# Lines as strings of kinds, one byte a token. A capital behind a word, not behind a stop, is a decision.
_LINE = re.compile(rb"[^\x02]*\x02|[^\x02]+")
_INNER = re.compile(rb"[\x03-\x05]\x00*\x05")
_STOPS = frozenset('.!?…:«»"“”—–-*>•')


def faces(tokens: Sequence[str], lists: Lists) -> Faces:
    """A number for each token: what it looks like and its flags in the lists."""
    cores = [token.lstrip() for token in tokens]
    flags = flags_of([core.lower().replace("’", "'") for core in cores], lists)
    kinds = np.array([_kind(token, core) for token, core in zip(tokens, cores, strict=True)], np.uint64)
    found: Faces = (kinds * np.uint64(FLAGS) + flags).astype(np.uint8)
    return found


def _kind(token: str, core: str) -> int:
    if not core:
        return LINE_END if "\n" in token else SIGN
    first = core[0]
    if not first.isalnum():
        return LINE_END if first == "\n" else OTHER if first == "\0" else STOP if first in _STOPS else SIGN
    lower = core.lower()
    if any(map(str.isdigit, core)):
        return OTHER
    return SMALL if core == lower else CAPITAL if core[1:] == lower[1:] else OTHER


def rows(found: Faces, counts: Iterable[int]) -> Places:
    """For each token of pieces that have `counts` tokens: its face and how its line is written, as one number."""
    kinds = (found // FLAGS).tobytes()
    lines: list[bytes] = []
    start = 0
    for count in counts:
        lines += _LINE.findall(kinds, start, start + count)
        start += count
    levels = [2 if _INNER.search(line) else int(CAPITAL in line) for line in lines]
    lengths = np.array(list(map(len, lines)), np.int64)
    told: Places = np.repeat(np.array(levels, np.int64) * FACES, lengths) + found
    return told
