"""The words met so far: numbers stay, sums are those of the weights, memory is bounded."""

import numpy as np
import pytest

from casemill.personal.tagger import vocabulary
from casemill.personal.tagger.properties import REACH, SLOTS, properties
from casemill.personal.tagger.vocabulary import Vocabulary
from casemill.personal.tagger.weights import LABELS, Weights, shipped


def slow(token: str, weights: Weights) -> np.ndarray:
    """A word's block as the definition says, property by property."""
    block = np.zeros((2 * REACH + 1) * len(LABELS), np.int64)
    ends = np.cumsum(weights.counts.astype(np.int64))
    for key in properties([token], weights.lists)[0]:
        row = int(np.searchsorted(weights.keys, key))
        if key and row < len(weights.keys) and weights.keys[row] == key:
            start = int(ends[row]) - int(weights.counts[row])
            for place in range(start, int(ends[row])):
                block[int(weights.cells[place])] += int(weights.values[place])
    return block.reshape(2 * REACH + 1, len(LABELS))


@pytest.mark.parametrize("token", [" Anna", " street", "\n", " \0\0", "1408", " qwrtz"], ids=ascii)
def test_a_word_s_block_is_the_sum_of_its_properties(token: str) -> None:
    words = Vocabulary(shipped("latin"))
    (number,) = words.numbers([token])
    assert np.array_equal(words.blocks[:, number], slow(token, shipped("latin")))


def test_a_word_met_again_has_its_number() -> None:
    words = Vocabulary(shipped("latin"))
    first = words.numbers(["a", " b", "a"])
    again = words.numbers([" c", " b", "a"])
    assert first[0] == first[2] == again[2]
    assert first[1] == again[1]
    assert again[0] not in first


def test_widths_leave_out_the_blanks_before() -> None:
    words = Vocabulary(shipped("latin"))
    assert words.widths[words.numbers(["   Anna", "\n\n", "!"])].tolist() == [4, 0, 1]


def test_the_words_are_forgotten_when_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "LIMIT", 50)
    words = Vocabulary(shipped("latin"))
    words.numbers([f"w{place}" for place in range(90)])
    assert words.numbers([" new"]).tolist() == [1]


def test_every_property_counts_within_reach() -> None:
    assert all(abs(offset) <= REACH for slot in SLOTS for offset in slot.offsets)
