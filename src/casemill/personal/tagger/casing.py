"""How a line is written beside how a word is: in a line with capitals a word in small letters is hardly a name."""

from collections.abc import Sequence

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


def rows(found: Faces, counts: Places) -> Places:
    """For each token of pieces that have `counts` tokens: its face and how its line is written, as one number."""
    if not len(found):
        return np.zeros(0, np.int64)
    kinds = found // FLAGS
    begins = np.zeros(len(found), bool)
    begins[(np.cumsum(counts) - counts)[counts > 0]] = True
    # The last word, stop or line end before each token.
    places = np.arange(len(found))
    told = np.maximum.accumulate(np.where(kinds > SIGN, places, -1))
    before = np.concatenate(([-1], told[:-1]))
    first = (before < np.maximum.accumulate(np.where(begins, places, 0))) | (kinds[before] <= LINE_END)
    begins[1:] |= kinds[:-1] == LINE_END
    levels = np.where(kinds == CAPITAL, np.where(first, 1, 2), 0)
    starts = np.nonzero(begins)[0]
    lengths = np.diff(np.append(starts, len(found)))
    lines = np.repeat(np.maximum.reduceat(levels, starts), lengths).astype(np.int64)
    return lines * FACES + found.astype(np.int64)
