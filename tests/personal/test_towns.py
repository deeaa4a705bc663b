"""Towns and countries are known in every ending; names of people are none."""

import pytest

from casemill.personal.towns import is_town


@pytest.mark.parametrize("word", ["almaty", "san diego", "lyon", "астане", "казахстану", "москвой", "қарағандыға"])
def test_towns_and_countries_are_known(word: str) -> None:
    assert is_town(word)


@pytest.mark.parametrize("word", ["milan", "georgia", "anna", "марат", "семён", "адам"])
def test_names_of_people_are_no_towns(word: str) -> None:
    assert not is_town(word)
