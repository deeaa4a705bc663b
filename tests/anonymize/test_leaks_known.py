"""Names in their forms, and words that are not names."""

import pytest

from casemill.anonymize.leaks_known import Own, text_of
from casemill.domain.arrival import Identity
from casemill.domain.placeholder import Entity


def own(*names: str) -> Own:
    return Own([Identity(role="customer", names=names)])


def starts(who: Own, text: str) -> list[str]:
    """The pieces of the text at which something known begins."""
    searched = text_of(text)
    return [searched.plain[met.start :].split()[0].strip(".,!?") for met in who.find(searched)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Анна Каримова", "передайте Анне"),
        ("Айжан", "Айжанның тапсырысы"),
        ("Анна Каримова", "с КАРИМОВОЙ говорили"),
        ("Will Smith", "Ask Will about it"),
        ("Mark O'Hara", "for mark o'hara only"),
    ],
)
def test_a_name_is_found_in_its_endings_and_capitals(name: str, text: str) -> None:
    assert starts(own(name), text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Will Smith", "Will you refund it? I will wait"),
        ("Приз Менеджер", "вы выиграли: приза нет, менеджер занят"),
        ("Support Team", "the support team of the shop"),
        ("Li Wu", "li is short, and so is wu"),
        ("Роза Ким", "роза в заказе была белая"),
    ],
)
def test_an_ordinary_word_is_nobody(name: str, text: str) -> None:
    assert starts(own(name), text) == []


def test_the_bot_is_nobody() -> None:
    bot = Own([Identity(role="assistant", names=("Borsa Helper",))])
    assert starts(bot, "Borsa Helper wrote") == []


def test_a_short_number_is_its_owner_s_and_never_an_amount() -> None:
    card = Own(entities=[Entity(label="CARD_LAST4", number=1, values=("4471",))])
    assert starts(card, "the card ends in 4471.") == ["4471"]
    assert starts(card, "it cost $4471, 4471.20, 4471 %, 2,4471 and #A-4471") == ["4471"]


def met(who: Own, text: str) -> list[tuple[tuple[str, ...], bool]]:
    return [(one.guessed, one.meant) for one in who.find(text_of(text))]


def test_what_masking_alone_took_for_a_name_is_a_guess_and_what_a_payload_names_is_none() -> None:
    entities = [Entity(label="NAME", number=number, values=(name,)) for number, name in enumerate(("Anna", "Boiler"))]
    who = Own([Identity(role="customer", names=("Anna",))], entities)
    assert met(who, "then Anna came") == [((), True)]
    assert met(who, "her Boiler broke") == [(("boiler",), True)]
    assert met(who, "a boiler") == [(("boiler",), False)]


def test_a_town_or_a_street_alone_is_a_fact_and_with_its_number_it_is_not() -> None:
    who = Own(entities=[Entity(label="ADDRESS", number=1, values=("Riga", "Dill Lane 4"))])
    assert met(who, "to Riga") == []
    assert met(who, "to Dill Lane 4") == [(("dill", "lane", "4"), True)]


def test_a_word_that_a_reader_called_personal_is_no_guess() -> None:
    who = Own(entities=[Entity(label="NAME", number=1, values=("Boiler",))], confirmed="Boiler".__eq__)
    assert met(who, "a boiler") == [((), True)]
