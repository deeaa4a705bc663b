"""Known people in every form that texts write them in."""

import pytest

from casemill.domain.arrival import Identity
from casemill.domain.placeholder import Entity
from casemill.personal.inflection import is_form, stems
from casemill.personal.masking import mask_together
from casemill.personal.names import People


def masked(text: str, *names: str, role: str = "customer") -> str:
    known = [Identity(role=role, names=(name,)) for name in names]  # type: ignore[arg-type]
    return mask_together([text], known=known).texts[0].text


@pytest.mark.parametrize(
    "mention",
    [
        *("Anna Karimova", "Karimova Anna", "Karimova, Anna", "ANNA KARIMOVA", "anna karimova", "Anna", "Karimova"),
        *("Anna K.", "Anna K", "anna k.", "A. Karimova", "A.Karimova", "Anna B. Karimova", "Anna  Karimova"),
        *("anna.karimova", "anna_karimova", "AnnaKarimova", "karimovaanna", "Anna-Karimova", "Anna1990"),
    ],
)
def test_every_form_of_a_name_is_the_same_person(mention: str) -> None:
    assert masked(f"Here is {mention}, hello", "Anna Karimova") == "Here is [NAME_1], hello"


@pytest.mark.parametrize(
    "mention",
    [
        *(
            "Анна Каримова",
            "Анну",
            "Анне Каримовой",
            "Каримову",
            "Анной",
            "анна каримова",
            "Каримова А.С.",
            "А. С. Каримова",
        ),
        *("Анна Сергеевна", "Анны Сергеевны", "Анна Сергеевна Каримова", "КАРИМОВА"),
    ],
)
def test_russian_endings_and_patronymics_belong_to_the_name(mention: str) -> None:
    assert masked(f"Это {mention}, да", "Анна Каримова") == "Это [NAME_1], да"


@pytest.mark.parametrize(
    ("name", "mentions"),
    [
        ("Сергей Островский", ["Сергея", "Сергею", "Сергеем", "Островского", "Островскому", "Островским"]),
        ("Павел", ["Павла", "Павлу", "Павлом"]),
        ("Игорь", ["Игоря", "Игорю", "Игорем"]),
        ("Мария", ["Марию", "Марии", "Марией"]),
        ("Пётр Ковалёв", ["Пётр", "Петр", "Ковалев", "Ковалёву", "Ковалевым"]),
        ("Айдос", ["Айдосқа", "Айдостың", "Айдоспен"]),
        ("Гүлнұр", ["Гүлнұрдан", "Гүлнұрға"]),
        ("Юлия Белинская", ["Юлию", "Белинскую", "Белинской"]),
    ],
)
def test_simple_endings_are_known(name: str, mentions: list[str]) -> None:
    for mention in mentions:
        assert masked(f"спросите {mention} ещё", name) == "спросите [NAME_1] ещё", mention


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Anna", "Annabel and Hannah and Joanna"),
        ("Анна", "аннотация, Аннабель, ванна"),
        ("Will Grant", "will you grant me a refund? Will you?"),
        ("May Long", "May I ask how long? On May 12, may be"),
        ("Вера", "вера в лучшее"),
        ("Арман", "менің арман тілегім"),
        ("Mark", "mark it. Mark the box, please"),
        ("Al Do", "we do all of it al dente"),
        ("Ян", "янтарь и январь"),
        ("Monday", "See you on Monday"),
        ("Wednesday Addams", "See you on Wednesday"),
    ],
)
def test_words_that_only_look_like_the_name_stay(name: str, text: str) -> None:
    assert list(People([Identity(role="customer", names=(name,))]).mentions(text, text.lower())) == []


def test_a_name_that_is_a_common_word_is_masked_when_capitalised() -> None:
    assert (
        masked("Ask Will, will he come? Grant said so", "Will Grant") == "Ask [NAME_1], will he come? [NAME_1] said so"
    )
    assert masked("Это Вера, вера помогает", "Вера") == "Это [NAME_1], вера помогает"


@pytest.mark.parametrize("title", ["Ms. ", "Mr ", "Dr. ", "г-жа ", "Dear "])
def test_titles_stay_outside(title: str) -> None:
    assert masked(f"{title}Karimova!", "Ms. Anna Karimova") == f"{title}[NAME_1]!"


def test_a_possessive_stays_outside() -> None:
    assert masked("Anna's order, Anna’s card", "Anna") == "[NAME_1]'s order, [NAME_1]’s card"


def test_particles_and_hyphens_are_inside_a_name() -> None:
    assert masked("Ludwig van Beethoven wrote, van Beethoven!", "Ludwig van Beethoven") == "[NAME_1] wrote, [NAME_1]!"
    assert masked("Anna-Maria O'Brien, Anna; Maria", "Anna-Maria O'Brien") == "[NAME_1], [NAME_1]; [NAME_1]"


def test_two_people_with_one_first_name_are_told_apart_and_the_bare_name_is_neither() -> None:
    text = "Anna Karimova wrote, Anna Smith answered. Anna K. waits. Anna?"
    assert masked(text, "Anna Karimova", "Anna Smith") == "[NAME_1] wrote, [NAME_2] answered. [NAME_1] waits. [NAME_3]?"


def test_people_beside_each_other_are_two() -> None:
    assert masked("Thanks, Anna Dan", "Anna Karimova", "Dan Will") == "Thanks, [NAME_1] [NAME_2]"
    assert masked("Anna Karimova, Anna", "Anna Karimova") == "[NAME_1], [NAME_1]"


def test_an_initial_that_does_not_fit_is_somebody_else() -> None:
    assert masked("Anna K. and Anna B. are here", "Anna Karimova") == "[NAME_1] and [NAME_2] are here"


def test_the_same_full_name_twice_is_one_person() -> None:
    known = [Identity(role="customer", names=("Anna Karimova",)), Identity(role="other", names=("anna karimova",))]
    together = mask_together(["Anna and Karimova"], known=known)
    assert together.texts[0].text == "[NAME_1] and [NAME_1]"
    assert [entity.role for entity in together.entities] == ["customer"]


def test_names_without_spaces_between_words_are_found() -> None:
    assert masked("你好，我是李明，谢谢", "李明") == "你好，我是[NAME_1]，谢谢"


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert masked("Jose\u0301 Nun\u0303ez", "José Nuñez") == "[NAME_1]"
    assert masked("JOSÉ", "Jose\u0301") == "[NAME_1]"


def test_a_name_in_escaped_or_joined_text_is_found() -> None:
    assert masked(r"Hi\nAnna\tKarimova", "Anna Karimova") == r"Hi\n[NAME_1]\t[NAME_1]"
    assert masked("passport_anna_karimova.pdf", "Anna Karimova") == "passport_[NAME_1].pdf"


def test_a_person_of_an_earlier_version_keeps_the_placeholder_under_another_form() -> None:
    given = (
        Entity(label="NAME", number=1, values=("Anna Karimova", "Anna")),
        Entity(label="NAME", number=2, values=("Dan",)),
    )
    known = [Identity(role="customer", names=("Anna Karimova",)), Identity(role="agent", names=("Dan Brown",))]
    together = mask_together(["Dan, this is Karimova. Mr. Brown?"], known=known, entities=given)
    assert together.texts[0].text == "[NAME_2], this is [NAME_1]. Mr. [NAME_2]?"


@pytest.mark.parametrize(
    "name", ["Support Team", "AI Assistant", "Visitor 48271", "anna@shop.test", "Клиент", "", "  ", "+7 701"]
)
def test_what_is_no_persons_name_masks_no_words(name: str) -> None:
    text = "The support team and an AI assistant for every visitor, клиент"
    assert masked(text, name) == text


def test_a_form_is_the_name_with_an_ending_and_nothing_else() -> None:
    assert is_form("анна", "анной")
    assert is_form("павел", "павлу")
    assert not is_form("анна", "аннабель")
    assert not is_form("anna", "annas")
    assert stems("каримова") == ("каримов",)


def test_a_possessive_without_its_apostrophe_is_the_name() -> None:
    assert masked("Quentins order, the Marburys", "Quentin Marbury") == "[NAME_1]s order, the [NAME_1]s"
    assert masked("Wills and Prices, buss", "Will Price", "Bus") == "Wills and Prices, buss"
