"""One made-up person in both alphabets; kin keep their surname; every ending goes over."""

import pytest

from casemill.personal.surrogate.grammar import CASES, Gender, forms, latin, of_woman
from casemill.personal.surrogate.kazakh import in_russian, with_suffix
from casemill.personal.surrogate.lists import KAZAKH, LATIN, LATIN_IN_CYRILLIC, RUSSIAN
from personal.dressing import dressed, played

SEEDS = [f"seed {number}" for number in range(12)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_name_is_in_the_letters_that_it_was_written_in(seed: str) -> None:
    english, russian, shouted = played(
        "I am {NAME_1 Anna Karimova}", "{NAME_1 Анна Каримова} пишет", "{NAME_1 ANNA} again", seed=seed
    )
    assert english.isascii()
    assert [latin(word) for word in russian.split()] == english.split()
    assert shouted == english.split()[0].upper()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_foreigner_in_cyrillic_letters_is_the_same_foreigner(seed: str) -> None:
    english, russian, to_him = played("{NAME_1 John Smith}, {NAME_1 Джон Смит}; дайте {NAME_1 Джону Смиту}", seed=seed)
    given, surname = english.split()
    assert given in LATIN.men
    in_cyrillic = (
        LATIN_IN_CYRILLIC.men[LATIN.men.index(given)],
        LATIN_IN_CYRILLIC.surnames[LATIN.surnames.index(surname)],
    )
    assert russian.split() == [*in_cyrillic]
    bent = forms(in_cyrillic[0], role="given", gender="m")[2], forms(in_cyrillic[1], role="surname", gender="m")[2]
    assert to_him.split() == [*bent]


def test_every_foreign_name_has_its_cyrillic_writing() -> None:
    for names, written in zip(LATIN, LATIN_IN_CYRILLIC, strict=True):
        assert len(names) == len(written) == len(set(written))
        assert not any(name.isascii() for name in written)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_family_keeps_one_surname_and_its_titles(seed: str) -> None:
    john, mr, mrs, jane, both, initial = played(
        "{NAME_1 John Smith} wrote, Mr. {NAME_1 Smith}; Mrs. {NAME_2 Smith}, {NAME_2 Jane Smith}; "
        "Mr and Mrs {NAME_3 Smith}; {NAME_4 J. Smith}",
        seed=seed,
    )
    his, surname = john.split()
    assert his in LATIN.men
    assert jane.split()[0] in LATIN.women
    assert jane.split()[1] == mr == mrs == both == surname
    assert initial == f"{his[0]}. {surname}"


def test_a_title_alone_tells_the_gender_but_no_other_name_does_not_follow_it() -> None:
    [mr, full] = played("Mr. {NAME_1 Brown}; {NAME_1 John Brown}")
    assert full.split()[0] in LATIN.men
    assert full.split()[1] == mr
    [_, john] = played("Mrs {NAME_1 Smith}, {NAME_1 John Smith}")
    assert john.split()[0] in LATIN.men


@pytest.mark.parametrize("seed", SEEDS)
def test_wife_husband_and_both_have_a_surname_in_their_gender(seed: str) -> None:
    anna, timur, both, english = played(
        "{NAME_1 Анна Каримова} и {NAME_2 Тимур Каримов}, {NAME_3 Каримовы}; {NAME_4 Timur Karimov}", seed=seed
    )
    his = timur.split()[1]
    assert anna.split()[1] == of_woman(his)
    assert both == forms(his, role="surname", gender="m")[6]
    assert english.split()[1] == latin(his)
    assert anna.split()[0] != timur.split()[0]


def test_the_title_of_a_couple_makes_nobody_a_woman() -> None:
    firsts = {played("Mr and Mrs {NAME_1 Smith}; {NAME_1 Zorian Smith}", seed=seed)[1].split()[0] for seed in SEEDS}
    assert not firsts.isdisjoint(LATIN.men)


def test_strangers_have_other_surnames() -> None:
    surnames = [name.split()[1] for name in played("{NAME_1 Anna Stone}, {NAME_2 Omar Brook}, {NAME_3 Ida Moss}")]
    assert len(set(surnames)) == 3


@pytest.mark.parametrize("seed", SEEDS)
def test_a_surname_without_cases_is_played_by_one_that_bends(seed: str) -> None:
    olga, bent = played("{NAME_1 Ольга Ким} ждёт. Позовите {NAME_1 Ольгу Ким}", seed=seed)
    given, surname = olga.split()
    assert bent.split() == [
        forms(given, role="given", gender="f")[3],
        forms(surname, role="surname", gender="f")[3],
    ]


@pytest.mark.parametrize(
    ("met", "gender"),
    [
        ("Александру Петрову ждёт {NAME_1 Александра Петрова}", "f"),
        ("Верните {NAME_1 Александру Петрову}: {NAME_1 Александр} ждёт", "m"),
        ("Видели {NAME_1 Юлию Толстую}", "f"),
        ("Пишет {NAME_1 Саша Белый}", "m"),
        ("Нет {NAME_1 Снежаны Ветровой}", "f"),
        ("Нет {NAME_1 Аделины Ким}", "f"),
        ("Нет {NAME_1 Бронислава Гринского}", "m"),
    ],
)
def test_the_words_of_a_name_tell_together_whose_it_is(met: str, gender: Gender) -> None:
    given, surname = played(met)[0].split()
    names = RUSSIAN.women if gender == "f" else RUSSIAN.men
    assert given in {form for name in names for form in forms(name, role="given", gender=gender)}
    surnames = [of_woman(name) if gender == "f" else name for name in RUSSIAN.surnames]
    assert surname in {form for name in surnames for form in forms(name, role="surname", gender=gender)[:CASES]}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_kazakh_name_met_only_with_endings_keeps_them(seed: str) -> None:
    whose, to_whom, with_whom = played(
        "{NAME_1 Айгүлдің} ақшасы қайтпады, {NAME_1 Айгүлге} қайтарыңыз, {NAME_1 айгүлмен} сөйлестім", seed=seed
    )
    name = next(one for one in KAZAKH.women if with_suffix(one, "ның") == whose)
    assert to_whom == with_suffix(name, "ға")
    assert with_whom == with_suffix(name, "мен").lower()


def test_one_who_says_who_he_is_in_kazakh_does_so_still() -> None:
    i_am, to_me, full = played("мен {NAME_1 ерболатпын}. {NAME_1 Ерболатқа} жазыңыз, {NAME_1 Ерболат Әбенов}")
    given = full.split()[0]
    assert i_am == with_suffix(given, "мын").lower()
    assert to_me == with_suffix(given, "ға")


@pytest.mark.parametrize("name", ["Султан", "Фарида", "Агата"])
def test_a_name_that_only_looks_as_if_it_had_a_kazakh_ending_has_none(name: str) -> None:
    [alone] = played(f"{{NAME_1 {name}}} келді, күтіп отыр")
    assert alone in (*KAZAKH.women, *KAZAKH.men, *RUSSIAN.women, *RUSSIAN.men)


def test_kazakh_letters_are_only_where_the_text_has_some() -> None:
    for seed in SEEDS:
        [russian] = played("{NAME_1 Нурлан Абаев} ждёт ответа", seed=seed)
        assert russian == in_russian(russian)


def test_a_possessive_and_a_plural_stay() -> None:
    john, his, browns = played("{NAME_1 John Brown}: {NAME_1 John's} dog, the {NAME_1 Browns}")
    given, surname = john.split()
    assert his == f"{given}'s"
    assert browns == f"{surname}s"


def test_a_typing_slip_and_a_short_name_are_the_same_person() -> None:
    full, slip, short = played("{NAME_1 Anna Karimova}, {NAME_1 Karimvoa}; {NAME_1 Nyusha}")
    assert slip == full.split()[1]
    assert short == full.split()[0]


def test_an_everyday_word_that_went_with_a_name_is_no_second_name() -> None:
    full, more = played("{NAME_1 Anna Karimova}; {NAME_1 Anna Karimova wrote}")
    assert more == f"{full} wrote"


def test_a_later_text_takes_the_same_names_in_the_other_letters() -> None:
    first, second = dressed("{NAME_1 Anna Karimova} wrote", "пишет {NAME_1 Анна Каримова} с {NAME_2 Тимуром Каримовым}")
    assert [latin(word) for word in second.surrogates[0].split()] == first.surrogates[0].split()
    assert latin(second.surrogates[1].split()[1]).startswith(first.surrogates[0].split()[1].removesuffix("a"))
