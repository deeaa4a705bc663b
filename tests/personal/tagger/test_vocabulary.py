"""The words met so far: numbers stay, sums are those of the weights, memory is bounded."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemill.personal.tagger import vocabulary
from casemill.personal.tagger.moves import COLUMNS, moves_of
from casemill.personal.tagger.properties import REACH, SLOTS, alike, properties
from casemill.personal.tagger.tokens import cut
from casemill.personal.tagger.vocabulary import BEFORE, BEHIND, OUTSIDE, Vocabulary
from casemill.personal.tagger.weights import LABELS, OFFSETS, Weights, shipped

MOVES = moves_of(shipped("latin").steps)


def latin() -> Vocabulary:
    return Vocabulary(shipped("latin"), MOVES)


def blocks(words: Vocabulary, numbers: list[int]) -> np.ndarray:
    """What words add [word x offset x column]."""
    return words.rows[numbers].reshape(len(numbers), OFFSETS, len(COLUMNS))


def slow(token: str, weights: Weights) -> np.ndarray:
    """A word's block as the definition says, property by property."""
    block = np.zeros(OFFSETS * len(LABELS), np.int64)
    ends = np.cumsum(weights.counts.astype(np.int64))
    for key in properties([token], weights.lists)[0]:
        row = int(np.searchsorted(weights.keys, key))
        if key and row < len(weights.keys) and weights.keys[row] == key:
            start = int(ends[row]) - int(weights.counts[row])
            for place in range(start, int(ends[row])):
                block[int(weights.cells[place])] += int(weights.values[place])
    told = block.reshape(OFFSETS, len(LABELS))
    told[REACH] += weights.lean
    gains = told[:, list(COLUMNS)] - told[:, :1]
    gains[REACH] += MOVES.own
    return gains


@pytest.mark.parametrize("token", [" Anna", " street", "\n", " \0\0", "1408", "W91", " qwrtz"], ids=ascii)
def test_a_word_s_block_is_the_sum_of_its_properties(token: str) -> None:
    words = latin()
    [[number]] = words.numbers([token])
    assert np.array_equal(blocks(words, [number])[0], slow(token, shipped("latin")))


def test_the_nearest_edges_give_back_the_steps_that_lead_nowhere() -> None:
    outside, before, behind = blocks(latin(), [OUTSIDE, BEFORE, BEHIND]).astype(np.int64)
    assert np.array_equal(before - outside, behind * 0 + np.eye(OFFSETS, dtype=int)[REACH - 1][:, None] * MOVES.front)
    assert np.array_equal(behind - outside, np.eye(OFFSETS, dtype=int)[REACH + 1][:, None] * MOVES.rear)


def test_a_word_met_again_has_its_number() -> None:
    words = latin()
    [first] = words.numbers(["a b a"])
    [again] = words.numbers(["x c b a"])
    assert first[1:] == again[2:]
    assert again[1] not in first


def test_numbers_that_look_the_same_are_one_word() -> None:
    words = latin()
    [found] = words.numbers(["x 5317 8844 53170 1999 2024 W12 W99"])
    assert found[1] == found[2]
    assert found[4] == found[5]
    assert found[6] == found[7]
    assert len({*found[1:6]}) == 3


TEXTS = st.text(st.sampled_from("Anna,'’sS \n\t\u00a0\0\u03011_."), max_size=30)


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_the_tokens_of_a_text_are_those_of_its_pieces(texts: list[str]) -> None:
    words = latin()
    found = words.numbers(texts)
    known: dict[str, int] = {}
    for text, numbers in zip(texts, found, strict=True):
        for token, number in zip(cut(text), numbers, strict=True):
            assert known.setdefault(alike(token), number) == number
            assert words.lengths[number] == len(token)
    assert len({*known.values()}) == len(known)
    assert words.numbers(texts) == found


def test_pieces_are_forgotten_when_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "My name is Anna, and Anna is my name."
    expected = latin().numbers([text])
    monkeypatch.setattr(vocabulary, "PIECES", 2)
    words = latin()
    assert words.numbers([text]) == expected
    assert len(words.pieces) <= 2


def test_a_long_piece_is_not_kept() -> None:
    words = latin()
    words.numbers([f"x {'ab' * 99} y"])
    assert {*words.pieces} == {"y"}


def test_widths_leave_out_the_blanks_before() -> None:
    words = latin()
    [numbers] = words.numbers(["x   Anna\n\n!"])
    assert words.widths[numbers].tolist() == [1, 4, 0, 1]


def test_the_words_are_forgotten_when_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "LIMIT", 20)
    words = latin()
    words.numbers([" ".join(f"w{chr(97 + place)}" for place in range(26))])
    assert words.numbers(["new"]) == latin().numbers(["new"])


def test_every_property_counts_within_reach() -> None:
    assert all(abs(offset) <= REACH for slot in SLOTS for offset in slot.offsets)
