"""A model at work: how many words are read at once changes nothing of what is found."""

import random
import string
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemill.personal.tagger import reader as module
from casemill.personal.tagger.doubt import doubt_of, weighed
from casemill.personal.tagger.moves import KINDS, moves_of
from casemill.personal.tagger.properties import REACH
from casemill.personal.tagger.reader import STRETCH, Reader, Taken, reader
from casemill.personal.tagger.tokens import cut
from casemill.personal.tagger.viterbi import one_path
from casemill.personal.tagger.vocabulary import OUTSIDE, Vocabulary
from casemill.personal.tagger.weights import NEVER, OFFSETS, shipped
from personal.tagger.drawn import ALLOWED

WORDS = [
    "Anna ",
    "Baker",
    " Karimova",
    "\n",
    "12 Main St, ",
    "Анна ",
    "ул. Абая 5",
    "\0\0",
    " ",
    "Dear ",
    "in Oslo. ",
    "é",
]
PIECES = st.lists(st.lists(st.sampled_from(WORDS), max_size=25).map("".join), max_size=5)


def read(pieces: list[str], *, few: int, name: str = "latin") -> Taken:
    """What is found when so few words are read number by number."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "FEW", few)
        return reader(name).read(pieces)


@settings(max_examples=150, deadline=None)
@given(PIECES, st.sampled_from(["latin", "cyrillic"]))
def test_few_words_are_read_as_many_are(pieces: list[str], name: str) -> None:
    assert read(pieces, few=0, name=name) == read(pieces, few=STRETCH, name=name)


def test_what_is_read_number_by_number_is_never_longer_than_a_stretch() -> None:
    assert module.FEW <= STRETCH


def test_threads_that_meet_new_words_at_once_find_what_one_finds() -> None:
    chance = random.Random(7)
    words = ["".join(chance.choices(string.ascii_letters, k=5)) for _ in range(1200)]
    texts = [f"My name is Anna {' '.join(words[start : start + 10])}." for start in range(0, len(words), 10)]
    model, interval = Reader(shipped("latin")), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda text: model.read([text]), texts))
    finally:
        sys.setswitchinterval(interval)
    assert found == [reader("latin").read([text]) for text in texts]


def test_nothing_is_found_in_nothing() -> None:
    assert read([], few=0) == read([], few=9) == Taken([], [])
    assert read(["", ""], few=0) == read(["", ""], few=99) == Taken([], [0.0, 0.0])


def stretches(tokens: list[str], longest: int) -> Iterator[tuple[int, int]]:
    """Where a piece is cut, as the rule is told: behind the last stop of the last quarter, else where it is full."""
    start = 0
    while len(tokens) - start > longest:
        last = range(start + longest - longest // 4 + 1, start + longest)
        stops = [place + 1 for place in last if "\n" in tokens[place] or tokens[place] in {".", "?", "!", ";"}]
        end = stops[-1] if stops else start + longest
        yield start, end
        start = end
    yield start, len(tokens)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, ".", "?"]), min_size=12, max_size=60).map("".join))
def test_each_stretch_of_a_long_piece_is_decoded_alone_among_its_neighbours(piece: str) -> None:
    weights = shipped("latin")
    moves = moves_of(np.where(ALLOWED, weights.steps, NEVER).astype(np.int32))
    words, tokens = Vocabulary(weights, moves), cut(piece)
    [numbers] = words.numbers([piece])
    line = [OUTSIDE] * REACH + numbers + [OUTSIDE] * REACH
    blocks = words.rows[line].astype(np.int32).reshape(len(line), OFFSETS, -1)
    gains = np.sum([blocks[offset : offset + len(tokens), offset] for offset in range(OFFSETS)], axis=0)
    expected: list[tuple[int, int, str, float]] = []
    for start, end in stretches(tokens, 12):
        part = gains[start:end].copy()
        part[0] += moves.front
        part[-1] += moves.rear
        path = one_path(part.tolist(), moves.plain, final=True)
        for first, last, kind, won in weighed(part.tolist(), path, near=[0] * len(path), moves=moves.plain):
            before = sum(map(len, tokens[: start + first]))
            blanks = len(tokens[start + first]) - len(tokens[start + first].lstrip())
            upto = sum(map(len, tokens[: start + last + 1]))
            expected.append((before + blanks, upto, KINDS[kind], doubt_of(won)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "STRETCH", 12)
        assert [span[1:] for span in read([piece], few=0).spans] == expected


def test_a_long_piece_is_cut_behind_a_sentence_and_read_on() -> None:
    sentence = "My name is Anna Baker and I live in Oslo. "
    [short] = reader("latin").read([sentence]).doubts
    taken = reader("latin").read([sentence * 200])
    assert [span[1:4] for span in taken.spans if span[3] == "NAME"] == [
        (place * len(sentence) + 11, place * len(sentence) + 21, "NAME") for place in range(200)
    ]
    assert len(taken.doubts) == 1
    assert short <= 1
