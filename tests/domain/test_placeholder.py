"""Placeholders: what has the form of one, and how numbers are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.domain.placeholder import LABELS, PLACEHOLDER, bracketed, number_of, placeholders_in


@given(st.sampled_from(sorted(LABELS)), st.integers(1, 7_000_000))
def test_a_number_is_read_as_it_was_written(label: str, number: int) -> None:
    found = PLACEHOLDER.fullmatch(bracketed(label, number))
    assert found is not None
    assert (found[1], number_of(found[2])) == (label, number)


@given(st.integers(1, 7_000_000))
def test_no_placeholder_holds_more_than_four_digits(number: int) -> None:
    assert sum(map(str.isdigit, bracketed("NAME", number))) <= 4


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "[NAME_1]"),
        (9_999, "[NAME_9999]"),
        (10_000, "[NAME_1A]"),
        (269_973, "[NAME_9999Z]"),
        (269_974, "[NAME_1AA]"),
    ],
)
def test_numbers_go_on_with_letters(number: int, written: str) -> None:
    assert bracketed("NAME", number) == written


def test_the_label_of_nobody_makes_no_placeholder() -> None:
    text = "[NAME_1] [ANNA_1] [CARD_LAST4_2] [ORDER_548921] [NAME_01] [name_1]"
    assert [match[0] for match in placeholders_in(text)] == ["[NAME_1]", "[CARD_LAST4_2]"]
    assert [match[0] for match in placeholders_in(text, {"ANNA"})] == ["[ANNA_1]"]
