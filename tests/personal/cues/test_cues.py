"""People and employers that the words around them announce, in English, Russian and Kazakh, without a model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.personal.context import lower
from casemill.personal.cues import cued
from casemill.personal.masking import mask_together


def named(text: str) -> list[str]:
    """The names, in order."""
    return [text[span.start : span.end] for span in cued(text, lower(text)) if span.label == "NAME"]


def employers(text: str) -> list[str]:
    return [text[span.start : span.end] for span in cued(text, lower(text)) if span.label == "ORG"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My name is Dana Mills and I am late", "Dana Mills"),
        ("my name is dana", "dana"),
        ("This is Anna from the bank", "Anna"),
        ("I'm Anna", "Anna"),
        ("Anna here, still waiting", "Anna"),
        ("I was speaking with Dana yesterday", "Dana"),
        ("this is from my wife Dana", "Dana"),
        ("on behalf of Dana Mills", "Dana Mills"),
        ("меня зовут Анна Каримова", "Анна Каримова"),
        ("меня зовут анна", "анна"),
        ("моё имя Анна", "Анна"),
        ("говорил с Мариной вчера", "Мариной"),
        ("моя жена Дана писала", "Дана"),
        ("менің атым Айдос", "Айдос"),
        ("атым айдос", "айдос"),
        ("есімім Айгерім Сейтова", "Айгерім Сейтова"),
        ("әйелім Дана жазды", "Дана"),
        ("Мен Айдоспын, тапсырыс келмеді", "Айдос"),
        ("сәлем, мен арман, код келмеді", "арман"),
        ("Мен бақыт.", "бақыт"),
    ],
)
def test_who_somebody_says_they_are_or_spoke_with_is_a_name(text: str, name: str) -> None:
    assert named(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dear Ms. Karimova,\nthe parcel", "Karimova"),
        ("Hi anna, thanks", "anna"),
        ("Здравствуйте, Анна!", "Анна"),
        ("Уважаемая Анна Каримова,", "Анна Каримова"),
        ("Сәлеметсіз бе, Айдос!", "Айдос"),
        ("It is broken.\n\nBest regards,\nDana Mills", "Dana Mills"),
        ("Не работает.\n\nС уважением,\nАнна Каримова", "Анна Каримова"),
        ("Жұмыс істемейді.\n\nҚұрметпен,\nАйдос", "Айдос"),
        ("(12:04) Anna: hello there", "Anna"),
        ("Anna K. [12:04]: hello there", "Anna K."),
        ("From: Anna Karimova <x>", "Anna Karimova"),
        ("қайрат, қайырлы күн! курьер қайда?", "қайрат"),
        ("Вера, добрый день", "Вера"),
    ],
)
def test_greetings_closings_and_speakers_hold_a_name(text: str, name: str) -> None:
    assert named(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "I am Russian",
        "I am waiting for my refund",
        "I'm VEGAN",
        "Dear support team,",
        "Dear customer,",
        "Hi there, thanks",
        "this is ridiculous",
        "call me tomorrow",
        "call me Monday",
        "speaking with an agent",
        "my wife is angry",
        "my order: 5 lamps",
        "Best regards,\nThe Support Team",
        "меня зовут на работу",
        "Здравствуйте, подскажите пожалуйста",
        "это срочно, ответьте",
        "моя жена ждёт",
        "Сәлеметсіз бе, тапсырыс келмеді",
        "Мен Алматыданмын",
        "мен күтемін, жауап беріңіз",
        "ана мен арман, екеуі де",
        "мен арман қуып жүрмін",
        "коллеги, добрый день",
        "мир, труд, май",
        "Subject: refund\nStatus: open",
        "12:30: delivery",
    ],
)
def test_what_somebody_is_or_wants_is_no_name(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("I work at Acme GmbH in Bonn", "Acme GmbH"),
        ("my employer is Northwind", "Northwind"),
        ("я работаю в компании «Ромашка»", "«Ромашка»"),
        ("мы из ТОО «Ромашка»", "ТОО «Ромашка»"),
    ],
)
def test_an_employer_identifies_who_works_there(text: str, firm: str) -> None:
    assert employers(text) == [firm]


@pytest.mark.parametrize("text", ["I work at home", "I paid with Visa", "Apple Pay does not work", "работаю в офисе"])
def test_a_company_alone_identifies_nobody(text: str) -> None:
    assert employers(text) == []


def test_nothing_is_read_across_what_is_covered() -> None:
    assert named("my name is \0\0\0 Dana") == []
    assert named("Dear \0\0\0, hello") == []


@given(st.text())
def test_a_cue_stands_inside_its_text(text: str) -> None:
    for span in cued(text, lower(text)):
        assert 0 <= span.start < span.end <= len(text)
        assert "\0" not in text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("i'm sanjay and i need the Basic plan cancelled", "i'm [NAME_1] and i need the Basic plan cancelled"),
        ("i am gulnara, from the Plus plan", "i am [NAME_1], from the Plus plan"),
        ("i'm furious and i need the Basic plan cancelled", "i'm furious and i need the Basic plan cancelled"),
        ("im frustated and my Plus plan is gone", "im frustated and my Plus plan is gone"),
        ("Name: KARIMOVA / ANNA", "Name: [NAME_1] / [NAME_1]"),
        ("Name: yes / no", "Name: yes / no"),
    ],
)
def test_a_small_name_before_another_clause_and_a_name_in_two_parts(text: str, rest: str) -> None:
    assert mask_together([text]).texts[0].text == rest
