"""What the tagger sees of a word: a row of 64-bit keys, the same for training and for running.

Keys are hashes: the words of the training data cannot be read out of the weights.
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
LETTERS = 24
TRIGRAMS = 12
REACH = 4
_PRIME = np.uint64(1099511628211)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_FOLDED = str.maketrans({"ß": "s", "ø": "o", "ł": "l", "đ": "d", "æ": "a", "œ": "o", "ı": "i", "ð": "d", "þ": "t"})


class Slot(NamedTuple):
    """One property of a word, and at which offsets from the word that is labelled it counts."""

    name: str
    offsets: tuple[int, ...]


def _around(reach: int) -> tuple[int, ...]:
    return tuple(range(-reach, reach + 1))


SLOTS = (
    Slot("kind", _around(REACH)),
    Slot("word", _around(3)),
    Slot("cased", (0,)),
    Slot("shape", _around(1)),
    Slot("prefix2", (0,)),
    Slot("prefix3", (0,)),
    Slot("prefix4", (0,)),
    Slot("suffix2", (0,)),
    Slot("suffix3", _around(1)),
    Slot("suffix4", (0,)),
    Slot("listed", _around(2)),
    Slot("listed cased", _around(1)),
    Slot("suffix2 cased", (0,)),
    Slot("suffix3 cased", (0,)),
    Slot("joined", (0, 1)),
    Slot("length", (0,)),
    *(Slot(f"trigram{place}", (0,)) for place in range(TRIGRAMS)),
)
# All places of a word share one family of trigrams.
_FAMILY = tuple("trigram" if slot.name.startswith("trigram") else slot.name for slot in SLOTS)


def _salt(name: str) -> int:
    value = 14695981039346656037
    for sign in name.encode():
        value = (value ^ sign) * 1099511628211 % 2**64
    return value


SALTS = np.array([_salt(name) for name in _FAMILY], np.uint64)


class Lists(NamedTuple):
    """Words that are names somewhere, as sorted hashes, and what of: bits 1 first, 2 last, 4 place, 8 common word."""

    keys: Keys
    flags: NDArray[np.uint8]


NO_LISTS = Lists(np.zeros(0, np.uint64), np.zeros(0, np.uint8))
# Boundary of a text; it has no characters, so no token can be it.
EDGE = ""


def properties(tokens: Sequence[str], lists: Lists = NO_LISTS) -> Keys:
    """Keys [tokens x SLOTS]; 0 where a token has no such property."""
    faces = [_face(token) for token in tokens]
    kinds = codes_of([face.kind for face in faces])
    cases = codes_of([face.case for face in faces])
    letters = _letters([face.word for face in faces])
    backwards = _letters([face.word[::-1] for face in faces])
    wordy = np.array([face.wordy for face in faces], bool)
    lengths = np.minimum(np.array([len(face.word) for face in faces], np.int64), LETTERS - 2)
    start, end = _running(letters, 4), _running(backwards, 4)
    words = _running(letters, LETTERS)[:, -1]
    listed = flags_of([face.word for face in faces], lists)
    columns = {
        "kind": kinds,
        "word": words,
        "cased": words ^ cases,
        "shape": codes_of([face.shape for face in faces]),
        "listed": listed,
        "listed cased": np.where(listed > 0, listed ^ cases, np.uint64(0)),
        "joined": codes_of([f"{face.joined}{face.kind}" for face in faces]),
        "length": np.where(wordy, lengths.astype(np.uint64) ^ cases, np.uint64(0)),
    }
    for size in (2, 3, 4):
        long = wordy & (lengths >= size)
        columns[f"prefix{size}"] = np.where(long, start[:, size - 1], np.uint64(0))
        columns[f"suffix{size}"] = np.where(long, end[:, size - 1], np.uint64(0))
        columns[f"suffix{size} cased"] = np.where(long, end[:, size - 1] ^ cases, np.uint64(0))
    columns |= _trigrams(letters, np.where(wordy, lengths, 0))
    rows = np.stack([columns[slot.name] for slot in SLOTS], axis=1)
    return np.where(rows > 0, _mixed(rows ^ SALTS), np.uint64(0))


class _Face(NamedTuple):
    """A token looked at: its word in small letters, digits as 0."""

    word: str
    kind: str
    case: str
    shape: str
    joined: int
    wordy: bool


_EDGE_FACE = _Face(word="", kind="edge", case="", shape="edge", joined=0, wordy=False)


def _face(token: str) -> _Face:
    core = token.lstrip()
    if not core:
        if not token:
            return _EDGE_FACE
        kind = "blank line" if token.count("\n") > 1 else "line end"
        return _Face(word="", kind=kind, case="", shape=kind, joined=0, wordy=False)
    joined = int(len(core) == len(token))
    first = core[0]
    if first == "\0":
        return _Face(word="", kind="covered", case="", shape="covered", joined=joined, wordy=False)
    if not first.isalnum():
        if core[0] == "\n":
            kind = "blank line" if core.count("\n") > 1 else "line end"
            return _Face(word="", kind=kind, case="", shape=kind, joined=0, wordy=False)
        return _Face(
            word=core.lower().replace("’", "'"), kind="sign", case="", shape=core[:1], joined=joined, wordy=False
        )
    return _number(core, joined) if any(map(str.isdigit, core)) else _word(core, joined)


def _number(core: str, joined: int) -> _Face:
    masked = "".join("0" if sign.isdigit() else sign for sign in core)
    digits = masked.count("0")
    if digits == len(core):
        year = len(core) == 4 and core[:2] in {"19", "20"}
        kind = "year" if year else f"digits{min(digits, 7)}"
        return _Face(word=masked.lower()[:8], kind=kind, case="", shape=kind, joined=joined, wordy=False)
    shape = _collapsed("".join("0" if sign == "0" else "X" if sign.isupper() else "x" for sign in masked))
    return _Face(
        word=masked.lower(), kind="mixed", case="", shape=f"{shape}{len(core)}"[:12], joined=joined, wordy=False
    )


def _collapsed(shape: str) -> str:
    return "".join(sign for place, sign in enumerate(shape) if not place or sign != shape[place - 1])


def _word(core: str, joined: int) -> _Face:
    lower = core.lower().replace("’", "'")
    case = _case(core, lower)
    foreign = "" if core.isascii() else "~"
    return _Face(
        word=lower, kind=case, case=case, shape=f"{case}{foreign}{min(len(core), 6)}", joined=joined, wordy=True
    )


def _case(core: str, lower: str) -> str:
    if core == lower:
        return "small" if len(core) > 1 else "letter"
    if len(core) == 1:
        return "Capital"
    if core[1:] == lower[1:]:
        return "Title"
    return "SHOUTED" if core.isupper() else "MiXed"


def codes_of(words: Sequence[str]) -> Keys:
    """A hash of each word, of up to `LETTERS` - 2 characters."""
    return _running(_letters(words), LETTERS)[:, -1]


def folded(word: str) -> str:
    """Without accents, in small letters: how lists are looked up. Cyrillic letters stay but for ё."""
    if word.isascii():
        return word
    if word >= "\u0370":
        return word.replace("ё", "е")
    plain = unicodedata.normalize("NFD", word.translate(_FOLDED))
    return "".join(sign for sign in plain if not "\u0300" <= sign <= "\u036f")


def flags_of(words: Sequence[str], lists: Lists) -> Keys:
    """The flags of each word in the lists, 0 for a word in none."""
    if not len(lists.keys) or not words:
        return np.zeros(len(words), np.uint64)
    keys = codes_of([folded(word) for word in words])
    places = np.minimum(np.searchsorted(lists.keys, keys), len(lists.keys) - 1)
    return np.where(lists.keys[places] == keys, lists.flags[places], 0).astype(np.uint64)


def _letters(words: Sequence[str]) -> Keys:
    """Code points [words x LETTERS], zeros behind a word's end; longer words are cut."""
    size = LETTERS - 2
    array = np.array([word[:size] for word in words], dtype=f"<U{LETTERS}")
    return array.view("<u4").reshape(len(words), LETTERS).astype(np.uint64)


def _running(letters: Keys, size: int) -> Keys:
    """Hashes of the first 1, 2 ... `size` letters of each word."""
    hashes = np.empty((len(letters), size), np.uint64)
    value = np.full(len(letters), 14695981039346656037, np.uint64)
    for place in range(size):
        value = (value ^ letters[:, place]) * _PRIME
        hashes[:, place] = value
    return hashes


def _trigrams(letters: Keys, lengths: NDArray[np.int64]) -> dict[str, Keys]:
    """The inner and outer trigrams of each word, its ends marked."""
    found: dict[str, Keys] = {}
    before = np.full(len(letters), ord("^"), np.uint64)
    for place in range(TRIGRAMS):
        here = letters[:, place]
        after = np.where(lengths == place + 1, np.uint64(ord("$")), letters[:, place + 1])
        value = ((before * _PRIME ^ here) * _PRIME ^ after) * _PRIME
        found[f"trigram{place}"] = np.where(lengths > place, value, np.uint64(0))
        before = here
    return found


def _mixed(rows: Keys) -> Keys:
    rows = (rows ^ (rows >> np.uint64(31))) * _SPREAD
    return rows ^ (rows >> np.uint64(29))
