"""What the phrases do not name: a linear classifier over hashed letter and word n-grams, with its own small weights.

Texts are cut into sentences, each is scored apart, and the highest score counts: one sentence in a long ticket is
enough. The level was therefore chosen on whole dialogues, not on single sentences. A page of texts is scored at once.
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

DANGERS: tuple[Danger, ...] = tuple(danger for danger in get_args(Danger) if danger != "unscreened")
BUCKETS = 2**16
UNIT = 12
LETTERS = (3, 4, 5)
MOST_WORDS, STRIDE = 16, 8
# A piece of fewer n-grams ("yes I think so") counts as one of so many: little was said, little is sure.
FEWEST = 30
# After so many doublings of its pieces a ticket is given no lenience: each is one more chance of a false alarm.
DOUBLINGS = 5
_ODD = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(29)
_SPACE, _END = 32, 10
_ENDS = re.compile(r"[.!?\n;]+")
_WORDS = re.compile(r"\w+")


class Weights(NamedTuple):
    """`rows[b, d]`: the weight of bucket b for danger d, in units of 1/12; 0 is the level of long tickets."""

    rows: NDArray[np.int8]
    bias: NDArray[np.float32]


class Grams(NamedTuple):
    """Buckets of all pieces, and of which piece each is."""

    buckets: NDArray[np.int64]
    piece: NDArray[np.int64]


def pieces(folded: str) -> list[str]:
    """A text's sentences as words apart by single blanks; a long one in halves that overlap."""
    found = []
    for sentence in _ENDS.split(folded):
        words = _WORDS.findall(sentence)
        if len(words) > 1:
            steps = range(0, max(1, len(words) - STRIDE), STRIDE)
            found += [f" {' '.join(words[start : start + MOST_WORDS])} " for start in steps]
    return found


def grams(pieces: Sequence[str]) -> Grams:
    """The n-grams of pieces: of letters within and across words, of single words, pairs, and pairs with one between."""
    codes = np.frombuffer("\n".join([*pieces, ""]).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    ends = codes == _END
    piece = np.cumsum(ends) - ends
    found, owners = [], []
    for length in LETTERS:
        count = max(0, len(codes) - length + 1)
        hashed = np.zeros(count, dtype=np.uint64)
        for step in range(length):
            hashed = hashed * _ODD + codes[step : step + count]
        inside = piece[:count] == piece[length - 1 : length - 1 + count]
        found.append(hashed[inside] + np.uint64(length))
        owners.append(piece[:count][inside])
    for hashed, owner in _words(codes, piece):
        found.append(hashed)
        owners.append(owner)
    return Grams(_bucket(np.concatenate(found)), np.concatenate(owners))


def _words(codes: NDArray[np.uint64], piece: NDArray[np.int64]) -> list[tuple[NDArray[np.uint64], NDArray[np.int64]]]:
    """Hashes of words by differences of one running sum, and of two words of the same piece."""
    powers = np.cumprod(np.full(len(codes), _ODD, dtype=np.uint64))
    # The inverse of an odd number modulo 2**64.
    inverse = np.cumprod(np.full(len(codes), np.uint64(pow(int(_ODD), -1, 2**64)), dtype=np.uint64))
    sums = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(codes * powers)))
    blank = (codes == _SPACE) | (codes == _END)
    edge = np.diff(blank.astype(np.int8))
    begin, end = np.flatnonzero(edge == -1) + 1, np.flatnonzero(edge == 1) + 1
    word = (sums[end] - sums[begin]) * inverse[begin]
    owner = piece[begin]
    told = [(word * _MIX + np.uint64(11), owner)]
    for step in (1, 2):
        same = owner[:-step] == owner[step:]
        pair = word[:-step][same] * _ODD + word[step:][same] * _MIX + np.uint64(12 + step)
        told.append((pair, owner[:-step][same]))
    return told


def _bucket(hashed: NDArray[np.uint64]) -> NDArray[np.int64]:
    mixed = (hashed ^ (hashed >> _SHIFT)) * _MIX
    return (mixed >> np.uint64(48)).astype(np.int64)


def scores(pieces: Sequence[str], weights: Weights) -> NDArray[np.float32]:
    """A row a piece, a column a danger; above 0 is flagged however long the ticket is."""
    if not pieces:
        return np.zeros((0, len(DANGERS)), dtype=np.float32)
    told = grams(pieces)
    count = len(pieces)
    lengths = np.maximum(np.bincount(told.piece, minlength=count), FEWEST)
    rows = weights.rows[told.buckets]
    sums = [np.bincount(told.piece, weights=rows[:, place], minlength=count) for place in range(len(DANGERS))]
    found: NDArray[np.float32] = (np.stack(sums, axis=1) / UNIT / np.sqrt(lengths)[:, None] + weights.bias).astype(
        np.float32
    )
    return found


def classified(
    texts: Sequence[str], weights: Weights | None = None, *, tickets: Sequence[int] | None = None
) -> list[set[Danger]]:
    """What the classifier says about each of some folded texts; `tickets`: the number of the ticket that each is of
    (each of its own, unless said). The more pieces a ticket has, the surer one of them must be."""
    cut = [pieces(text) for text in texts]
    owner = np.repeat(np.arange(len(texts)), [len(some) for some in cut])
    ticket = np.asarray(range(len(texts)) if tickets is None else tickets, dtype=np.int64)[owner]
    found: list[set[Danger]] = [set() for _ in texts]
    flagged = scores([piece for some in cut for piece in some], weights or shipped()) + lenience(ticket)[:, None] > 0
    for piece, danger in zip(*np.nonzero(flagged), strict=True):
        found[owner[piece]].add(DANGERS[danger])
    return found


def lenience(ticket: NDArray[np.int64]) -> NDArray[np.float32]:
    """What is added to the scores of pieces, by how many there are of the ticket of each: 1 for one, 0 from 32 on."""
    count = np.bincount(ticket)[ticket] if len(ticket) else np.ones(0)
    found: NDArray[np.float32] = np.maximum(0, 1 - np.log2(count) / DOUBLINGS).astype(np.float32)
    return found


def write(weights: Weights) -> bytes:
    """The file's bytes, only the buckets that say something; equal weights give equal bytes."""
    used = np.flatnonzero(weights.rows.any(axis=1))
    out = BytesIO()
    np.savez(out, used=used.astype(np.uint16), rows=weights.rows[used], bias=weights.bias)
    return out.getvalue()


def read(content: bytes) -> Weights:
    """The weights that `write` wrote."""
    with np.load(BytesIO(content), allow_pickle=False) as file:
        rows = np.zeros((BUCKETS, len(DANGERS)), dtype=np.int8)
        rows[file["used"].astype(np.int64)] = file["rows"]
        return Weights(rows, file["bias"])


@cache
def shipped() -> Weights:
    """The weights in the package."""
    return read(files("casemill.ingest.screening").joinpath("screen.npz").read_bytes())
