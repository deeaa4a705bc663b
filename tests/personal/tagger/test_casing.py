"""How a line is written: which capitals count, and that a line says nothing of its neighbours."""

import numpy as np

from casemill.personal.tagger.casing import CAPITAL, FACES, FLAGS, LINE_END, OTHER, SIGN, SMALL, STOP, faces, rows
from casemill.personal.tagger.properties import NO_LISTS, Lists, codes_of
from casemill.personal.tagger.tokens import cut

NONE, FIRST, INNER = range(3)


def written(*pieces: str) -> list[list[int]]:
    """For each piece how the line of each of its tokens is written."""
    cuts = [cut(piece) for piece in pieces]
    counts = np.array([len(tokens) for tokens in cuts], np.int64)
    levels = rows(faces([token for tokens in cuts for token in tokens], NO_LISTS), counts) // FACES
    return [part.tolist() for part in np.split(levels, np.cumsum(counts)[:-1])]


def line(text: str) -> int:
    """How the only line of a text is written."""
    [found] = {*written(text)[0]}
    return int(found)


def test_a_line_in_small_letters_has_no_capitals() -> None:
    assert line("где мой заказ? жду") == NONE


def test_a_capital_that_begins_a_sentence_is_expected_there() -> None:
    assert line("Где мой заказ? Жду ответа") == FIRST
    assert line("«Где заказ»") == FIRST


def test_a_capital_inside_of_a_sentence_is_a_decision() -> None:
    assert line("где Анна") == INNER
    assert line("заказ, Анна") == INNER
    assert line("в 5 Анна") == INNER


def test_words_in_capitals_and_mixed_ones_say_nothing_of_the_line() -> None:
    assert line("мой ИИН в WhatsApp") == NONE


def test_each_line_is_written_for_itself() -> None:
    assert written("где Анна\nпривет\nГде")[0] == [INNER, INNER, INNER, NONE, NONE, FIRST]


def test_a_piece_is_written_alike_whatever_stands_before_it() -> None:
    alone = [written(text)[0] for text in ("Анна", "где", ", Анна")]
    assert written("Анна", "где", ", Анна") == alone
    assert written("", "Анна")[1] == alone[0]


def test_what_is_covered_counts_as_a_word() -> None:
    assert line("\0\0\0 Анна") == INNER


def test_a_face_is_a_kind_and_the_flags_of_the_lists() -> None:
    keys = codes_of(["анна"])
    lists = Lists(keys, np.array([1], np.uint8))
    found = faces(["Анна", " анна", " АННА", "7", " ", "\n", ".", ",", "\0\0"], lists)
    assert (found // FLAGS).tolist() == [CAPITAL, SMALL, OTHER, OTHER, SIGN, LINE_END, STOP, SIGN, OTHER]
    assert (found % FLAGS).tolist() == [1, 1, 1, 0, 0, 0, 0, 0, 0]


def test_nothing_is_written_where_nothing_stands() -> None:
    assert rows(np.zeros(0, np.uint8), np.array([0, 0], np.int64)).tolist() == []
