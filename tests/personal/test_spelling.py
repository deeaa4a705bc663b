"""One name in two alphabets."""

import pytest

from casemill.personal.masking import mask_together
from casemill.personal.spelling import same_letters, sound


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        *(("Анна", "Anna"), ("Каримова", "Karimova"), ("Юлия", "Yulia"), ("Юлия", "Iuliya"), ("Щукин", "Shchukin")),
        *(("Чехов", "Chekhov"), ("Алексей", "Aleksey"), ("Алексей", "Alexey"), ("Айгерим", "Aigerim")),
        *(("Жанар", "Zhanar"), ("Дәурен", "Dauren"), ("Қайрат", "Kairat"), ("Цой", "Tsoy")),
    ],
)
def test_a_name_sounds_alike_in_both_alphabets(cyrillic: str, latin: str) -> None:
    assert sound(cyrillic) == sound(latin)
    assert not same_letters(cyrillic, latin)


@pytest.mark.parametrize(("one", "other"), [("Анна", "Alla"), ("Каримова", "Karimov"), ("Марина", "Irina")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_somebody_with_first_and_last_name_in_both_alphabets_is_one_person() -> None:
    together = mask_together(["Меня зовут Анна Каримова.", "My name is Anna Karimova.", "Thank you, Anna!"])
    assert [masked.text for masked in together.texts] == [
        "Меня зовут [NAME_1].",
        "My name is [NAME_1].",
        "Thank you, [NAME_1]!",
    ]


def test_one_word_that_agrees_is_not_enough() -> None:
    together = mask_together(["Меня зовут Анна Каримова.", "My name is Anna Sokolova."])
    assert [masked.text for masked in together.texts] == ["Меня зовут [NAME_1].", "My name is [NAME_2]."]
