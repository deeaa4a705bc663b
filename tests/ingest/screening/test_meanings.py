"""What words are about is the same in three languages, in whatever form they stand."""

import pytest

from casemill.ingest.screening.folding import fold
from casemill.ingest.screening.meanings import meanings, names


def about(word: str) -> set[str]:
    return {names()[number] for number in meanings(fold(word))}


@pytest.mark.parametrize("word", ["bridge", "bridges", "мосту", "көпірде", "К0ПІРДЕ", "brіdge"])
def test_a_word_is_about_the_same_in_each_language_and_form(word: str) -> None:
    assert "height" in about(word)


@pytest.mark.parametrize("word", ["lawyer", "адвокатом", "заңгеріммен"])
def test_so_is_another(word: str) -> None:
    assert "lawyer" in about(word)


def test_a_word_may_be_about_several_things_and_most_about_none() -> None:
    assert {"hurt", "method"} <= about("cuts") | about("cut") | about("hang")
    assert about("seventeen") == set()
    assert meanings("") == ()


def test_whole_words_are_not_met_by_their_beginnings() -> None:
    assert "weapon" in about("bat")
    assert "weapon" not in about("battery")
