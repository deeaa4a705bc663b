"""Names that are words, in small letters: somebody where the grammar speaks of a person, else a word."""

import pytest

from casemill.personal.masking import identity_of, mask_together


def masked(text: str, name: str) -> str:
    return mask_together([text], known=[identity_of(name, role="customer")]).texts[0].text


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("this is mark", "Mark Will", "this is [NAME_1]"),
        ("the bot lied to mark.", "Mark Will", "the bot lied to [NAME_1]."),
        ("hi, its late, thanks mark", "Mark Will", "hi, its late, thanks [NAME_1]"),
        ("will called you twice", "Will Price", "[NAME_1] called you twice"),
        ("mail for smith is lost", "John Smith", "mail for [NAME_1] is lost"),
        ("роза ждёт", "Роза Лев", "[NAME_1] ждёт"),
        ("лев ещё не получил", "Роза Лев", "[NAME_1] ещё не получил"),
        ("меня зовут вера", "Вера Ким", "меня зовут [NAME_1]"),
        ("арман күтіп отыр", "Арман Серікұлы", "[NAME_1] күтіп отыр"),
    ],
)
def test_a_lone_word_goes_where_it_is_said_of_a_person(text: str, name: str, rest: str) -> None:
    assert masked(text, name) == rest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("please mark it as done", "Mark Will"),
        ("i want to mark the order", "Mark Will"),
        ("the price is wrong", "Will Price"),
        ("the page says error", "Larry Page"),
        ("this is long", "Anna Long"),
        ("роза в букете завяла", "Роза Лев"),
        ("вера в вас пропала", "Вера Ким"),
    ],
)
def test_elsewhere_it_is_a_word(text: str, name: str) -> None:
    assert masked(text, name) == text


def test_nobody_known_is_no_reason_to_look() -> None:
    assert mask_together(["smith lied to mark"]).texts[0].text.endswith("lied to mark")
