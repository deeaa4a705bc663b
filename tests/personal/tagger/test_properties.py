"""What the tagger sees of a word: forms, not spaces; lists without accents; nothing that spells the word."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.personal.tagger.properties import EDGE, SLOTS, Lists, alike, codes_of, folded, properties
from casemill.personal.tagger.tokens import cut

NAMES = [slot.name for slot in SLOTS]


def seen(token: str, name: str, lists: Lists | None = None) -> int:
    rows = properties([token], lists) if lists else properties([token])
    return int(rows[0, NAMES.index(name)])


def test_the_blanks_before_a_word_change_only_whether_it_is_joined() -> None:
    apart, joined = properties([" Anna", "Anna"])
    assert [name for name, one, other in zip(NAMES, apart, joined, strict=True) if one != other] == ["joined"]


def test_case_is_apart_from_the_word() -> None:
    assert seen("Anna", "word") == seen("ANNA", "word") == seen("anna", "word")
    assert len({seen("Anna", "kind"), seen("ANNA", "kind"), seen("anna", "kind")}) == 3


def test_digits_are_seen_by_their_number_only() -> None:
    assert np.array_equal(properties(["5317"]), properties(["8844"]))
    assert seen("5317", "kind") != seen("53170", "kind")
    assert seen("2024", "kind") != seen("5317", "kind")


@given(st.text(st.sampled_from("0123456789²٣a.W' "), max_size=12))
def test_one_number_stands_for_all_that_look_the_same(text: str) -> None:
    for token in cut(text):
        assert len(alike(token)) == len(token)
        assert alike(alike(token)) == alike(token)
        assert np.array_equal(properties([alike(token)]), properties([token]))


def test_what_stands_for_a_number_has_its_digits_and_is_a_year_where_it_is() -> None:
    same = {" 5317": " 0000", "1984": "1900", "20ab": "00ab", "W9": "W0", "Anna": "Anna"}
    assert {token: alike(token) for token in same} == same


def test_every_covered_value_looks_the_same() -> None:
    assert np.array_equal(properties([" \0\0\0"]), properties([" " + "\0" * 40]))


def test_ends_of_lines_and_of_texts_are_told_apart() -> None:
    assert len({seen(token, "kind") for token in (EDGE, "\n", "\n\n", ".")}) == 4


@pytest.mark.parametrize("token", ["", " ", "\n", "\0", "\ud800", "a" * 80, "é" * 80, "¹²", "_"], ids=ascii)
def test_every_token_has_properties(token: str) -> None:
    assert properties([token]).shape == (1, len(SLOTS))


@pytest.mark.parametrize(
    ("word", "plain"),
    [("jiří", "jiri"), ("søren", "soren"), ("анна", "анна"), ("алёна", "алена"), ("йод", "йод"), ("łódź", "lodz")],
    ids=["caron", "slashed", "cyrillic", "yo", "short-i", "barred"],
)
def test_lists_are_looked_up_without_accents(word: str, plain: str) -> None:
    assert folded(word) == plain


def test_a_listed_word_carries_its_flags() -> None:
    lists = Lists(codes_of(["jiri"]), np.array([3], np.uint8))
    assert seen("Jiří", "listed", lists) != 0
    assert seen("Petra", "listed", lists) == 0
