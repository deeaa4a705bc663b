"""However a word is written, it is looked at in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.ingest.screening.folding import LONGEST, fold


@pytest.mark.parametrize(
    "text",
    [
        "kill myself",
        "KILL MYSELF",
        "k i l l   m y s e l f",
        "kill.myself",
        "kill_myself",
        "k1ll mys3lf",
        "ki11 my$elf",
        "kiII myself",
        "кіll mуsеlf",
        "killlll myyyself",
        "ki\u200bll my\u00adself",
        "ｋｉｌｌ ｍｙｓｅｌｆ",
        "𝐤𝐢𝐥𝐥 𝓶𝔂𝓼𝓮𝓵𝓯",
        "kíll mýself",
    ],
)
def test_a_hidden_word_is_read_as_it_is_meant(text: str) -> None:
    assert fold(text) == "kil myself"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("хoчу yмepeть", "хочу умереть"),
        ("хочу ум3реть", "хочу умзреть"),
        ("с0тқа", "сотка"),
        ("өмір сүргім келмейді", "омир сургим келмеиди"),
        ("всё", "все"),
        ("I can’t", "i cant"),
        ("order 4512 of 2026", "order 4512 of 2026"),
        ("die!", "die!"),
    ],
)
def test_alphabets_signs_and_numbers_stay_apart(text: str, read: str) -> None:
    assert fold(text) == read


def test_kazakh_typed_with_russian_letters_is_the_same_word() -> None:
    assert fold("өлгім келеді") == fold("олгим келеди")


@given(st.text())
def test_any_text_is_folded(text: str) -> None:
    assert fold(text) is not None


def test_a_text_is_read_up_to_a_length() -> None:
    assert len(fold("ab" * LONGEST)) == LONGEST
