"""Cutting: tokens tile the text, a covered value is one token, possessives stand alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.personal.tagger.tokens import cut


@given(st.text(max_size=200))
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(cut(text)) == text


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Hi, Anna!", ["Hi", ",", " Anna", "!"]),
        ("Anna's bag", ["Anna", "'s", " bag"]),
        ("O'Brien won’t", ["O'Brien", " won’t"]),
        ("call \0\0\0\0 now", ["call", " \0\0\0\0", " now"]),
        ("Main St\n\n  Almaty", ["Main", " St", "\n\n  ", "Almaty"]),
        ("Smith-Jones", ["Smith", "-", "Jones"]),
        ("a_b", ["a", "_", "b"]),
        ("Jose\u0301 X", ["Jose\u0301", " X"]),
    ],
    ids=["words", "possessive", "apostrophe", "covered", "blank-line", "hyphen", "underscore", "combining"],
)
def test_words_numbers_signs_and_line_ends_are_tokens(text: str, tokens: list[str]) -> None:
    assert cut(text) == tokens


def test_a_word_without_end_is_cut_into_pieces() -> None:
    assert max(map(len, cut("a" * 100_000))) <= 80
