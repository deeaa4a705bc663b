"""A made-up name takes every form that the real one had."""

import pytest

from casemill.personal.inflection import plain
from casemill.personal.surrogate.avoided import Avoided
from casemill.personal.surrogate.chance import Draw
from casemill.personal.surrogate.company import Company
from casemill.personal.surrogate.grammar import CASES, Gender, forms, latin
from casemill.personal.surrogate.kazakh import with_suffix
from casemill.personal.surrogate.lists import KAZAKH, LATIN, RUSSIAN
from casemill.personal.surrogate.person import Met, Person


def person(*real: str, number: int = 1, before: str = "") -> Person:
    avoided = Avoided()
    avoided.add(real)
    met = Met(real, {form: (before,) for form in real if before})
    return Person(met, Draw("seed", f"[NAME_{number}]"), company=Company(avoided))


def test_every_writing_of_a_name_has_the_same_counterpart() -> None:
    anna = person("Anna Karimova", "anna", "KARIMOVA", "Anna K.")
    given, surname = anna.given(), anna.surname()
    assert anna.written_as("Anna Karimova") == f"{given} {surname}"
    assert anna.written_as("anna") == given.lower()
    assert anna.written_as("KARIMOVA") == surname.upper()
    assert anna.written_as("Karimova, Anna") == f"{surname}, {given}"
    assert anna.written_as("annakarimova") == f"{given}{surname}".lower()


def test_initials_stay_initials() -> None:
    anna = person("Anna Karimova", "А")
    given, surname = anna.given(), anna.surname()
    assert anna.written_as("A. Karimova") == f"{given[0]}. {surname}"
    assert anna.written_as("Anna K.") == f"{given} {surname[0]}."
    assert anna.written_as("anna k") == f"{given} {surname[0]}".lower()


def test_a_patronymic_has_its_own_counterpart_and_initial() -> None:
    anna = person("Анна Сергеевна Каримова")
    full = anna.written_as("Анна Сергеевна Каримова").split()
    assert len(full) == 3
    assert full[1].endswith("вна")
    assert anna.written_as("Каримовой А.С.").split()[1] == f"{full[0][0]}.{full[1][0]}."


@pytest.mark.parametrize("real", ["Айгүл Сериковна", "Нұрлан Әбдіғалиұлы", "Борис Львович"])
def test_the_word_beside_a_patronymic_is_a_given_name(real: str) -> None:
    somebody = person(real)
    assert somebody.written_as(real).split()[0] == somebody.given()


@pytest.mark.parametrize(
    ("name", "before", "gender"),
    [
        ("Анна Каримова", "", "f"),
        ("Иван Петров", "", "m"),
        ("Саша Ледовская", "", "f"),
        ("Aigerim Nurlanova", "", "f"),
        ("Sergey Ivanov", "", "m"),
        ("John Smith", "", "m"),
        ("Emily Stone", "", "f"),
        ("Smith", "Mrs", "f"),
        ("Smith", "Mr", "m"),
        ("Әлия Серікқызы", "", "f"),
    ],
)
def test_the_gender_that_a_name_shows_stays(name: str, before: str, gender: Gender) -> None:
    somebody = person(name, before=before)
    assert somebody.gender == gender
    names = {"russian": RUSSIAN, "kazakh": KAZAKH, "latin": LATIN}[somebody.locale.removeprefix("latin ") or "latin"]
    among = names.women if gender == "f" else names.men
    assert somebody.given() in {*among, *map(latin, among)}


@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("Ludwig Berg", "latin"),
        ("Anna Karimova", "latin russian"),
        ("Yerlan Abayev", "latin kazakh"),
        ("Анна Каримова", "russian"),
        ("Айгүл Серікова", "kazakh"),
        ("王小明", "latin"),
    ],
)
def test_a_name_stays_in_its_language_and_script(name: str, locale: str) -> None:
    assert person(name).locale == locale


def test_russian_cases_go_over() -> None:
    anna = person("Анна Каримова")
    given, surname = anna.given(), anna.surname()
    bent = forms(surname, role="surname", gender="f")[:CASES]
    cases = zip(forms(given, role="given", gender="f"), bent, strict=True)
    whose, to_whom, whom, by_whom = [" ".join(pair) for pair in cases][1:5]
    assert anna.written_as("Анны Каримовой") == whose
    assert anna.written_as("Анне Каримовой") == to_whom.replace(to_whom.split()[1], whose.split()[1])
    assert anna.written_as("Анну Каримову") == whom
    assert anna.written_as("Анной Каримовой") == by_whom


def test_a_name_met_only_in_another_case_is_understood_where_it_is_a_common_one() -> None:
    ivan = person("Иваном")
    assert ivan.gender == "m"
    assert ivan.written_as("Иваном") == forms(ivan.given(), role="given", gender="m")[4]


def test_kazakh_endings_go_over_with_their_harmony() -> None:
    aidos = person("Айдос Сейітқали")
    assert aidos.written_as("Айдосқа") == with_suffix(aidos.given(), "ға")
    assert aidos.written_as("Айдостың") == with_suffix(aidos.given(), "ның")


@pytest.mark.parametrize(
    ("name", "suffix", "expected"),
    [
        ("Айдос", "ға", "Айдосқа"),
        ("Ерлан", "дан", "Ерланнан"),
        ("Гүлдана", "ның", "Гүлдананың"),
        ("Жібек", "мен", "Жібекпен"),
        ("Шынар", "ның", "Шынардың"),
        ("Меруерт", "ға", "Меруертке"),
        ("Қаз", "мен", "Қазбен"),
    ],
)
def test_the_ending_fits_the_last_vowel_and_sound(name: str, suffix: str, expected: str) -> None:
    assert with_suffix(name, suffix) == expected


@pytest.mark.parametrize(
    ("name", "gender", "expected"),
    [
        ("Ольга", "f", "Ольга Ольги Ольге Ольгу Ольгой Ольге"),
        ("Лидия", "f", "Лидия Лидии Лидии Лидию Лидией Лидии"),
        ("Глеб", "m", "Глеб Глеба Глебу Глеба Глебом Глебе"),
        ("Валерий", "m", "Валерий Валерия Валерию Валерия Валерием Валерии"),
        ("Матвей", "m", "Матвей Матвея Матвею Матвея Матвеем Матвее"),
        ("Павел", "m", "Павел Павла Павлу Павла Павлом Павле"),
    ],
)
def test_given_names_decline(name: str, gender: Gender, expected: str) -> None:
    assert forms(name, role="given", gender=gender) == tuple(expected.split())


def test_no_word_of_the_real_name_is_in_the_made_up_one() -> None:
    for number in range(200):
        real = (LATIN.women[number % 30], LATIN.surnames[number % 60])
        somebody = person(" ".join(real), number=number)
        assert somebody.given() not in real
        assert somebody.surname() not in real
        assert plain(somebody.given())[0] != plain(real[0])[0]


def test_lists_hold_sixty_given_names_and_sixty_surnames_a_locale() -> None:
    for names in (LATIN, RUSSIAN, KAZAKH):
        assert len(set(names.women) | set(names.men)) == len(set(names.surnames)) == 60


@pytest.mark.parametrize(
    ("real", "mention", "endings"),
    [
        (("Иван Петрович Сидоров", "Ивану Петровичу"), "Ивану Петровичу", ("у", "ичу")),
        (("Олжас Петрович Сидоров",), "Олжасом Петровичем", ("ом", "ичем")),
        (("Анна Сергеевна Каримова", "Анне Сергеевне"), "Анне Сергеевне", ("е", "вне")),
    ],
)
def test_given_name_and_patronymic_bend_together(real: tuple[str, ...], mention: str, endings: tuple[str, ...]) -> None:
    words = person(*real).written_as(mention).split()
    assert len(words) == len(endings)
    for word, ending in zip(words, endings, strict=True):
        assert word.endswith((ending, ending.replace("у", "ю"), ending.replace("ом", "ем")))


@pytest.mark.parametrize(
    ("mention", "endings"), [("Айгүлге", ("ге", "ға", "ке", "қа")), ("Нұрланованың", ("ның", "нің", "дың", "дің"))]
)
def test_a_kazakh_ending_goes_on_the_counterpart(mention: str, endings: tuple[str, ...]) -> None:
    assert person("Айгүл Серікқызы Нұрланова", mention).written_as(mention).endswith(endings)


def test_a_kazakh_ending_is_told_from_the_surname_alone() -> None:
    assert person("Айгүл Нұрланованың").written_as("Айгүл Нұрланованың").endswith(("ның", "нің"))
