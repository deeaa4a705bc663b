"""The weights' file: what was written is read, equal weights are equal bytes, only whole numbers, small enough."""

import numpy as np
import pytest

from casemill.personal.tagger.properties import SLOTS, Lists
from casemill.personal.tagger.weights import CELLS, LABELS, Weights, may_follow, read, shipped, write


def small() -> Weights:
    return Weights(
        keys=np.array([3, 9], np.uint64),
        counts=np.array([1, 2], np.uint8),
        cells=np.array([0, 4, 5], np.uint8),
        values=np.array([-7, 8, 9], np.int16),
        steps=np.zeros((len(LABELS), len(LABELS)), np.int32),
        lean=np.zeros(len(LABELS), np.int32),
        lists=Lists(np.array([1], np.uint64), np.array([2], np.uint8)),
    )


def test_what_was_written_is_read() -> None:
    back = read(write(small()))
    assert all(np.array_equal(getattr(back, name), getattr(small(), name)) for name in Weights._fields[:6])
    assert back.lists.flags.tolist() == [2]


def test_equal_weights_are_equal_bytes() -> None:
    assert write(small()) == write(read(write(small())))


def test_how_lines_are_written_is_in_the_file_only_where_the_model_looks_at_it() -> None:
    looking = small()._replace(casing=np.full((2, len(LABELS)), -3, np.int16))
    assert np.array_equal(read(write(looking)).casing, looking.casing)
    assert b"casing" not in write(small())
    assert read(write(small())).casing.shape == (0, len(LABELS))


@pytest.mark.parametrize("name", ["latin", "cyrillic"])
def test_the_shipped_weights_are_whole_numbers_in_order(name: str) -> None:
    weights = shipped(name)
    assert all(np.issubdtype(field.dtype, np.integer) for field in weights[:6])
    assert bool((np.diff(weights.keys.astype(object)) > 0).all())
    assert int(weights.counts.sum()) == len(weights.cells) == len(weights.values)
    assert int(weights.cells.max()) < CELLS
    assert len(write(weights)) < 3_000_000


def test_an_inner_label_follows_its_own_kind_only() -> None:
    inner = LABELS.index("I-NAME")
    assert [LABELS[before] for before in range(len(LABELS)) if may_follow(before, inner)] == ["B-NAME", "I-NAME"]


def test_property_slots_have_names_of_their_own() -> None:
    assert len({slot.name for slot in SLOTS}) == len(SLOTS)
