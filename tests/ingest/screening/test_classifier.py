"""The classifier scores sentences, a page at once, the same on every machine."""

from itertools import pairwise

import numpy as np
import pytest

from casemill.ingest.screening.classifier import (
    BUCKETS,
    COLUMNS,
    MOST_WORDS,
    STRICTER,
    Weights,
    classified,
    grams,
    pieces,
    read,
    scores,
    shipped,
    strictness,
    write,
)


def test_a_short_text_is_one_piece_and_a_long_one_windows_that_overlap() -> None:
    assert pieces("i am here. where is it?\nthanks") == [" i am here where is it thanks "]
    long = pieces(" ".join(f"w{n}" for n in range(100)))
    assert all(len(piece.split()) <= MOST_WORDS for piece in long)
    assert set(" ".join(long).split()) == {f"w{n}" for n in range(100)}
    assert all(set(one.split()) & set(other.split()) for one, other in pairwise(long))


def test_a_long_text_is_cut_within_its_lines() -> None:
    calm = " ".join(["thanks"] * MOST_WORDS)
    assert pieces(f"{calm}\ni want to die\n\n{calm}\nbye") == [f" {calm} ", " i want to die ", f" {calm} "]


def test_a_piece_has_the_same_grams_wherever_it_stands() -> None:
    some = [" where is my order ", " я хочу домой ", " одно слово "]
    together = grams(some)
    for place, piece in enumerate(some):
        assert sorted(together.buckets[together.piece == place]) == sorted(grams([piece]).buckets)


def test_the_buckets_of_a_text_do_not_change() -> None:
    """Weights that were trained once must fit for good, on every machine."""
    told = grams([" kil me "])
    assert (int(told.buckets.sum()), len(told.buckets)) == (1_185_221, 14)


def test_the_script_of_a_piece_is_that_of_most_of_its_letters() -> None:
    assert grams([" where is it ", " где ", " мой заказ номер 45 "]).script.tolist() == [0, 1, 1]


def test_what_holds_something_and_no_danger_for_sure_holds_the_likeliest() -> None:
    rows = np.zeros((BUCKETS, COLUMNS), dtype=np.int8)
    bias = np.tile(np.array([-2.0, -1.0, -3.0, 0.5], dtype=np.float32), (2, 1))
    assert classified(["some words"], Weights(rows, bias)) == [{"threat"}]


def test_nothing_scores_nothing() -> None:
    assert scores([], shipped()).shape == (0, COLUMNS)
    assert classified(["", "!!!", "hi"]) == [set(), set(), set()]


def test_weights_are_read_as_they_were_written() -> None:
    rows = np.zeros((BUCKETS, COLUMNS), dtype=np.int8)
    rows[5, 1], rows[BUCKETS - 1, 2] = 7, -3
    weights = Weights(rows, np.array([[-1.0, 0.5, 0.0, 2.0], [0.0, 0.25, 1.0, -2.0]], dtype=np.float32))
    again = read(write(weights))
    assert (again.rows == rows).all()
    assert (again.bias == weights.bias).all()
    assert write(weights) == write(again)


def test_the_more_pieces_a_ticket_has_the_surer_one_of_them_must_be() -> None:
    ticket = np.array([0] * 1 + [1] * 4 + [2] * 32 + [3] * 500)
    asked = strictness(ticket)
    assert asked[[0, 1, 5, 37]].tolist() == pytest.approx([0.0, 0.4 * STRICTER, STRICTER, STRICTER])
    assert strictness(np.zeros(0, dtype=np.int64)).shape == (0,)
