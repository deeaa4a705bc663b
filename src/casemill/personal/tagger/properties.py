"""What the tagger sees of a word: a row of 64-bit keys, the same for training and for running.

Keys are hashes: the words of the training data cannot be read out of the weights.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
LETTERS = 24
TRIGRAMS = 12
REACH = 4
_NONE = np.uint64(0)
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
_PLACES = {slot.name: place for place, slot in enumerate(SLOTS)}
_KIND, _WORD, _CASED, _SHAPE = (_PLACES[name] for name in ("kind", "word", "cased", "shape"))
_LISTED, _LISTED_CASED = _PLACES["listed"], _PLACES["listed cased"]
_JOINED, _LENGTH = _PLACES["joined"], _PLACES["length"]
# Prefixes and suffixes of so many letters.
_PARTS = (2, 3, 4)
_PREFIXES = slice(_PLACES["prefix2"], _PLACES["prefix4"] + 1)
_SUFFIXES = slice(_PLACES["suffix2"], _PLACES["suffix4"] + 1)
_SUFFIXES_CASED = slice(_PLACES["suffix2 cased"], _PLACES["suffix3 cased"] + 1)
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
    words = [face.word for face in faces]
    letters = _letters(words)
    whole, start = _hashed(letters)
    _, end = _hashed(_letters([word[::-1] for word in words])[:, : _PARTS[-1]])
    cases = _codes(face.case for face in faces)
    listed = _flags(words, whole, lists=lists)
    wordy = np.array([face.wordy for face in faces], bool)
    lengths = np.where(wordy, np.minimum(np.array(list(map(len, words)), np.int64), LETTERS - 2), 0)
    rows = np.zeros((len(tokens), len(SLOTS)), np.uint64)
    rows[:, _KIND] = _codes(face.kind for face in faces)
    rows[:, _WORD], rows[:, _CASED] = whole, whole ^ cases
    rows[:, _SHAPE] = _codes(face.shape for face in faces)
    rows[:, _LISTED], rows[:, _LISTED_CASED] = listed, np.where(listed > 0, listed ^ cases, _NONE)
    rows[:, _JOINED] = _codes(f"{face.joined}{face.kind}" for face in faces)
    rows[:, _LENGTH] = np.where(wordy, lengths.astype(np.uint64) ^ cases, _NONE)
    long = lengths[:, None] >= _PARTS
    rows[:, _PREFIXES] = np.where(long, start[:, 1:], _NONE)
    rows[:, _SUFFIXES] = np.where(long, end[:, 1:], _NONE)
    rows[:, _SUFFIXES_CASED] = np.where(long, end[:, 1:] ^ cases[:, None], _NONE)[:, :-1]
    rows[:, -TRIGRAMS:] = _trigrams(letters, lengths)
    return np.where(rows > 0, _mixed(rows ^ SALTS), _NONE)


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


def alike(token: str) -> str:
    """The token that stands for all that have the same properties, for of digits only their number counts."""
    if not any(map(str.isdigit, token)):
        return token
    masked = _masked(token)
    core = token.lstrip()
    return f"{masked[:-4]}1900" if _is_year(core) and core.isdigit() else masked


def _masked(core: str) -> str:
    return "".join("0" if sign.isdigit() else sign for sign in core)


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in {"19", "20"}


def _number(core: str, joined: int) -> _Face:
    masked = _masked(core)
    digits = masked.count("0")
    if digits == len(core):
        kind = "year" if _is_year(core) else f"digits{min(digits, 7)}"
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
    return _hashed(_letters(words))[0]


def _codes(words: Iterable[str]) -> Keys:
    """As `codes_of`, for words of which there are few."""
    return np.array([_code(word) for word in words], np.uint64)


@lru_cache(maxsize=2048)
def _code(word: str) -> int:
    return int(codes_of([word])[0])


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
    return _flags(words, codes_of(words), lists=lists)


def _flags(words: Sequence[str], codes: Keys, *, lists: Lists) -> Keys:
    if not len(lists.keys) or not words:
        return np.zeros(len(words), np.uint64)
    plain = {place: folded(word) for place, word in enumerate(words) if not word.isascii()}
    if plain:
        codes = codes.copy()
        codes[list(plain)] = codes_of(list(plain.values()))
    places = np.minimum(np.searchsorted(lists.keys, codes), len(lists.keys) - 1)
    return np.where(lists.keys[places] == codes, lists.flags[places], 0).astype(np.uint64)


def _letters(words: Sequence[str]) -> Keys:
    """Code points [words x LETTERS], zeros behind a word's end; longer words are cut."""
    size = LETTERS - 2
    array = np.array([word[:size] for word in words], dtype=f"<U{LETTERS}")
    return array.view("<u4").reshape(len(words), LETTERS).astype(np.uint64)


def _hashed(letters: Keys) -> tuple[Keys, Keys]:
    """Hashes of all letters of each word, and of its first 1, 2 ... letters."""
    hashes = np.full(len(letters), 14695981039346656037, np.uint64)
    first = np.empty((len(letters), _PARTS[-1]), np.uint64)
    for place, column in enumerate(letters.T):
        hashes ^= column
        hashes *= _PRIME
        if place < _PARTS[-1]:
            first[:, place] = hashes
    return hashes, first


def _trigrams(letters: Keys, lengths: NDArray[np.int64]) -> Keys:
    """The inner and outer trigrams of each word, its ends marked [words x TRIGRAMS]."""
    places = np.arange(TRIGRAMS)
    here = letters[:, :TRIGRAMS]
    before = np.empty_like(here)
    before[:, 0], before[:, 1:] = ord("^"), here[:, :-1]
    after = np.where(lengths[:, None] == places + 1, np.uint64(ord("$")), letters[:, 1 : TRIGRAMS + 1])
    value = ((before * _PRIME ^ here) * _PRIME ^ after) * _PRIME
    return np.where(lengths[:, None] > places, value, _NONE)


def _mixed(rows: Keys) -> Keys:
    rows = (rows ^ (rows >> np.uint64(31))) * _SPREAD
    return rows ^ (rows >> np.uint64(29))
