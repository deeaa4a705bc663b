"""What is said before an address tells that it is one, in any of the languages, and is no part of it."""

import pytest

from casemill.personal.address_cues import is_cue, is_cued, without_cue


@pytest.mark.parametrize(
    "text",
    ["please ship it to |abay 12", "доставьте мне на |абая 12", "privezite na |abaya 12", "vivo en |mayor 12"],
)
def test_a_cue_with_small_words_stands_before_an_address(text: str) -> None:
    assert is_cued(text.replace("|", ""), text.index("|"))


@pytest.mark.parametrize("text", ["shipped two |abay 12", "deliver\n|abay 12", "zakaz |88120", "доставка: \0 |абая 12"])
def test_other_words_lines_and_what_is_covered_part_it_from_its_cue(text: str) -> None:
    assert not is_cued(text.replace("|", ""), text.index("|"))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("dostavka na abaya 12", "abaya 12"),
        ("moy adres lenina 45", "lenina 45"),
        ("abay 12", "abay 12"),
        ("na abaya 12", "na abaya 12"),
        ("dostavka 2 raza", "dostavka 2 raza"),
    ],
)
def test_an_address_begins_behind_its_cue(text: str, rest: str) -> None:
    assert text[without_cue(text, 0, end=len(text)) :] == rest


def test_a_cue_is_known_by_its_beginning() -> None:
    assert is_cue("тұрамын")
    assert not is_cue("заказ")
