"""Reading a text: places in its lower case are places in it, words begin where no letter stands before them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.personal.context import before, beginnings, found_at, key_of, keys_of, lower, runs_of


@given(st.text())
def test_lower_case_has_as_many_characters(text: str) -> None:
    assert len(lower(text)) == len(text)


@given(st.text())
def test_every_run_of_digits_is_found_whole(text: str) -> None:
    for start, end in runs_of(text):
        assert text[start:end].isascii()
        assert text[start:end].isdigit()
        assert not (text[end : end + 1].isascii() and text[end : end + 1].isdigit())


@pytest.mark.parametrize("text", ["my order no. 5", "мой заказ №5", "İstanbul order_id"])
def test_a_text_that_holds_a_stem_has_its_key(text: str) -> None:
    for stem in ("order", "заказ"):
        if stem in lower(text):
            assert key_of(stem) in keys_of(lower(text))


def test_a_word_begins_where_no_letter_or_digit_stands_before_it() -> None:
    assert list(beginnings("or", "or for order_or 1or")) == [0, 7, 13]


def test_what_stands_before_has_no_half_words_and_ends_at_what_is_covered() -> None:
    assert before("My order number 5", 16, width=10) == " number "
    assert before("phone \0\0 here 5", 14) == " here "


@given(st.text("aAnickNICK .1_", max_size=60))
def test_matches_sought_by_their_stems_are_those_that_the_pattern_finds(text: str) -> None:
    pattern = re.compile(r"(?<![^\W_])(?:nick|nic|a)[ .]?(?P<id>[\w.]{1,8})", re.IGNORECASE)
    sought = [match.span() for match in found_at(pattern, text, stems=("nick", "nic", "a"))]
    assert sought == [match.span() for match in pattern.finditer(text)]
