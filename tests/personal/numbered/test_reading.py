"""A number that the word before it explains: which words go between, where a list ends, what the marker changes."""

import re

import pytest

from casemill.personal.numbered import KINDS
from casemill.personal.numbered.reading import Kinds, Numbered


def _three(text: str, strong: bool) -> bool:
    return text.isdigit() and len(text) >= (3 if strong else 5)


LAMPS = Kinds((Numbered("TICKET", ("lamp",), re.compile(r"lamps?(?![^\W_])"), _three),))


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in LAMPS.find(text)]


@pytest.mark.parametrize("text", ["lamp 12345", "Lamp: 12345", "lamp_12345", "lamp is 12345", "lamp (with the 12345)"])
def test_signs_and_small_words_may_stand_between(text: str) -> None:
    assert found(text) == ["12345"]


@pytest.mark.parametrize("text", ["lamp broke 12345", "clamp 12345", "lamp\0 12345", "lamp for 12345"])
def test_another_word_or_something_covered_may_not(text: str) -> None:
    assert found(text) == []


def test_a_marker_makes_a_shorter_number_believed() -> None:
    assert found("lamp 123") == []
    assert found("lamp no. 123") == ["123"]
    assert found("lamp #123") == ["#123"]


def test_a_list_goes_on_while_its_numbers_are_alike() -> None:
    assert found("lamps 12345, 12346 and 12347") == ["12345", "12346", "12347"]
    assert found("lamps 12345 and 87011234567") == ["12345"]


def test_every_kind_is_found_in_one_pass() -> None:
    text = "ticket 884512, account number 85731890"
    assert [(text[span.start : span.end], span.label) for span in KINDS.find(text)] == [
        ("884512", "TICKET"),
        ("85731890", "ACCOUNT"),
    ]
