"""The leak check's own way to a name in the other alphabet."""

import pytest

from casemill.anonymize.leaks_known import Own, heard_of, text_of
from casemill.anonymize.leaks_letters import folds, is_ended, is_other_script
from casemill.domain.arrival import Identity


def found(text: str, *names: str, phones: tuple[str, ...] = ()) -> list[str]:
    searched = text_of(text)
    own = Own([Identity(role="customer", names=names, phones=phones)])
    return [searched.plain[met.start : met.end] for met in own.find(searched)]


@pytest.mark.parametrize(
    ("text", "name", "pieces"),
    [
        ("пишет gulnara ospanova уже", "Гульнара Оспанова", ["gulnara", "ospanova"]),
        ("ospanovoi gulnare", "Гульнара Оспанова", ["ospanovoi", "gulnare"]),
        ("call shcherbakova back, Julia", "Юлия Щербакова", ["shcherbakova", "julia"]),
        ("каримовой анне", "Anna Karimova", ["каримовой", "анне"]),
        ("Каримовой не звонили", "Anna Karimova", ["каримовой"]),
        ("zhanna li wrote", "Жанна Ли", ["zhanna"]),
    ],
)
def test_a_name_of_the_ticket_is_found_in_the_other_alphabet(text: str, name: str, pieces: list[str]) -> None:
    assert found(text, name) == pieces


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a garland for the guru", "Гульнара Оспанова"),
        ("она сказала, карман пуст", "Anna Karimova"),
        ("mark the line", "Марк Лин"),
        ("each roy", "Рой Ким"),
    ],
)
def test_a_word_that_is_another_s_is_not(text: str, name: str) -> None:
    assert found(text, name) == []


def test_a_phone_without_its_code_is_the_phone() -> None:
    assert found("call 555 01 01 or 555 01 02", phones=("+77015550101",)) == ["555 01 01"]


def test_both_alphabets_leave_the_same_of_a_name() -> None:
    assert folds("жексенбаева")[0] in folds("jeksenbayeva")
    assert is_ended("щербакова", "scherbakovoi")
    assert not is_ended("марина", "irina")
    assert is_other_script("анна", "anna")
    assert not is_other_script("анна", "ірина")
    [told] = heard_of([Identity(role="customer", names=("Анна Каримова",))])
    assert told == ("NAME", "ana karimova")
