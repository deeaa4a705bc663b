"""What the phrases do not name: a linear classifier over hashed letters, words, stems and meanings, with small weights.

A text is cut into windows of words that overlap, each is scored apart, and the highest score counts: one sentence in a
long ticket is enough. A page of texts is scored at once.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from casemill.domain.notice import Danger
from casemill.ingest.screening.meanings import meanings

DANGERS: tuple[Danger, ...] = tuple(danger for danger in get_args(Danger) if danger != "unscreened")
# One more column than dangers: whether there is any of them.
COLUMNS = len(DANGERS) + 1
BITS = 17
BUCKETS = 2**BITS
UNIT = 12
LETTERS, STEM, REACH = 4, 5, 4
MOST_WORDS, STRIDE = 24, 12
# A piece of fewer n-grams ("yes I think so") counts as one of so many: little was said, little is sure.
FEWEST, FEWEST_STEMS = 30, 10
# So much surer one of a ticket's pieces must be when there are 2**DOUBLINGS of them or more: each may be a false alarm.
STRICTER, DOUBLINGS = 3.5, 5
_ODD = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(29)
_SPACE, _END, _A, _Z, _CYRILLIC = 32, 10, 97, 122, 0x400
_WORDS = re.compile(r"\w+")


class Weights(NamedTuple):
    """`rows[b, c]`: the weight of bucket b for column c, in units of 1/12; `bias[s, c]`: s is 1 for Cyrillic ones."""

    rows: NDArray[np.int8]
    bias: NDArray[np.float32]


class Grams(NamedTuple):
    """Buckets of all pieces, of which piece each is, how much it counts, and the script of each piece (1: Cyrillic)."""

    buckets: NDArray[np.int64]
    piece: NDArray[np.int64]
    weight: NDArray[np.float64]
    script: NDArray[np.int64]


class Letters(NamedTuple):
    """The letters of all pieces in one row, and the piece of each."""

    codes: NDArray[np.uint64]
    piece: NDArray[np.int64]


class Hashes(NamedTuple):
    """Hashed n-grams and the piece of each."""

    told: NDArray[np.uint64]
    owner: NDArray[np.int64]


def pieces(folded: str) -> list[str]:
    """A text's words apart by single blanks, in windows that overlap by half; those of a long text within its lines.
    One word alone is none."""
    words = _WORDS.findall(folded)
    if len(words) <= MOST_WORDS:
        return [f" {' '.join(words)} "] if len(words) > 1 else []
    found = []
    for line in folded.splitlines():
        words = _WORDS.findall(line)
        steps = range(0, max(1, len(words) - STRIDE), STRIDE) if len(words) > 1 else ()
        found += [f" {' '.join(words[start : start + MOST_WORDS])} " for start in steps]
    return found


def grams(pieces: Sequence[str]) -> Grams:
    """What is counted of pieces: runs of letters, words, pairs of words; and stems, pairs of stems, meanings."""
    codes = np.frombuffer("\n".join([*pieces, ""]).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    ends = codes == _END
    letters = Letters(codes, np.cumsum(ends) - ends)
    words, stems = _words(letters)
    parts = (_joined([_runs(letters), *words]), _joined([*stems, _meant(pieces)]))
    counts = []
    for part, fewest in zip(parts, (FEWEST, FEWEST_STEMS), strict=True):
        each = 1 / np.sqrt(np.maximum(np.bincount(part.owner, minlength=len(pieces)), fewest))
        counts.append(each[part.owner])
    every = _joined(parts)
    return Grams(_bucket(every.told), every.owner, np.concatenate(counts), _script(letters, count=len(pieces)))


def _script(letters: Letters, *, count: int) -> NDArray[np.int64]:
    """1 for a piece that has more Cyrillic letters than Latin ones, else 0."""
    latin = (letters.codes >= _A) & (letters.codes <= _Z)
    lead = (letters.codes >= _CYRILLIC).astype(np.int64) - latin
    return (np.bincount(letters.piece, weights=lead, minlength=count) > 0).astype(np.int64)


def _joined(parts: Sequence[Hashes]) -> Hashes:
    return Hashes(np.concatenate([part.told for part in parts]), np.concatenate([part.owner for part in parts]))


def _runs(letters: Letters) -> Hashes:
    """So many letters in a row, within and across words."""
    codes, piece = letters
    count = max(0, len(codes) - LETTERS + 1)
    hashed = np.zeros(count, dtype=np.uint64)
    for step in range(LETTERS):
        hashed = hashed * _ODD + codes[step : step + count]
    inside = piece[:count] == piece[LETTERS - 1 : LETTERS - 1 + count]
    return Hashes(hashed[inside], piece[:count][inside])


def _words(letters: Letters) -> tuple[list[Hashes], list[Hashes]]:
    """Words, and two with at most one between; stems, and two in either order with a few between. Hashes of words and
    of their beginnings are differences of one running sum."""
    codes = letters.codes
    powers = np.cumprod(np.full(len(codes), _ODD, dtype=np.uint64))
    # The inverse of an odd number modulo 2**64.
    inverse = np.cumprod(np.full(len(codes), np.uint64(pow(int(_ODD), -1, 2**64)), dtype=np.uint64))
    sums = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(codes * powers)))
    blank = (codes == _SPACE) | (codes == _END)
    edge = np.diff(blank.astype(np.int8))
    begin, end = np.flatnonzero(edge == -1) + 1, np.flatnonzero(edge == 1) + 1
    owner = letters.piece[begin]
    word = (sums[end] - sums[begin]) * inverse[begin]
    stem = _mixed((sums[np.minimum(end, begin + STEM)] - sums[begin]) * inverse[begin])
    words, stems = [Hashes(word * _MIX + np.uint64(11), owner)], [Hashes(stem + np.uint64(21), owner)]
    for step in range(1, REACH + 1):
        same = owner[:-step] == owner[step:]
        whose = owner[:-step][same]
        if step < 3:
            pair = word[:-step][same] * _ODD + word[step:][same] * _MIX + np.uint64(12 + step)
            words.append(Hashes(pair, whose))
        one, other = stem[:-step][same], stem[step:][same]
        stems.append(Hashes((one + other) * _ODD + (one ^ other) + np.uint64(22), whose))
    return words, stems


def _meant(pieces: Sequence[str]) -> Hashes:
    """What the words of pieces are about, each meaning once a piece."""
    each = [{number for word in piece.split() for number in meanings(word)} for piece in pieces]
    told = np.array([number for some in each for number in sorted(some)], dtype=np.uint64)
    owner = np.repeat(np.arange(len(pieces), dtype=np.int64), [len(some) for some in each])
    return Hashes((told + np.uint64(1)) * _ODD, owner)


def _mixed(hashed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (hashed ^ (hashed >> _SHIFT)) * _MIX


def _bucket(hashed: NDArray[np.uint64]) -> NDArray[np.int64]:
    return (_mixed(hashed) >> np.uint64(64 - BITS)).astype(np.int64)


def scores(pieces: Sequence[str], weights: Weights) -> NDArray[np.float32]:
    """A row a piece; a column a danger, and a last one for any; above 0 is flagged where there is no other."""
    if not pieces:
        return np.zeros((0, COLUMNS), dtype=np.float32)
    told = grams(pieces)
    rows = weights.rows[told.buckets] * told.weight[:, None]
    sums = [np.bincount(told.piece, weights=rows[:, place], minlength=len(pieces)) for place in range(COLUMNS)]
    found: NDArray[np.float32] = (np.stack(sums, axis=1) / UNIT + weights.bias[told.script]).astype(np.float32)
    return found


def classified(
    texts: Sequence[str], weights: Weights | None = None, *, tickets: Sequence[int] | None = None
) -> list[set[Danger]]:
    """What the classifier says about each of some folded texts; `tickets`: the number of the ticket that each is of
    (each of its own, unless said). The more pieces a ticket has, the surer one of them must be. A piece that holds
    something, and no danger for sure, holds the likeliest."""
    cut = [pieces(text) for text in texts]
    owner = np.repeat(np.arange(len(texts)), [len(some) for some in cut])
    ticket = np.asarray(range(len(texts)) if tickets is None else tickets, dtype=np.int64)[owner]
    found: list[set[Danger]] = [set() for _ in texts]
    told = scores([piece for some in cut for piece in some], weights or shipped()) - strictness(ticket)[:, None]
    for piece in np.flatnonzero((told > 0).any(axis=1)):
        row = told[piece, :-1]
        sure = np.flatnonzero(row > 0) if (row > 0).any() else [row.argmax()]
        found[owner[piece]].update(DANGERS[place] for place in sure)
    return found


def strictness(ticket: NDArray[np.int64]) -> NDArray[np.float32]:
    """What is taken from the scores of pieces, by how many there are of the ticket of each: 0 for one, most from 32."""
    count = np.bincount(ticket)[ticket] if len(ticket) else np.ones(0)
    found: NDArray[np.float32] = (STRICTER * np.minimum(1, np.log2(count) / DOUBLINGS)).astype(np.float32)
    return found


def write(weights: Weights) -> bytes:
    """The file's bytes, only the buckets that say something; equal weights give equal bytes."""
    used = np.flatnonzero(weights.rows.any(axis=1))
    out = BytesIO()
    np.savez(out, used=used.astype(np.uint32), rows=weights.rows[used], bias=weights.bias)
    return out.getvalue()


def read(content: bytes) -> Weights:
    """The weights that `write` wrote."""
    with np.load(BytesIO(content), allow_pickle=False) as file:
        rows = np.zeros((BUCKETS, COLUMNS), dtype=np.int8)
        rows[file["used"].astype(np.int64)] = file["rows"]
        return Weights(rows, file["bias"])


@cache
def shipped() -> Weights:
    """The weights in the package."""
    return read(files("casemill.ingest.screening").joinpath("screen.npz").read_bytes())
