"""The classifier scores sentences, a page at once, the same on every machine."""

import numpy as np
import pytest

from casemill.ingest.screening.classifier import (
    BUCKETS,
    DANGERS,
    Weights,
    classified,
    grams,
    lenience,
    pieces,
    read,
    scores,
    shipped,
    write,
)


def test_sentences_are_pieces_and_a_long_one_is_cut_in_halves_that_overlap() -> None:
    assert pieces("i am here. where is it?\nthanks") == [" i am here ", " where is it "]
    long = pieces(" ".join(f"w{n}" for n in range(100)))
    assert all(len(piece.split()) <= 16 for piece in long)
    assert set(" ".join(long).split()) == {f"w{n}" for n in range(100)}


def test_a_piece_has_the_same_grams_wherever_it_stands() -> None:
    some = [" where is my order ", " я хочу домой ", " одно слово "]
    together = grams(some)
    for place, piece in enumerate(some):
        assert sorted(together.buckets[together.piece == place]) == sorted(grams([piece]).buckets)


def test_the_buckets_of_a_text_do_not_change() -> None:
    """Weights that were trained once must fit for good, on every machine."""
    assert int(grams([" kil me "]).buckets.sum()) == 750_566


def test_nothing_scores_nothing() -> None:
    assert scores([], shipped()).shape == (0, len(DANGERS))
    assert classified(["", "!!!", "hi"]) == [set(), set(), set()]


def test_weights_are_read_as_they_were_written() -> None:
    rows = np.zeros((BUCKETS, len(DANGERS)), dtype=np.int8)
    rows[5, 1], rows[BUCKETS - 1, 2] = 7, -3
    weights = Weights(rows, np.array([-1.0, 0.5, 0.0], dtype=np.float32))
    again = read(write(weights))
    assert (again.rows == rows).all()
    assert (again.bias == weights.bias).all()
    assert write(weights) == write(again)


def test_the_more_pieces_a_ticket_has_the_surer_one_of_them_must_be() -> None:
    ticket = np.array([0] * 1 + [1] * 4 + [2] * 32 + [3] * 500)
    given = lenience(ticket)
    assert given[[0, 1, 5, 37]].tolist() == pytest.approx([1.0, 0.6, 0.0, 0.0])
    assert lenience(np.zeros(0, dtype=np.int64)).shape == (0,)
