"""Known people in the other alphabet, and words of the other language that only sound like them."""

import pytest

from casemill.personal.heard import Heard, HeardName, is_no_word
from casemill.personal.masking import Masked, identity_of, mask_together


def masked(text: str, *known: str) -> Masked:
    return mask_together([text], known=[identity_of(name, role="customer") for name in known]).texts[0]


@pytest.mark.parametrize(
    ("name", "mentions"),
    [
        ("Гульнара Оспанова", ["gulnara ospanova", "ospanova", "Gulnaru", "ospanovoi gulnare", "gulnara_ospanova"]),
        ("Юлия Щербакова", ["Yulia Shcherbakova", "iuliia", "Julia", "scherbakovu"]),
        ("Жанар Жексенбаева", ["Janar", "zheksenbayeva", "Jeksenbaeva"]),
        ("Дмитрий Соловьёв", ["dmitriy", "Dmitriyu", "solovyov", "Soloviev"]),
        ("Қайрат Мұхтаров", ["Qairat", "kayrat", "mukhtarov"]),
        ("Anna Karimova", ["анна каримова", "Анне", "Каримовой"]),
        ("Aidos Ostrovsky", ["Айдосқа", "Островского", "островскому"]),
        ("John Smith", ["Джон Смит", "смиту"]),
    ],
)
def test_a_known_person_is_found_in_the_other_alphabet(name: str, mentions: list[str]) -> None:
    for mention in mentions:
        assert masked(f"({mention}) 3", name).text == "([NAME_1]) 3"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the line is busy", "Лина Рой"),
        ("bookmark the market", "Марк Ким"),
        ("i dine in may", "Дина Май"),
        ("нам не ответили", "Nam Tran"),
        ("заказ дан мне", "Dan Berg"),
        ("она сама это знает", "Anna Sama"),
    ],
)
def test_a_word_of_the_other_language_is_nobody(text: str, name: str) -> None:
    assert masked(text, name).text == text


def test_an_account_that_is_made_of_a_name_and_an_initial_goes_whole() -> None:
    assert masked("(g.ospanova) 3", "Гульнара Оспанова").text == "([NAME_1]) 3"
    assert masked("ждала анна.я жду", "Анна Якова").text == "ждала [NAME_1].я жду"


def test_places_of_heard_words_are_told_with_the_name_that_they_are() -> None:
    heard = Heard()
    heard.learn("анна")
    assert list(heard.find("to anna.")) == [HeardName(3, 7, "анна", "anna")]
    assert list(heard.find("анна и joanna")) == []


def test_an_everyday_word_is_no_sure_name() -> None:
    assert is_no_word(HeardName(0, 4, "анна", "anna"))
    assert not is_no_word(HeardName(0, 4, "лина", "line"))
