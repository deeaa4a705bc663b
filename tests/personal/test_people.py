"""People by their names, and finding them among many."""

import pytest

from casemill.personal.people import Index, fits, person_of, words_of

PEOPLE = [
    person_of("customer", ["Anna Karimova"]),
    person_of("agent", ["Пётр Сергеев"]),
    person_of(None, ["Павел Лебедев"]),
    person_of(None, ["Quentin Halvorsen"]),
]


@pytest.mark.parametrize(
    ("word", "who"),
    [
        ("anna", {0}),
        ("karimov", {0}),
        ("петру", {1}),
        ("сергеевым", {1}),
        ("сергеева", {1}),
        ("павла", {2}),
        ("halvrosen", {3}),
        ("halvorsens", set()),
        ("anne", set()),
        ("", set()),
    ],
)
def test_a_word_finds_those_who_are_called_so_in_any_form(word: str, who: set[int]) -> None:
    assert Index(PEOPLE).owners(word) == who


@pytest.mark.parametrize("mention", ["Anna Karimova", "Петром Сергеевым", "Павлу", "Anna Sergeeva", "Павла Ивановича"])
def test_the_index_leaves_out_nobody_whom_a_mention_fits(mention: str) -> None:
    assert {who for who, person in enumerate(PEOPLE) if fits(person, mention)} <= set(Index(PEOPLE).of_all(mention))


def test_an_index_of_nobody_finds_nobody() -> None:
    assert Index().of_all("Anna Karimova") == Index().of_any(["anna"]) == []


def test_an_account_of_the_company_is_no_person() -> None:
    assert words_of("Support Team") == words_of("help@shop.test") == []
